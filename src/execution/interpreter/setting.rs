//! Fields that are numbers: written out, named by a path, or computed. What a value must
//! be, and the service's words for one that is not.

use super::data_flow::Evaluator;
use super::fault::Fault;
use super::jsonata::unexpected;
use crate::asl::{Expression, Map, Setting};
use crate::source::json::{Number, Value, parse_f64};

/// What a field accepts beside whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whole {
    /// `SecondsPath`: zero and more.
    Long,
    /// `TimeoutSecondsPath`: one and more.
    PositiveLong,
    /// Fields of a Map: zero and more. Learned from recordings: a string of digits will do.
    Integer,
}

/// `TimeoutSeconds` and `HeartbeatSeconds`.
pub(super) fn time_limit(
    evaluator: &mut Evaluator,
    field: &str,
    setting: Option<&Setting<u64>>,
    input: &Value,
) -> Result<Option<u64>, Fault> {
    whole(evaluator, field, setting, input, Whole::PositiveLong)
}

/// `Seconds` of a Wait state.
pub(super) fn seconds(
    evaluator: &mut Evaluator,
    setting: &Setting<u64>,
    input: &Value,
) -> Result<u64, Fault> {
    let seconds = whole(evaluator, "Seconds", Some(setting), input, Whole::Long)?;
    Ok(seconds.unwrap_or_default())
}

/// A number of items, failures, bytes or iterations.
pub(super) fn count(
    evaluator: &mut Evaluator,
    field: &str,
    setting: Option<&Setting<u64>>,
    input: &Value,
) -> Result<Option<u64>, Fault> {
    whole(evaluator, field, setting, input, Whole::Integer)
}

/// A limit in one of the objects of a Map; 0 is none. The field is named with its place in JSONata.
pub(super) fn most(
    evaluator: &mut Evaluator,
    place: &str,
    name: &str,
    setting: Option<&Setting<u64>>,
    input: &Value,
) -> Result<usize, Fault> {
    let field = match evaluator {
        Evaluator::JsonPath(_) => name.to_owned(),
        Evaluator::Jsonata(_) => format!("{place}/{name}"),
    };
    let most = count(evaluator, &field, setting, input)?.filter(|most| *most > 0);
    Ok(most.map_or(usize::MAX, |most| {
        usize::try_from(most).unwrap_or(usize::MAX)
    }))
}

/// How many failed iterations a Map forgives: a number and a percentage. Either alone is
/// enough to give up; without both one failure is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Tolerance {
    /// `ToleratedFailureCount`
    pub count: Option<u64>,
    /// `ToleratedFailurePercentage`
    pub percentage: Option<f64>,
}

impl Tolerance {
    /// Whether so many failures are too many.
    pub fn is_exceeded(&self, failed: u64, total: u64) -> bool {
        let by_count = self.count.is_some_and(|most| failed > most);
        let by_part = self
            .percentage
            .is_some_and(|most| failed as f64 * 100.0 > most * total as f64);
        let is_unset = self.count.is_none() && self.percentage.is_none();
        by_count || by_part || (is_unset && failed > 0)
    }
}

/// `ToleratedFailureCount` and `ToleratedFailurePercentage`. An inline Map has no use for
/// them, but evaluates them all the same.
pub(super) fn tolerance(
    evaluator: &mut Evaluator,
    map: &Map,
    input: &Value,
) -> Result<Tolerance, Fault> {
    let setting = map.tolerated_failure_count.as_ref();
    let count = count(evaluator, "ToleratedFailureCount", setting, input)?;
    let setting = map.tolerated_failure_percentage.as_ref();
    let percentage = percentage(evaluator, "ToleratedFailurePercentage", setting, input)?;
    Ok(Tolerance { count, percentage })
}

/// `ToleratedFailurePercentage`: from 0 to 100.
fn percentage(
    evaluator: &mut Evaluator,
    field: &str,
    setting: Option<&Setting<f64>>,
    input: &Value,
) -> Result<Option<f64>, Fault> {
    let expression = match setting {
        None => return Ok(None),
        Some(Setting::Fixed(percentage)) => return Ok(Some(*percentage)),
        Some(Setting::Dynamic(expression)) => expression,
    };
    let value = evaluator.setting(field, expression, input)?;
    let number = match (&*evaluator, &value) {
        (_, Value::Number(number)) => Some(number.as_f64()),
        (Evaluator::JsonPath(_), Value::String(text)) => parse_f64(text),
        _ => None,
    };
    let Some(percentage) = number.filter(|number| number.is_finite()) else {
        return Err(match evaluator {
            Evaluator::Jsonata(_) => unexpected(field, expression, "number", &value),
            Evaluator::JsonPath(_) => not_valid(field, expression, &value, "float"),
        });
    };
    if (0.0..=100.0).contains(&percentage) {
        return Ok(Some(percentage));
    }
    let cause = format!("{field} must be between 0 and 100.");
    Err(match evaluator {
        Evaluator::Jsonata(_) => Fault::evaluation(field, cause),
        Evaluator::JsonPath(_) => Fault::runtime(cause),
    })
}

fn whole(
    evaluator: &mut Evaluator,
    field: &str,
    setting: Option<&Setting<u64>>,
    input: &Value,
    what: Whole,
) -> Result<Option<u64>, Fault> {
    let expression = match setting {
        None => return Ok(None),
        Some(Setting::Fixed(number)) => return Ok(Some(*number)),
        Some(Setting::Dynamic(expression)) => expression,
    };
    let value = evaluator.setting(field, expression, input)?;
    let number = match evaluator {
        Evaluator::JsonPath(_) => by_path(field, expression, &value, what)?,
        Evaluator::Jsonata(_) => computed(field, expression, &value, what)?,
    };
    Ok(Some(number))
}

fn by_path(field: &str, path: &Expression, value: &Value, what: Whole) -> Result<u64, Fault> {
    let text = &path.text;
    let literal = value
        .as_number()
        .filter(|number| number.is_integer_literal())
        .and_then(Number::as_i64);
    match (what, literal) {
        (Whole::PositiveLong, Some(number @ 1..)) | (Whole::Long, Some(number @ 0..)) => {
            Ok(number.unsigned_abs())
        }
        (Whole::PositiveLong, _) => Err(Fault::runtime(format!(
            "The {field}Path parameter cannot be parsed as a positive long value: {text} == {value}"
        ))),
        (Whole::Long, Some(number)) => Err(Fault::runtime(format!(
            "The {field}Path parameter references a negative value: {text} == {number}"
        ))),
        (Whole::Long, None) => Err(Fault::runtime(format!(
            "The {field}Path parameter cannot be parsed as a long value: {text} == {value}"
        ))),
        (Whole::Integer, _) => {
            let digits = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            let number = digits.parse::<i64>();
            let number = number.map_err(|_| not_valid(field, path, value, "integer"))?;
            u64::try_from(number)
                .map_err(|_| Fault::runtime(format!("{field} cannot be negative.")))
        }
    }
}

fn computed(
    field: &str,
    expression: &Expression,
    value: &Value,
    what: Whole,
) -> Result<u64, Fault> {
    let Some(number) = value.as_number() else {
        return Err(unexpected(field, expression, "number", value));
    };
    let least = match what {
        Whole::PositiveLong => 1,
        Whole::Long | Whole::Integer => 0,
    };
    let number = number.as_i64().filter(|number| *number >= least);
    number.map(i64::unsigned_abs).ok_or_else(|| {
        let kind = match what {
            Whole::PositiveLong => "positive integer",
            Whole::Long | Whole::Integer => "non-negative integer",
        };
        Fault::evaluation(
            field,
            format!(
                "The JSONata expression '{}' specified for the field '{field}' must return a {kind}, but was: {value}",
                expression.text
            ),
        )
    })
}

fn not_valid(field: &str, path: &Expression, value: &Value, kind: &str) -> Fault {
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    Fault::runtime(format!(
        "The {field}Path field refers to value \"{text}\" which is not a valid {kind}: {}",
        path.text
    ))
}
