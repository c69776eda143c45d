//! The one integration test binary: linking once is what keeps `cargo test` quick.
//!
//! A test file that no `mod` line reaches from here fails `house::mounted`.

mod cli;
mod harness;
mod house;
mod real;
mod store;
