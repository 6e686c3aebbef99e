//! Answers to tasks by token.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::run::RunNumber;
use super::{Request, Service};
use crate::api::call::Answer;
use crate::api::error::{ApiError, ErrorCode};
use crate::api::journal::RunInputKind;
use crate::api::operation::{Handle, operation};
use crate::api::types::task::{
    SendTaskFailureInput, SendTaskFailureOutput, SendTaskHeartbeatInput, SendTaskHeartbeatOutput,
    SendTaskSuccessInput, SendTaskSuccessOutput,
};
use crate::execution::interpreter::{FailedAt, TaskId};
use crate::source::json::read_or_complain;

/// Who waits for which token.
#[derive(Clone, Debug, Default)]
pub(super) struct Tokens {
    open: BTreeMap<Arc<str>, (RunNumber, TaskId)>,
    closed: BTreeSet<Arc<str>>,
}

impl Tokens {
    /// A task can be answered by this token.
    pub fn open(&mut self, token: Arc<str>, run: RunNumber, task: TaskId) {
        self.open.insert(token, (run, task));
    }

    /// Nobody waits for this token any more.
    pub fn close(&mut self, token: &Arc<str>) {
        if self.open.remove(token).is_some() {
            self.closed.insert(token.clone());
        }
    }

    /// The task that waits for a token.
    fn find(&self, token: &str) -> Result<(RunNumber, TaskId), ApiError> {
        if let Some(found) = self.open.get(token) {
            return Ok(*found);
        }
        Err(match self.closed.contains(token) {
            true => {
                let what = "Provided task does not exist anymore";
                ApiError::about(ErrorCode::TaskTimedOut, what)
            }
            false => ApiError::about(ErrorCode::InvalidToken, "Invalid token"),
        })
    }
}

impl Service {
    fn answer(
        &mut self,
        (run, task): (RunNumber, TaskId),
        what: RunInputKind,
        request: &Request,
    ) -> Result<(), ApiError> {
        if self.runs.pending(run, task).is_none() {
            let what = "The task is no longer awaited";
            return Err(ApiError::about(ErrorCode::TaskDoesNotExist, what));
        }
        self.tell(run, what, request.now);
        Ok(())
    }
}

impl Handle<operation::SendTaskSuccess> for Service {
    fn handle(
        &mut self,
        input: SendTaskSuccessInput,
        request: &Request,
    ) -> Result<Answer<SendTaskSuccessOutput>, ApiError> {
        let output = read_or_complain(&input.output)
            .map_err(|message| ApiError::about(ErrorCode::InvalidOutput, message))?;
        let found = self.tokens.find(&input.task_token)?;
        let what = RunInputKind::Succeeded {
            task: found.1.0,
            output,
        };
        self.answer(found, what, request)?;
        Ok(Answer::Now(SendTaskSuccessOutput {}))
    }
}

impl Handle<operation::SendTaskFailure> for Service {
    fn handle(
        &mut self,
        input: SendTaskFailureInput,
        request: &Request,
    ) -> Result<Answer<SendTaskFailureOutput>, ApiError> {
        let found = self.tokens.find(&input.task_token)?;
        let what = RunInputKind::Failed {
            task: found.1.0,
            stage: FailedAt::Run,
            error: input.error,
            cause: input.cause,
        };
        self.answer(found, what, request)?;
        Ok(Answer::Now(SendTaskFailureOutput {}))
    }
}

impl Handle<operation::SendTaskHeartbeat> for Service {
    fn handle(
        &mut self,
        input: SendTaskHeartbeatInput,
        request: &Request,
    ) -> Result<Answer<SendTaskHeartbeatOutput>, ApiError> {
        let found = self.tokens.find(&input.task_token)?;
        let what = RunInputKind::Heard { task: found.1.0 };
        self.answer(found, what, request)?;
        Ok(Answer::Now(SendTaskHeartbeatOutput {}))
    }
}
