//! The columns of the list: which, in which order, how wide.

use std::sync::Arc;

use crate::{
    domain::{FieldDef, Schema, Type, customer},
    error::Result,
    query::field_path::{FieldPath, Leaf},
    read_model::list,
    text::{Align, Lang, width},
    tui::panes::columns::{ColumnWidth, SeenWidth, ask, widths},
};

/// A column where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnPlacement {
    /// Which of the columns.
    pub at: usize,
    /// The first cell, counted from the first of the columns.
    pub x: u16,
    /// So many cells.
    pub wide: u16,
    /// Numbers stand at the right.
    pub align: Align,
}

/// Headings that are shorter than the labels of their fields.
const SHORT: [(FieldDef, &str, &str); 3] = [
    (customer::GRADE.def(), "Gr", "级"),
    (customer::LAST_CONTACT.def(), "Last contact", "最后跟进"),
    (customer::NEXT_FOLLOWUP.def(), "Next", "下次跟进"),
];

/// What goes last where there is little room; the others go first, from the right.
const DEAR: [FieldDef; 6] = [
    customer::NAME.def(),
    customer::NEXT_FOLLOWUP.def(),
    customer::LAST_CONTACT.def(),
    customer::GRADE.def(),
    customer::CITY.def(),
    customer::OWNER.def(),
];

/// The columns that a list has unless others are chosen.
pub fn standard(schema: &Schema) -> Arc<[FieldPath]> {
    list::default_columns(schema.table(&customer::KIND)).into()
}

/// Reads `name,grade,owner.team`; of no columns the name remains.
///
/// # Errors
/// `Usage` for a field that customers have not.
pub fn read(schema: &Schema, text: &str) -> Result<Arc<[FieldPath]>> {
    let columns = list::columns(text, schema.table(&customer::KIND), schema)?;
    Ok(if columns.is_empty() { standard(schema) } else { columns.into() })
}

/// The columns as [`read`] reads them.
pub fn written(columns: &[FieldPath]) -> String {
    columns.iter().map(|path| path.column().code).collect::<Vec<_>>().join(",")
}

/// The heading of a column.
pub fn heading(path: &FieldPath, lang: Lang) -> String {
    match SHORT.iter().find(|(def, ..)| path.own_field() == Some(def)) {
        Some((_, en, zh)) => lang.pick(*en, *zh).to_owned(),
        None => path.column().heading(lang).to_owned(),
    }
}

/// The columns that fit, by the widest text that is seen in each.
pub fn places(columns: &[FieldPath], lang: Lang, room: u16, texts: &[usize]) -> Vec<ColumnPlacement> {
    let asks: Vec<ColumnWidth> = columns.iter().enumerate().map(|(at, path)| asked(path, at, lang)).collect();
    let seen = |(at, path): (usize, &FieldPath)| SeenWidth {
        name: width(&heading(path, lang)),
        text: texts.get(at).copied().unwrap_or_default(),
    };
    let seen: Vec<SeenWidth> = columns.iter().enumerate().map(seen).collect();
    let mut x = 0;
    let mut places = Vec::new();
    for (at, wide) in widths(room.into(), &asks, &seen).into_iter().enumerate().filter(|(_, wide)| *wide > 0) {
        // One column that is wider than the screen is cut.
        let wide = u16::try_from(wide).unwrap_or(room).min(room.saturating_sub(x));
        let align = if columns[at].column().numeric { Align::Right } else { Align::Left };
        places.push(ColumnPlacement { at, x, wide, align });
        x += wide + 1;
    }
    places
}

fn asked(path: &FieldPath, at: usize, lang: Lang) -> ColumnWidth {
    let dear = |def: &FieldDef| DEAR.iter().position(|dear| dear == def);
    let rank = path.own_field().and_then(dear).unwrap_or(DEAR.len() + at);
    let rank = if at == 0 { 0 } else { u8::try_from(rank).unwrap_or(u8::MAX).max(1) };
    let head = width(&heading(path, lang));
    let (least, most) = match path.leaf() {
        Leaf::Id => (8, 10),
        Leaf::Field(def) if def.name => (22, 60),
        Leaf::Field(def) if *def == customer::LAST_CONTACT.def() => (13, 13),
        Leaf::Field(def) if *def == customer::NEXT_FOLLOWUP.def() => (9, 11),
        Leaf::Field(def) if *def == customer::OWNER.def() => (8, 12),
        Leaf::Field(def) if *def == customer::CITY.def() => (9, 14),
        Leaf::Field(def) => breadth(def, lang),
    };
    ask(least.max(head), most.max(head), rank)
}

fn breadth(def: &FieldDef, lang: Lang) -> (usize, usize) {
    if def.many {
        return (12, 24);
    }
    match def.ty {
        Type::Choice => {
            let labels = def.choices.iter().map(|choice| width(lang.pick(choice.en, choice.zh)));
            let most = labels.max().unwrap_or_default().clamp(1, 16);
            (most, most)
        }
        Type::YesNo => (3, 4),
        Type::Whole | Type::Percent | Type::Decimal | Type::Rate => (6, 10),
        Type::Date => (10, 10),
        Type::Instant | Type::Due => (16, 16),
        Type::Duration => (8, 10),
        Type::Money | Type::UnitPrice => (12, 18),
        Type::Phone => (14, 20),
        Type::Email | Type::Url => (16, 32),
        Type::LongText => (16, 60),
        Type::Text | Type::Link => (10, 24),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::schema::BASE;

    fn shown(text: &str, room: u16) -> Vec<(String, u16)> {
        let columns = read(&BASE, text).unwrap();
        let places = places(&columns, Lang::En, room, &[24; 9]);
        for pair in places.windows(2) {
            assert_eq!(pair[0].x + pair[0].wide + 1, pair[1].x);
        }
        assert!(places.last().is_none_or(|place| place.x + place.wide <= room), "{places:?}");
        places.iter().map(|place| (columns[place.at].column().code.into_owned(), place.wide)).collect()
    }

    fn names(text: &str, room: u16) -> Vec<String> {
        shown(text, room).into_iter().map(|(code, _)| code).collect()
    }

    #[test]
    fn at_eighty_columns_all_the_usual_ones_are_there() {
        let usual = written(&standard(&BASE));
        assert_eq!(usual, "name,grade,city,owner,last_contact,next_followup");
        assert_eq!(names(&usual, 77).join(","), usual);
        assert_eq!(names(&usual, 58), ["name", "grade", "last_contact", "next_followup"]);
        assert_eq!(names(&usual, 20), ["name"]);
    }

    #[test]
    fn other_columns_go_before_the_usual_ones() {
        assert_eq!(names("name,tag,next_followup,created", 40), ["name", "next_followup"]);
        assert_eq!(names("name,owner.team,open_deals,id", 80), ["name", "owner.team", "open_deals", "id"]);
        assert_eq!(names("", 200).len(), 6);
        assert!(read(&BASE, "nane").is_err());
    }
}
