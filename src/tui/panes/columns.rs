//! Columns that share the width of a pane.

/// What a column asks for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ask {
    /// Narrower than this it says nothing.
    pub least: usize,
    /// Wider than this it gains nothing.
    pub most: usize,
    /// Which columns go first where not all fit: the highest; those of rank 0 stay.
    pub rank: u8,
}

/// A column that asks for this.
pub(super) const fn ask(least: usize, most: usize, rank: u8) -> Ask {
    Ask { least, most, rank }
}

/// How wide each column is, one free cell between any two; 0 for those that had to go.
pub(super) fn widths(room: usize, asks: &[Ask]) -> Vec<usize> {
    let mut widths: Vec<usize> = asks.iter().map(|ask| ask.least).collect();
    let used = |widths: &[usize]| {
        let shown = widths.iter().filter(|width| **width > 0);
        shown.clone().sum::<usize>() + shown.count().saturating_sub(1)
    };
    while used(&widths) > room {
        let shown = (0..asks.len()).filter(|at| widths[*at] > 0 && asks[*at].rank > 0);
        let Some(last) = shown.max_by_key(|at| asks[*at].rank) else { break };
        widths[last] = 0;
    }
    let mut free = room.saturating_sub(used(&widths));
    while free > 0 {
        let hungry: Vec<usize> = (0..asks.len()).filter(|at| (1..asks[*at].most).contains(&widths[*at])).collect();
        if hungry.is_empty() {
            break;
        }
        let each = (free / hungry.len()).max(1);
        for at in hungry {
            let more = each.min(asks[at].most - widths[at]).min(free);
            widths[at] += more;
            free -= more;
        }
    }
    widths
}

#[test]
fn room_is_shared_and_the_least_wanted_go() {
    let asks = [ask(10, 40, 0), ask(8, 20, 2), ask(6, 6, 1)];
    assert_eq!(widths(26, &asks), [10, 8, 6]);
    assert_eq!(widths(25, &asks), [18, 0, 6]);
    assert_eq!(widths(12, &asks), [12, 0, 0]);
    assert_eq!(widths(5, &asks), [10, 0, 0]);
    assert_eq!(widths(40, &asks), [17, 15, 6]);
    assert_eq!(widths(200, &asks), [40, 20, 6]);
}
