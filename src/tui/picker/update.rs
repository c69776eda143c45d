//! What becomes of a picker by what is done to it.

use super::{
    Picker,
    action::{Answer, PickedChoices, PickerAction},
    state::AfterChoice,
};

impl Picker {
    /// Does it, in a window of so many choices.
    pub fn update(&mut self, act: PickerAction, height: usize) -> Answer {
        let last = self.found.len().saturating_sub(1);
        if act != PickerAction::Accept {
            (self.eager, self.onward) = (false, AfterChoice::Next);
        }
        match act {
            // Past an end it comes in at the other.
            PickerAction::Move(by) if self.found.len() > 1 => {
                self.cursor = (self.cursor as isize + by).rem_euclid(self.found.len() as isize) as usize;
            }
            PickerAction::Move(_) => {}
            PickerAction::Page(by) => {
                let by = by.saturating_mul(height.max(1) as isize);
                self.cursor = self.cursor.saturating_add_signed(by).min(last);
            }
            PickerAction::Mark => self.mark(),
            PickerAction::Create => return self.create(),
            PickerAction::Accept => return self.accept(),
            PickerAction::Close => return Answer::Closed,
            PickerAction::Edit(edit) => {
                if self.line.edit(&edit) {
                    if self.asks.is_some() {
                        self.asks = Some(true);
                        return Answer::Asked(self.line.text().to_owned());
                    }
                    self.narrow();
                }
            }
        }
        Answer::Open
    }

    fn mark(&mut self) {
        let Some(value) = self.current().map(|choice| choice.value.clone()) else { return };
        let Some(marks) = &mut self.marks else { return };
        if !marks.remove(&value) {
            marks.insert(value);
        }
        self.changed = true;
        self.cursor = (self.cursor + 1).min(self.found.len().saturating_sub(1));
    }

    fn create(&self) -> Answer {
        match self.line.text().trim() {
            "" => Answer::Open,
            typed if self.creates.is_some() => Answer::Create(typed.to_owned()),
            _ => Answer::Open,
        }
    }

    fn accept(&mut self) -> Answer {
        // What is still being looked for is not what is seen.
        if self.asks == Some(true) {
            self.eager = true;
            return Answer::Open;
        }
        // Where nothing is marked the choice that was looked for is meant, but not where the last mark was taken away.
        let sought = !self.changed && !self.line.text().trim().is_empty() && self.current().is_some();
        if let Some(marks) = self.marks.as_ref().filter(|marks| !(marks.is_empty() && sought)) {
            let known = self.choices.iter().map(|choice| &choice.value).filter(|value| marks.contains(*value));
            let mut values: Vec<String> = known.cloned().collect();
            // Of many choices only those that fit are here; what was marked before stays marked.
            values.extend(
                marks.iter().filter(|value| !self.choices.iter().any(|choice| choice.value == **value)).cloned(),
            );
            return Answer::Picked(PickedChoices { values });
        }
        match self.current() {
            Some(choice) => Answer::Picked(PickedChoices { values: vec![choice.value.clone()] }),
            None => self.create(),
        }
    }
}
