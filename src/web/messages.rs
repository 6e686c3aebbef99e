//! What page and worker say to each other about runs and texts, as JSON text.
//!
//! A run has a number; whatever is said of an older run is dropped by both sides.

use super::objects::WrittenObject;
use crate::asl::{State, StateMachine};
use crate::authoring::document::Target;
use crate::execution::history::HistoryEvent;
use crate::execution::interpreter::{Counts, MapRun};
use crate::execution::item::GivenObject;
use crate::source::Span;
use crate::source::json::{Value, Wire, wire};
use crate::time::Timestamp;

/// The number of a run, counted by the page.
pub type RunId = u32;

/// What the page wants.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Start a run; one that is under way ends without a word.
    Start(Box<Start>),
    /// Answer a pending task.
    Answer {
        /// The run.
        run: RunId,
        /// The task.
        task: u64,
        /// The answer.
        answer: Answer,
    },
    /// Stop the run and keep its history so far.
    Stop {
        /// The run.
        run: RunId,
    },
    /// Make an input and mocks for a definition; runs go on meanwhile.
    Generate {
        /// A number for the report.
        order: u32,
        /// The name of the state machine.
        name: String,
        /// The text of the definition.
        definition: String,
    },
    /// Evaluate an expression against a value of the last run.
    Evaluate {
        /// A number for the report.
        order: u32,
        /// Which expression, and against what.
        trial: Trial,
    },
    /// Read a text that may be something else than a definition in JSON.
    Read {
        /// A number for the report.
        order: u32,
        /// The text.
        text: String,
        /// Which of its state machines is meant.
        target: Target,
    },
    /// Look for the problems of a text.
    Check {
        /// A number for the report.
        order: u32,
        /// The text.
        text: String,
        /// Which of its state machines is meant.
        target: Target,
    },
    /// Draw a definition as a picture of its own.
    Draw {
        /// A number for the report.
        order: u32,
        /// What is drawn, and how.
        subject: Subject,
        /// Which state machine of its text is meant.
        target: Target,
    },
    /// Help somebody who edits a text; see [`super::assist`].
    Ask {
        /// A number for the report.
        order: u32,
        /// The question, as JSON text.
        question: String,
        /// Which state machine of the text is meant.
        target: Target,
    },
}

/// An expression that is tried out.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// Whether it is JSONata; else it is a path or an intrinsic function.
    pub is_jsonata: bool,
    /// Its text; `{% … %}` around JSONata may stand or not.
    pub expression: String,
    /// The run whose values it sees; without it there are none.
    pub run: Option<RunId>,
    /// The event that began the visit it looks at; without it, the execution itself.
    pub visit: Option<u64>,
    /// What `$` shows.
    pub shown: Shown,
    /// The time that it is told.
    pub at: Timestamp,
}

/// A value of a visit, or of an execution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// What went in.
    Input,
    /// What was sent to a task.
    Parameters,
    /// What came back from it.
    Result,
    /// What came out.
    Output,
}

/// What comes of a [`Trial`].
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A value, as JSON text.
    Value {
        /// The text.
        text: String,
    },
    /// JSONata's nothing.
    Nothing,
    /// The expression is wrong or fails.
    Failed {
        /// JSONata's code, and why.
        message: String,
        /// The bytes of the expression that are to blame.
        span: Option<Span>,
    },
}

/// What a picture shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// The text with the definition.
    pub text: String,
    /// The name of the picture, for those who do not see it.
    pub title: String,
    /// The pointers of containers that are folded.
    pub folded: Vec<String>,
    /// Whether it flows from left to right.
    pub is_left_to_right: bool,
    /// Whether it has colours of its own, or those of whoever looks at it.
    pub is_light: bool,
}

/// All that a run depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    /// Its number.
    pub run: RunId,
    /// The name of the state machine.
    pub name: String,
    /// The text of the definition; placeholders that have a value are replaced.
    pub definition: String,
    /// The text of the input; an empty one stands for `{}`.
    pub input: String,
    /// The text of a `MockConfigFile.json`; an empty one for none.
    pub mocks: String,
    /// The test case in it.
    pub test_case: Option<String>,
    /// The type of the state machine, as the API spells it.
    pub workflow_type: String,
    /// The result of every Task without a mock; without it such a Task is pending.
    pub default_result: Option<String>,
    /// What distributed Maps find in S3.
    pub objects: Vec<GivenObject>,
    /// What randomness starts from.
    pub seed: u64,
    /// When the execution starts on its virtual clock.
    pub at: Timestamp,
}

/// An answer to a pending task.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A result, as JSON text.
    Succeed {
        /// The text.
        output: String,
    },
    /// An error.
    Fail {
        /// Its name.
        error: String,
        /// Its cause.
        cause: String,
    },
    /// The time limit passes.
    TimeOut,
}

/// What the worker has to say.
#[derive(Clone, Debug, PartialEq)]
pub enum Report {
    /// The worker listens. Messages sent before may be lost.
    Ready,
    /// The run cannot start.
    Rejected {
        /// The run.
        run: RunId,
        /// Why, for people.
        reason: String,
    },
    /// More of the history.
    Progress {
        /// The run.
        run: RunId,
        /// The next events.
        events: Vec<HistoryEvent>,
    },
    /// Nothing goes on until a task is answered.
    Pending {
        /// The run.
        run: RunId,
        /// The tasks, the first one first.
        tasks: Vec<PendingTask>,
    },
    /// An answer was not taken; the task is still pending.
    Refused {
        /// The run.
        run: RunId,
        /// Why, for people.
        reason: String,
    },
    /// The run is over; the last event of its history says how.
    Ended {
        /// The run.
        run: RunId,
        /// What result writers of distributed Maps have written to S3.
        written: Vec<WrittenObject>,
    },
    /// How the Map Runs of distributed Maps stand.
    MapRuns {
        /// The run.
        run: RunId,
        /// All of them, in the order of starting.
        map_runs: Vec<MapRunState>,
    },
    /// The answer of the program that helps to edit.
    Told {
        /// The number of the order.
        order: u32,
        /// As a text, so that only those who ask carry what reads it: a `Reading` or
        /// `Diagnostic`s as JSON, a picture as SVG, what was asked as JSON.
        answer: String,
    },
    /// What was to be evaluated.
    Evaluated {
        /// The number of the order.
        order: u32,
        /// What came of it.
        outcome: Outcome,
    },
    /// What was ordered is made.
    Generated {
        /// The number of the order.
        order: u32,
        /// The text of an input.
        input: String,
        /// The text of a `MockConfigFile.json`.
        mocks: String,
    },
}

/// How a Map Run stands: what `DescribeMapRun` says of its items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapRunState {
    /// Where the Map state stands in the definition.
    pub pointer: String,
    /// `RUNNING`, `SUCCEEDED`, `FAILED` or `ABORTED`.
    pub status: String,
    /// Its items.
    pub items: Counts,
    /// How many child executions have been started.
    pub executions: u64,
    /// How children that have ended came through the states inside.
    pub states: Vec<StateVisits>,
}

/// How often a state inside a distributed Map was entered, and left again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateVisits {
    /// Where the state stands in the definition.
    pub pointer: String,
    /// Entered.
    pub entered: u64,
    /// Left as planned.
    pub exited: u64,
}

impl MapRunState {
    /// That of a Map Run of a state machine.
    pub fn of(map_run: &MapRun, machine: &StateMachine) -> Self {
        let map = machine.find(&map_run.pointer);
        let inside = map.into_iter().flat_map(State::machines);
        let states = inside.flat_map(StateMachine::walk).filter_map(|state| {
            let visits = map_run.visits.get(&state.name)?;
            Some(StateVisits {
                pointer: state.pointer.to_string(),
                entered: visits.entered,
                exited: visits.exited,
            })
        });
        Self {
            pointer: map_run.pointer.to_string(),
            status: map_run.status.as_str().into(),
            items: map_run.items,
            executions: map_run.executions.total,
            states: states.collect(),
        }
    }
}

/// A task that waits for its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingTask {
    /// For the answer.
    pub task: u64,
    /// The name of the state.
    pub state: String,
    /// Where the state stands in the definition.
    pub pointer: String,
    /// What it calls.
    pub resource: String,
    /// What it sends, as JSON text.
    pub input: String,
    /// Attempts before this one.
    pub attempt: u32,
}

wire! { enum Command { Start(start), Answer { run, task, answer }, Stop { run }, Generate { order, name, definition }, Evaluate { order, trial }, Read { order, text, target }, Check { order, text, target }, Draw { order, subject, target }, Ask { order, question, target }, } }
wire! { struct Span { start, end, } }
wire! { struct Trial { is_jsonata, expression, run, visit, shown, at, } }
wire! { enum Shown { Input, Parameters, Result, Output, } }
wire! { enum Outcome { Value { text }, Nothing, Failed { message, span }, } }
wire! { struct Subject { text, title, folded, is_left_to_right, is_light, } }
wire! { struct Start { run, name, definition, input, mocks, test_case, workflow_type, default_result, objects, seed, at, } }
wire! { enum Answer { Succeed { output }, Fail { error, cause }, TimeOut, } }
wire! {
    enum Report {
        Ready,
        Rejected { run, reason },
        Progress { run, events },
        Pending { run, tasks },
        Refused { run, reason },
        Ended { run, written },
        MapRuns { run, map_runs },
        Told { order, answer },
        Evaluated { order, outcome },
        Generated { order, input, mocks },
    }
}
wire! { struct MapRunState { pointer, status, items, executions, states, } }
wire! { struct StateVisits { pointer, entered, exited, } }
wire! { struct Counts { pending, running, succeeded, failed, timed_out, aborted, total, results_written, pending_redrive, } }
wire! { struct PendingTask { task, state, pointer, resource, input, attempt, } }

/// Writes a message.
pub fn encode(message: &impl Wire) -> String {
    message.to_value().to_string()
}

/// Reads a message; nothing if the text is not one, which is a fault of the program.
pub fn decode<M: Wire>(text: &str) -> Option<M> {
    M::from_value(&Value::parse(text).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_survive_the_way() {
        let start = Command::Start(Box::new(Start {
            run: 3,
            name: "machine".into(),
            definition: "{\"a\": \"\u{1F600}\n\"}".into(),
            input: String::new(),
            mocks: String::new(),
            test_case: Some("case".into()),
            workflow_type: "STANDARD".into(),
            default_result: None,
            objects: vec![GivenObject {
                path: "bucket/key".into(),
                text: "text".into(),
            }],
            seed: u64::MAX,
            at: Timestamp::from_millis(1_700_000_000_000),
        }));
        assert_eq!(decode::<Command>(&encode(&start)), Some(start));
        let answer = Command::Answer {
            run: 1,
            task: 7,
            answer: Answer::TimeOut,
        };
        assert_eq!(decode::<Command>(&encode(&answer)), Some(answer));
        assert_eq!(decode::<Report>("{}"), None);
    }
}
