//! Redrive: an execution goes on from where it failed.

use std::sync::Arc;

use super::run::{Live, RunState, apply};
use super::{Request, Service};
use crate::api::call::Answer;
use crate::api::error::{ApiError, ErrorCode};
use crate::api::journal::{Change, RunInput, RunInputKind};
use crate::api::operation::{Handle, operation};
use crate::api::types::execution::{RedriveExecutionInput, RedriveExecutionOutput};

impl Handle<operation::RedriveExecution> for Service {
    /// A request that comes again with its token has the answer it had.
    fn handle(
        &mut self,
        input: RedriveExecutionInput,
        request: &Request,
    ) -> Result<Answer<RedriveExecutionOutput>, ApiError> {
        let run = self.standard_run(&input.execution_arn)?;
        if run.map_run.is_some() {
            return Err(ApiError::validation(
                "A child of a Map Run is redriven with the execution that has the Map Run",
            ));
        }
        let number = run.facts.number;
        self.catch_up(number, request.now);
        let run = self.standard_run(&input.execution_arn)?;
        let token = input.client_token.as_deref();
        if let Some(redrive_date) = token.and_then(|token| run.redriven_by(token)) {
            return Ok(Answer::Now(RedriveExecutionOutput { redrive_date }));
        }
        let refuse = |reason: &str| ApiError::new(ErrorCode::ExecutionNotRedrivable, reason);
        if let (_, Some(reason)) = self.redrive_status(&run, request.now) {
            return Err(refuse(reason));
        }
        let mut again = run.again(&self.settings);
        let redriven = RunInput {
            at: again.execution.now().max(request.now),
            steps: again.execution.steps(),
            what: RunInputKind::Redriven {
                token: input.client_token,
            },
        };
        if let Err(reason) = again.execution.redrivable() {
            return Err(refuse(&reason.to_string()));
        }
        apply(&mut again.execution, &redriven);
        let machine: Arc<str> = run.facts.machine.clone();
        let mocks = again.follow(self.handler(&run.facts));
        let live = Live::new(again.execution, mocks);
        let redrive_date = redriven.at;
        if let Some(run) = self.runs.by_number.get_mut(&number) {
            run.state = RunState::Running(Box::new(live));
            run.redrives.push(redrive_date);
            run.inputs.push(redriven.clone());
        }
        self.runs.forget_history(number);
        self.runs.set_running(&machine, number, true);
        self.changes.push(Change::Input {
            run: number,
            input: redriven,
        });
        self.notify(number);
        self.runs.wake(number);
        Ok(Answer::Now(RedriveExecutionOutput { redrive_date }))
    }
}
