//! Array constructors.

use super::{Env, Evaluation, Outcome};
use crate::expr::jsonata::ast::{Kind, Node};
use crate::expr::jsonata::value::{Array, Flag, Val};

impl Evaluation<'_> {
    /// `[…]`: results are spelled out, but those of inner constructors stay arrays.
    pub(super) fn array(
        &mut self,
        node: &Node,
        items: &[Node],
        input: Option<&Val>,
        env: &Env,
    ) -> Outcome {
        let mut array = None;
        if let [only] = items
            && !node.step.is_array
            && !matches!(only.kind, Kind::Array(_))
        {
            // A range that stands alone need not be spelled out.
            match self.evaluate(only, input, env)? {
                Some(Val::Array(range @ Array::Range(..))) => array = Some(range),
                Some(Val::Array(other)) => {
                    self.burn(other.len())?;
                    array = Some(Array::plain(other.into_items()));
                }
                other => array = Some(Array::plain(other.into_iter().collect())),
            }
        }
        if let Some(array) = array {
            return Ok(Some(Val::Array(array)));
        }
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            match self.evaluate(item, input, env)? {
                Some(Val::Array(inner)) if !matches!(item.kind, Kind::Array(_)) => {
                    self.burn(inner.len())?;
                    values.extend(inner.iter());
                }
                value => values.extend(value),
            }
        }
        let flags: &[Flag] = match node.step.is_array {
            true => &[Flag::Constructed],
            false => &[],
        };
        Ok(Some(Val::Array(Array::with(values, flags))))
    }
}
