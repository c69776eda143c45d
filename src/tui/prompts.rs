//! What is asked before a verb has all its words.

use crate::{
    domain::{RecordId, deal, followup, ticket},
    error::{Error, Result},
    text::Lang,
};

use super::{action::Verb, state::Step};

/// The words of a verb as far as they are known, and the questions that are left.
///
/// # Errors
/// `Usage` where there is no record, or one that the verb is not for.
pub fn ask(verb: Verb, subject: &[RecordId], lang: Lang) -> Result<(Vec<String>, Vec<Step>)> {
    let Some(first) = subject.first() else {
        return Err(Error::usage(lang.pick("There is no record here", "此处没有记录")));
    };
    let ids = || subject.iter().map(ToString::to_string);
    let noun = first.kind.kind().map_or("record", |kind| kind.noun);
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let step = |en: &str, zh: &str, prefix, optional| Step { label: lang.pick(en, zh).to_owned(), prefix, optional };
    // Each record that is marked takes the place of this word in turn.
    let one = || "{record}".to_owned();
    match verb {
        Verb::Log(way) => Ok((
            words(&["log", way, &one()]),
            vec![
                step("What happened?", "内容？", "", false),
                step("Next step (fri send quote), or nothing", "下一步（周五 发报价），可为空", "next=", true),
            ],
        )),
        Verb::FollowUp => {
            let mut said = words(&["followup", "add"]);
            let link = format!("{noun}={}", one());
            if first.kind == followup::ID {
                return Err(Error::usage(lang.pick("This is a follow-up already", "这已是一条跟进计划")));
            }
            said.push(link);
            Ok((
                said,
                vec![
                    step("What is to be done?", "做什么？", "", false),
                    step("When? (fri, +3d, tomorrow 3pm)", "何时？（周五、+3d、明天下午3点）", "due=", false),
                ],
            ))
        }
        Verb::Done if first.kind == followup::ID => Ok((
            words(&["followup", "done", &one()]),
            vec![step("What came of it? (may be empty)", "结果？（可为空）", "", true)],
        )),
        Verb::Done if first.kind == ticket::ID => {
            Ok((words(&["ticket", "resolve", &one()]), vec![step("What solved it?", "如何解决？", "", true)]))
        }
        Verb::Snooze if first.kind == followup::ID => Ok((
            words(&["followup", "snooze", &one()]),
            vec![step("Until when? (+3d, mon)", "推迟到？（+3d、周一）", "", false)],
        )),
        Verb::Done | Verb::Snooze => {
            Err(Error::usage(lang.pick("This is for follow-ups and tickets", "此操作用于跟进计划和工单"))
                .hint(lang.pick("open the next step with Enter", "按 Enter 打开下一步")))
        }
        Verb::Move(stage) if first.kind == deal::ID => {
            let mut said = words(&["deal", "move", &one()]);
            said.extend((!stage.is_empty()).then(|| stage.to_owned()));
            Ok((
                said,
                match stage {
                    "" => vec![step("To which stage?", "移到哪个阶段？", "", false)],
                    "lost" => vec![step("Why was it lost?", "输单原因？", "lost_reason=", true)],
                    _ => Vec::new(),
                },
            ))
        }
        Verb::Ticket(verb) if first.kind == ticket::ID => Ok((
            words(&["ticket", verb, &one()]),
            match verb {
                "reply" => vec![step("Reply", "回复内容", "", false)],
                "note" => vec![step("Note", "备注内容", "", false)],
                _ => Vec::new(),
            },
        )),
        Verb::Assign => {
            let (mut said, to) = match first.kind {
                ticket::ID => (words(&["ticket", "assign", &one()]), ""),
                _ => (words(&[noun, "set"]), "owner="),
            };
            said.extend(ids().filter(|_| !to.is_empty()));
            Ok((said, vec![step("To whom?", "转交给谁？", to, false)]))
        }
        Verb::Move(_) | Verb::Ticket(_) => {
            Err(Error::usage(lang.pick("This record has no such verb", "此记录不支持该操作")))
        }
        Verb::Trash => {
            let mut said = words(&[noun, "rm"]);
            said.extend(ids());
            Ok((said, Vec::new()))
        }
    }
}
