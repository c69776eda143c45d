//! Where a key is pressed: each place has keys of its own and falls back to those of the places around it.

use crate::text::Lang;

/// A place of the full screen that has keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Everywhere but where text is typed and in help.
    Global,
    /// Every pane.
    List,
    /// The customers.
    Customers,
    /// The board of deals.
    Board,
    /// The follow-ups by day.
    Agenda,
    /// The queue of tickets.
    Queue,
    /// Everything about one record.
    Record,
    /// The welcome to a new store.
    Welcome,
    /// The command line of the screen.
    Palette,
    /// Any line or form in which text is typed.
    Input,
    /// A list of choices that is narrowed by typing.
    Picker,
    /// The list of keys.
    Help,
}

impl Scope {
    /// Every place, in the order of help.
    pub const ALL: [Self; 12] = [
        Self::Global,
        Self::List,
        Self::Customers,
        Self::Board,
        Self::Agenda,
        Self::Queue,
        Self::Record,
        Self::Welcome,
        Self::Palette,
        Self::Input,
        Self::Picker,
        Self::Help,
    ];

    /// Its section in a file of keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::List => "list",
            Self::Customers => "customers",
            Self::Board => "board",
            Self::Agenda => "agenda",
            Self::Queue => "queue",
            Self::Record => "record",
            Self::Welcome => "welcome",
            Self::Palette => "palette",
            Self::Input => "input",
            Self::Picker => "picker",
            Self::Help => "help",
        }
    }

    /// The place of this section; files of earlier versions call two of them otherwise.
    pub fn named(name: &str) -> Option<Self> {
        let name = match name {
            "pipeline" => "board",
            "tickets" => "queue",
            name => name,
        };
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }

    /// What a person calls it.
    pub fn title(self, lang: Lang) -> &'static str {
        let (en, zh) = match self {
            Self::Global => ("Everywhere", "全局"),
            Self::List => ("Every pane", "所有面板"),
            Self::Customers => ("Customers", "客户"),
            Self::Board => ("Pipeline", "销售看板"),
            Self::Agenda => ("Agenda", "日程"),
            Self::Queue => ("Tickets", "工单"),
            Self::Record => ("Record", "记录"),
            Self::Welcome => ("Welcome", "欢迎"),
            Self::Palette => ("Command line", "命令行"),
            Self::Input => ("Typing and forms", "输入与表单"),
            Self::Picker => ("Choosing", "选择"),
            Self::Help => ("Help", "帮助"),
        };
        lang.pick(en, zh)
    }

    /// Whose keys hold here: its own, then those that it falls back to.
    pub const fn chain(self) -> &'static [Self] {
        match self {
            Self::Global => &[Self::Global],
            Self::List => &[Self::List, Self::Global],
            Self::Customers => &[Self::Customers, Self::List, Self::Global],
            Self::Board => &[Self::Board, Self::List, Self::Global],
            Self::Agenda => &[Self::Agenda, Self::List, Self::Global],
            Self::Queue => &[Self::Queue, Self::List, Self::Global],
            Self::Record => &[Self::Record, Self::Global],
            Self::Welcome => &[Self::Welcome, Self::Global],
            Self::Palette => &[Self::Palette, Self::Input],
            Self::Input => &[Self::Input],
            Self::Picker => &[Self::Picker, Self::Input],
            Self::Help => &[Self::Help],
        }
    }

    /// Whether a letter pressed here is typed rather than obeyed.
    pub const fn takes_text(self) -> bool {
        matches!(self, Self::Palette | Self::Input | Self::Picker)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_a_name_and_begins_with_itself() {
        for (at, scope) in Scope::ALL.into_iter().enumerate() {
            assert_eq!((scope as usize, Scope::named(scope.name())), (at, Some(scope)));
            assert_eq!(scope.chain().first(), Some(&scope));
            for outer in &scope.chain()[1..] {
                assert_eq!(outer.takes_text(), scope.takes_text(), "{}", scope.name());
                assert!(scope.chain().ends_with(outer.chain()), "{}", scope.name());
            }
            assert_ne!(scope.title(Lang::En), scope.title(Lang::Zh));
        }
    }
}
