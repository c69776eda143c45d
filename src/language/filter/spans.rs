//! Ranges of exact numbers, whose ends may or may not belong to them.

use rust_decimal::Decimal;

/// Where a range begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edge {
    /// Below every number.
    Least,
    /// Before this number, or after it where that is said.
    At(Decimal, bool),
    /// Above every number.
    Most,
}

/// Ranges of numbers, in rising order and apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spans(Vec<(Edge, Edge)>);

impl Spans {
    /// From the one to the other; nothing where they are reversed.
    pub fn between(from: Edge, to: Edge) -> Self {
        Self(if from < to { vec![(from, to)] } else { Vec::new() })
    }

    /// Takes in the numbers of another.
    pub fn extend(&mut self, more: Self) {
        self.0.extend(more.0);
        self.0.sort_unstable();
        self.0.dedup_by(|next, held| {
            let touches = next.0 <= held.1;
            if touches {
                held.1 = held.1.max(next.1);
            }
            touches
        });
    }

    /// Whether a number is in one of them.
    pub fn contains(&self, number: Decimal) -> bool {
        self.0.iter().any(|(from, to)| *from <= Edge::At(number, false) && Edge::At(number, true) <= *to)
    }

    /// The ranges.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (Edge, Edge)> + '_ {
        self.0.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_in_the_ranges_that_hold_them() {
        let at = |number: i64, after| Edge::At(Decimal::new(number, 0), after);
        let mut spans = Spans::between(at(5, true), Edge::Most);
        spans.extend(Spans::between(at(1, false), at(2, true)));
        spans.extend(Spans::between(at(2, true), at(3, false)));
        assert_eq!(spans.iter().len(), 2);
        for (number, inside) in
            [("0.9", false), ("1", true), ("2.00", true), ("2.99", true), ("3", false), ("5", false), ("5.001", true)]
        {
            assert_eq!(spans.contains(number.parse().unwrap()), inside, "{number}");
        }
        assert_eq!(Spans::between(at(2, false), at(1, true)), Spans::default());
    }
}
