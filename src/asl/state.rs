//! States and the fields of each type.

use std::fmt;
use std::sync::Arc;

use super::choice::ChoiceRule;
use super::error_handling::{Catcher, Retrier};
use super::expression::{Expression, PathField, Setting};
use super::machine::{Reference, StateMachine};
use super::map::Map;
use super::resource::Resource;
use super::template::Template;
use crate::source::Span;
use crate::source::json::{Pointer, Value};

/// The language of the expressions in a state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QueryLanguage {
    /// JSONPath and intrinsic functions, the default.
    #[default]
    JsonPath,
    /// JSONata between `{%` and `%}`.
    Jsonata,
}

impl QueryLanguage {
    /// As `QueryLanguage` spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            QueryLanguage::JsonPath => "JSONPath",
            QueryLanguage::Jsonata => "JSONata",
        }
    }
}

/// One member of `States`.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Its name.
    pub name: Arc<str>,
    /// The bytes of the name, quotes included.
    pub name_span: Span,
    /// Where its object stands; its identity.
    pub pointer: Pointer,
    /// The bytes from the name to the end of the object.
    pub span: Span,
    /// `Comment`
    pub comment: Option<Arc<str>>,
    /// The language in force here: its own, or that of its machine.
    pub query_language: QueryLanguage,
    /// What data goes in and out.
    pub data_flow: DataFlow,
    /// What follows.
    pub transition: Transition,
    /// What it does.
    pub kind: StateKind,
}

/// `Next` and `End` of a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transition {
    /// `Next`
    Next(Reference),
    /// `"End": true`
    End,
    /// Neither: Choice, Succeed and Fail have none; for others a diagnostic tells.
    None,
}

/// The fields that shape a state's input and output. `None` is the default of each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DataFlow {
    /// `InputPath`
    pub input_path: Option<PathField>,
    /// `Parameters`; for a Map state that is its legacy spelling of `ItemSelector`.
    pub parameters: Option<Template>,
    /// `ResultSelector`
    pub result_selector: Option<Template>,
    /// `ResultPath`
    pub result_path: Option<PathField>,
    /// `OutputPath`
    pub output_path: Option<PathField>,
    /// `Assign`
    pub assign: Option<Template>,
    /// `Arguments` (JSONata)
    pub arguments: Option<Template>,
    /// `Output` (JSONata)
    pub output: Option<Template>,
}

/// What a state does, by its `Type`.
#[derive(Clone, Debug, PartialEq)]
pub enum StateKind {
    /// Does work.
    Task(Task),
    /// Passes its input on, or a fixed result.
    Pass {
        /// `Result`
        result: Option<Value>,
    },
    /// Chooses the next state.
    Choice {
        /// `Choices`
        rules: Vec<ChoiceRule>,
        /// `Default`
        default: Option<Reference>,
    },
    /// Waits.
    Wait {
        /// How long; `None` if the definition does not say.
        wait: Option<WaitFor>,
    },
    /// Ends its machine well.
    Succeed,
    /// Ends its machine with an error.
    Fail {
        /// `Error` or `ErrorPath`
        error: Option<FailText>,
        /// `Cause` or `CausePath`
        cause: Option<FailText>,
    },
    /// Runs branches side by side.
    Parallel(Parallel),
    /// Runs a machine for every item.
    Map(Map),
    /// No type, or one that does not exist.
    Unknown {
        /// What `Type` says.
        type_name: Option<Arc<str>>,
    },
}

/// The eight types, without their fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StateType {
    /// Does work.
    Task,
    /// Passes its input on.
    Pass,
    /// Chooses the next state.
    Choice,
    /// Waits.
    Wait,
    /// Ends well.
    Succeed,
    /// Ends with an error.
    Fail,
    /// Runs branches side by side.
    Parallel,
    /// Runs a machine for every item.
    Map,
}

impl StateType {
    /// All of them, in the order people learn them.
    pub const ALL: [StateType; 8] = [
        StateType::Task,
        StateType::Pass,
        StateType::Choice,
        StateType::Wait,
        StateType::Succeed,
        StateType::Fail,
        StateType::Parallel,
        StateType::Map,
    ];

    /// As `Type` spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            StateType::Task => "Task",
            StateType::Pass => "Pass",
            StateType::Choice => "Choice",
            StateType::Wait => "Wait",
            StateType::Succeed => "Succeed",
            StateType::Fail => "Fail",
            StateType::Parallel => "Parallel",
            StateType::Map => "Map",
        }
    }

    /// Reads the spelling of `Type`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|state_type| state_type.as_str() == text)
    }
}

impl fmt::Display for StateType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The fields of a Task state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Task {
    /// `Resource`, analysed; `None` if it is missing.
    pub resource: Option<Resource>,
    /// `TimeoutSeconds` or `TimeoutSecondsPath`
    pub timeout: Option<Setting<u64>>,
    /// `HeartbeatSeconds` or `HeartbeatSecondsPath`
    pub heartbeat: Option<Setting<u64>>,
    /// `Credentials`
    pub credentials: Option<Template>,
    /// `Retry`
    pub retry: Vec<Retrier>,
    /// `Catch`
    pub catch: Vec<Catcher>,
}

/// How long a Wait state waits.
#[derive(Clone, Debug, PartialEq)]
pub enum WaitFor {
    /// `Seconds` or `SecondsPath`
    Seconds(Setting<u64>),
    /// `Timestamp` or `TimestampPath`
    Timestamp(Setting<Arc<str>>),
}

/// `Error`, `Cause` and their `…Path` forms.
#[derive(Clone, Debug, PartialEq)]
pub enum FailText {
    /// Written out.
    Literal(Arc<str>),
    /// A path or an intrinsic function.
    Dynamic(Expression),
}

/// The fields of a Parallel state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parallel {
    /// `Branches`
    pub branches: Vec<Arc<StateMachine>>,
    /// `Retry`
    pub retry: Vec<Retrier>,
    /// `Catch`
    pub catch: Vec<Catcher>,
}

impl StateKind {
    /// The type; `None` for an unknown one.
    pub fn state_type(&self) -> Option<StateType> {
        Some(match self {
            StateKind::Task(_) => StateType::Task,
            StateKind::Pass { .. } => StateType::Pass,
            StateKind::Choice { .. } => StateType::Choice,
            StateKind::Wait { .. } => StateType::Wait,
            StateKind::Succeed => StateType::Succeed,
            StateKind::Fail { .. } => StateType::Fail,
            StateKind::Parallel(_) => StateType::Parallel,
            StateKind::Map(_) => StateType::Map,
            StateKind::Unknown { .. } => return None,
        })
    }

    /// The Retriers and the Catchers; `None` for types that have neither.
    fn handlers(&self) -> Option<(&[Retrier], &[Catcher])> {
        match self {
            StateKind::Task(task) => Some((&task.retry, &task.catch)),
            StateKind::Parallel(parallel) => Some((&parallel.retry, &parallel.catch)),
            StateKind::Map(map) => Some((&map.retry, &map.catch)),
            StateKind::Pass { .. }
            | StateKind::Choice { .. }
            | StateKind::Wait { .. }
            | StateKind::Succeed
            | StateKind::Fail { .. }
            | StateKind::Unknown { .. } => None,
        }
    }
}

impl State {
    /// The Retriers, in order; empty for types that have none.
    pub fn retriers(&self) -> &[Retrier] {
        self.kind.handlers().map_or(&[], |(retry, _)| retry)
    }

    /// Whether it assigns variables, wherever it may.
    pub fn assigns(&self) -> bool {
        let by_rule = match &self.kind {
            StateKind::Choice { rules, .. } => rules.iter().any(|rule| rule.assign.is_some()),
            _ => false,
        };
        by_rule
            || self.data_flow.assign.is_some()
            || self
                .catchers()
                .iter()
                .any(|catcher| catcher.assign.is_some())
    }

    /// The Catchers, in order; empty for types that have none.
    pub fn catchers(&self) -> &[Catcher] {
        self.kind.handlers().map_or(&[], |(_, catch)| catch)
    }

    /// Every place where this state names another one of its machine.
    pub fn references(&self) -> Vec<&Reference> {
        let mut references = Vec::new();
        if let Transition::Next(next) = &self.transition {
            references.push(next);
        }
        if let StateKind::Choice { rules, default } = &self.kind {
            references.extend(rules.iter().filter_map(|rule| rule.next.as_ref()));
            references.extend(default);
        }
        references.extend(
            self.catchers()
                .iter()
                .filter_map(|catcher| catcher.next.as_ref()),
        );
        references
    }

    /// Whether its machine can end here.
    pub fn is_terminal(&self) -> bool {
        matches!(self.kind, StateKind::Succeed | StateKind::Fail { .. })
            || self.transition == Transition::End
    }
}
