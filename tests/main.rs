//! The one integration test binary: linking once is what keeps `cargo test` quick.
//!
//! A test file that no `mod` line reaches from here fails `house::mounted`.

#![expect(
    clippy::unwrap_used,
    reason = "in a test a panic is the report; clippy knows only `#[test]` functions as tests"
)]

mod cli;
mod harness;
mod house;
mod keymap;
mod real;
mod store;
mod tui;
