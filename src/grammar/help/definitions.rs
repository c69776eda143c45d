//! Help about definitions: what the words of a kind, a field, a choice or a section mean, and which types there are.

use crate::{
    command::{Noun, Op},
    domain::{
        FieldDef, Kind,
        define::{self, field},
    },
    text::Lang,
};

use super::table;

/// What is said with a type beyond its name, and values as they are typed, in English and in Chinese.
type Typed = (&'static str, &'static str, &'static str, &'static str);

/// An example of each type, in the order of [`field::TYPES`].
const TYPED: [Typed; field::TYPES.len()] = [
    ("text", "", "HT-7", "HT-7"),
    ("long_text", "", "lines of text; notes=@FILE reads them", "多行文字；备忘=@文件 可从文件读取"),
    ("email", "", "ada@blueharbor.example", "buyer@huasheng.example"),
    ("url", "", "https://www.example.com", "https://www.example.com"),
    ("phone", "", "206-555-0142", "138 0013 8000"),
    ("whole", "", "120, 10k", "120、1万"),
    ("decimal", "decimals=2", "12.5", "12.5"),
    ("money", "", "12k, ¥120000, 500 USD", "12万、¥120000、500 USD"),
    ("price", "", "0.0125, 3 USD: of one piece, with up to six decimals", "0.0125、3 USD：每件的价格，最多六位小数"),
    ("percent", "", "75 or 75%, from 0 to 100", "75 或 75%，从 0 到 100"),
    (
        "rate",
        "decimals=2",
        "12.5 or 12.5%; a bare 0.05 is 0.05 %, five per cent are 5%",
        "12.5 或 12.5%；只写 0.05 即 0.05%，百分之五请写 5%",
    ),
    ("date", "", "2026-03-01, tomorrow, +30d", "2026-03-01、明天、3天后"),
    ("instant", "", "2026-03-01T15:00, tomorrow-3pm", "2026-03-01T15:00、明天下午3点"),
    ("due", "", "fri or tomorrow-3pm", "周五 或 明天下午3点"),
    ("duration", "", "1h30m, 2d", "1小时30分钟、2天"),
    ("choice", "", "what crm choice add vehicle.fuel diesel offers", "用 crm choice add 车辆.燃料 柴油 添加的选项"),
    ("yes_no", "", "yes, no", "是、否"),
    ("link", "to=customer", "C-1, or a name", "C-1，或名称"),
];

/// What stands behind the last type: a field that is worked out.
const FORMULA: [&str; 2] = ["worked out of other fields; its type follows from them", "由其他字段算出，类型由公式得出"];

/// The types that a field of one's own may have: the words that say so, and values as they are typed.
pub fn types(lang: Lang) -> impl Iterator<Item = (String, String)> {
    let typed = field::TYPES.iter().zip(&TYPED).map(move |(choice, (_, more, en, zh))| {
        let name = lang.pick(format!("type={}", choice.code), format!("类型={}", choice.zh));
        let more = match (*more, lang) {
            ("", _) => String::new(),
            ("to=customer", Lang::Zh) => " 关联到=客户".to_owned(),
            ("decimals=2", Lang::Zh) => " 小数位数=2".to_owned(),
            (more, _) => format!(" {more}"),
        };
        let what = lang.pick(format!("{}: {en}", choice.en), format!("{}：{zh}", choice.code));
        (format!("{name}{more}"), what)
    });
    let formula = format!("{}='{}'", lang.pick("formula", "公式"), lang.pick("quantity * price", "数量 * 单价"));
    typed.chain([(formula, lang.pick(FORMULA[0], FORMULA[1]).to_owned())])
}

/// What the words of a definition mean, behind the arguments of the operation that takes them.
pub(super) fn about(out: &mut String, op: &Op, kind: &Kind, lang: Lang) {
    if !define::is_definition(kind.id) || !["add", "set"].contains(&op.verb) {
        return;
    }
    // What stands before them is said by its place.
    let is_placed = |def: &FieldDef| op.noun == Noun::Kind(kind.noun) && define::is_placed(def);
    let said = kind.fields.iter().filter(|def| def.is_settable() && !is_placed(def));
    let rows = said.filter_map(|def| {
        let name = lang.pick(def.code.to_owned(), format!("{}、{}", def.code, def.zh));
        Some((name, def.told(lang)?.to_owned()))
    });
    out.push_str(lang.pick("\nWords (field=value)\n", "\n字段=值\n"));
    table(out, rows);
    if kind.id == field::ID {
        out.push_str(lang.pick("\nTypes, and values of them\n", "\n类型及取值示例\n"));
        table(out, types(lang));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_has_its_example() {
        for (choice, (code, ..)) in field::TYPES.iter().zip(&TYPED) {
            assert_eq!(choice.code, *code);
        }
        assert_eq!(types(Lang::En).count(), field::TYPES.len() + 1);
    }

    #[test]
    fn each_word_of_a_definition_is_explained() {
        for kind in define::KINDS {
            for def in kind.fields {
                let (en, zh) = (def.told(Lang::En), def.told(Lang::Zh));
                assert!(en.is_some() && zh.is_some(), "{}.{}", kind.noun, def.code);
                assert_ne!(en, zh, "{}.{}", kind.noun, def.code);
            }
        }
    }
}
