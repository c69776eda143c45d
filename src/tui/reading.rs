//! One record in words: what stands in the panel beside a list, and in the record's own view.

use std::borrow::Cow;

use ratatui::{buffer::Buffer, layout::Rect};

use crate::{
    domain::{Due, FieldDef, Instant, RecordId, activity, deal, followup, print, stage, target_of, ticket},
    error::Result,
    ops::Context,
    query::{
        names::Names,
        story::{Linked, Story, story},
    },
    store::{Reader, journal::Place},
    text::{Align, Lang, scrub, width, wrap},
};

use super::{
    look::{Look, Role},
    paint,
    panes::tickets::talk::{self, Tone},
};

/// A record told.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Which.
    pub id: Option<RecordId>,
    /// What it is called.
    pub title: String,
    /// Its id and what else is said in a line.
    pub about: String,
    /// The rest, line by line.
    pub lines: Vec<Line>,
}

/// What a line is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Nothing: room between parts.
    #[default]
    Gap,
    /// What comes next.
    Next,
    /// A heading.
    Heading,
    /// A field with its label.
    Field,
    /// A linked record.
    Link,
    /// Something that happened.
    Event,
    /// Something that was noted among us.
    Aside,
    /// A field that tells of something late.
    Late,
}

/// A line of a record.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// What it is.
    pub sort: Sort,
    /// What stands at its left.
    pub label: String,
    /// What stands behind that.
    pub text: String,
    /// The record that it leads to.
    pub to: Option<RecordId>,
}

/// Reads a record; none where it is gone.
///
/// # Errors
/// What the store says.
pub fn tell(reader: Reader<'_>, context: &Context, id: RecordId) -> Result<Option<Told>> {
    let names = Names::new(reader, context.lang);
    let view = print::View { lang: context.lang, tz: context.tz, now: context.now, relative: false };
    let Some(story) = story(reader, id, &names, view, None)? else { return Ok(None) };
    told(&story, &names, view).map(Some)
}

/// A story as lines.
///
/// # Errors
/// What the store says of the names in it.
pub fn told(story: &Story, names: &Names<'_>, view: print::View) -> Result<Told> {
    let lang = view.lang;
    let mut teller = Teller { names, view, lines: Vec::new() };
    let name = story.fields.iter().find(|(def, _)| def.name);
    let title = match name {
        Some((def, Some(stored))) => teller.say(def, stored, false)?,
        _ => story.kind.label(lang).to_owned(),
    };
    let mut about = vec![story.id.to_string(), story.kind.label(lang).to_owned()];
    if story.place == Place::Trash {
        about.push(lang.pick("in the trash", "在回收站").to_owned());
    }
    teller.next_step(story)?;
    if story.kind.id == ticket::ID {
        // What was said stands first, for that is what a ticket is.
        teller.conversation(story.id)?;
    }
    teller.fields(story)?;
    teller.links(story)?;
    teller.timeline(story);
    Ok(Told { id: Some(story.id), title, about: about.join(" · "), lines: teller.lines })
}

struct Teller<'a> {
    names: &'a Names<'a>,
    view: print::View,
    lines: Vec<Line>,
}

/// Links of these kinds stand before the fields' end, in this order; activities are in the timeline.
const LINKED: [crate::domain::KindId; 3] = [deal::ID, ticket::ID, followup::ID];

impl Teller<'_> {
    fn say(&self, def: &FieldDef, stored: &[u8], relative: bool) -> Result<String> {
        let (mut out, mut failed) = (String::new(), None);
        let view = print::View { relative, ..self.view };
        print::human(&mut out, def, stored, &view, &mut |def, num, out| {
            let Some(kind) = target_of(def) else { return };
            match self.names.of(RecordId::new(kind.id, num)) {
                Ok(name) => out.push_str(&name),
                Err(error) => failed = Some(error),
            }
        });
        match failed {
            Some(error) => Err(error),
            None => Ok(scrub(&out).into_owned()),
        }
    }

    fn push(&mut self, sort: Sort, label: impl Into<String>, text: impl Into<String>, to: Option<RecordId>) {
        self.lines.push(Line { sort, label: label.into(), text: text.into(), to });
    }

    /// The open follow-up that is due first.
    fn next_step(&mut self, story: &Story) -> Result<()> {
        let lang = self.view.lang;
        let reader = self.names.reader();
        let mut first: Option<(Instant, &Linked, Due)> = None;
        for link in story.links.iter().filter(|link| link.kind.id == followup::ID) {
            for record in &link.records {
                let due = reader.with_row(record.id, |row| {
                    (row.get(followup::STATUS) == Some(followup::OPEN)).then(|| row.get(followup::DUE)).flatten()
                })?;
                if let Some(due) = due.flatten() {
                    let at = due.start(self.view.tz);
                    if first.as_ref().is_none_or(|(held, ..)| at < *held) {
                        first = Some((at, record, due));
                    }
                }
            }
        }
        if let Some((_, record, due)) = first {
            let (today, day) = (self.view.now.day(self.view.tz), due.day(self.view.tz));
            let when = print::relative_day(day, today, lang);
            let late = if day < today { lang.pick("overdue, ", "逾期，") } else { "" };
            let text = format!("{late}{when}  {}", scrub(&record.name));
            self.push(Sort::Next, lang.pick("Next", "下一步"), text, Some(record.id));
            self.push(Sort::Gap, "", "", None);
        }
        Ok(())
    }

    fn conversation(&mut self, id: RecordId) -> Result<()> {
        for said in talk::lines(self.names, id, &self.view)? {
            let sort = match said.tone {
                Tone::Clock => Sort::Field,
                Tone::Late => Sort::Late,
                Tone::Gap => Sort::Gap,
                Tone::Heading => Sort::Heading,
                Tone::Said => Sort::Event,
                Tone::Aside => Sort::Aside,
            };
            self.push(sort, said.label, said.text, said.to);
        }
        self.push(Sort::Gap, "", "", None);
        Ok(())
    }

    fn fields(&mut self, story: &Story) -> Result<()> {
        for (def, stored) in &story.fields {
            let Some(stored) = stored else { continue };
            if !def.name && !def.kept {
                let text = self.say(def, stored, def.derived)?;
                let to = target_of(def)
                    .filter(|_| !def.many)
                    .and_then(|kind| crate::domain::bytes::unsigned(stored).map(|num| RecordId::new(kind.id, num)));
                self.push(Sort::Field, def.label(self.view.lang), text, to);
            }
        }
        Ok(())
    }

    fn links(&mut self, story: &Story) -> Result<()> {
        let rank = |kind| LINKED.iter().position(|linked| *linked == kind).unwrap_or(LINKED.len());
        let mut links: Vec<_> = story.links.iter().filter(|link| link.kind.id != activity::ID).collect();
        links.sort_by_key(|link| rank(link.kind.id));
        let lang = self.view.lang;
        for link in links {
            self.push(Sort::Gap, "", "", None);
            let count = link.records.len() as u64 + link.more;
            self.push(Sort::Heading, format!("{}  {count}", lang.pick(&link.en, &link.zh)), "", None);
            for record in &link.records {
                let text = self.about(record)?;
                self.push(Sort::Link, record.id.to_string(), text, Some(record.id));
            }
            if link.more > 0 {
                let more = lang.pick(format!("and {} more", link.more), format!("另有 {} 条", link.more));
                self.push(Sort::Link, "", more, None);
            }
        }
        Ok(())
    }

    fn about(&self, record: &Linked) -> Result<String> {
        let mut text = scrub(&record.name).into_owned();
        for (def, stored) in &record.facts {
            text.push_str("  ");
            let said = self.say(def, stored, true)?;
            text.push_str(match def.target {
                Some("stage") => stage::display_name(&said, self.view.lang),
                _ => &said,
            });
        }
        Ok(text)
    }

    fn timeline(&mut self, story: &Story) {
        let lang = self.view.lang;
        if story.timeline.is_empty() {
            return;
        }
        self.push(Sort::Gap, "", "", None);
        self.push(Sort::Heading, lang.pick("Timeline", "时间线"), "", None);
        for event in story.timeline.iter().rev() {
            let day = event.at.utc().with_timezone(&self.view.tz).format("%Y-%m-%d");
            let what = event.what.label(lang);
            self.push(Sort::Event, format!("{day}  {what}"), scrub(event.text(lang)), event.id);
        }
    }
}

impl Told {
    /// The lines as they stand in so many columns: which line of the record, and what is written.
    pub fn laid_out(&self, cols: u16) -> Vec<(usize, Cow<'_, str>, String)> {
        let labels = |sort: Sort| {
            let wide = self.lines.iter().filter(|line| line.sort == sort).map(|line| width(&line.label)).max();
            wide.unwrap_or_default().min(usize::from(cols) / 2)
        };
        let (fields, links, events) = (labels(Sort::Field), labels(Sort::Link), labels(Sort::Event));
        let mut out = Vec::new();
        for (at, line) in self.lines.iter().enumerate() {
            let label = match line.sort {
                Sort::Gap => 0,
                Sort::Heading => usize::from(cols),
                Sort::Field | Sort::Late | Sort::Next => fields,
                Sort::Link => links,
                Sort::Event | Sort::Aside => events,
            };
            let room = usize::from(cols).saturating_sub(label + 2).max(8);
            for (n, text) in wrap(&line.text, room).into_iter().enumerate() {
                let shown = if n == 0 { crate::text::pad(&line.label, label, Align::Left) } else { " ".repeat(label) };
                out.push((at, Cow::Owned(shown), text));
            }
        }
        out
    }
}

/// Draws a record: `scroll` lines further down, with the cursor on a line where it has one.
pub fn draw(told: &Told, (scroll, cursor): (usize, Option<usize>), look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    if area.height < 3 || area.width < 12 {
        return;
    }
    paint::cell(buf, (area.x, area.y), area.width, &told.title, Align::Left, look.of(Role::Heading));
    paint::cell(buf, (area.x, area.y + 1), area.width, &told.about, Align::Left, look.of(Role::Dim));
    let body = Rect { y: area.y + 3, height: area.height.saturating_sub(3), ..area };
    let lines = told.laid_out(area.width);
    for (row, (at, label, text)) in body.rows().zip(lines.iter().skip(scroll)) {
        let line = &told.lines[*at];
        let (left, right) = match line.sort {
            Sort::Heading => (Role::Heading, Role::Text),
            Sort::Next => (Role::Soon, Role::Soon),
            Sort::Late => (Role::Dim, Role::Late),
            Sort::Aside => (Role::Mark, Role::Dim),
            _ => (Role::Dim, Role::Text),
        };
        let x = paint::run(buf, (row.x, row.y), row.right(), label, look.of(left));
        let gap = if x > row.x { 2 } else { 0 };
        paint::run(buf, (x + gap, row.y), row.right(), text, look.of(right));
        if cursor == Some(*at) {
            buf.set_style(row, look.cursor());
        }
    }
}

/// What is said while nothing is read yet.
pub fn waiting(lang: Lang) -> &'static str {
    lang.pick("reading …", "读取中…")
}
