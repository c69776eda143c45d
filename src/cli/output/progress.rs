//! How far something long is, on standard error, and only where a person looks.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar of progress; it goes when the work is done.
pub struct Bar(ProgressBar);

impl Default for Bar {
    fn default() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{msg} {human_pos}/{human_len} {bar:30} {elapsed}") {
            bar.set_style(style);
        }
        Self(bar)
    }
}

impl Bar {
    /// Shows what is being done and how far it is.
    pub fn show(&self, what: &'static str, done: u64, of: u64) {
        self.0.set_length(of.max(done));
        self.0.set_message(what);
        self.0.set_position(done);
    }

    /// Takes the bar away.
    pub fn end(self) {
        self.0.finish_and_clear();
    }
}
