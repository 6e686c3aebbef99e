//! Fields of Retriers and Catchers.

use super::{Field, FieldKind, Owner, PathForm};

const RETRIER: &[Owner] = &[Owner::Retrier];
const CATCHER: &[Owner] = &[Owner::Catcher];
const BOTH: &[Owner] = &[Owner::Retrier, Owner::Catcher];

pub(super) const FIELDS: &[Field] = &[
    Field::new(
        "ErrorEquals",
        BOTH,
        FieldKind::ErrorNames,
        "The errors it is for. States.ALL stands for all of them and must be alone, in the last \
         entry.",
    )
    .required(),
    Field::new(
        "Comment",
        BOTH,
        FieldKind::Text,
        "A description for people; an execution never looks at it.",
    ),
    Field::new(
        "IntervalSeconds",
        RETRIER,
        FieldKind::Integer {
            min: 0,
            max: 99_999_999,
        },
        "Seconds before the first new attempt, 1 by default.",
    ),
    Field::new(
        "MaxAttempts",
        RETRIER,
        FieldKind::Integer {
            min: 0,
            max: 99_999_999,
        },
        "How often to try again, 3 times by default; 0 for never.",
    ),
    Field::new(
        "BackoffRate",
        RETRIER,
        FieldKind::Number {
            min: 1.0,
            max: f64::INFINITY,
        },
        "What the wait is multiplied with after each attempt, 2.0 by default.",
    ),
    Field::new(
        "MaxDelaySeconds",
        RETRIER,
        FieldKind::Integer {
            min: 1,
            max: 31_622_400,
        },
        "The longest wait between two attempts, in seconds; more than IntervalSeconds.",
    ),
    Field::new(
        "JitterStrategy",
        RETRIER,
        FieldKind::Word(&["NONE", "FULL"]),
        "FULL waits a random part of the time, so that many executions do not try again at once; \
         NONE is the default.",
    ),
    Field::new(
        "Next",
        CATCHER,
        FieldKind::StateName,
        "The name of the state that goes on after the error.",
    )
    .required(),
    Field::new(
        "ResultPath",
        CATCHER,
        FieldKind::Path(PathForm::Placing),
        "The place in the state's input that the error, with Error and Cause, is put at; it \
         replaces all of the input by default.",
    )
    .json_path(),
    Field::new(
        "Assign",
        CATCHER,
        FieldKind::Variables,
        "Variables that get a value when the error is caught.",
    ),
    Field::new(
        "Output",
        CATCHER,
        FieldKind::Template,
        "What the next state gets as input; $states.errorOutput, the error, by default.",
    )
    .jsonata(),
];
