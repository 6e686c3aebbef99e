//! Runs the cases of a test file.

use std::sync::Arc;
use std::time::Duration;

use super::expect::Mismatch;
use super::file::TestCase;
use crate::asl::StateMachine;
use crate::execution::interpreter::{
    MockHandler, Mocks, Options, Simulation, Unmocked, run_to_end,
};
use crate::time::Timestamp;

/// What came of one case.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseResult {
    /// Its name.
    pub name: Arc<str>,
    /// Where it differs from what is expected; empty if it passed.
    pub mismatches: Vec<Mismatch>,
    /// How long it took on its virtual clock.
    pub took: Duration,
}

/// What came of a test file.
#[derive(Clone, Debug, PartialEq)]
pub struct FileResult {
    /// What to call the file.
    pub name: String,
    /// Its cases, in order.
    pub cases: Vec<CaseResult>,
}

impl CaseResult {
    /// Whether all was as expected.
    pub fn passed(&self) -> bool {
        self.mismatches.is_empty()
    }
}

/// Runs one case. `mocks` are its own or those of the configuration that it names, of
/// which `chosen` is the test case; `None` if there is no such test case.
pub fn run_case(
    machine: &Arc<StateMachine>,
    case: &TestCase,
    mocks: &Mocks,
    chosen: Option<&str>,
    options: Options,
) -> Option<CaseResult> {
    let handler = match mocks.find_case(chosen) {
        Some((machine, name)) => mocks.handler(Some(machine), name, Unmocked::Pending)?,
        None if chosen.is_some() => return None,
        None => MockHandler::new(Default::default(), Unmocked::Pending),
    };
    let options = Options {
        seed: case.seed,
        objects: Arc::new(case.objects.clone()),
        ..options
    };
    let at = Timestamp::from_millis(1_700_000_000_000);
    let input = case.input.clone().into();
    let mut simulation = Simulation::start(machine.clone(), input, options, at, handler);
    let status = run_to_end(&mut simulation);
    Some(CaseResult {
        name: case.name.clone(),
        mismatches: case.expect.check(&status, simulation.history()),
        took: simulation.now().since(at),
    })
}
