//! Synchronous executions: the request waits for the end.

use super::execution::{included, type_not_supported};
use super::{Request, Service, SyncTicket, Ticket};
use crate::api::call::Answer;
use crate::api::error::{ApiError, ErrorCode};
use crate::api::operation::{Handle, operation};
use crate::api::types::execution::{
    BillingDetails, StartExecutionInput, StartSyncExecutionInput, StartSyncExecutionOutput,
};
use crate::execution::interpreter::WorkflowType;

impl Service {
    /// Asks again for the end of a synchronous execution.
    pub(in crate::api) fn resume_sync(
        &self,
        ticket: &SyncTicket,
    ) -> Result<Answer<StartSyncExecutionOutput>, ApiError> {
        let arn = &ticket.execution_arn;
        let run = self.runs.find(arn);
        let run = run.ok_or_else(|| ApiError::about(ErrorCode::ExecutionDoesNotExist, arn))?;
        let Some(end) = run.end() else {
            return Ok(Answer::Later(Ticket::SyncExecution(ticket.clone())));
        };
        let with_data = ticket.with_data;
        let millis = end.at.since(run.facts.started).as_millis();
        let status = match &*end.status {
            "ABORTED" => "FAILED",
            status => status,
        };
        Ok(Answer::Now(StartSyncExecutionOutput {
            execution_arn: run.arn.clone(),
            state_machine_arn: self.machine_arn(&run.facts.machine),
            name: run.facts.name.clone(),
            start_date: run.facts.started,
            stop_date: end.at,
            status: status.into(),
            error: end.error.clone(),
            cause: end.cause.clone(),
            input: with_data.then(|| run.facts.input.clone()),
            input_details: included(with_data),
            output: end.output.clone().filter(|_| with_data),
            output_details: included(with_data),
            trace_header: run.facts.trace_header.clone(),
            billing_details: billing(u64::try_from(millis).unwrap_or(u64::MAX)),
        }))
    }
}

/// Duration in steps of 100 ms, memory in steps of 64 MB: at least one of each.
fn billing(millis: u64) -> BillingDetails {
    BillingDetails {
        billed_memory_used_in_mb: 64,
        billed_duration_in_milliseconds: millis.max(1).div_ceil(100).saturating_mul(100),
    }
}

impl Handle<operation::StartSyncExecution> for Service {
    fn handle(
        &mut self,
        input: StartSyncExecutionInput,
        request: &Request,
    ) -> Result<Answer<StartSyncExecutionOutput>, ApiError> {
        let (arn, _) = super::execution::split_test_case(&input.state_machine_arn);
        let (machine, _) = self.target(&arn, 0)?;
        if machine.workflow_type == WorkflowType::Standard {
            return Err(type_not_supported());
        }
        let start = StartExecutionInput {
            state_machine_arn: input.state_machine_arn,
            name: input.name,
            input: input.input,
            trace_header: input.trace_header,
        };
        let started = self.start(start, request, None)?;
        let ticket = SyncTicket {
            execution_arn: started.execution_arn,
            with_data: input.included_data.as_deref() != Some("METADATA_ONLY"),
        };
        Ok(Answer::Later(Ticket::SyncExecution(ticket)))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn bills_every_tenth_of_a_second_that_has_begun() {
        let billed = |millis| super::billing(millis).billed_duration_in_milliseconds;
        assert_eq!(
            [0, 1, 100, 101, 7_600].map(billed),
            [100, 100, 100, 200, 7_600]
        );
    }
}
