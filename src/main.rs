//! Chooses the door: the command line.

fn main() {}
