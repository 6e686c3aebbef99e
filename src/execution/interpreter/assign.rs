//! `Assign`: variables that a state sets when it is left.

use std::sync::Arc;

use super::fault::Fault;
use super::jsonpath::Evaluator;
use crate::asl::Template;
use crate::source::json::Value;

impl Evaluator<'_> {
    /// The variables that `Assign` sets, evaluated over `input`. All see the values
    /// from before.
    pub fn assign(
        &mut self,
        assign: Option<&Template>,
        input: &Value,
    ) -> Result<Vec<(Arc<str>, Value)>, Fault> {
        let Some(assign) = assign else {
            return Ok(Vec::new());
        };
        let values = self.template(assign, input)?;
        let members = values.as_object().map(|object| object.iter());
        Ok(members
            .into_iter()
            .flatten()
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect())
    }
}
