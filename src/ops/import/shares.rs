//! Columns of percentages that may have been meant as shares: 0.05 for 5 %.

use crate::{
    domain::{FieldDef, Type},
    text::{Said, said},
};

/// What the cells of a column say of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shares {
    /// How many are bare numbers below 1.
    below: u64,
    /// How many say more, or say that they are percentages.
    others: u64,
    /// The line of the first below 1.
    line: u32,
}

impl Shares {
    /// Takes in a cell.
    pub fn hear(&mut self, def: &FieldDef, text: &str, line: u32) {
        if def.ty != Type::Rate || !text.contains(|c: char| ('1'..='9').contains(&c)) {
            return;
        }
        let bare = text.trim().trim_start_matches(['-', '+']).trim_start_matches('0');
        let is_below = bare.starts_with(['.', ',']) && bare[1..].bytes().all(|byte| byte.is_ascii_digit());
        if is_below {
            self.join(Self { below: 1, others: 0, line });
        } else {
            self.others += 1;
        }
    }

    /// Takes in what others say.
    pub fn join(&mut self, more: Self) {
        if more.below > 0 && (self.below == 0 || more.line < self.line) {
            self.line = more.line;
        }
        self.below += more.below;
        self.others += more.others;
    }

    /// What to say of a column none of whose cells is as much as 1.
    pub fn said(self, def: &FieldDef) -> Option<Said> {
        let line = self.line;
        (self.below > 0 && self.others == 0).then(|| {
            said!(
                (
                    "Every number of {} is below 1 and was read as that many per cent, the first in line {line}; if 0.05 is meant as 5%, write 5% in the file",
                    def.code
                ),
                ("“{}”的数都小于 1，已按百分之几读取（第一个在第 {line} 行）；若 0.05 是指 5%，请在文件中写 5%", def.zh)
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::made_up::TAX;

    #[test]
    fn a_column_of_shares_is_remarked_on() {
        let said = |cells: &[&str]| {
            let mut shares = Shares::default();
            cells.iter().zip(2..).for_each(|(cell, line)| shares.hear(&TAX.def(), cell, line));
            shares.said(&TAX.def()).map(|said| said.both().0.contains("line 3"))
        };
        assert_eq!(said(&["0", "0.05", "-.5", "0,2", ""]), Some(true));
        for cells in [&["0.05", "5"][..], &["0.05%"], &["0.05", "0.1%"], &["0", ""], &["1.05"], &["七成"]] {
            assert_eq!(said(cells), None, "{cells:?}");
        }
    }
}
