//! Bars: numbers as lengths.

/// How bars are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bars {
    /// With blocks, in eighths of a column.
    Blocks,
    /// With `#`.
    Ascii,
}

/// The columns of the longest bar.
const LONGEST: usize = 20;
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

impl Bars {
    /// The bar of a number beside the largest one. What is more than nothing is seen; what is less is not.
    pub fn draw(self, number: i128, largest: i128) -> String {
        if number <= 0 || largest <= 0 {
            return String::new();
        }
        let parts: i128 = if self == Self::Blocks { 8 } else { 1 };
        let length = LONGEST as i128 * parts;
        // Whatever is too large to be multiplied can do without its last digits.
        let drawn = number.checked_mul(length).map_or_else(|| number / (largest / length).max(1), |all| all / largest);
        let drawn = usize::try_from(drawn.clamp(1, length)).unwrap_or(1);
        match self {
            Self::Blocks => format!("{}{}", "█".repeat(drawn / 8), EIGHTHS[drawn % 8]),
            Self::Ascii => "#".repeat(drawn),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_number_is_large() {
        assert_eq!(Bars::Ascii.draw(50, 100), "#".repeat(10));
        assert_eq!(Bars::Blocks.draw(100, 100), "█".repeat(20));
        assert_eq!(Bars::Blocks.draw(3, 160), "▍");
        assert_eq!(Bars::Blocks.draw(1, i128::MAX), "▏");
        assert_eq!(Bars::Blocks.draw(i128::MAX, i128::MAX), "█".repeat(20));
        assert_eq!([Bars::Ascii.draw(0, 5), Bars::Ascii.draw(-3, 5), Bars::Ascii.draw(-3, -1)], ["", "", ""]);
    }
}
