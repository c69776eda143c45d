//! Telling that something falls due while the screen is open: once, at the time, and as the settings say.

use crate::tui::{
    action::Effect,
    notify::{Due, Notify},
    state::State,
};

use super::Effects;

/// Tells it.
pub fn tell(state: &mut State, due: &Due, effects: &mut Effects) {
    if state.notify == Notify::Off {
        return;
    }
    let said = due.say(state.lang);
    state.messages.push(said.clone());
    match state.notify {
        Notify::Bell => effects.push(Effect::Bell),
        Notify::Desktop => effects.push(Effect::Notify(format!("crm: {said}"))),
        Notify::Screen | Notify::Off => {}
    }
    state.toast = Some(said);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{RecordId, ticket},
        text::Lang,
        tui::{notify::DueRecord, testing::screen::TestScreen},
    };

    /// A screen at two minutes past two, and what is planned for the afternoon.
    fn afternoon(notify: Notify) -> TestScreen {
        let mut app = TestScreen::new(Lang::En, (120, 36));
        app.state.notify = notify;
        for line in [
            "customer add 上海华盛",
            "followup add 'too late' due='today 13:00'",
            "followup add 寄报价 due='today 15:00' customer=C-1",
            "followup add Demo due='today 17:00' remind=2h",
            "ticket add 货物破损 customer=C-1 priority=urgent",
        ] {
            app.say(line);
        }
        app.state.toast = None;
        app
    }

    /// Time passes; what is told then.
    fn pass(app: &mut TestScreen, minutes: i64) -> Option<String> {
        app.worker.pass(minutes * 60);
        app.work(vec![Effect::Count]);
        app.state.toast.take()
    }

    #[test]
    fn what_falls_due_is_told_once_and_what_was_due_before_is_not() {
        let mut app = afternoon(Notify::Screen);
        assert_eq!(pass(&mut app, 0), None);
        assert_eq!(pass(&mut app, 57), None);
        assert_eq!(pass(&mut app, 1).as_deref(), Some("Due: 寄报价 · 上海华盛   Due: Demo"));
        assert_eq!(pass(&mut app, 0), None);
        app.say("followup snooze F-2 +1h");
        app.state.toast = None;
        let told = pass(&mut app, 63).unwrap();
        assert!(told.contains("Due: 寄报价"), "{told}");
        // It was reminded of at three.
        assert_eq!(pass(&mut app, 3 * 60), None);
    }

    #[test]
    fn a_ticket_over_its_limit_is_told() {
        let mut app = afternoon(Notify::Screen);
        app.say("followup done F-2").say("followup done F-3");
        app.state.lang = Lang::Zh;
        app.state.toast = None;
        let told: Vec<String> = (0..3).filter_map(|_| pass(&mut app, 60)).collect();
        assert_eq!(told, ["已超时：货物破损 · 上海华盛"]);
    }

    #[test]
    fn many_are_counted_and_the_settings_say_how_it_is_told() {
        let come = |num| DueRecord { id: RecordId::new(ticket::ID, num), title: String::new(), whose: String::new() };
        let due = Due { first: vec![come(1), come(2)], more: 5 };
        let said = "Over its limit: T-1   Over its limit: T-2   and 5 more";
        let told = |notify| {
            let mut state = TestScreen::new(Lang::En, (80, 24)).state;
            (state.notify, state.toast) = (notify, None);
            let mut effects = Vec::new();
            tell(&mut state, &due, &mut effects);
            let sent = effects.iter().map(|effect| match effect {
                Effect::Bell => "bell".to_owned(),
                Effect::Notify(text) => text.clone(),
                other => format!("{other:?}"),
            });
            (state.toast, sent.collect::<Vec<_>>())
        };
        assert_eq!(told(Notify::named("screen")), (Some(said.to_owned()), vec![]));
        assert_eq!(told(Notify::named("bell")), (Some(said.to_owned()), vec!["bell".to_owned()]));
        assert_eq!(told(Notify::named("desktop")), (Some(said.to_owned()), vec![format!("crm: {said}")]));
        assert_eq!(told(Notify::named("off")), (None, vec![]));
    }
}
