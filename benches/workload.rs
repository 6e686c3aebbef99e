//! A workload of the peers' benchmark: a machine, its input, who answers its tasks.

use std::sync::Arc;

use statelab::asl::{StateMachine, lower};
use statelab::execution::history::Payload;
use statelab::execution::interpreter::{
    Options, Outcome, Quotas, Reply, Simulation, Status, TaskHandler, TaskRequest, TaskResult,
    run_to_end,
};
use statelab::source::json::{Value, parse};
use statelab::time::Timestamp;

/// A machine and its input.
#[derive(Clone, Debug)]
pub struct Workload {
    machine: Arc<StateMachine>,
    input: Payload,
}

/// What a run comes to.
#[derive(Debug)]
pub struct Run {
    pub output: Option<Value>,
    pub events: usize,
}

/// Fails every fourth call.
#[derive(Clone, Debug)]
struct Flaky {
    calls: u64,
    result: Value,
}

impl TaskHandler for Flaky {
    fn invoke(&mut self, _: &TaskRequest) -> Reply {
        self.calls += 1;
        Reply::now(match self.calls % 4 {
            0 => TaskResult::failure("Flaky", "mock"),
            _ => TaskResult::Success(self.result.clone()),
        })
    }
}

impl Workload {
    /// Reads definition and input.
    pub fn read(definition: &str, input: &str) -> Self {
        Self {
            machine: lower(&parse(definition).root).machine,
            input: Payload::from_text(input),
        }
    }

    /// Runs it to its end, without quotas, keeping the whole history.
    pub fn run(&self) -> Run {
        let options = Options {
            quotas: Quotas::OFF,
            ..Options::default()
        };
        let handler = Flaky {
            calls: 0,
            result: Value::from([("Payload", Value::from([("v", 1)]))]),
        };
        let (machine, input) = (self.machine.clone(), self.input.clone());
        let at = Timestamp::from_millis(0);
        let mut simulation = Simulation::start(machine, input, options, at, handler);
        let output = match run_to_end(&mut simulation) {
            Status::Ended(Outcome::Succeeded(output)) => Some(output),
            _ => None,
        };
        Run {
            output,
            events: simulation.history().len(),
        }
    }
}
