//! Parts of a record as rows with the columns of their kind.

use crate::text::{Align, pad, width};

/// Between columns.
const GAP: usize = 2;
/// How narrow texts may become, each in turn as far as is needed: the name, then all of them.
const NARROWEST: [usize; 3] = [16, 8, 4];

/// What stands in one column of a part, and how wide the column is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartCell {
    /// What it says.
    pub text: String,
    /// As wide as the widest of its column.
    pub wide: usize,
    /// Whether it is a number, which stands at the right and is never cut.
    pub number: bool,
}

/// Rows of which each column is as wide as its widest text; the first of them is what the columns are called.
pub(super) fn rows(texts: Vec<Vec<String>>, numbers: &[bool]) -> Vec<Vec<PartCell>> {
    let wide = |at: usize| texts.iter().filter_map(|row| row.get(at)).map(|text| width(text)).max().unwrap_or_default();
    let wides: Vec<usize> = (0..numbers.len()).map(wide).collect();
    let cells = |row: Vec<String>| {
        let cells = row.into_iter().zip(&wides).zip(numbers);
        cells.map(|((text, wide), number)| PartCell { text, wide: *wide, number: *number }).collect()
    };
    texts.into_iter().map(cells).collect()
}

/// A row in so many columns of the screen: texts become narrower as far as they have to, and what has no room at the end
/// is left out whole.
pub(super) fn line(cells: &[PartCell], cols: usize) -> String {
    let mut wides: Vec<usize> = cells.iter().map(|cell| cell.wide).collect();
    let total = |wides: &[usize]| wides.iter().sum::<usize>() + GAP * wides.len().saturating_sub(1);
    for narrowest in NARROWEST {
        while total(&wides) > cols {
            let texts = (0..wides.len()).filter(|at| !cells[*at].number && wides[*at] > narrowest);
            let Some(widest) = texts.max_by_key(|at| wides[*at]) else { break };
            wides[widest] -= 1;
        }
    }
    while total(&wides) > cols && wides.len() > 1 {
        wides.pop();
    }
    let cells = cells.iter().zip(&wides).map(|(cell, wide)| {
        let align = if cell.number { Align::Right } else { Align::Left };
        pad(&cell.text, *wide, align)
    });
    cells.collect::<Vec<_>>().join(&" ".repeat(GAP)).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_give_way_to_numbers() {
        let texts = [["Name", "Quantity", "Price"], ["Hydraulic pump", "2", "¥1,200.00"], ["阀门", "12", "¥85.50"]];
        let texts = texts.iter().map(|row| row.iter().map(|text| (*text).to_owned()).collect()).collect();
        let rows = rows(texts, &[false, true, true]);
        let shown = |cols| rows.iter().map(|row| line(row, cols)).collect::<Vec<_>>();
        assert_eq!(
            shown(40),
            [
                "Name            Quantity      Price",
                "Hydraulic pump         2  ¥1,200.00",
                "阀门                  12     ¥85.50"
            ]
        );
        assert_eq!(
            shown(30),
            ["Name       Quantity      Price", "Hydrauli…         2  ¥1,200.00", "阀门             12     ¥85.50"]
        );
        assert_eq!(shown(16), ["Name  Quantity", "Hyd…         2", "阀门        12"], "half a number is a wrong one");
    }
}
