//! An operation's answers, collected for the screen instead of printed.

use crate::{
    command::{
        done::StepResult,
        op::{Answer, Show},
    },
    commit::{Context, Receipt, StepPreview},
    domain::{Instant, RecordId, print},
    error::{Error, ErrorKind, Result},
    query::names::Names,
    read_model::difference::difference,
    store::{RecordChange, Store},
    text::{Lang, Said, said},
};

use super::{
    record::{self, RecordView},
    table,
};

/// What came of an operation.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The words that were said.
    pub words: Vec<String>,
    /// The words that were said along with them, in the same step.
    pub along: Vec<Vec<String>>,
    /// What is to be told in a line.
    pub said: Vec<String>,
    /// What is to be read: lines, and the record of each.
    pub lines: Vec<(String, Option<RecordId>)>,
    /// A record to open.
    pub told: Option<RecordView>,
    /// The records that it was about.
    pub about: Vec<RecordId>,
    /// Whether the store was changed by a step that can be taken back.
    pub stepped: bool,
    /// A question that comes before it is done.
    pub question: Option<String>,
    /// What the question is about, and the moment at which it was foreseen.
    pub foreseen: Option<(StepPreview, Instant)>,
}

/// Collects answers.
pub struct AnswerCollector<'a> {
    context: &'a Context,
    yes: bool,
    /// What the person has agreed to, where they were asked about it.
    pub agreed: Option<StepPreview>,
    /// Whether it is a bulk edit, which is looked at before it is done.
    pub bulk: bool,
    /// Whether only what would change is wanted.
    pub dry_run: bool,
    foreseen: Vec<(String, Option<RecordId>)>,
    /// What was understood of dates and amounts in words.
    heard: Vec<String>,
    /// What has come of it so far.
    pub outcome: Outcome,
}

impl<'a> AnswerCollector<'a> {
    /// Without answers yet; `yes` where the person has already agreed.
    pub fn new(context: &'a Context, words: Vec<String>, yes: bool) -> Self {
        Self {
            context,
            yes,
            agreed: None,
            bulk: false,
            dry_run: false,
            foreseen: Vec::new(),
            heard: Vec::new(),
            outcome: Outcome { words, ..Outcome::default() },
        }
    }

    /// Takes it that the person agrees to what may be asked, where the words say so.
    pub fn agreed_to(&mut self, yes: bool) {
        self.yes |= yes;
    }

    /// Whatever came of it, and behind it what was understood of dates and amounts in words.
    pub fn into_outcome(mut self) -> Outcome {
        self.outcome.said.append(&mut self.heard);
        self.outcome
    }

    fn view(&self) -> print::View {
        print::View { lang: self.context.lang, tz: self.context.tz, now: self.context.now, relative: false }
    }

    fn ask(&mut self, english: &str, chinese: &str) -> Result<()> {
        if self.yes {
            return Ok(());
        }
        self.outcome.lines = std::mem::take(&mut self.foreseen);
        self.outcome.question = Some(self.context.lang.pick(english, chinese).to_owned());
        Err(Error::new(ErrorKind::Declined, said!("Nothing was changed", "已取消，未作更改")))
    }

    /// Says what a step has done to these records.
    fn done(&mut self, about: &[RecordId], receipt: &Receipt, done: &StepResult) {
        let said = match receipt.seq {
            None => said!("Nothing to change", "无需更改"),
            Some(_) => done.sentence(about),
        };
        let (english, chinese) = said.both();
        self.say(english, chinese);
    }

    fn say(&mut self, english: &str, chinese: &str) {
        self.outcome.said.push(crate::text::scrub(self.context.lang.pick(english, chinese)).into_owned());
    }
}

impl Show for AnswerCollector<'_> {
    fn show(&mut self, answer: Answer<'_>) -> Result<()> {
        let view = self.view();
        match answer {
            Answer::Grid(grid) => self.outcome.lines = table::grid(grid, view)?,
            Answer::Sections(sections) => self.outcome.lines = table::sections(sections, view)?,
            Answer::Number(number) => self.say(&number.to_string(), &number.to_string()),
            Answer::Details(details, names) => self.outcome.told = Some(record::told(&details, names, view)?),
            Answer::Difference(changes, names, _) => {
                self.outcome.lines = table::grid(difference(changes, names), view)?
            }
            Answer::Done { about, receipt, done, note } => {
                self.outcome.stepped |= receipt.seq.is_some() && !receipt.for_good;
                self.outcome.about.extend_from_slice(about);
                self.done(about, receipt, done);
                if let Some((english, chinese)) = note {
                    self.say(&english, &chinese);
                }
            }
            Answer::Partly { about, done, receipt, left, .. } => {
                self.outcome.stepped |= receipt.seq.is_some();
                self.outcome.about.extend_from_slice(about);
                left.iter().for_each(|left| self.say(&left.line(Lang::En), &left.line(Lang::Zh)));
                if left.is_empty() {
                    self.done(about, receipt, done);
                }
            }
            // What a program reads; the remarks beside it say the same to a person.
            Answer::Tally { .. } | Answer::Written(_) => {}
            Answer::Remark(english, chinese) => self.say(&english, &chinese),
            Answer::Document { .. } | Answer::Export { .. } => {
                return Err(Error::usage(said!(
                    "This writes a file or a stream, which the screen cannot show",
                    "此操作输出文件或数据流，无法在屏幕上显示"
                ))
                .hint(said!("run it on the command line", "请在命令行上运行")));
            }
        }
        Ok(())
    }

    fn hear(&mut self, heard: &[Said]) {
        self.heard.extend(heard.iter().map(|said| format!("= {}", crate::text::scrub(said.get(self.context.lang)))));
    }

    fn foresee(&mut self, store: &Store, changes: &[RecordChange]) -> Result<()> {
        self.outcome.foreseen = Some((StepPreview::of(changes), self.context.now));
        if changes.len() < 2 {
            return Ok(());
        }
        let snapshot = store.snapshot()?;
        let names = Names::new(snapshot.reader(), self.context.lang);
        let view = self.view();
        self.foreseen = table::grid(difference(changes, &names), view)?;
        Ok(())
    }

    fn agreed(&self) -> Option<StepPreview> {
        self.agreed
    }

    fn ask_again(&mut self) {
        self.yes = false;
        self.agreed = None;
    }

    fn previews(&self, records: usize) -> bool {
        self.bulk && records > 1
    }

    fn confirm(&mut self, english: &str, chinese: &str) -> Result<()> {
        self.ask(english, chinese)
    }

    fn agree(&mut self, english: &str, chinese: &str) -> Result<()> {
        self.ask(english, chinese)
    }

    fn can_ask(&self) -> bool {
        !self.yes
    }

    fn wants_all_fields(&self) -> bool {
        false
    }

    fn is_for_people(&self) -> bool {
        true
    }

    fn wants_only_ids(&self) -> bool {
        false
    }

    fn progress(&mut self, _: &'static str, _: &'static str, _: u64, _: u64) {}

    fn dry_run(&self) -> bool {
        self.dry_run
    }

    fn lang(&self) -> Lang {
        self.context.lang
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        domain::{customer, deal},
        text::Lang,
        tui::{action::Effect, testing::screen},
    };

    #[test]
    fn what_was_understood_of_words_is_told_behind_what_was_done() {
        let mut app = screen::TestScreen::new(Lang::En, (80, 24));
        app.say("customer add Acme 人数=1万2");
        assert_eq!(app.state.messages.last().map(String::as_str), Some("Done: C-1  = Employees: 12000"));
    }

    #[test]
    fn what_was_agreed_to_on_the_screen_is_done_or_shown_again() {
        let mut app = screen::TestScreen::new(Lang::En, (80, 24));
        for name in ["One", "Two"] {
            app.say(&format!("customer add {name} city=del"));
        }
        let words = crate::command::quoting::split("customer set --where city:del grade=A").unwrap();
        app.work(vec![Effect::Run(words, false)]);
        assert_eq!(app.state.question.as_ref().map(|(said, _)| said.as_str()), Some("Change 2 records?"));
        app.say("customer add Three city=del");
        app.press("y");
        assert_eq!(app.state.question.as_ref().map(|(said, _)| said.as_str()), Some("Change 3 records?"));
        assert!(app.picture().contains("C-3"), "{}", app.picture());
        let grade = |app: &screen::TestScreen, id: &str| app.record(id).unwrap().get(customer::GRADE);
        assert_eq!(grade(&app, "C-1"), None, "nothing is changed before that");
        app.press("y");
        assert_eq!((app.state.question.is_none(), &app.state.error), (true, &None));
        assert!(["C-1", "C-2", "C-3"].iter().all(|id| grade(&app, id).is_some()));
    }

    #[test]
    fn options_of_every_command_are_honoured_or_refused() {
        let mut app = screen::TestScreen::new(Lang::En, (80, 24));
        app.say("customer add Acme").say("customer add Best");
        for line in ["customer set C-1 grade=D --dry-run", "customer rm C-1 --dry-run", "customer purge C-1 --dry-run"]
        {
            app.press(&format!(":{line}<enter>"));
            assert!(app.state.question.is_none() && app.state.error.is_none(), "{line}");
            assert!(app.picture().contains("C-1"), "{line}: {}", app.picture());
            app.press("<esc>");
            assert_eq!(app.record("C-1").map(|record| record.get(customer::GRADE)), Some(None), "{line}");
        }
        for option in
            ["--store other.redb", "--as wang.fang", "--now 2030-01-01", "--lang zh", "-o json", "--no-header"]
        {
            app.press(&format!(":customer add Third {option}<enter>"));
            let error = app.state.error.take().map(|error| error.what().get(Lang::En).to_owned()).unwrap_or_default();
            assert!(error.contains("is for the command line"), "{option}: {error}");
            app.press("<esc>");
            assert!(app.record("C-3").is_none(), "{option}");
        }
        app.say("customer purge C-2 --yes");
        assert!(app.record("C-2").is_none());
        let picture = app.picture();
        assert!(picture.contains("Done: C-2") && !picture.contains("takes it back"), "{picture}");
    }

    #[test]
    fn nothing_is_read_from_files_on_the_screen() {
        let mut app = screen::TestScreen::new(Lang::En, (80, 24));
        app.say("customer add Acme note=before");
        for (line, told) in [
            ("customer set C-1 note=@minutes.txt", "The screen reads no files"),
            ("import - --into customer", "'-' is no ordinary file"),
            ("import /dev/null --into customer", "is no ordinary file"),
        ] {
            app.press(&format!(":{line}<enter>"));
            assert!(app.picture().contains(told), "{line}: {}", app.picture());
            app.press("<esc><esc>");
        }
        app.press(":customer set C-1 note=@@home<enter>");
        let record = app.record("C-1").unwrap();
        assert_eq!(record.get(crate::domain::common::NOTE), Some("@home"));
    }

    #[test]
    fn a_step_that_leaves_none_out_says_what_it_did() {
        let mut app = screen::TestScreen::new(Lang::En, (80, 24));
        app.say("customer add Acme").say("customer add Best");
        app.say("customer set C-1 city=Oslo --keep-going");
        assert!(app.picture().contains("Done: C-1"), "{}", app.picture());
    }

    #[test]
    fn a_question_about_fields_that_bear_the_time_is_answered_later() {
        let mut app = screen::TestScreen::new(Lang::En, (80, 24));
        for line in ["customer add Acme", "deal add One customer=C-1", "deal add Two customer=C-1"] {
            app.say(line);
        }
        let words = crate::command::quoting::split("deal set --where status:open stage=won").unwrap();
        app.work(vec![Effect::Run(words, false)]);
        assert_eq!(app.state.question.as_ref().map(|(said, _)| said.as_str()), Some("Change 2 records?"));
        app.worker.pass(90);
        app.press("y");
        assert_eq!((app.state.question.is_none(), &app.state.error), (true, &None));
        for id in ["D-1", "D-2"] {
            let since = app.record(id).unwrap().get(deal::STAGE_SINCE);
            assert_eq!(since, Some(app.thread.context().now), "the moment that was foreseen");
        }
    }
}
