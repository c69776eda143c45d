//! The full screen on a real terminal.

mod beside;
mod day;
mod drafts;
mod heard;
mod life;
mod notice;
mod outside;
mod paste;
mod welcome;

use crate::harness::{Terminal, TestEnvironment};

/// The size of most windows.
const SIZE: (u16, u16) = (100, 30);

/// Whether the long tests are wanted in their full length.
fn full() -> bool {
    std::env::var_os("CRM_TEST_FULL").is_some()
}

/// The screen, once it shows its customers.
fn open(env: &TestEnvironment) -> Terminal {
    let screen = env.screen([""; 0], SIZE);
    screen.see("1 Customers");
    screen
}
