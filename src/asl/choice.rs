//! Choice Rules and their operators.

use std::fmt;
use std::sync::Arc;

use super::expression::Expression;
use super::machine::Reference;
use super::template::Template;
use crate::source::Span;
use crate::source::json::{Pointer, Value};

/// One entry of `Choices`.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceRule {
    /// Where it stands.
    pub pointer: Pointer,
    /// The bytes of its object.
    pub span: Span,
    /// When it matches; `None` if the rule has no readable condition.
    pub condition: Option<Condition>,
    /// `Next`
    pub next: Option<Reference>,
    /// `Assign`
    pub assign: Option<Template>,
    /// `Output` (JSONata)
    pub output: Option<Template>,
    /// `Comment`
    pub comment: Option<Arc<str>>,
}

/// What a Choice Rule tests.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// All of them.
    And(Vec<Condition>),
    /// Any of them.
    Or(Vec<Condition>),
    /// The opposite.
    Not(Box<Condition>),
    /// A data test.
    Test {
        /// `Variable`
        variable: Expression,
        /// The comparison.
        operator: Operator,
        /// What is compared with.
        operand: Operand,
    },
    /// `Condition` (JSONata)
    Expression(Expression),
    /// `"Condition": true` (JSONata), or false
    Constant(bool),
}

/// The right side of a data test.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// Written out.
    Value(Value),
    /// Read from the input by the `…Path` twin of an operator.
    Path(Expression),
}

/// The kinds of value that operators compare with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperandKind {
    /// Strings.
    String,
    /// Numbers.
    Number,
    /// Booleans.
    Boolean,
    /// Strings that are RFC 3339 times.
    Timestamp,
    /// The type tests take `true` or `false`.
    Test,
}

macro_rules! operators {
    ($($name:ident, $kind:ident, $sign:literal, $path:literal;)*) => {
        /// The comparisons of a data test, without their `…Path` twins.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Operator {
            $(
                #[doc = concat!("`", stringify!($name), "`")]
                $name,
            )*
        }

        impl Operator {
            /// All of them, in the order of the specification.
            pub const ALL: &[Operator] = &[$(Operator::$name),*];

            /// The field that carries it.
            pub fn as_str(self) -> &'static str {
                match self { $(Operator::$name => stringify!($name)),* }
            }

            /// What it compares with.
            pub fn operand_kind(self) -> OperandKind {
                match self { $(Operator::$name => OperandKind::$kind),* }
            }

            /// A sign or short word for labels.
            pub fn sign(self) -> &'static str {
                match self { $(Operator::$name => $sign),* }
            }

            /// Whether it has a `…Path` twin.
            pub fn has_path(self) -> bool {
                match self { $(Operator::$name => $path),* }
            }
        }
    };
}

operators! {
    StringEquals, String, "=", true;
    StringLessThan, String, "<", true;
    StringGreaterThan, String, ">", true;
    StringLessThanEquals, String, "≤", true;
    StringGreaterThanEquals, String, "≥", true;
    StringMatches, String, "~", false;
    NumericEquals, Number, "=", true;
    NumericLessThan, Number, "<", true;
    NumericGreaterThan, Number, ">", true;
    NumericLessThanEquals, Number, "≤", true;
    NumericGreaterThanEquals, Number, "≥", true;
    BooleanEquals, Boolean, "=", true;
    TimestampEquals, Timestamp, "=", true;
    TimestampLessThan, Timestamp, "<", true;
    TimestampGreaterThan, Timestamp, ">", true;
    TimestampLessThanEquals, Timestamp, "≤", true;
    TimestampGreaterThanEquals, Timestamp, "≥", true;
    IsNull, Test, "is null", false;
    IsPresent, Test, "is present", false;
    IsNumeric, Test, "is a number", false;
    IsString, Test, "is a string", false;
    IsBoolean, Test, "is a boolean", false;
    IsTimestamp, Test, "is a time", false;
}

impl Operator {
    /// Reads a field name: the operator, and whether it is the `…Path` twin.
    pub fn parse(field: &str) -> Option<(Operator, bool)> {
        let find = |name: &str| {
            Self::ALL
                .iter()
                .copied()
                .find(|operator| operator.as_str() == name)
        };
        if let Some(operator) = find(field) {
            return Some((operator, false));
        }
        let operator = find(field.strip_suffix("Path")?)?;
        operator.has_path().then_some((operator, true))
    }
}

impl fmt::Display for Condition {
    /// The condition in one line, for labels: `$.total > 5000 and not $.vip is present`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, inner: &[Condition], word: &str| {
            for (index, condition) in inner.iter().enumerate() {
                if index > 0 {
                    write!(f, " {word} ")?;
                }
                match condition {
                    Condition::And(_) | Condition::Or(_) => write!(f, "({condition})")?,
                    _ => write!(f, "{condition}")?,
                }
            }
            Ok(())
        };
        match self {
            Condition::And(inner) => list(f, inner, "and"),
            Condition::Or(inner) => list(f, inner, "or"),
            Condition::Not(inner) => write!(f, "not ({inner})"),
            Condition::Expression(expression) => f.write_str(expression.text.trim()),
            Condition::Constant(value) => write!(f, "{value}"),
            Condition::Test {
                variable,
                operator,
                operand,
            } => {
                let (name, sign) = (&variable.text, operator.sign());
                match operand {
                    Operand::Path(path) => write!(f, "{name} {sign} {}", path.text),
                    Operand::Value(Value::Bool(true))
                        if operator.operand_kind() == OperandKind::Test =>
                    {
                        write!(f, "{name} {sign}")
                    }
                    Operand::Value(_) if operator.operand_kind() == OperandKind::Test => {
                        write!(f, "not {name} {sign}")
                    }
                    Operand::Value(value) => write!(f, "{name} {sign} {value}"),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_operators_and_their_path_twins() {
        for &operator in Operator::ALL {
            assert_eq!(Operator::parse(operator.as_str()), Some((operator, false)));
            let twin = format!("{}Path", operator.as_str());
            assert_eq!(
                Operator::parse(&twin).is_some(),
                operator.has_path(),
                "{twin}"
            );
        }
        assert_eq!(Operator::parse("StringMatchesPath"), None);
        assert_eq!(Operator::ALL.len(), 23);
    }
}
