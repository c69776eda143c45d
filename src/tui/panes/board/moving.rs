//! Cards that are on their way to another stage: shown there at once, while the store still writes it.

use crate::domain::{RecordId, stage};

use super::State;

/// Where a card goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoveTarget {
    /// To the open stage after its own.
    Next,
    /// To the one before.
    Previous,
    /// To this stage, which may be no open one.
    Stage(RecordId),
}

impl MoveTarget {
    /// What the words of a move mean on this board; nothing where that is for the store to say.
    pub fn said(word: &str, state: &State) -> Option<Self> {
        let outcome = |wanted| state.stages().iter().find(|column| column.outcome == wanted);
        let stage = match word {
            "next" => return Some(Self::Next),
            "previous" => return Some(Self::Previous),
            "won" => outcome(stage::WON)?,
            "lost" => outcome(stage::LOST)?,
            name => state
                .stages()
                .iter()
                .find(|column| column.stage.to_string() == name || stage::is_called(&column.name, name))?,
        };
        Some(Self::Stage(stage.stage))
    }
}

impl State {
    /// Shows deals in another stage; the cursor goes with its card. What the store says later stands instead.
    pub fn moved(&mut self, deals: &[RecordId], to: MoveTarget) {
        let held = self.id();
        for deal in deals {
            self.move_one(*deal, to);
        }
        let stage = self.stage();
        self.go_back_to(held, stage);
    }

    fn move_one(&mut self, deal: RecordId, to: MoveTarget) {
        let columns = self.columns();
        let place = columns.iter().enumerate().find_map(|(at, column)| {
            column.order.iter().position(|num| *num == deal.num).map(|card| (at, column.stage, card))
        });
        let Some((from, stage, at)) = place else { return };
        let stages = self.stages();
        let own = stages.iter().position(|column| column.stage == stage);
        let there = match to {
            MoveTarget::Next => own.and_then(|own| stages.get(own + 1)).filter(|next| next.is_open()),
            MoveTarget::Previous => {
                own.and_then(|own| stages.get(own.checked_sub(1)?)).filter(|previous| previous.is_open())
            }
            MoveTarget::Stage(stage) => stages.iter().find(|column| column.stage == stage),
        };
        let there = there.map(|column| column.stage);
        let into = there.and_then(|there| columns.iter().position(|column| column.stage == there));
        let Some(there) = there.filter(|there| *there != stage) else { return };
        let card = self.rows.cards.get_mut(from).and_then(|(first, cards)| match at.checked_sub(*first) {
            Some(at) if at < cards.len() => Some(cards.remove(at)),
            Some(_) => None,
            None => {
                *first -= 1;
                None
            }
        });
        let amount = card.as_ref().and_then(|card| card.amount);
        let columns = self.rows.board.iter_mut().flat_map(|board| &mut board.columns);
        for column in columns.filter(|column| column.stage == stage || column.stage == there) {
            let goes = column.stage == stage;
            column.count = if goes { column.count.saturating_sub(1) } else { column.count + 1 };
            if let Some(amount) = amount {
                let sum = column.sums.iter_mut().find(|sum| sum.currency == amount.currency);
                match (sum, goes) {
                    (Some(sum), true) => sum.minor -= amount.minor,
                    (Some(sum), false) => sum.minor += amount.minor,
                    (None, true) => {}
                    (None, false) => column.sums.push(amount),
                }
            }
            if column.is_open() {
                let rest = column.order.iter().copied().filter(|num| *num != deal.num);
                // What has just been changed stands first.
                let arrives = (!goes).then_some(deal.num);
                column.order = arrives.into_iter().chain(rest).collect();
            }
        }
        if let Some((first, cards)) = into.and_then(|into| self.rows.cards.get_mut(into)) {
            match card {
                Some(mut card) if *first == 0 => {
                    (card.days, card.stale) = (0, false);
                    cards.insert(0, card);
                }
                _ => *first += 1,
            }
        }
    }
}
