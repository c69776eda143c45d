//! One record with all there is to say about it: `show`.

use std::io::Write;

use super::{cell::Wording, format::Format, grid, json, screen::Screen, stdout::lost, table::Table};
use crate::{
    domain::{FieldDef, Instant, activity, bytes, field::Field, types::Moment, value::Value},
    error::Result,
    query::{
        grid::{Cell, Column},
        names::Names,
    },
    read_model::record_details::{LinkedRecord, LinkedRecords, RecordDetails},
    store::journal::Residence,
    text::{Align, pad, scrub, scrub_lines, width, wrap},
};

const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const RESET: &str = "\x1b[0m";

/// Before linked records.
const INDENT: &str = "  ";
/// Text is wrapped at no less than this, however narrow the terminal.
const NARROWEST: usize = 20;

/// Writes a story: text and JSON tell it all, the other formats are for the record's fields.
pub fn write(
    details: &RecordDetails,
    names: &Names<'_>,
    format: &Format,
    screen: &Screen,
    out: &mut dyn Write,
) -> Result<()> {
    match format {
        Format::Table => DetailsText { words: Wording::new(screen, names), screen, out }.details(details),
        Format::Json => {
            let mut document = Vec::new();
            put_json(details, &mut Wording::new(screen, names), &mut document)?;
            document.push(b'\n');
            out.write_all(&document).map_err(lost)
        }
        _ => {
            grid::write(details.as_row(names), format, screen, out)?;
            Ok(())
        }
    }
}

static AT: FieldDef = Field::<Moment>::new(1, "at", "When", "时间").def();

fn stored_instant(at: Instant) -> Vec<u8> {
    let mut stored = Vec::new();
    bytes::put(&mut stored, &Value::Instant(at));
    stored
}

fn put_json(details: &RecordDetails, words: &mut Wording<'_>, out: &mut Vec<u8>) -> Result<()> {
    out.push(b'{');
    json::put_key(out, "schema_version");
    json::put(out, &json::SCHEMA);

    json::put_key(out, "record");
    out.push(b'{');
    json::put_key(out, "id");
    words.json_id(details.id, out);
    for (def, stored) in &details.fields {
        json::put_key(out, def.code);
        match stored {
            Some(stored) => words.json_field(def, stored, out)?,
            None => out.extend_from_slice(b"null"),
        }
    }
    out.push(b'}');

    json::put_key(out, "links");
    out.push(b'{');
    for link in &details.links {
        json::put_key(out, &link.code);
        out.push(b'[');
        for record in &link.records {
            json::put_comma(out);
            words.json_link(record.id, &record.name, out)?;
        }
        out.push(b']');
    }
    out.push(b'}');

    // Nothing is cut silently: how many linked records are not in the lists.
    json::put_key(out, "more");
    out.push(b'{');
    for link in details.links.iter().filter(|link| link.more > 0) {
        json::put_key(out, &link.code);
        json::put(out, &link.more);
    }
    out.push(b'}');

    json::put_key(out, "timeline");
    out.push(b'[');
    for event in &details.timeline {
        json::put_comma(out);
        out.push(b'{');
        json::put_key(out, "at");
        words.json_field(&AT, &stored_instant(event.at), out)?;
        json::put_key(out, "kind");
        json::put(out, event.what.code());
        json::put_key(out, "id");
        match event.id {
            Some(id) => words.json_id(id, out),
            None => out.extend_from_slice(b"null"),
        }
        json::put_key(out, "by");
        json::put(out, &event.by.as_ref().map(|by| &by.login));
        json::put_key(out, "text");
        json::put(out, &event.text_en);
        out.push(b'}');
    }
    out.extend_from_slice(b"]}");
    Ok(())
}

/// A story as a person reads it.
struct DetailsText<'a> {
    words: Wording<'a>,
    screen: &'a Screen,
    out: &'a mut dyn Write,
}

impl DetailsText<'_> {
    fn details(mut self, details: &RecordDetails) -> Result<()> {
        self.heading(details)?;
        self.fields(details)?;
        // The timeline tells of every activity.
        for link in details.links.iter().filter(|link| link.kind.id != activity::ID) {
            self.link(details, link)?;
        }
        self.timeline(details)
    }

    fn style(&self, style: &'static str) -> (&'static str, &'static str) {
        if self.screen.color && !style.is_empty() { (style, RESET) } else { ("", "") }
    }

    fn line(&mut self, style: &'static str, text: &str) -> Result<()> {
        let (on, off) = self.style(style);
        writeln!(self.out, "{on}{}{off}", text.trim_end()).map_err(lost)
    }

    fn heading(&mut self, details: &RecordDetails) -> Result<()> {
        let lang = self.screen.lang;
        let name = match details.fields.iter().find(|(def, _)| def.name) {
            Some((def, Some(stored))) => self.words.lines(def, stored)?,
            _ => String::new(),
        };
        let name = if name.is_empty() { details.kind.label(lang).to_owned() } else { name };
        let mut facts = vec![scrub(name.lines().next().unwrap_or_default()).into_owned(), details.id.to_string()];
        if details.place == Residence::Trash {
            facts.push(lang.pick("in the trash", "在回收站").to_owned());
        }
        if let Some(at) = details.as_of {
            let mut text = lang.pick("as of ", "截至 ").to_owned();
            self.words.human(&Cell::Field(&AT, stored_instant(at).into()), &mut text)?;
            facts.push(text);
        }
        self.line(BOLD, &facts.join("  "))
    }

    fn fields(&mut self, details: &RecordDetails) -> Result<()> {
        let lang = self.screen.lang;
        let seen = |def: &FieldDef| !def.hidden;
        let set =
            || details.fields.iter().filter_map(|(def, stored)| Some((*def, stored.as_ref()?)).filter(|_| seen(def)));
        let labels = set().map(|(def, _)| width(&scrub(def.label(lang)))).max().unwrap_or_default();
        for (def, stored) in set() {
            let value = self.words.lines(def, stored)?;
            let label = pad(&scrub(def.label(lang)), labels, Align::Left);
            self.beside(&label, &value)?;
        }
        Ok(())
    }

    /// A text beside a label: its further lines stand below its first, wrapped on a terminal only.
    fn beside(&mut self, label: &str, text: &str) -> Result<()> {
        let indent = width(label) + 2;
        let lines = if self.screen.terminal {
            wrap(text, self.screen.width.saturating_sub(indent).max(NARROWEST))
        } else {
            text.split('\n').map(str::to_owned).collect()
        };
        let (on, off) = self.style(DIM);
        for (at, line) in lines.iter().enumerate() {
            let line =
                if at == 0 { format!("{on}{label}{off}  {line}") } else { format!("{}{line}", " ".repeat(indent)) };
            writeln!(self.out, "{}", line.trim_end()).map_err(lost)?;
        }
        Ok(())
    }

    fn link(&mut self, details: &RecordDetails, link: &LinkedRecords) -> Result<()> {
        let lang = self.screen.lang;
        self.line("", "")?;
        self.line(BOLD, lang.pick(&link.en, &link.zh))?;
        if !link.columns.is_empty() {
            self.parts(link)?;
            return self.more(details, link);
        }
        let rows: Vec<[String; 2]> = link
            .records
            .iter()
            .map(|record| Ok([record.id.to_string(), self.about(record)?]))
            .collect::<Result<_>>()?;
        let ids = rows.iter().map(|[id, _]| id.len()).max().unwrap_or_default();
        for [id, text] in rows {
            self.beside(&format!("  {id:ids$}"), &text)?;
        }
        self.more(details, link)
    }

    /// Parts as a list of their kind has them.
    fn parts(&mut self, link: &LinkedRecords) -> Result<()> {
        let columns: Vec<Column> = [Column::new("id", "ID", "编号"), Column::of(link.kind.name_field())]
            .into_iter()
            .chain(link.columns.iter().map(|def| Column::of(def)))
            .collect();
        let screen = Screen { width: self.screen.width.saturating_sub(INDENT.len()), ..self.screen.clone() };
        let (mut table, mut lines) = (Table::new(&columns, &screen), Vec::new());
        for record in &link.records {
            let field = |def: &&'static FieldDef| match record.facts.iter().find(|(fact, _)| fact == def) {
                Some((def, stored)) => Cell::Field(def, stored.as_slice().into()),
                None => Cell::Empty,
            };
            let cells: Vec<Cell<'_>> = [Cell::Id(record.id), Cell::Text(record.name.as_str().into())]
                .into_iter()
                .chain(link.columns.iter().map(field))
                .collect();
            table.push(&cells, &mut self.words, &mut lines)?;
        }
        table.finish(&mut lines)?;
        for line in String::from_utf8_lossy(&lines).lines() {
            writeln!(self.out, "{INDENT}{line}").map_err(lost)?;
        }
        Ok(())
    }

    /// How many more there are, and where.
    fn more(&mut self, details: &RecordDetails, link: &LinkedRecords) -> Result<()> {
        let lang = self.screen.lang;
        if link.more > 0 {
            let (noun, code, more) = (link.kind.noun, link.field.code, link.more);
            let text = match lang {
                crate::text::Lang::En => format!("  and {more} more: crm {noun} list {code}:{}", details.id),
                crate::text::Lang::Zh => {
                    format!("  另有 {more} {}：crm {noun} list {code}:{}", link.kind.measure, details.id)
                }
            };
            self.line("", &text)?;
        }
        Ok(())
    }

    fn about(&mut self, record: &LinkedRecord) -> Result<String> {
        let mut text = scrub(&record.name).into_owned();
        for (def, stored) in &record.facts {
            text.push_str("  ");
            self.words.human(&Cell::Field(def, stored.as_slice().into()), &mut text)?;
        }
        Ok(text)
    }

    fn timeline(&mut self, details: &RecordDetails) -> Result<()> {
        let lang = self.screen.lang;
        if details.timeline.is_empty() {
            return Ok(());
        }
        self.line("", "")?;
        self.line(BOLD, lang.pick("Timeline", "时间线"))?;
        let mut rows = Vec::with_capacity(details.timeline.len());
        for event in &details.timeline {
            let mut at = String::new();
            self.words.human(&Cell::Field(&AT, stored_instant(event.at).into()), &mut at)?;
            let by = event.by.as_ref().map(|by| scrub(&by.name)).unwrap_or_default();
            let id = event.id.map(|id| id.to_string()).unwrap_or_default();
            rows.push(([at, event.what.label(lang).to_owned(), id, by.into_owned()], event.text(lang)));
        }
        let mut widths = [0; 4];
        for (cells, _) in &rows {
            for (widest, cell) in widths.iter_mut().zip(cells) {
                *widest = width(cell).max(*widest);
            }
        }
        for (cells, text) in rows {
            let cells: Vec<String> =
                cells.iter().zip(widths).filter(|(_, w)| *w > 0).map(|(cell, w)| pad(cell, w, Align::Left)).collect();
            self.beside(&format!("  {}", cells.join("  ")), &scrub_lines(text))?;
        }
        Ok(())
    }
}
