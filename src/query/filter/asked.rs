//! Words as the lists of the store are asked for them.

use crate::{
    domain::words::phone,
    language::filter::{WordTest, near},
    store::search::WordQuery,
    text::homophones::Sounds,
};

impl WordTest {
    /// How the lists of the store are asked for it; nothing where they cannot tell.
    pub fn asked(&self) -> Option<WordQuery> {
        let mut asked = WordQuery::text(self.folded())?;
        for digits in &self.digits {
            asked = asked.or_text(digits)?;
        }
        if let Some(number) = &self.number {
            asked = asked.or_part(&phone::shared_digits(number))?;
        }
        if self.near {
            for part in near::parts(self.folded()) {
                asked = asked.or_part(&part)?;
            }
        }
        if let Some(family) = &self.family {
            asked = asked.or_part(family)?;
        }
        for initials in self.sounds.iter().flat_map(Sounds::initials) {
            asked = asked.or_sound(&initials);
        }
        Some(match self.letters() {
            Some(letters) => asked.or_sound(letters),
            None => asked,
        })
    }
}
