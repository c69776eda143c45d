//! What one does with views.

pub mod save;
