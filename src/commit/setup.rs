//! What every store begins with: the default pipeline, and the person at the keyboard as a user.
//!
//! Neither is a step that anybody takes back; both go through the one write path all the same.

use std::path::Path;

use crate::{
    domain::{Record, pipeline, stage, user},
    error::Result,
    store::{Reader, Store, engine},
};

use crate::commit::{self, Context, WritePlan};

/// Makes sure that the store has what every store begins with, and that it knows the user who acts. A login that is new
/// becomes a user when `welcome` says so (the system's own login); one that was asked for by name must exist, except in a
/// new store, where nobody could.
///
/// # Errors
/// What the store says.
pub fn set_up(store: &Store, context: &mut Context, welcome: bool) -> Result<()> {
    context.user = user_of(store, &context.login)?;
    if !store.is_blank()? && (context.user.is_some() || !welcome) {
        return Ok(());
    }
    // A command that reads may look ahead, and this may be the first of all.
    let now = context.clock();
    let quiet = Context { now, ahead: 0, words: String::new(), session: None, ..context.clone() };
    commit::set_up(store, &quiet, &mut |reader, context| {
        let mut plan = WritePlan::new();
        context.user = user_number(reader, &context.login)?;
        if context.user.is_none() && (welcome || reader.seq()? == 0) {
            let mut person = Record::new();
            person.set(user::LOGIN, context.login.clone());
            person.set(user::NAME, context.login.clone());
            // Who becomes a user by it signs it with the number that they get.
            context.user = Some(plan.add(reader, user::ID, person)?.num);
        }
        if reader.last_num(pipeline::ID)? == 0 {
            default_pipeline(reader, &mut plan)?;
        }
        Ok(plan)
    })?;
    context.user = user_of(store, &context.login)?;
    Ok(())
}

/// The number of the user with a login.
///
/// # Errors
/// What the store says.
pub fn user_of(store: &Store, login: &str) -> Result<Option<u64>> {
    user_number(&store.snapshot()?.reader(), login)
}

fn user_number(reader: &Reader<'_>, login: &str) -> Result<Option<u64>> {
    use crate::domain::{Lookup, Value};
    reader.holder(user::ID, &user::LOGIN.def(), &Value::Text(login.to_owned()), 0)
}

fn default_pipeline(reader: &Reader<'_>, plan: &mut WritePlan) -> Result<()> {
    let mut sales = Record::new();
    sales.set(pipeline::NAME, pipeline::DEFAULT_NAME.0.to_owned());
    sales.set(pipeline::ORDER, 1);
    sales.set(pipeline::DEFAULT, true);
    let sales = plan.add(reader, pipeline::ID, sales)?;
    for (order, (name, _, chance, outcome)) in stage::DEFAULT_STAGES.iter().enumerate() {
        let mut record = Record::new();
        record.set(stage::NAME, (*name).to_owned());
        record.set(stage::PIPELINE, sales.num);
        record.set(stage::ORDER, order as i64 + 1);
        record.set(stage::PROBABILITY, *chance);
        record.set(stage::OUTCOME, *outcome);
        if *outcome == stage::OPEN {
            record.set(stage::STALE_AFTER, STALE_DAYS * 24 * 3600);
        }
        plan.add(reader, stage::ID, record)?;
    }
    Ok(())
}

/// A card of the default pipeline is marked after so many days in one stage.
const STALE_DAYS: i64 = 14;

/// The folder that the store stands in, made if it is one of the program's own.
///
/// # Errors
/// What the system says.
pub fn make_folder(path: &Path) -> Result<()> {
    Ok(engine::create_folder(engine::folder_of(path))?)
}
