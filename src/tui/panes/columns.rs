//! Columns that share the width of a pane.

/// What a column asks for.
#[derive(Clone, Copy, Debug)]
pub(super) struct ColumnWidth {
    /// Narrower than this it says nothing.
    pub least: usize,
    /// Wider than this it gains nothing.
    pub most: usize,
    /// Which columns go first where not all fit: the highest; those of rank 0 stay.
    pub rank: u8,
}

/// A column that asks for this.
pub(super) const fn ask(least: usize, most: usize, rank: u8) -> ColumnWidth {
    ColumnWidth { least, most, rank }
}

/// What stands in a column that is seen: how wide its name is, and the widest of its texts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SeenWidth {
    /// The name.
    pub name: usize,
    /// The widest text.
    pub text: usize,
}

/// How wide each column is, one free cell between any two; 0 for those that had to go.
///
/// A column is no wider than what is seen in it, and one in which nothing is seen no wider than its name. What they
/// leave goes to the columns of the lowest ranks, which say what a row is about, until they can be read, then to the
/// others, and what is left after all to the broadest of rank 0.
pub(super) fn widths(room: usize, asks: &[ColumnWidth], seen: &[SeenWidth]) -> Vec<usize> {
    let wanted: Vec<usize> = asks.iter().zip(seen).map(|(ask, seen)| seen.text.max(seen.name).min(ask.most)).collect();
    let least =
        |((ask, seen), wanted): ((&ColumnWidth, &SeenWidth), &usize)| if seen.text == 0 { *wanted } else { ask.least };
    let mut widths: Vec<usize> = asks.iter().zip(seen).zip(&wanted).map(least).collect();
    let used = |widths: &[usize]| {
        let shown = widths.iter().filter(|width| **width > 0);
        shown.clone().sum::<usize>() + shown.count().saturating_sub(1)
    };
    while used(&widths) > room {
        let shown = (0..asks.len()).filter(|at| widths[*at] > 0 && asks[*at].rank > 0);
        let Some(last) = shown.max_by_key(|at| asks[*at].rank) else { break };
        widths[last] = 0;
    }
    for (width, wanted) in widths.iter_mut().zip(&wanted) {
        *width = (*width).min(*wanted);
    }
    let mut free = room.saturating_sub(used(&widths));
    let mut share = |widths: &mut [usize], among: &dyn Fn(usize) -> Option<usize>| {
        while free > 0 {
            let narrow = |at: &usize| widths[*at] > 0 && among(*at).is_some_and(|most| widths[*at] < most);
            let narrow: Vec<usize> = (0..asks.len()).filter(narrow).collect();
            let Some(each) = free.checked_div(narrow.len()) else { break };
            for at in narrow {
                let more = each.max(1).min(among(at).unwrap_or_default() - widths[at]).min(free);
                widths[at] += more;
                free -= more;
            }
        }
    };
    share(&mut widths, &|at| (asks[at].rank <= NAMES).then_some(wanted[at]));
    share(&mut widths, &|at| Some(wanted[at]));
    let broadest = (0..asks.len()).filter(|at| asks[*at].rank == 0).max_by_key(|at| asks[*at].most);
    share(&mut widths, &|at| (Some(at) == broadest).then_some(asks[at].most));
    widths
}

/// The columns up to this rank say what a row is about.
const NAMES: u8 = 1;

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(room: usize, asks: &[ColumnWidth], texts: &[usize]) -> Vec<usize> {
        let seen: Vec<SeenWidth> = texts.iter().map(|text| SeenWidth { name: 4, text: *text }).collect();
        widths(room, asks, &seen)
    }

    #[test]
    fn room_is_shared_and_the_least_wanted_go() {
        let asks = [ask(10, 40, 0), ask(8, 20, 2), ask(6, 6, 1)];
        let full = [90, 90, 90];
        assert_eq!(shared(26, &asks, &full), [10, 8, 6]);
        assert_eq!(shared(25, &asks, &full), [18, 0, 6]);
        assert_eq!(shared(12, &asks, &full), [12, 0, 0]);
        assert_eq!(shared(5, &asks, &full), [10, 0, 0]);
        assert_eq!(shared(40, &asks, &full), [24, 8, 6]);
        assert_eq!(shared(200, &asks, &full), [40, 20, 6]);
    }

    #[test]
    fn a_name_is_not_cut_while_others_have_more_than_they_need() {
        let asks = [ask(10, 40, 0), ask(8, 20, 2), ask(10, 12, 3)];
        assert_eq!(shared(40, &asks, &[26, 7, 5]), [26, 7, 5]);
        assert_eq!(shared(50, &asks, &[26, 7, 5]), [36, 7, 5], "what is left is the name's");
        assert_eq!(shared(40, &asks, &[26, 7, 0]), [27, 7, 4], "an empty column is as wide as its name");
        assert_eq!(shared(30, &asks, &[26, 7, 5]), [16, 7, 5]);
        assert_eq!(shared(24, &asks, &[26, 7, 0]), [11, 7, 4]);
    }
}
