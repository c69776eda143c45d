//! stub
use super::{FieldDef, Value};
use crate::error::Result;
/// stub
pub fn add(_: &FieldDef, _: Option<Value>, o: Value) -> Result<Option<Value>> { Ok(Some(o)) }
/// stub
pub fn remove(_: &FieldDef, _: Option<Value>, _: Value) -> Result<Option<Value>> { Ok(None) }
