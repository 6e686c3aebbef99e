//! Test cases of one configuration go to another.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Mocks, TestCase};

impl Mocks {
    /// Takes over every test case of `other`. One of the same machine and name is replaced;
    /// all others keep their responses, so a response whose name is taken gets another.
    pub fn adopt(&mut self, other: Mocks) {
        for (machine, cases) in &other.machines {
            for (case, states) in cases {
                self.remove_case(machine, case);
                let mut adopted = TestCase::new();
                for (state, name) in states {
                    let own = self.unused_name(name);
                    let mocks = other.responses.get(name).cloned().unwrap_or_default();
                    self.responses.insert(own.clone(), mocks);
                    adopted.insert(state.clone(), own);
                }
                let cases = self.machines.entry(machine.clone()).or_default();
                cases.insert(case.clone(), adopted);
            }
        }
    }

    /// Removes a test case, and the responses that it alone had.
    fn remove_case(&mut self, machine: &str, case: &str) {
        let cases = self.machines.get_mut(machine);
        let Some(removed) = cases.and_then(|cases| cases.shift_remove(case)) else {
            return;
        };
        let removed: BTreeSet<Arc<str>> = removed.into_values().collect();
        for name in removed {
            if self.users(&name) == 0 {
                self.responses.shift_remove(&name);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = r#"{
        "StateMachines": {"M": {"TestCases": {"Mine": {"A": "A", "B": "b"}, "New": {"A": "old", "B": "b"}}}},
        "MockedResponses": {"A": {"0": {"Return": 1}}, "b": {"0": {"Return": 2}},
            "old": {"0": {"Return": 3}}, "spare": {"0": {"Return": 4}}}}"#;
    const OTHER: &str = r#"{
        "StateMachines": {"M": {"TestCases": {"New": {"A": "A", "C": "C"}}}},
        "MockedResponses": {"A": {"0": {"Return": 5}}, "C": {"0": {"Return": 6}}}}"#;

    #[test]
    fn a_test_case_is_replaced_and_the_others_stay() {
        let mut mocks = Mocks::parse(OWN).unwrap();
        mocks.adopt(Mocks::parse(OTHER).unwrap());
        let once = mocks.to_text();
        mocks.adopt(Mocks::parse(OTHER).unwrap());
        assert_eq!(mocks.to_text(), once);
        let value: serde_json::Value = serde_json::from_str(&once).unwrap();
        assert_eq!(
            value,
            serde_json::json!({
                "StateMachines": {"M": {"TestCases": {
                    "Mine": {"A": "A", "B": "b"}, "New": {"A": "A 2", "C": "C"}}}},
                "MockedResponses": {"A": {"0": {"Return": 1}}, "b": {"0": {"Return": 2}},
                    "spare": {"0": {"Return": 4}},
                    "A 2": {"0": {"Return": 5}}, "C": {"0": {"Return": 6}}},
            })
        );
    }
}
