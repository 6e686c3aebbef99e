//! Redrive: an execution goes on from where it failed.

use super::{Request, Service};
use crate::api::call::Answer;
use crate::api::error::{ApiError, ErrorCode};
use crate::api::operation::{Handle, operation};
use crate::api::types::execution::{RedriveExecutionInput, RedriveExecutionOutput};

impl Handle<operation::RedriveExecution> for Service {
    fn handle(
        &mut self,
        input: RedriveExecutionInput,
        request: &Request,
    ) -> Result<Answer<RedriveExecutionOutput>, ApiError> {
        let run = self.standard_run(&input.execution_arn)?;
        let (_, reason) = self.redrive_status(run, request.now);
        let reason = reason.unwrap_or("The execution cannot be redriven");
        Err(ApiError::new(ErrorCode::ExecutionNotRedrivable, reason))
    }
}
