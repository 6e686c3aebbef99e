//! The type of a state machine, which decides what a definition may hold.

/// `STANDARD` or `EXPRESS`, as `CreateStateMachine` takes it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum StateMachineType {
    /// Long-running, each step exactly once; the default.
    #[default]
    Standard,
    /// At most five minutes, without callbacks, jobs and activities.
    Express,
}

impl StateMachineType {
    /// Both of them.
    pub const ALL: [StateMachineType; 2] = [StateMachineType::Standard, StateMachineType::Express];

    /// As the API spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            StateMachineType::Standard => "STANDARD",
            StateMachineType::Express => "EXPRESS",
        }
    }

    /// Reads the API's spelling.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|machine_type| machine_type.as_str() == text)
    }
}
