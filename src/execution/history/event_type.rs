//! The types of events.

use std::fmt;

use crate::asl::StateType;

macro_rules! event_types {
    ($($name:ident: $phase:ident;)*) => {
        /// `HistoryEventType`, in the order of the API.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum HistoryEventType {
            $(
                #[doc = concat!("`", stringify!($name), "`")]
                $name,
            )*
        }

        impl HistoryEventType {
            /// All of them.
            pub const ALL: &[HistoryEventType] = &[$(HistoryEventType::$name),*];

            /// As the API spells it.
            pub fn as_str(self) -> &'static str {
                match self { $(HistoryEventType::$name => stringify!($name)),* }
            }

            /// What the event reports.
            pub fn phase(self) -> EventPhase {
                match self { $(HistoryEventType::$name => EventPhase::$phase),* }
            }
        }
    };
}

/// What an event reports, whatever it reports it of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventPhase {
    /// The first or last event of the execution.
    Execution,
    /// A state begins.
    StateEntered,
    /// A state is left.
    StateExited,
    /// A state was cut short.
    StateAborted,
    /// An attempt of a task begins.
    TaskScheduled,
    /// An attempt of a task goes on.
    TaskProgress,
    /// An attempt of a task ended well.
    TaskSucceeded,
    /// An attempt of a task ended with an error.
    TaskFailed,
    /// An attempt of a task took too long.
    TaskTimedOut,
    /// A Parallel or Map state begins an attempt.
    ContainerStarted,
    /// A Parallel or Map state has all results.
    ContainerSucceeded,
    /// A Parallel or Map state gave up.
    ContainerFailed,
    /// An iteration of a Map state begins.
    IterationStarted,
    /// An iteration of a Map state ended well.
    IterationSucceeded,
    /// An iteration of a Map state ended with an error.
    IterationFailed,
    /// An iteration of a Map state was cut short.
    IterationAborted,
    /// Something about a Map Run.
    MapRun,
    /// A JSONata expression failed.
    Evaluation,
}

event_types! {
    ActivityFailed: TaskFailed;
    ActivityScheduled: TaskScheduled;
    ActivityScheduleFailed: TaskFailed;
    ActivityStarted: TaskProgress;
    ActivitySucceeded: TaskSucceeded;
    ActivityTimedOut: TaskTimedOut;
    ChoiceStateEntered: StateEntered;
    ChoiceStateExited: StateExited;
    ExecutionAborted: Execution;
    ExecutionFailed: Execution;
    ExecutionStarted: Execution;
    ExecutionSucceeded: Execution;
    ExecutionTimedOut: Execution;
    FailStateEntered: StateEntered;
    LambdaFunctionFailed: TaskFailed;
    LambdaFunctionScheduled: TaskScheduled;
    LambdaFunctionScheduleFailed: TaskFailed;
    LambdaFunctionStarted: TaskProgress;
    LambdaFunctionStartFailed: TaskFailed;
    LambdaFunctionSucceeded: TaskSucceeded;
    LambdaFunctionTimedOut: TaskTimedOut;
    MapIterationAborted: IterationAborted;
    MapIterationFailed: IterationFailed;
    MapIterationStarted: IterationStarted;
    MapIterationSucceeded: IterationSucceeded;
    MapStateAborted: StateAborted;
    MapStateEntered: StateEntered;
    MapStateExited: StateExited;
    MapStateFailed: ContainerFailed;
    MapStateStarted: ContainerStarted;
    MapStateSucceeded: ContainerSucceeded;
    ParallelStateAborted: StateAborted;
    ParallelStateEntered: StateEntered;
    ParallelStateExited: StateExited;
    ParallelStateFailed: ContainerFailed;
    ParallelStateStarted: ContainerStarted;
    ParallelStateSucceeded: ContainerSucceeded;
    PassStateEntered: StateEntered;
    PassStateExited: StateExited;
    SucceedStateEntered: StateEntered;
    SucceedStateExited: StateExited;
    TaskFailed: TaskFailed;
    TaskScheduled: TaskScheduled;
    TaskStarted: TaskProgress;
    TaskStartFailed: TaskFailed;
    TaskStateAborted: StateAborted;
    TaskStateEntered: StateEntered;
    TaskStateExited: StateExited;
    TaskSubmitFailed: TaskFailed;
    TaskSubmitted: TaskProgress;
    TaskSucceeded: TaskSucceeded;
    TaskTimedOut: TaskTimedOut;
    WaitStateAborted: StateAborted;
    WaitStateEntered: StateEntered;
    WaitStateExited: StateExited;
    MapRunAborted: MapRun;
    MapRunFailed: MapRun;
    MapRunStarted: MapRun;
    MapRunSucceeded: MapRun;
    ExecutionRedriven: Execution;
    MapRunRedriven: MapRun;
    EvaluationFailed: Evaluation;
}

impl HistoryEventType {
    /// Reads the API's spelling.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|event_type| event_type.as_str() == text)
    }

    /// Whether it is the last event of an execution.
    pub fn is_terminal(self) -> bool {
        matches!(
            self,
            Self::ExecutionSucceeded
                | Self::ExecutionFailed
                | Self::ExecutionAborted
                | Self::ExecutionTimedOut
        )
    }

    /// The event of entering a state.
    pub fn entered(state_type: StateType) -> Self {
        match state_type {
            StateType::Task => Self::TaskStateEntered,
            StateType::Pass => Self::PassStateEntered,
            StateType::Choice => Self::ChoiceStateEntered,
            StateType::Wait => Self::WaitStateEntered,
            StateType::Succeed => Self::SucceedStateEntered,
            StateType::Fail => Self::FailStateEntered,
            StateType::Parallel => Self::ParallelStateEntered,
            StateType::Map => Self::MapStateEntered,
        }
    }

    /// The event of leaving a state; a Fail state has none.
    pub fn exited(state_type: StateType) -> Option<Self> {
        Some(match state_type {
            StateType::Task => Self::TaskStateExited,
            StateType::Pass => Self::PassStateExited,
            StateType::Choice => Self::ChoiceStateExited,
            StateType::Wait => Self::WaitStateExited,
            StateType::Succeed => Self::SucceedStateExited,
            StateType::Parallel => Self::ParallelStateExited,
            StateType::Map => Self::MapStateExited,
            StateType::Fail => return None,
        })
    }

    /// The event of cutting a state short; only states that take time have one.
    pub fn aborted(state_type: StateType) -> Option<Self> {
        Some(match state_type {
            StateType::Task => Self::TaskStateAborted,
            StateType::Wait => Self::WaitStateAborted,
            StateType::Parallel => Self::ParallelStateAborted,
            StateType::Map => Self::MapStateAborted,
            StateType::Pass | StateType::Choice | StateType::Succeed | StateType::Fail => {
                return None;
            }
        })
    }
}

impl fmt::Display for HistoryEventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_spelling() {
        assert_eq!(HistoryEventType::ALL.len(), 62);
        for &event_type in HistoryEventType::ALL {
            assert_eq!(
                HistoryEventType::parse(event_type.as_str()),
                Some(event_type)
            );
        }
        assert_eq!(HistoryEventType::parse("TaskEntered"), None);
    }
}
