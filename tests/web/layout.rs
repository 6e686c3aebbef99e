//! Layouts made by the worker: to the bit those that the page makes.

use std::collections::BTreeSet;

use statelab::asl;
use statelab::diagram::layout::{Direction, LayoutOptions, layout};
use statelab::diagram::sizing::{estimate, to_layout};
use statelab::diagram::{draw, place, state_graph};
use statelab::source::json;
use statelab::web::layout::{Draughtsman, order, read};

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// A flow of `length` states with choices back and ahead, a Parallel and a Map state.
fn definition(length: usize) -> String {
    let mut states = Vec::new();
    for index in 0..length {
        let next = format!("S{}", index + 1);
        let back = format!("S{}", index / 2);
        states.push(match index % 5 {
            0 => format!(
                r#""S{index}": {{"Type": "Choice", "Choices": [
                    {{"Variable": "$.a", "IsPresent": true, "Next": "{back}"}}], "Default": "{next}"}}"#
            ),
            1 => format!(
                r#""S{index}": {{"Type": "Parallel", "Next": "{next}", "Branches": [
                    {{"StartAt": "A", "States": {{"A": {{"Type": "Pass", "Next": "B"}}, "B": {{"Type": "Succeed"}}}}}},
                    {{"StartAt": "C", "States": {{"C": {{"Type": "Wait", "Seconds": 1, "End": true}}}}}}]}}"#
            ),
            2 => format!(
                r#""S{index}": {{"Type": "Map", "Next": "{next}", "ItemProcessor": {{
                    "StartAt": "D", "States": {{"D": {{"Type": "Pass", "End": true}}}}}}}}"#
            ),
            _ => format!(
                r#""S{index}": {{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "{next}",
                    "Catch": [{{"ErrorEquals": ["States.ALL"], "Next": "S{length}"}}]}}"#
            ),
        });
    }
    states.push(format!(r#""S{length}": {{"Type": "Succeed"}}"#));
    format!(r#"{{"StartAt": "S0", "States": {{{}}}}}"#, states.join(","))
}

#[test]
fn the_worker_draws_what_the_page_draws() {
    let machine = asl::lower(&json::parse(&definition(60)).root).machine;
    let graph = state_graph(&machine);
    for direction in [Direction::TopToBottom, Direction::LeftToRight] {
        let options = LayoutOptions {
            direction,
            ..LayoutOptions::default()
        };
        let sized = to_layout(&graph, &BTreeSet::new(), &estimate);
        let order = order(7, 1, &sized.graph, &options);
        let answer = Draughtsman::default().fill(&order).expect("an order");
        let (number, placed) = read(&answer).expect("an answer");
        assert_eq!(number, 7);
        assert_eq!(placed, layout(&sized.graph, &options));
        let drawn = draw(&graph, &BTreeSet::new(), &estimate, &options);
        assert_eq!(place(&graph, &sized, &placed), drawn);
    }
}

#[test]
fn what_is_no_order_is_left_alone() {
    for numbers in [&[][..], &[1.0], &[1.0, 2.0, 3.0], &[f64::NAN; 40]] {
        assert_eq!(Draughtsman::default().fill(numbers), None);
    }
}

#[test]
fn an_edit_lays_out_what_it_changed_and_another_document_begins_anew() {
    let options = LayoutOptions::default();
    let sized = |length: usize| {
        let graph = state_graph(&asl::lower(&json::parse(&definition(length)).root).machine);
        to_layout(&graph, &BTreeSet::new(), &estimate).graph
    };
    let (before, after) = (sized(10), sized(11));
    let mut draughtsman = Draughtsman::default();
    let first = draughtsman.layout(1, &before, &options);
    // The flow, two Parallel states with two branches each, and two Map states: equal parts are
    // laid out once.
    assert!(draughtsman.work().laid_out > 1);
    assert_eq!(draughtsman.layout(1, &before, &options), first);
    assert_eq!(draughtsman.work().laid_out, 0);
    draughtsman.layout(1, &after, &options);
    assert_eq!(
        draughtsman.work().laid_out,
        1,
        "the flow around the containers"
    );
    assert_eq!(
        draughtsman.layout(2, &after, &options),
        layout(&after, &options)
    );
    assert!(draughtsman.work().laid_out > 1);
}
