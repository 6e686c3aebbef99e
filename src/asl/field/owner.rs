//! The objects of a definition that have fields.

use crate::asl::state::StateType;

/// An object of a definition whose fields the language names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// The whole definition.
    StateMachine,
    /// An element of `Branches`.
    Branch,
    /// `ItemProcessor`, or `Iterator` as it was called before.
    ItemProcessor,
    /// A state.
    State(StateType),
    /// An element of `Choices`.
    ChoiceRule,
    /// A condition inside `And`, `Or` or `Not`.
    DataTest,
    /// An element of `Retry`.
    Retrier,
    /// An element of `Catch`.
    Catcher,
    /// `ProcessorConfig`
    ProcessorConfig,
    /// `ItemReader`
    ItemReader,
    /// `ReaderConfig`
    ReaderConfig,
    /// `ItemBatcher`
    ItemBatcher,
    /// `ResultWriter`
    ResultWriter,
    /// `WriterConfig`
    WriterConfig,
    /// `Credentials`
    Credentials,
}

impl Owner {
    /// All of them, each at the index of its number.
    pub const ALL: [Owner; 22] = [
        Owner::State(StateType::Task),
        Owner::State(StateType::Pass),
        Owner::State(StateType::Choice),
        Owner::State(StateType::Wait),
        Owner::State(StateType::Succeed),
        Owner::State(StateType::Fail),
        Owner::State(StateType::Parallel),
        Owner::State(StateType::Map),
        Owner::StateMachine,
        Owner::Branch,
        Owner::ItemProcessor,
        Owner::ChoiceRule,
        Owner::DataTest,
        Owner::Retrier,
        Owner::Catcher,
        Owner::ProcessorConfig,
        Owner::ItemReader,
        Owner::ReaderConfig,
        Owner::ItemBatcher,
        Owner::ResultWriter,
        Owner::WriterConfig,
        Owner::Credentials,
    ];

    pub(super) const fn number(self) -> usize {
        match self {
            Owner::State(state_type) => match state_type {
                StateType::Task => 0,
                StateType::Pass => 1,
                StateType::Choice => 2,
                StateType::Wait => 3,
                StateType::Succeed => 4,
                StateType::Fail => 5,
                StateType::Parallel => 6,
                StateType::Map => 7,
            },
            Owner::StateMachine => 8,
            Owner::Branch => 9,
            Owner::ItemProcessor => 10,
            Owner::ChoiceRule => 11,
            Owner::DataTest => 12,
            Owner::Retrier => 13,
            Owner::Catcher => 14,
            Owner::ProcessorConfig => 15,
            Owner::ItemReader => 16,
            Owner::ReaderConfig => 17,
            Owner::ItemBatcher => 18,
            Owner::ResultWriter => 19,
            Owner::WriterConfig => 20,
            Owner::Credentials => 21,
        }
    }

    /// What it is, for messages: `A Task state`, `The retrier`.
    pub fn title(self) -> &'static str {
        match self {
            Owner::StateMachine => "The state machine",
            Owner::Branch => "The branch",
            Owner::ItemProcessor => "The item processor",
            Owner::State(state_type) => match state_type {
                StateType::Task => "A Task state",
                StateType::Pass => "A Pass state",
                StateType::Choice => "A Choice state",
                StateType::Wait => "A Wait state",
                StateType::Succeed => "A Succeed state",
                StateType::Fail => "A Fail state",
                StateType::Parallel => "A Parallel state",
                StateType::Map => "A Map state",
            },
            Owner::ChoiceRule => "The choice rule",
            Owner::DataTest => "The condition",
            Owner::Retrier => "The retrier",
            Owner::Catcher => "The catcher",
            Owner::ProcessorConfig => "ProcessorConfig",
            Owner::ItemReader => "ItemReader",
            Owner::ReaderConfig => "ReaderConfig",
            Owner::ItemBatcher => "ItemBatcher",
            Owner::ResultWriter => "ResultWriter",
            Owner::WriterConfig => "WriterConfig",
            Owner::Credentials => "Credentials",
        }
    }
}

/// A set of objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owners(u32);

impl Owners {
    /// The set of these.
    pub(super) const fn of(mut owners: &[Owner]) -> Self {
        let mut bits = 0;
        while let [owner, rest @ ..] = owners {
            bits |= 1 << owner.number();
            owners = rest;
        }
        Self(bits)
    }

    /// Whether an object is one of them.
    pub fn contains(self, owner: Owner) -> bool {
        self.0 & (1 << owner.number()) != 0
    }
}
