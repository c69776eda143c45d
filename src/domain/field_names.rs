//! What a field is called, and what is said of it.

use super::{
    field::{FieldDef, Type},
    words::phone::Label,
};
use crate::{error::ErrorLocation, text::Lang};

impl FieldDef {
    /// Its label in a language.
    pub fn label(&self, lang: Lang) -> &'static str {
        lang.pick(self.en, self.zh)
    }

    /// What it is for, in a sentence: of whoever defined it, else of the program.
    pub fn told(&self, lang: Lang) -> Option<&'static str> {
        self.help.or_else(|| self.about.map(|(en, zh)| lang.pick(en, zh)))
    }

    /// How an error names it: the code in English, the label in Chinese; both can be typed.
    pub fn named(&self) -> ErrorLocation {
        ErrorLocation::field(self.code, self.zh)
    }

    /// What it is called besides its code and labels.
    pub fn other_names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.also.split(' ').filter(|name| !name.is_empty())
    }

    /// Which telephone a name says that a field of numbers is called: 手机 the mobile one.
    pub fn says_label(&self, name: &str) -> Option<Label> {
        let label = || Label::parse(name).filter(|_| self.other_names().any(|other| other == name));
        (self.ty == Type::Phone).then(label).flatten()
    }
}
