//! Fields of Choice Rules and the conditions inside them.

use super::{Field, FieldKind, Owner, PathForm};

const RULE: &[Owner] = &[Owner::ChoiceRule];
const BOTH: &[Owner] = &[Owner::ChoiceRule, Owner::DataTest];

const NUMBER: FieldKind = FieldKind::Number {
    min: f64::NEG_INFINITY,
    max: f64::INFINITY,
};

/// A comparison of a data test.
const fn operator(name: &'static str, kind: FieldKind, doc: &'static str) -> Field {
    Field::new(name, BOTH, kind, doc).json_path()
}

/// The twin of a comparison that reads what it compares with.
const fn twin(name: &'static str, doc: &'static str) -> Field {
    operator(name, FieldKind::Path(PathForm::Reading), doc)
}

pub(super) const FIELDS: &[Field] = &[
    Field::new(
        "Comment",
        BOTH,
        FieldKind::Text,
        "A description for people; an execution never looks at it.",
    ),
    Field::new(
        "Condition",
        RULE,
        FieldKind::Condition,
        "An expression that gives true or false: whether the rule holds.",
    )
    .jsonata()
    .required(),
    Field::new(
        "Variable",
        BOTH,
        FieldKind::Path(PathForm::Reading),
        "Where to read what is compared: in the input, the context object or a variable.",
    )
    .json_path(),
    Field::new(
        "And",
        BOTH,
        FieldKind::Objects(Owner::DataTest),
        "Holds if all of these conditions hold.",
    )
    .json_path(),
    Field::new(
        "Or",
        BOTH,
        FieldKind::Objects(Owner::DataTest),
        "Holds if any of these conditions holds.",
    )
    .json_path(),
    Field::new(
        "Not",
        BOTH,
        FieldKind::Object(Owner::DataTest),
        "Holds if this condition does not.",
    )
    .json_path(),
    operator(
        "StringEquals",
        FieldKind::Text,
        "Whether the variable is this string.",
    ),
    twin(
        "StringEqualsPath",
        "Whether the variable is the string read here.",
    ),
    operator(
        "StringLessThan",
        FieldKind::Text,
        "Whether the variable is a string that sorts before this one.",
    ),
    twin(
        "StringLessThanPath",
        "Whether the variable is a string that sorts before the string read here.",
    ),
    operator(
        "StringGreaterThan",
        FieldKind::Text,
        "Whether the variable is a string that sorts after this one.",
    ),
    twin(
        "StringGreaterThanPath",
        "Whether the variable is a string that sorts after the string read here.",
    ),
    operator(
        "StringLessThanEquals",
        FieldKind::Text,
        "Whether the variable is this string or sorts before it.",
    ),
    twin(
        "StringLessThanEqualsPath",
        "Whether the variable is the string read here or sorts before it.",
    ),
    operator(
        "StringGreaterThanEquals",
        FieldKind::Text,
        "Whether the variable is this string or sorts after it.",
    ),
    twin(
        "StringGreaterThanEqualsPath",
        "Whether the variable is the string read here or sorts after it.",
    ),
    operator(
        "StringMatches",
        FieldKind::Text,
        "Whether the variable is a string of this pattern, in which * stands for any characters and \\* for an asterisk.",
    ),
    operator(
        "NumericEquals",
        NUMBER,
        "Whether the variable is this number.",
    ),
    twin(
        "NumericEqualsPath",
        "Whether the variable is the number read here.",
    ),
    operator(
        "NumericLessThan",
        NUMBER,
        "Whether the variable is a number below this one.",
    ),
    twin(
        "NumericLessThanPath",
        "Whether the variable is a number below the number read here.",
    ),
    operator(
        "NumericGreaterThan",
        NUMBER,
        "Whether the variable is a number above this one.",
    ),
    twin(
        "NumericGreaterThanPath",
        "Whether the variable is a number above the number read here.",
    ),
    operator(
        "NumericLessThanEquals",
        NUMBER,
        "Whether the variable is this number or one below it.",
    ),
    twin(
        "NumericLessThanEqualsPath",
        "Whether the variable is the number read here or one below it.",
    ),
    operator(
        "NumericGreaterThanEquals",
        NUMBER,
        "Whether the variable is this number or one above it.",
    ),
    twin(
        "NumericGreaterThanEqualsPath",
        "Whether the variable is the number read here or one above it.",
    ),
    operator(
        "BooleanEquals",
        FieldKind::Boolean,
        "Whether the variable is this boolean.",
    ),
    twin(
        "BooleanEqualsPath",
        "Whether the variable is the boolean read here.",
    ),
    operator(
        "TimestampEquals",
        FieldKind::Timestamp,
        "Whether the variable is this time.",
    ),
    twin(
        "TimestampEqualsPath",
        "Whether the variable is the time read here.",
    ),
    operator(
        "TimestampLessThan",
        FieldKind::Timestamp,
        "Whether the variable is a time before this one.",
    ),
    twin(
        "TimestampLessThanPath",
        "Whether the variable is a time before the time read here.",
    ),
    operator(
        "TimestampGreaterThan",
        FieldKind::Timestamp,
        "Whether the variable is a time after this one.",
    ),
    twin(
        "TimestampGreaterThanPath",
        "Whether the variable is a time after the time read here.",
    ),
    operator(
        "TimestampLessThanEquals",
        FieldKind::Timestamp,
        "Whether the variable is this time or one before it.",
    ),
    twin(
        "TimestampLessThanEqualsPath",
        "Whether the variable is the time read here or one before it.",
    ),
    operator(
        "TimestampGreaterThanEquals",
        FieldKind::Timestamp,
        "Whether the variable is this time or one after it.",
    ),
    twin(
        "TimestampGreaterThanEqualsPath",
        "Whether the variable is the time read here or one after it.",
    ),
    operator(
        "IsNull",
        FieldKind::Boolean,
        "Whether the variable is null; false asks for the opposite.",
    ),
    operator(
        "IsPresent",
        FieldKind::Boolean,
        "Whether the variable finds anything; false asks for the opposite.",
    ),
    operator(
        "IsNumeric",
        FieldKind::Boolean,
        "Whether the variable is a number; false asks for the opposite.",
    ),
    operator(
        "IsString",
        FieldKind::Boolean,
        "Whether the variable is a string; false asks for the opposite.",
    ),
    operator(
        "IsBoolean",
        FieldKind::Boolean,
        "Whether the variable is a boolean; false asks for the opposite.",
    ),
    operator(
        "IsTimestamp",
        FieldKind::Boolean,
        "Whether the variable is a string that is an RFC 3339 time; false asks for the opposite.",
    ),
    Field::new(
        "Assign",
        RULE,
        FieldKind::Variables,
        "Variables that get a value when this rule is taken; then that of the state does not count.",
    ),
    Field::new(
        "Output",
        RULE,
        FieldKind::Template,
        "The state's output when this rule is taken.",
    )
    .jsonata(),
    Field::new(
        "Next",
        RULE,
        FieldKind::StateName,
        "The name of the state that runs next if the rule holds.",
    )
    .required(),
];
