//! Operators with two operands, and the minus sign.

use std::cmp::Ordering;

use super::{Env, Evaluation, Outcome};
use crate::expr::jsonata::ast::Node;
use crate::expr::jsonata::code::Code;
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::function::{Function, to_text};
use crate::expr::jsonata::limit::BYTES_PER_STEP;
use crate::expr::jsonata::parse::Operator;
use crate::expr::jsonata::value::{Array, Val, order};

/// The longest range.
const MAX_RANGE: f64 = 1e7;

impl Evaluation<'_> {
    pub(super) fn negate(
        &mut self,
        node: &Node,
        operand: &Node,
        input: Option<&Val>,
        env: &Env,
    ) -> Outcome {
        let Some(value) = self.evaluate(operand, input, env)? else {
            return Ok(None);
        };
        match value.numeric().map_err(|error| error.token("-"))? {
            Some(number) => Ok(Some(Val::Num(-number))),
            None => Err(Error::at(Code::D1002, node.position)
                .token("-")
                .value("value", Some(&value))),
        }
    }

    pub(super) fn binary(
        &mut self,
        node: &Node,
        operator: Operator,
        left: &Node,
        right: &Node,
        input: Option<&Val>,
        env: &Env,
    ) -> Outcome {
        let left = self.evaluate(left, input, env)?;
        if matches!(operator, Operator::And | Operator::Or) {
            // The reference blames the operator for what goes wrong on its right.
            let blame = |error: Error| error.move_to(node.position).token(operator.as_str());
            let is_left = self.is_true(left.as_ref()).map_err(blame)?;
            if is_left == (operator == Operator::Or) {
                return Ok(Some(Val::Bool(is_left)));
            }
            let right = self.evaluate(right, input, env).map_err(blame)?;
            let is_right = self.is_true(right.as_ref()).map_err(blame)?;
            return Ok(Some(Val::Bool(is_right)));
        }
        let right = self.evaluate(right, input, env)?;
        let value = self.combine(operator, left, right);
        value.map_err(|error| error.move_to(node.position).token(operator.as_str()))
    }

    fn combine(&mut self, operator: Operator, left: Option<Val>, right: Option<Val>) -> Outcome {
        match operator {
            Operator::Plus
            | Operator::Minus
            | Operator::Star
            | Operator::Slash
            | Operator::Percent => arithmetic(operator, left, right),
            Operator::Equal | Operator::NotEqual => {
                let (Some(left), Some(right)) = (left, right) else {
                    return Ok(Some(Val::Bool(false)));
                };
                let is_equal = self.equal(&left, &right, 0)?;
                Ok(Some(Val::Bool(is_equal == (operator == Operator::Equal))))
            }
            Operator::Less
            | Operator::LessOrEqual
            | Operator::Greater
            | Operator::GreaterOrEqual => compare(operator, left, right),
            Operator::Ampersand => self.concatenate(left, right).map(Some),
            Operator::Range => range(left, right),
            Operator::In => self.contains(left, right),
            _ => Ok(None), // the grammar makes no other operation
        }
    }

    fn concatenate(&mut self, left: Option<Val>, right: Option<Val>) -> Result<Val, Error> {
        let mut text = String::new();
        for operand in [left, right] {
            match operand {
                None => {}
                Some(Val::Str(part)) => text.push_str(&part),
                Some(other) => text.push_str(&to_text(&other)?),
            }
        }
        self.burn(text.len() / BYTES_PER_STEP)?;
        Ok(Val::string(text))
    }

    fn contains(&mut self, left: Option<Val>, right: Option<Val>) -> Outcome {
        let (Some(left), Some(right)) = (left, right) else {
            return Ok(Some(Val::Bool(false)));
        };
        let Val::Array(array) = &right else {
            return Ok(Some(Val::Bool(is_same(&left, &right))));
        };
        self.burn(array.len())?;
        let mut items = array.iter();
        Ok(Some(Val::Bool(items.any(|item| is_same(&left, &item)))))
    }
}

/// Equal without looking into arrays and objects.
fn is_same(left: &Val, right: &Val) -> bool {
    match (left, right) {
        (Val::Null, Val::Null) => true,
        (Val::Bool(a), Val::Bool(b)) => a == b,
        (Val::Num(a), Val::Num(b)) => a == b,
        (Val::Str(a), Val::Str(b)) => a == b,
        (Val::Array(a), Val::Array(b)) => a.is_same(b),
        (Val::Object(a), Val::Object(b)) => a.is_same(b),
        (Val::Function(a), Val::Function(b)) => Function::is_same(a, b),
        _ => false,
    }
}

fn arithmetic(operator: Operator, left: Option<Val>, right: Option<Val>) -> Outcome {
    let number = |value: &Option<Val>, code| match value {
        None => Ok(None),
        Some(value) => match value.numeric()? {
            None => Err(Error::new(code).value("value", Some(value))),
            number => Ok(number),
        },
    };
    let a = number(&left, Code::T2001)?;
    let b = number(&right, Code::T2002)?;
    let (Some(a), Some(b)) = (a, b) else {
        return Ok(None);
    };
    let result = match operator {
        Operator::Plus => a + b,
        Operator::Minus => a - b,
        Operator::Star => a * b,
        Operator::Slash => a / b,
        _ => a % b,
    };
    Ok(Some(Val::Num(result)))
}

fn compare(operator: Operator, left: Option<Val>, right: Option<Val>) -> Outcome {
    let is_comparable =
        |value: &Option<Val>| matches!(value, None | Some(Val::Num(_) | Val::Str(_)));
    if !is_comparable(&left) || !is_comparable(&right) {
        let odd = if is_comparable(&left) { &right } else { &left };
        return Err(Error::new(Code::T2010).value("value", odd.as_ref()));
    }
    let ordering = match (&left, &right) {
        (None, _) | (_, None) => return Ok(None),
        (Some(Val::Num(a)), Some(Val::Num(b))) => a.partial_cmp(b),
        (Some(Val::Str(a)), Some(Val::Str(b))) => Some(order(a, b)),
        (a, b) => {
            return Err(Error::new(Code::T2009)
                .value("value", a.as_ref())
                .value("value2", b.as_ref()));
        }
    };
    let holds = match operator {
        Operator::Less => ordering == Some(Ordering::Less),
        Operator::LessOrEqual => matches!(ordering, Some(Ordering::Less | Ordering::Equal)),
        Operator::Greater => ordering == Some(Ordering::Greater),
        _ => matches!(ordering, Some(Ordering::Greater | Ordering::Equal)),
    };
    Ok(Some(Val::Bool(holds)))
}

fn range(left: Option<Val>, right: Option<Val>) -> Outcome {
    let integer = |value: &Option<Val>, code| match value {
        None => Ok(None),
        Some(Val::Num(number)) if number.fract() == 0.0 => Ok(Some(*number)),
        other => Err(Error::new(code).value("value", other.as_ref())),
    };
    let first = integer(&left, Code::T2003)?;
    let last = integer(&right, Code::T2004)?;
    let (Some(first), Some(last)) = (first, last) else {
        return Ok(None);
    };
    if first > last {
        return Ok(None);
    }
    let size = last - first + 1.0;
    if size > MAX_RANGE {
        return Err(Error::new(Code::D2014).number("value", size));
    }
    Ok(Some(Val::Array(Array::Range(first, last))))
}
