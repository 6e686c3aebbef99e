//! The type of a state machine, which decides what a definition may hold.

/// `STANDARD` or `EXPRESS`, as `CreateStateMachine` takes it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum WorkflowType {
    /// Up to a year, each step exactly once; the default.
    #[default]
    Standard,
    /// Up to five minutes, in volume; without callbacks, jobs and activities.
    Express,
}

impl WorkflowType {
    /// Both of them.
    pub const ALL: [WorkflowType; 2] = [WorkflowType::Standard, WorkflowType::Express];

    /// As the API spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            WorkflowType::Standard => "STANDARD",
            WorkflowType::Express => "EXPRESS",
        }
    }

    /// As people write it.
    pub fn title(self) -> &'static str {
        match self {
            WorkflowType::Standard => "Standard",
            WorkflowType::Express => "Express",
        }
    }

    /// Reads the API's spelling.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|workflow_type| workflow_type.as_str() == text)
    }
}
