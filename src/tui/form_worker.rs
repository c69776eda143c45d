//! The thread that serves forms: it opens them, tries what is typed, looks records up, and keeps drafts.

use std::sync::mpsc::{Receiver, Sender};

use crate::{
    error::{Error, Result},
    text::said,
};

use super::{
    action::Action,
    drafts::Drafts,
    form::{self, Draft, Form, FormRequest, FormResponse, FormTarget, RecordQuery},
    thread_context::ThreadContext,
};

/// Serves forms.
pub struct FormWorker {
    thread: ThreadContext,
    drafts: Drafts,
}

impl FormWorker {
    /// A worker with a context of its own.
    pub const fn new(thread: ThreadContext, drafts: Drafts) -> Self {
        Self { thread, drafts }
    }

    /// Does what is asked until nobody asks any more; drafts that are kept last are in their file then.
    pub fn work(mut self, asked: &Receiver<FormRequest>, tell: &Sender<Action>) {
        for action in self.left() {
            // The loop that is told ends before this does.
            let _ = tell.send(action);
        }
        let mut queue = Vec::new();
        loop {
            if queue.is_empty() {
                let Ok(first) = asked.recv() else { return };
                queue.push(first);
            }
            queue.extend(asked.try_iter());
            drop_stale(&mut queue);
            for action in self.serve(queue.remove(0)) {
                let _ = tell.send(action);
            }
        }
    }

    /// Does one thing. What comes too late is dropped by the form.
    pub fn serve(&mut self, wish: FormRequest) -> Vec<Action> {
        let news = match wish {
            FormRequest::Open(ask, draft) => {
                self.open(ask, draft.as_deref()).map(|form| FormResponse::Opened(Box::new(form)))
            }
            FormRequest::Try(wanted) => form::attempt(&self.thread.store, &self.thread.context(), &wanted)
                .map(|tried| FormResponse::Tried(wanted.form, wanted.turn, Box::new(tried))),
            FormRequest::Look(looked) => self.look(looked),
            FormRequest::Compare(held) => self.compare(&held),
            FormRequest::Keep(drafts) => match self.drafts.keep(&drafts) {
                Ok(()) => return Vec::new(),
                Err(error) => Err(unkept(&error)),
            },
        };
        match news {
            Ok(news) => vec![Action::Form(Box::new(news))],
            Err(error) => vec![Action::Failed(error)],
        }
    }

    fn open(&self, ask: FormTarget, draft: Option<&Draft>) -> Result<Form> {
        let (context, snapshot) = (self.thread.context(), self.thread.store.snapshot()?);
        let reader = snapshot.reader();
        let mut form = Form::new(reader.schema(), ask, &context)?;
        form::fill(reader, &context, &mut form)?;
        if let Some(draft) = draft {
            form::restored(&mut form, draft);
        }
        Ok(form)
    }

    fn look(&self, looked: RecordQuery) -> Result<FormResponse> {
        let snapshot = self.thread.store.snapshot()?;
        let found = form::look(snapshot.reader(), &self.thread.context(), &looked)?;
        Ok(FormResponse::Found(looked.typed, found))
    }

    fn compare(&self, held: &Form) -> Result<FormResponse> {
        let snapshot = self.thread.store.snapshot()?;
        let (version, now) = form::compare(snapshot.reader(), &self.thread.context(), held)?;
        Ok(FormResponse::Compared(held.number, version, now))
    }

    /// What earlier sessions left behind; a folder that cannot be read holds nobody up.
    pub fn left(&mut self) -> Vec<Action> {
        match self.drafts.adopt() {
            Ok(drafts) if drafts.is_empty() => Vec::new(),
            Ok(drafts) => vec![Action::Form(Box::new(FormResponse::Left(drafts)))],
            Err(error) => vec![Action::Failed(unkept(&error))],
        }
    }
}

fn unkept(error: &std::io::Error) -> Error {
    Error::failure(said!("Unfinished forms cannot be kept: {error}", "无法保存未完成的表单：{error}"))
        .hint(said!("look at the folder for state files", "请检查状态目录"))
}

/// Of several questions for the same thing only the last is answered.
fn drop_stale(queue: &mut Vec<FormRequest>) {
    let sorts: [fn(&FormRequest) -> bool; 3] = [
        |wish| matches!(wish, FormRequest::Try(_)),
        |wish| matches!(wish, FormRequest::Look(_)),
        |wish| matches!(wish, FormRequest::Keep(_)),
    ];
    for sort in sorts {
        let Some(last) = queue.iter().rposition(sort) else { continue };
        let mut at = 0;
        queue.retain(|wish| {
            let keep = !sort(wish) || at == last;
            at += 1;
            keep
        });
    }
}
