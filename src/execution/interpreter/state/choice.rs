//! Choice: goes on with the first rule that matches.

use super::super::data_flow::{self, Evaluator};
use super::super::execution::Execution;
use super::super::fault::Fault;
use super::super::frame::FrameId;
use super::super::leave::{Exit, Next};
use super::compare;
use crate::asl::{ChoiceRule, Condition, Expression, Operand, Operator, Reference, State};
use crate::source::json::Value;

pub(in super::super) fn run(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    rules: &[ChoiceRule],
    default: Option<&Reference>,
) -> Result<(), Fault> {
    let raw = data_flow::raw_input(run, id);
    let flow = &state.data_flow;
    let mut evaluator = data_flow::evaluator(run, id, state)?;
    let input = evaluator.input_path(flow.input_path.as_ref(), &raw)?;
    let mut chosen = None;
    for rule in rules {
        let Some(condition) = &rule.condition else {
            continue;
        };
        if matches(&mut evaluator, condition, &input)? {
            chosen = Some(rule);
            break;
        }
    }
    let output = evaluator.output_path(flow.output_path.as_ref(), &input)?;
    // The state's own Assign belongs to the Default.
    let assign = match chosen {
        Some(rule) => rule.assign.as_ref(),
        None => flow.assign.as_ref(),
    };
    let assigned = evaluator.assign(assign, &input)?;
    let next = chosen.map_or(default, |rule| rule.next.as_ref());
    let next = next.map_or(Next::Nowhere, Next::State);
    run.exit(
        id,
        state,
        Exit {
            output,
            assigned,
            next,
        },
    )
}

/// Whether a condition holds. It nests no deeper than the definition's JSON may.
fn matches(evaluator: &mut Evaluator, condition: &Condition, input: &Value) -> Result<bool, Fault> {
    match condition {
        Condition::And(inner) => {
            for condition in inner {
                if !matches(evaluator, condition, input)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        Condition::Or(inner) => {
            for condition in inner {
                if matches(evaluator, condition, input)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Condition::Not(inner) => Ok(!matches(evaluator, inner, input)?),
        Condition::Constant(constant) => Ok(*constant),
        Condition::Expression(_) => Err(Fault::runtime("JSONata is not supported yet.")),
        Condition::Test {
            variable,
            operator,
            operand,
        } => {
            let value = evaluator.operand(variable, input)?;
            if *operator == Operator::IsPresent {
                let Operand::Value(wanted) = operand else {
                    return Ok(false);
                };
                return Ok(wanted.as_bool() == Some(value.is_some()));
            }
            let Some(value) = value else {
                return Err(invalid(variable));
            };
            let other = match operand {
                Operand::Value(value) => value.clone(),
                Operand::Path(path) => evaluator
                    .operand(path, input)?
                    .ok_or_else(|| invalid(path))?,
            };
            Ok(compare::holds(*operator, &value, &other))
        }
    }
}

fn invalid(path: &Expression) -> Fault {
    Fault::runtime(format!(
        "Invalid path '{}': The choice state's condition path references an invalid value.",
        path.text
    ))
}
