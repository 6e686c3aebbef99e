//! The answer to a pending task becomes a mock.

use std::sync::Arc;
use std::time::Duration;

use super::super::task::TaskResult;
use super::{Mock, Mocks};

/// An answer to be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// The name of the state.
    pub state: Arc<str>,
    /// Attempts of this state before, over all visits and iterations.
    pub attempt: u32,
    /// How the attempt ended.
    pub result: TaskResult,
}

impl Mocks {
    /// Makes an attempt end as it was answered, in one test case, which is added where it
    /// is missing. Nothing else changes: a response that other states or test cases share
    /// is copied under another name first.
    pub fn keep(&mut self, machine: &str, case: &str, answered: &Answered) {
        let name = self.own_response(machine, case, &answered.state);
        let mocks = self.responses.entry(name).or_default();
        let attempt = answered.attempt;
        let covers =
            |mock: &Mock| mock.iterations.is_none() && (mock.first..=mock.last).contains(&attempt);
        mocks.retain(|mock| !(covers(mock) && mock.first == mock.last));
        let covering = mocks.iter().position(covers);
        // Equal answers in a row are one range.
        let before = mocks.iter_mut().find(|mock| {
            mock.iterations.is_none()
                && mock.last.checked_add(1) == Some(attempt)
                && mock.result == answered.result
                && mock.delay.is_zero()
                && mock.submitted.is_none()
        });
        match (covering, before) {
            (None, Some(before)) => before.last = attempt,
            // The first entry that fits is the one that counts.
            (covering, _) => mocks.insert(
                covering.unwrap_or(mocks.len()),
                Mock {
                    iterations: None,
                    first: attempt,
                    last: attempt,
                    result: answered.result.clone(),
                    delay: Duration::ZERO,
                    submitted: None,
                },
            ),
        }
    }

    /// The name of the response that this state alone has in this test case; made, or
    /// copied from a shared one, where it is missing.
    fn own_response(&mut self, machine: &str, case: &str, state: &Arc<str>) -> Arc<str> {
        let named = self
            .machines
            .get(machine)
            .and_then(|cases| cases.get(case)?.get(state).cloned());
        if let Some(name) = &named
            && self.users(name) == 1
        {
            return name.clone();
        }
        let own = self.unused_name(state);
        let copied = named.and_then(|name| self.responses.get(&name).cloned());
        self.responses
            .insert(own.clone(), copied.unwrap_or_default());
        let cases = self.machines.entry(machine.into()).or_default();
        let states = cases.entry(case.into()).or_default();
        states.insert(state.clone(), own.clone());
        own
    }

    /// How many states of all test cases have this response.
    pub(super) fn users(&self, name: &str) -> usize {
        let cases = self.machines.values().flat_map(|cases| cases.values());
        let names = cases.flat_map(|states| states.values());
        names.filter(|other| ***other == *name).count()
    }

    /// The wanted name for a response, or one like it that no response has.
    pub(super) fn unused_name(&self, wanted: &Arc<str>) -> Arc<str> {
        let mut name = wanted.clone();
        let mut number = 2_u32;
        while self.responses.contains_key(&name) {
            name = format!("{wanted} {number}").into();
            number += 1;
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::json::Value;

    const SHARED: &str = r#"{
        "StateMachines": {"M": {"TestCases": {
            "One": {"A": "fine", "B": "fine"}, "Two": {"A": "other"}}}},
        "MockedResponses": {
            "fine": {"0-1": {"Return": 1}}, "other": {"0": {"Return": 2}}}}"#;

    fn answered(state: &str, attempt: u32, value: i64) -> Answered {
        Answered {
            state: state.into(),
            attempt,
            result: TaskResult::Success(Value::from(value)),
        }
    }

    fn after(text: &str, case: &str, answers: &[Answered]) -> serde_json::Value {
        let mut mocks = Mocks::parse(text).unwrap();
        for answer in answers {
            mocks.keep("M", case, answer);
        }
        let text = mocks.to_text();
        assert_eq!(Mocks::parse(&text).unwrap(), mocks);
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn answers_make_a_first_test_case() {
        let failure = Answered {
            result: TaskResult::timed_out(),
            ..answered("B", 0, 0)
        };
        let answers = [
            answered("A", 0, 7),
            answered("A", 1, 7),
            failure,
            answered("A", 2, 8),
        ];
        assert_eq!(
            after("{}", "Answers", &answers),
            serde_json::json!({
                "StateMachines": {"M": {"TestCases": {"Answers": {"A": "A", "B": "B"}}}},
                "MockedResponses": {
                    "A": {"0-1": {"Return": 7}, "2": {"Return": 8}},
                    "B": {"0": {"Throw": {"Error": "States.Timeout"}, "Event": "TaskTimedOut"}},
                },
            })
        );
    }

    #[test]
    fn a_shared_response_is_copied_and_an_own_one_goes_on() {
        let kept = after(SHARED, "One", &[answered("A", 2, 3)]);
        assert_eq!(
            kept["MockedResponses"]["fine"],
            serde_json::json!({"0-1": {"Return": 1}})
        );
        let own = serde_json::json!({"0-1": {"Return": 1}, "2": {"Return": 3}});
        assert_eq!(kept["MockedResponses"]["A"], own);
        let cases = &kept["StateMachines"]["M"]["TestCases"];
        assert_eq!(cases["One"], serde_json::json!({"A": "A", "B": "fine"}));
        let kept = after(SHARED, "Two", &[answered("A", 1, 3)]);
        let own = serde_json::json!({"0": {"Return": 2}, "1": {"Return": 3}});
        assert_eq!(kept["MockedResponses"]["other"], own);
    }

    #[test]
    fn names_of_others_are_left_alone() {
        let taken = SHARED.replace("\"other\"", "\"A\"");
        let kept = after(&taken, "One", &[answered("A", 2, 3)]);
        assert_eq!(kept["StateMachines"]["M"]["TestCases"]["One"]["A"], "A 2");
        assert_eq!(kept["StateMachines"]["M"]["TestCases"]["Two"]["A"], "A");
    }

    #[test]
    fn the_last_answer_to_an_attempt_counts() {
        let answers = [answered("A", 0, 5), answered("A", 0, 6)];
        let kept = after("{}", "C", &answers);
        assert_eq!(
            kept["MockedResponses"]["A"],
            serde_json::json!({"0": {"Return": 6}})
        );
        let mut mocks = Mocks::parse(SHARED).unwrap();
        mocks.keep("M", "One", &answered("B", 1, 9));
        let name = &mocks.machines["M"]["One"]["B"];
        let first = mocks.responses[name]
            .iter()
            .find(|mock| (mock.first..=mock.last).contains(&1));
        assert_eq!(first.unwrap().result, TaskResult::Success(Value::from(9)));
    }
}
