//! Sheets with lines, and marks on lines: kinds of which records are parts of others, two deep.

use std::ops::ControlFlow;

use crate::{
    domain::{
        FieldDef, Kind, KindId, Lookup, Record, RecordId, Schema,
        derivation::{Computed, Derivation, Source},
        field::Field,
        kind::SummaryDef,
        rules::{Draft, Effect, RuleContext},
        schema,
        types::{Link, Links, Text, Whole},
    },
    error::Result,
};

/// The number of sheets.
pub const SHEET: KindId = KindId::new(125);
/// The number of their lines.
pub const LINE: KindId = KindId::new(124);
/// The number of marks on lines.
pub const MARK: KindId = KindId::new(123);

/// What a sheet is called.
pub const SHEET_NAME: Field<Text> = SHEET.field(1, "name", "Sheet", "表单").required().name().index().search();
/// A sheet that a rule moves to the trash, or back, when this one says so.
pub const OTHER: Field<Link> = SHEET.field(2, "other", "Other", "另一张").to("sheet");
/// 1 moves the other sheet to the trash, 2 brings it back, 3 both without end.
pub const MOVES: Field<Whole> = SHEET.field(3, "moves", "Moves", "移动");
/// The customers whom a sheet is for.
pub const PARTNERS: Field<Links> = SHEET.field(4, "partners", "Partners", "合作方").to("customer");
/// Sheets that are read with it.
pub const SEE_ALSO: Field<Links> = SHEET.field(5, "see_also", "See also", "参见").to("sheet");
/// How many lines it has.
pub const LINES: Field<Whole> = SHEET.field(10, "line_count", "Lines", "行数").derived();

/// What a line is called.
pub const LINE_NAME: Field<Text> = LINE.field(1, "name", "Line", "行").required().name().index().search();
/// The sheet of a line.
pub const OF_SHEET: Field<Link> = LINE.field(2, "sheet", "Sheet", "表单").to("sheet").part_of();
/// What no two lines have.
pub const CODE: Field<Text> = LINE.field(3, "code", "Code", "编码").unique().index();

/// What a mark is called.
pub const MARK_NAME: Field<Text> = MARK.field(1, "name", "Mark", "标记").required().name().index().search();
/// The line of a mark.
pub const OF_LINE: Field<Link> = MARK.field(2, "sheet_line", "Line", "行").to("sheet_line").part_of();

macro_rules! kind {
    ($id:ident, $noun:literal, $plural:literal, $letters:literal, $zh:literal, $fields:expr, $rules:expr, $derivations:expr) => {
        Kind {
            id: $id,
            noun: $noun,
            plural: $plural,
            letters: $letters,
            aliases: &[],
            en: $noun,
            zh: $zh,
            measure: "个",
            fields: $fields,
            gone: &[],
            indexes: &[],
            summaries: &[SummaryDef { number: 1, by: &[$fields[1]], sum: &[] }],
            columns: &["name"],
            sections: &[],
            rules: $rules,
            derivations: $derivations,
        }
    };
}

static SHEET_FIELDS: &[FieldDef] =
    &[SHEET_NAME.def(), OTHER.def(), MOVES.def(), PARTNERS.def(), SEE_ALSO.def(), LINES.def()];

/// The table of sheets.
pub static SHEETS: Kind = kind!(
    SHEET,
    "sheet",
    "sheets",
    "SH",
    "表单",
    SHEET_FIELDS,
    moves,
    &[Derivation {
        fields: &[LINES.def()],
        sources: &[Source::Children(LINE, OF_SHEET.def(), &[])],
        compute: Computed::Function(count_lines)
    }]
);

static LINE_FIELDS: &[FieldDef] = &[LINE_NAME.def(), OF_SHEET.def(), CODE.def()];

/// The table of lines.
pub static SHEET_LINES: Kind =
    kind!(LINE, "sheet_line", "sheet_lines", "SL", "表单行", LINE_FIELDS, |_, _| Ok(()), &[]);

static MARK_FIELDS: &[FieldDef] = &[MARK_NAME.def(), OF_LINE.def()];

/// The table of marks.
pub static MARKS: Kind = kind!(MARK, "mark", "marks", "MK", "标记", MARK_FIELDS, |_, _| Ok(()), &[]);

/// The kinds of the program, and these.
pub static SCHEMA: Schema = Schema::new(ALL);

const BUILT_IN: usize = schema::KINDS.len();

static ALL: &[&Kind] = &{
    let mut all = [&SHEETS; BUILT_IN + 3];
    let mut at = 0;
    while at < BUILT_IN {
        all[at] = schema::KINDS[at];
        at += 1;
    }
    (all[BUILT_IN + 1], all[BUILT_IN + 2]) = (&SHEET_LINES, &MARKS);
    all
};

/// What a sheet asks for of another one.
fn moves(draft: &mut Draft<'_>, context: &RuleContext<'_>) -> Result<()> {
    let other = draft.get(OTHER).map(|num| RecordId::new(SHEET, num));
    let (Some(other), Some(moves)) = (other, draft.get(MOVES)) else { return Ok(()) };
    if moves & 1 == 1 {
        context.then(Effect::Trash(other));
    }
    if moves & 2 == 2 {
        context.then(Effect::Restore(other));
    }
    Ok(())
}

fn count_lines(id: RecordId, _: &Record, lookup: &dyn Lookup) -> Result<Record> {
    let (mut count, mut derived) = (0, Record::new());
    lookup.linking(LINE, &OF_SHEET.def(), id.num, &mut |_| {
        count += 1;
        ControlFlow::Continue(())
    })?;
    derived.put(LINES, (count > 0).then_some(count));
    Ok(derived)
}
