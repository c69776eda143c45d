//! Pictures and random keys.
