//! The history of an execution, in pages.

use std::sync::Arc;

use super::run::RunState;
use super::{Request, Service};
use crate::api::call::Answer;
use crate::api::error::ApiError;
use crate::api::operation::{Handle, operation};
use crate::api::page::{Wanted, page};
use crate::api::types::execution::{GetExecutionHistoryInput, GetExecutionHistoryOutput};
use crate::execution::history::{EventDetails, HistoryEvent};

impl Service {
    /// All events of an execution. Of those that have ended the one that was read last is
    /// kept, as a long history is read page by page.
    pub(super) fn events(&mut self, number: u64) -> Arc<Vec<HistoryEvent>> {
        let Some(run) = self.runs.by_number.get(&number) else {
            return Arc::default();
        };
        if let RunState::Running(live) = &run.state {
            return Arc::new(live.execution.history().to_vec());
        }
        if let Some((kept, events)) = &self.runs.history
            && *kept == number
        {
            return events.clone();
        }
        let events = Arc::new(run.again(&self.settings).execution.history().to_vec());
        self.runs.history = Some((number, events.clone()));
        events
    }
}

impl Handle<operation::GetExecutionHistory> for Service {
    fn handle(
        &mut self,
        input: GetExecutionHistoryInput,
        request: &Request,
    ) -> Result<Answer<GetExecutionHistoryOutput>, ApiError> {
        let run = self.standard_run(&input.execution_arn)?;
        let reverse = input.reverse_order.unwrap_or(false);
        let events = match &run.map_run {
            Some(map_run) => map_run.history.clone(),
            None => {
                let number = run.facts.number;
                self.events(number)
            }
        };
        let mut order: Vec<(usize, String)> = (0..events.len())
            .map(|index| (index, index.to_string()))
            .collect();
        if reverse {
            order.reverse();
        }
        let wanted = Wanted {
            question: &format!("GetExecutionHistory {} {reverse}", input.execution_arn),
            max_results: input.max_results,
            token: input.next_token.as_deref(),
            now: request.now,
        };
        let (shown, next_token) = page(order, |(_, key)| key, wanted)?;
        let with_data = input.include_execution_data.unwrap_or(true);
        let shown = shown.iter().filter_map(|(index, _)| events.get(*index));
        let events = shown.map(|event| match with_data {
            true => event.clone(),
            false => without_data(event.clone()),
        });
        Ok(Answer::Now(GetExecutionHistoryOutput {
            events: events.collect(),
            next_token,
        }))
    }
}

/// An event without what went in and came out.
pub(super) fn without_data(mut event: HistoryEvent) -> HistoryEvent {
    if let Some(details) = &mut event.details {
        match details {
            EventDetails::ExecutionStarted(details) => {
                (details.input, details.input_details) = (None, None);
            }
            EventDetails::StateEntered(details) => {
                (details.input, details.input_details) = (None, None);
            }
            EventDetails::StateExited(details) => {
                (details.output, details.output_details) = (None, None);
                details.assigned_variables = None;
                details.assigned_variables_details = None;
            }
            EventDetails::ExecutionSucceeded(details)
            | EventDetails::ActivitySucceeded(details)
            | EventDetails::LambdaFunctionSucceeded(details) => {
                (details.output, details.output_details) = (None, None);
            }
            EventDetails::ActivityScheduled(details) => {
                (details.input, details.input_details) = (None, None);
            }
            EventDetails::LambdaFunctionScheduled(details) => {
                (details.input, details.input_details) = (None, None);
            }
            EventDetails::TaskSubmitted(details) | EventDetails::TaskSucceeded(details) => {
                (details.output, details.output_details) = (None, None);
            }
            // The parameters of a task are a required member of its event.
            EventDetails::TaskScheduled(_)
            | EventDetails::TaskStarted(_)
            | EventDetails::TaskStartFailed(_)
            | EventDetails::TaskSubmitFailed(_)
            | EventDetails::TaskFailed(_)
            | EventDetails::TaskTimedOut(_)
            | EventDetails::ActivityStarted(_)
            | EventDetails::ActivityScheduleFailed(_)
            | EventDetails::ActivityFailed(_)
            | EventDetails::ActivityTimedOut(_)
            | EventDetails::LambdaFunctionScheduleFailed(_)
            | EventDetails::LambdaFunctionStartFailed(_)
            | EventDetails::LambdaFunctionFailed(_)
            | EventDetails::LambdaFunctionTimedOut(_)
            | EventDetails::ExecutionFailed(_)
            | EventDetails::ExecutionAborted(_)
            | EventDetails::ExecutionTimedOut(_)
            | EventDetails::ExecutionRedriven(_)
            | EventDetails::MapStateStarted(_)
            | EventDetails::MapIterationStarted(_)
            | EventDetails::MapIterationSucceeded(_)
            | EventDetails::MapIterationFailed(_)
            | EventDetails::MapIterationAborted(_)
            | EventDetails::MapRunStarted(_)
            | EventDetails::MapRunFailed(_)
            | EventDetails::MapRunRedriven(_)
            | EventDetails::EvaluationFailed(_) => {}
        }
    }
    event
}
