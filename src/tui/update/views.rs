//! Saved views of customers: choosing one, opening it by its digit, keeping what is shown under a name.

use crate::{
    error::Error,
    text::said,
    tui::{
        panes::customers::{Saved, column, named, quoted},
        picker::{Choice, Picker, PickerPurpose},
        state::State,
    },
};

use crate::tui::update::{Effects, failed, lists::asked_anew, run};

fn choices(views: &[Saved]) -> Vec<Choice> {
    let choice = |view: &Saved| {
        let key = view.key.map_or_else(String::new, |key| format!("'{key}  "));
        Choice::new(&view.name, &view.name).note(format!("{key}{}", view.question.filter))
    };
    views.iter().map(choice).collect()
}

/// Asks which view is to be shown.
pub fn pick(state: &mut State) {
    let (lang, views) = (state.lang, &state.customers.list.views);
    if views.is_empty() {
        let none = Error::not_found(said!("There are no saved views", "还没有已保存的视图"));
        let how = said!("view save keeps what is shown now", "view save 可保存当前视图");
        return failed(state, none.hint(how));
    }
    let picker =
        Picker::new(lang.pick("Views", "视图"), choices(views)).at(state.customers.view.as_deref().unwrap_or_default());
    state.picker = Some((picker, PickerPurpose::Screen("view open")));
}

/// Shows what a view asks for.
pub fn open(state: &mut State, word: &str, effects: &mut Effects) {
    let Some(view) = named(&state.customers.list.views, word).cloned() else {
        let error = Error::not_found(said!("There is no view {word}", "没有视图 {word}"));
        let how = said!("view pick lists them", "view pick 可列出全部视图");
        return failed(state, error.hint(how));
    };
    state.customers.show(view.columns);
    state.customers.question = view.question;
    state.customers.view = Some(view.name);
    asked_anew(state, effects, false);
}

/// Keeps what is shown under a name. Without one, asks for it.
pub fn save(state: &mut State, word: &str, effects: &mut Effects) {
    let lang = state.lang;
    if word.is_empty() {
        let picker =
            Picker::new(lang.pick("Save this view as", "将当前视图保存为"), choices(&state.customers.list.views))
                .creating(lang.pick("a new view", "新视图"));
        state.picker = Some((picker, PickerPurpose::Screen("view save")));
        return;
    }
    let (customers, question) = (&state.customers, &state.customers.question);
    let narrow = question.narrow.trim();
    let filter = match question.filter.trim() {
        "" => String::new(),
        // What else is asked holds for all of it.
        filter if narrow.is_empty() && customers.list.whose.is_empty() => filter.to_owned(),
        filter => format!("({filter})"),
    };
    let narrow = if narrow.is_empty() { String::new() } else { quoted(narrow) };
    let parts = [filter, customers.list.whose.clone(), narrow];
    let filter = parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ");
    let mut words = vec!["view".to_owned(), "save".to_owned(), word.to_owned(), "customer".to_owned()];
    let mut option = |name: &str, value: String| words.extend([name.to_owned(), value]);
    if !filter.is_empty() {
        option("--where", filter);
    }
    option("--columns", column::written(&customers.columns));
    option("--sort", question.sort.text().to_owned());
    if let Some(group) = question.group {
        option("--by", group.code().to_owned());
    }
    state.customers.view = Some(word.to_owned());
    run(state, words, effects);
}
