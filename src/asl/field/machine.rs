//! Fields of state machines and their processor's configuration.

use super::{Field, FieldKind, Owner};

const MACHINES: &[Owner] = &[Owner::StateMachine, Owner::Branch, Owner::ItemProcessor];
const TOP: &[Owner] = &[Owner::StateMachine];

/// The most seconds that a field takes: a little over three years.
pub(super) const MAX_SECONDS: u64 = 99_999_999;

pub(super) const FIELDS: &[Field] = &[
    Field::new(
        "Comment",
        MACHINES,
        FieldKind::Text,
        "A description for people; an execution never looks at it.",
    ),
    Field::new(
        "QueryLanguage",
        TOP,
        FieldKind::Word(&["JSONPath", "JSONata"]),
        "The language of the expressions in all states. JSONPath is the default; a state of a \
         JSONPath machine may choose JSONata for itself, not the other way round.",
    ),
    Field::new(
        "ProcessorConfig",
        &[Owner::ItemProcessor],
        FieldKind::Object(Owner::ProcessorConfig),
        "Where the iterations run: inside the execution, or each as a child execution of its own.",
    ),
    Field::new(
        "StartAt",
        MACHINES,
        FieldKind::StartState,
        "The name of the state that runs first.",
    )
    .required(),
    Field::new(
        "States",
        MACHINES,
        FieldKind::States,
        "The states by name. A name has at most 80 characters and occurs once in the whole \
         definition, nested machines included.",
    )
    .required(),
    Field::new(
        "TimeoutSeconds",
        TOP,
        FieldKind::Integer {
            min: 0,
            max: MAX_SECONDS,
        },
        "How long an execution may take, in seconds; then it fails with States.Timeout.",
    ),
    Field::new(
        "Version",
        TOP,
        FieldKind::Word(&["1.0"]),
        "The version of the language, 1.0 by default.",
    ),
    Field::new(
        "Mode",
        &[Owner::ProcessorConfig],
        FieldKind::Word(&["INLINE", "DISTRIBUTED"]),
        "INLINE, the default, runs the iterations in the execution itself; DISTRIBUTED starts a \
         Map Run with a child execution for each item or batch.",
    ),
    Field::new(
        "ExecutionType",
        &[Owner::ProcessorConfig],
        FieldKind::Word(&["STANDARD", "EXPRESS"]),
        "The type of the child executions of a Distributed Map, which needs it.",
    ),
];
