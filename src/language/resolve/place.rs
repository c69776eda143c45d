//! `is:trashed`: the records in the trash instead of those in use.

use crate::{
    error::{Error, Result},
    language::syntax::{Expr, Path, Span, Term, Test},
    text::{fold, said},
};

use super::Resolver;

/// Whether a name in a filter asks where a record is.
pub fn is_place(name: &str) -> bool {
    let folded = fold(name);
    folded == "is" || folded == "是"
}

/// A filter without its `is:trashed`, and whether it has one: alone, or joined with others that all must hold.
pub(super) fn split(expr: &Expr) -> (Expr, bool) {
    match expr {
        Expr::And(parts) => {
            let rest = parts.iter().filter(|part| !is_trashed(part)).cloned();
            let rest = rest.fold(Expr::All, Expr::and);
            (rest, parts.iter().any(is_trashed))
        }
        part if is_trashed(part) => (Expr::All, true),
        other => (other.clone(), false),
    }
}

fn is_trashed(expr: &Expr) -> bool {
    let Expr::Term(Term::Test { path: Path(names), test: Test::Is(patterns), .. }) = expr else { return false };
    let ([name], [pattern]) = (names.as_slice(), patterns.as_slice()) else { return false };
    let value = fold(&pattern.text);
    is_place(&name.text) && !pattern.prefix && matches!(value.as_str(), "trashed" | "回收站" | "已删除")
}

impl Resolver<'_> {
    /// The error for a question of place that stands where it cannot be answered, or asks for something else.
    pub(super) fn misplaced(&self, span: Span) -> Error {
        if !self.views.is_empty() {
            return self
                .error(span, said!("A view holds records in use", "视图只包含未删除的记录"))
                .hint(said!("write is:trashed beside the view, in a list", "请在列表中把 is:trashed 写在视图旁边"));
        }
        self.error(
            span,
            said!(
                "is:trashed is the one question of place, and stands for the whole filter",
                "只有 is:trashed，且须作用于整个条件"
            ),
        )
        .hint(said!("write is:trashed alone, or join it with and", "请单独写 is:trashed，或用“且”与其他条件连接"))
    }

    /// Refuses a path that ends in a question of place.
    pub(super) fn no_place(&self, path: &Path) -> Result<()> {
        let known = |kind: &crate::domain::Kind, name: &str| kind.field_named(name).is_some();
        let kinds = self.asking.schema.kinds();
        match path.0.last().filter(|name| is_place(&name.text) && !kinds.iter().any(|kind| known(kind, &name.text))) {
            Some(_) => Err(self.misplaced(path.span())),
            None => Ok(()),
        }
    }
}
