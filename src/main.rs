//! Chooses the door: the command line, or the full screen that it opens.

use std::process::ExitCode;

fn main() -> ExitCode {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        // The store turns a panic about a damaged page into an error; nobody needs to read of it twice.
        if !crm::store::engine::catches_panics() {
            hook(info);
        }
    }));
    ExitCode::from(crm::cli::main(std::env::args_os().skip(1), crm::tui::run))
}
