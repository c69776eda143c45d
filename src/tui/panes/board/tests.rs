use super::{moving::MoveTarget, *};
use crate::{
    domain::{
        RecordId, deal, pipeline, stage,
        words::money::{Currency, Money},
    },
    read_model::board::{Board, BoardColumn, Card},
    text::Lang,
    tui::testing::drawing::{HOSTILE, SIZES, a_customer, column_of, sketch},
};

fn card(num: u64) -> Card {
    let currency = if num.is_multiple_of(3) { Currency::USD } else { Currency::CNY };
    Card {
        id: RecordId::new(deal::ID, num),
        title: HOSTILE[(num as usize + 1) % HOSTILE.len()].to_owned(),
        customer: a_customer(num),
        amount: (num % 5 != 4).then_some(Money { minor: i128::from(num) * 1_234_500, currency }),
        owner: Some(1),
        days: num as i64 * 3,
        stale: num % 4 == 3,
        planned: true,
    }
}

/// Columns of cards with these numbers.
fn rows(numbers: &[&[u64]]) -> Rows {
    let names = ["qualify", "needs", "proposal", "negotiation", "won", "lost"];
    let columns = names.iter().enumerate().map(|(at, name)| {
        let outcome = [stage::OPEN, stage::OPEN, stage::OPEN, stage::OPEN, stage::WON, stage::LOST][at];
        let order = numbers.get(at).copied().unwrap_or_default();
        let sums = state::total(order.iter().filter_map(|num| card(*num).amount));
        BoardColumn {
            stage: RecordId::new(stage::ID, at as u64 + 1),
            name: (*name).to_owned(),
            outcome,
            stale_after: None,
            count: order.len() as u64,
            weighted: sums.iter().map(|sum| deal::weigh(*sum, 25)).collect(),
            sums,
            order: order.into(),
        }
    });
    let columns = columns.collect();
    let board = Board { pipeline: RecordId::new(pipeline::ID, 1), name: "Default pipeline".to_owned(), columns };
    let cards = numbers.iter().map(|nums| (0, nums.iter().map(|num| card(*num)).collect())).collect();
    let cards = [cards, vec![(0, Vec::new()); 4_usize.saturating_sub(numbers.len())]].concat();
    Rows { board: Some(board), cards, whose: "li.wei".to_owned(), ..Rows::default() }
}

fn state(columns: &[&[u64]]) -> State {
    let mut state = State::default();
    state.loaded(rows(columns));
    state
}

fn num(state: &State) -> u64 {
    state.card().unwrap().id.num
}

#[test]
fn over_columns_and_cards() {
    let mut state = state(&[&[1, 2, 3], &[4], &[], &[5, 6]]);
    let visited = [
        Action::Down,
        Action::Down,
        Action::Down,
        Action::Right,
        Action::Left,
        Action::Bottom,
        Action::Right,
        Action::Right,
    ]
    .map(|action| {
        state.update(action, 30);
        num_or_none(&state)
    });
    assert_eq!(visited, [2, 3, 3, 4, 1, 3, 4, 0]);
    assert_eq!((state.position(), state.stage_name()), ((0, 0), Some("proposal")));
    state.update(Action::Right, 30);
    assert_eq!(num(&state), 5);
    assert!(!state.update(Action::Right, 30), "won and lost are no columns");
}

fn num_or_none(state: &State) -> u64 {
    state.card().map_or(0, |card| card.id.num)
}

#[test]
fn the_cursor_stays_on_its_card_wherever_it_goes() {
    let mut state = state(&[&[1, 2, 3], &[4]]);
    state.update(Action::Down, 30);
    state.update(Action::Mark, 30);
    assert_eq!((num(&state), state.subject()), (3, vec![RecordId::new(deal::ID, 2)]));
    state.loaded(rows(&[&[1], &[4, 2], &[3]]));
    assert_eq!((num(&state), state.column, state.marked().len()), (3, 2, 1));
    state.update(Action::Unmark, 30);
    state.loaded(rows(&[&[1], &[4, 2], &[9, 8]]));
    assert_eq!((num(&state), state.column), (9, 2), "the column stays where the card is gone");
    state.loaded(Rows::default());
    for action in [Action::Down, Action::Right, Action::Mark, Action::Range, Action::Invert, Action::NextUrgent] {
        state.update(action, 30);
    }
    assert!(state.subject().is_empty() && state.stage().is_none());
}

#[test]
fn cards_scroll_and_urgent_ones_are_found() {
    let many: Vec<u64> = (1..100).collect();
    let mut state = state(&[&many, &[200, 203]]);
    state.update(Action::PageDown, 25);
    assert_eq!((num(&state), state.offsets[0]), (6, 1));
    state.update(Action::Bottom, 25);
    assert_eq!((num(&state), state.offsets[0]), (99, 94));
    let visited = [Action::NextUrgent, Action::NextUrgent, Action::PreviousUrgent].map(|action| {
        state.update(action, 25);
        num(&state)
    });
    assert_eq!(visited, [203, 3, 203]);
    state.update(Action::Top, 25);
    state.update(Action::Range, 25);
    state.update(Action::Down, 25);
    state.update(Action::Range, 25);
    assert_eq!(state.subject().len(), 2);
}

#[test]
fn straight_at_every_size_in_both_languages() {
    let many: Vec<u64> = (0..300).collect();
    for size in SIZES {
        for lang in [Lang::En, Lang::Zh] {
            let state = state(&[&many, &[1000, 1001, 1002], &[1003], &[1005, 1007]]);
            let lines = sketch(size, lang, |look, area, buf| draw(&state, look, area, buf));
            // A card's customer begins where its title does.
            let second = |line: &str| column_of(line, "Café");
            let columns: Vec<_> = lines.iter().filter_map(|line| second(line)).collect();
            assert!(!columns.is_empty(), "{lines:#?}");
            assert!(lines.iter().any(|line| line.contains(lang.pick("more", "另有"))), "{lines:#?}");
            let empty = sketch(size, lang, |look, area, buf| {
                draw(&self::state(&[]), look, area, buf);
            });
            assert!(empty.iter().any(|line| line.contains(lang.pick("No deal is open", "暂无进行中的商机"))));
        }
    }
}

#[test]
fn columns_scroll_sideways_where_they_do_not_fit() {
    let mut state = state(&[&[1], &[2], &[3], &[4]]);
    let heads = |state: &State| sketch((80, 24), Lang::En, |look, area, buf| draw(state, look, area, buf))[2].clone();
    assert!(heads(&state).starts_with(" Qualify") && !heads(&state).contains("Negotiation"));
    for _ in 0..3 {
        state.update(Action::Right, 24);
    }
    assert!(heads(&state).starts_with(" Needs") && heads(&state).contains("Negotiation"));
}

#[test]
fn the_board_at_three_sizes() {
    let mut state = state(&[&[1, 2, 3, 4, 5, 6, 7, 8], &[10, 11], &[], &[13]]);
    state.update(Action::Mark, 24);
    let draw = |size, lang| sketch(size, lang, |look, area, buf| draw(&state, look, area, buf)).join("\n");
    insta::assert_snapshot!("board_en_120", draw((120, 24), Lang::En));
    insta::assert_snapshot!("board_zh_80", draw((80, 24), Lang::Zh));
    insta::assert_snapshot!("board_en_200", draw((200, 24), Lang::En));
}

#[test]
fn a_moved_card_is_seen_in_its_new_stage_at_once() {
    let mut state = state(&[&[1, 2, 3], &[4], &[], &[6]]);
    state.update(Action::Down, 30);
    state.moved(&state.subject(), MoveTarget::Next);
    assert_eq!((num(&state), state.column, state.card), (2, 1, 0), "the cursor goes with the card");
    let told = |state: &State| {
        let columns = state.columns();
        columns.iter().map(|column| (column.count, column.order.to_vec())).collect::<Vec<_>>()
    };
    assert_eq!(told(&state), [(2, vec![1, 3]), (2, vec![2, 4]), (0, vec![]), (1, vec![6])]);
    let sum = |state: &State, at: usize| state.columns()[at].sums.clone();
    assert_eq!(
        sum(&state, 1),
        state::total([card(2), card(4)].iter().filter_map(|card| card.amount)).into_iter().collect::<Vec<_>>()
    );
    state.moved(&state.subject(), MoveTarget::Previous);
    assert_eq!((num(&state), state.column, state.card), (2, 0, 0));
    assert_eq!(told(&state)[0], (3, vec![2, 1, 3]));
    state.moved(&state.subject(), MoveTarget::Previous);
    assert_eq!((num(&state), state.column), (2, 0), "there is no stage before the first");
    let won = state.stages()[4].stage;
    state.moved(&state.subject(), MoveTarget::Stage(won));
    assert_eq!((told(&state)[0].1.clone(), state.stages()[4].count), (vec![1, 3], 1));
    assert_eq!(num(&state), 1, "the next card comes under the cursor");
    state.update(Action::Mark, 30);
    state.update(Action::Mark, 30);
    state.moved(&state.subject(), MoveTarget::Stage(state.stages()[3].stage));
    assert_eq!(told(&state)[3], (3, vec![3, 1, 6]), "all that is marked");
    assert_eq!(state.missing(30), None);
    // What the store says stands instead.
    state.loaded(rows(&[&[1, 3], &[4], &[], &[6]]));
    assert_eq!(told(&state)[3].1, [6]);
}

#[test]
fn cards_that_are_not_read_yet_are_asked_for() {
    let many: Vec<u64> = (1..1000).collect();
    let mut state = state(&[&many, &[2000]]);
    let mut part = rows(&[&many, &[2000]]);
    part.cards[0] = (0, part.cards[0].1[..60].to_vec());
    state.loaded(part.clone());
    assert_eq!(state.missing(30), None);
    state.update(Action::Bottom, 30);
    let windows = state.missing(30).unwrap();
    assert!(windows[0].from > 900 && windows[1].from == 0, "{windows:?}");
    assert_eq!((num_or_none(&state), state.subject()), (0, vec![RecordId::new(deal::ID, 999)]));
    part.cards[0] = (windows[0].from, rows(&[&many]).cards[0].1[windows[0].from..].to_vec());
    state.loaded(part);
    assert_eq!((state.missing(30), num(&state)), (None, 999));
}
