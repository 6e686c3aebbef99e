//! Choice Rules, made to match or not.

use super::hole::{HoleId, Holes, Test};
use super::read::Scope;
use super::symbol::{Look, Symbol};
use crate::asl::{ChoiceRule, Condition, Operand, OperandKind, Operator};
use crate::execution::interpreter::holds;
use crate::source::json::Value;

impl Holes {
    /// Makes the rule at `chosen` the first that matches, or with `None` makes none match.
    /// Whether that is possible; if not, more may have been asked than before.
    pub fn choose_rule(
        &mut self,
        tries: &mut usize,
        rules: &[ChoiceRule],
        chosen: Option<usize>,
        input: &Symbol,
        scope: &Scope,
    ) -> bool {
        let before = rules.iter().take(chosen.unwrap_or(rules.len()));
        let conditions = before.filter_map(|rule| rule.condition.as_ref());
        for condition in conditions {
            if !self.require(tries, condition, false, input, scope) {
                return false;
            }
        }
        let Some(rule) = chosen.map(|index| rules.get(index)) else {
            return true;
        };
        let condition = rule.and_then(|rule| rule.condition.as_ref());
        condition.is_some_and(|condition| self.require(tries, condition, true, input, scope))
    }

    /// Makes a condition hold, or not. Conditions nest no deeper than the definition's
    /// JSON may, but what is tried may double with every level, so `tries` bounds it.
    fn require(
        &mut self,
        tries: &mut usize,
        condition: &Condition,
        is_wanted: bool,
        input: &Symbol,
        scope: &Scope,
    ) -> bool {
        let Some(rest) = tries.checked_sub(1) else {
            return false;
        };
        *tries = rest;
        match condition {
            Condition::Not(inner) => self.require(tries, inner, !is_wanted, input, scope),
            Condition::Constant(constant) => *constant == is_wanted,
            // JSONata is not looked into.
            Condition::Expression(_) => true,
            Condition::And(parts) if is_wanted => self.all(tries, parts, true, input, scope),
            Condition::Or(parts) if !is_wanted => self.all(tries, parts, false, input, scope),
            // One is enough, and those before it must be evaluated without a fault.
            Condition::And(parts) | Condition::Or(parts) => {
                let before = self.clone();
                for end in 0..parts.len() {
                    let (first, last) = (parts.get(..end), parts.get(end));
                    if let (Some(first), Some(last)) = (first, last)
                        && self.all(tries, first, !is_wanted, input, scope)
                        && self.require(tries, last, is_wanted, input, scope)
                    {
                        return true;
                    }
                    self.clone_from(&before);
                }
                false
            }
            Condition::Test {
                variable,
                operator: Operator::IsPresent,
                operand,
            } => {
                let Operand::Value(operand) = operand else {
                    return !is_wanted;
                };
                if operand.as_bool() == Some(is_wanted) {
                    return self.expression(variable, input, scope, Look::Ask).is_some();
                }
                match self.expression(variable, input, scope, Look::Only) {
                    None | Some(Symbol::Opaque) => true,
                    Some(Symbol::Hole(hole)) => self.refuse(hole),
                    Some(_) => false,
                }
            }
            Condition::Test {
                variable,
                operator,
                operand,
            } => {
                let Some(value) = self.expression(variable, input, scope, Look::Ask) else {
                    return false;
                };
                let operand = match operand {
                    Operand::Value(operand) => Symbol::Known(operand.clone()),
                    Operand::Path(path) => match self.expression(path, input, scope, Look::Ask) {
                        Some(operand) => operand,
                        None => return false,
                    },
                };
                self.compare(*operator, &value, &operand, is_wanted)
            }
        }
    }

    fn all(
        &mut self,
        tries: &mut usize,
        parts: &[Condition],
        is_wanted: bool,
        input: &Symbol,
        scope: &Scope,
    ) -> bool {
        parts
            .iter()
            .all(|part| self.require(tries, part, is_wanted, input, scope))
    }

    fn compare(
        &mut self,
        operator: Operator,
        value: &Symbol,
        operand: &Symbol,
        is_wanted: bool,
    ) -> bool {
        match (value, operand) {
            (Symbol::Known(value), Symbol::Known(operand)) => {
                holds(operator, value, operand) == is_wanted
            }
            (Symbol::Hole(hole), Symbol::Known(operand)) => {
                self.test(*hole, test(operator, operand, is_wanted))
            }
            // Two that are both unknown: the right one first, then the left one to fit.
            (_, Symbol::Hole(hole)) => {
                let operand = self.pin(*hole, operator);
                self.compare(operator, value, &Symbol::Known(operand), is_wanted)
            }
            (Symbol::Known(_) | Symbol::Hole(_) | Symbol::Opaque, _) => true,
            (Symbol::Object(_) | Symbol::Array(_) | Symbol::Each(_), _) => {
                let value = self.fill_in(value);
                match operand.known() {
                    Some(operand) => holds(operator, &value, operand) == is_wanted,
                    None => true,
                }
            }
        }
    }

    /// Settles on a value that an operator can compare with.
    fn pin(&mut self, hole: HoleId, operator: Operator) -> Value {
        let own = self.value(hole).unwrap_or_default();
        let equals = match operator.operand_kind() {
            OperandKind::Number => (Operator::NumericEquals, Value::from(1)),
            OperandKind::Boolean => (Operator::BooleanEquals, true.into()),
            OperandKind::Timestamp => (Operator::TimestampEquals, "2026-01-01T00:00:00Z".into()),
            OperandKind::String | OperandKind::Test => (Operator::StringEquals, "text".into()),
        };
        let (equal, usual) = equals;
        let value = match holds(equal, &own, &own) {
            true => own,
            false => usual,
        };
        self.test(hole, test(equal, &value, true));
        value
    }
}

fn test(operator: Operator, operand: &Value, is_wanted: bool) -> Test {
    Test {
        operator,
        operand: operand.clone(),
        is_wanted,
    }
}
