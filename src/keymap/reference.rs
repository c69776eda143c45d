//! The page of keys, from the maps that the program itself runs on.

use super::{
    actions::ACTIONS,
    binding::{Binding, PLACEHOLDERS, Vocabulary},
    load::{NAMES, load},
    map::Keymap,
    scope::Scope,
};
use crate::text::Lang;

/// The page, as Markdown: every place with its keys in every map, then every action by name.
pub fn page(lang: Lang, vocabulary: &Vocabulary<'_>) -> String {
    let maps = NAMES.map(|name| load(Some(name), None, vocabulary).keymap);
    let mut page = String::new();
    let placeholders = PLACEHOLDERS.map(|name| format!("`{{{name}}}`")).join(" ");
    page += &lang.pick(
        format!(
            "# Keys\n\nMade from the key maps; a test keeps this file up to date. `?` in the full screen shows the keys \
             of the place where you are.\n\n\
             `A` is Shift and a, `^r` or `<c-r>` Ctrl and r, `<a-x>` Alt and x; `gg` is g twice. To change keys, write \
             the differences into `keys.toml` beside `config.toml`:\n\n\
             ```toml\nmap = \"default\"                         # or emacs, simple\n\n\
             [board]\n\"W\" = \"deal move {{deal}} won\"          # the words of the command line\n\n\
             [global]\n\"gw\" = \"log call {{record}} ...\"         # to be completed on the command line\n\
             \"dd\" = \"unbind\"\n```\n\n\
             These stand for what is marked, else for what is under the cursor: {placeholders}. A pane also has the keys \
             of *Every pane* and *Everywhere*, a record those of *Everywhere*, the command line and choosing those of \
             *Typing and forms*.\n"
        ),
        format!(
            "# 按键\n\n由程序的按键方案生成，并由测试保持最新。在全屏界面按 `?` 可查看当前位置的按键。\n\n\
             `A` 是 Shift 加 a，`^r` 或 `<c-r>` 是 Ctrl 加 r，`<a-x>` 是 Alt 加 x，`gg` 是连按两次 g。\
             要更改按键，只需把不同之处写入 `config.toml` 旁的 `keys.toml`：\n\n\
             ```toml\nmap = \"default\"                         # 或 emacs、simple\n\n\
             [board]\n\"W\" = \"deal move {{deal}} won\"          # 与命令行相同的词\n\n\
             [global]\n\"gw\" = \"log call {{record}} ...\"         # 放到命令行上补全\n\
             \"dd\" = \"unbind\"\n```\n\n\
             以下占位符代表已标记的记录，没有标记时代表光标所在的记录：{placeholders}。\
             “所有面板”和“全局”的按键在各面板中有效，“全局”的按键在记录中也有效，“输入与表单”的按键在命令行和选择列表中也有效。\n"
        ),
    );
    for scope in Scope::ALL {
        place(&mut page, lang, scope, &maps, vocabulary);
    }
    page += lang.pick(
        "\n## Actions by name\n\n| Name | Meaning |\n| --- | --- |\n",
        "\n## 按名称排列的动作\n\n| 名称 | 含义 |\n| --- | --- |\n",
    );
    let mut actions: Vec<_> = ACTIONS.iter().collect();
    actions.sort_by_key(|action| action.words);
    for action in actions {
        let takes = action.takes.map_or_else(String::new, |word| format!(" {word}"));
        page += &format!("| `{}{takes}` | {} |\n", action.words, action.text(lang));
    }
    page
}

/// One place: what can be done there, with the keys of each map.
fn place(page: &mut String, lang: Lang, scope: Scope, maps: &[Keymap], vocabulary: &Vocabulary<'_>) {
    let mut rows: Vec<&Binding> = Vec::new();
    for bound in maps.iter().flat_map(|map| map.bound(scope)).filter(|bound| bound.scope == scope) {
        if !rows.contains(&&bound.binding) {
            rows.push(&bound.binding);
        }
    }
    if rows.is_empty() {
        return;
    }
    let meaning = lang.pick("Meaning", "含义");
    *page += &format!("\n## {} `[{}]`\n\n| {meaning} | {} |\n", scope.title(lang), scope.name(), NAMES.join(" | "));
    *page += &format!("| --- |{}\n", " --- |".repeat(NAMES.len()));
    for binding in rows {
        let words = binding.to_string();
        let meaning = match binding.action(vocabulary) {
            Some((action, "")) => action.text(lang).to_owned(),
            Some((action, word)) => format!("{}: {word}", action.text(lang)),
            None => format!("`{}`", words.replace('|', "\\|")),
        };
        *page += &format!("| {meaning} |");
        for map in maps {
            let own = map.bound(scope).filter(|bound| bound.scope == scope && bound.binding == *binding);
            let keys: Vec<String> =
                own.map(|bound| format!("`{}`", bound.keys.to_string().replace('|', "\\|"))).collect();
            *page += &format!(" {} |", keys.join(" "));
        }
        page.push('\n');
    }
}
