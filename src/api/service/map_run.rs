//! Map Runs.

use super::run::Run;
use super::{Request, Service};
use crate::api::arn::{Arn, Resource};
use crate::api::call::Answer;
use crate::api::error::{ApiError, ErrorCode};
use crate::api::operation::{Handle, operation};
use crate::api::page::{Wanted, page};
use crate::api::types::map_run::{
    DescribeMapRunInput, DescribeMapRunOutput, ListMapRunsInput, ListMapRunsOutput, MapRunListItem,
    UpdateMapRunInput, UpdateMapRunOutput,
};

impl Service {
    fn map_run(&self, text: &str) -> Result<(), ApiError> {
        let arn = Arn::parse(text)?;
        match &arn.resource {
            Resource::MapRun(..) => Err(ApiError::new(
                ErrorCode::ResourceNotFound,
                format!("Resource not found: '{text}'"),
            )),
            Resource::StateMachine(_)
            | Resource::Version(..)
            | Resource::Alias(..)
            | Resource::MapState(..)
            | Resource::Execution(..)
            | Resource::Express(..)
            | Resource::Activity(_) => Err(arn.out_of_place()),
        }
    }

    /// The executions that a Map Run has started.
    pub(super) fn children_of(&self, text: &str) -> Result<Vec<&Run>, ApiError> {
        self.map_run(text)?;
        Ok(Vec::new())
    }
}

impl Handle<operation::DescribeMapRun> for Service {
    fn handle(
        &mut self,
        input: DescribeMapRunInput,
        _: &Request,
    ) -> Result<Answer<DescribeMapRunOutput>, ApiError> {
        self.map_run(&input.map_run_arn)?;
        Err(ApiError::new(
            ErrorCode::ResourceNotFound,
            "Resource not found",
        ))
    }
}

impl Handle<operation::ListMapRuns> for Service {
    fn handle(
        &mut self,
        input: ListMapRunsInput,
        request: &Request,
    ) -> Result<Answer<ListMapRunsOutput>, ApiError> {
        let _ = self.standard_run(&input.execution_arn)?;
        let items: Vec<MapRunListItem> = Vec::new();
        let wanted = Wanted {
            question: &format!("ListMapRuns {}", input.execution_arn),
            max_results: input.max_results,
            token: input.next_token.as_deref(),
            now: request.now,
        };
        let (map_runs, next_token) = page(items, |item| &item.map_run_arn, wanted)?;
        Ok(Answer::Now(ListMapRunsOutput {
            map_runs,
            next_token,
        }))
    }
}

impl Handle<operation::UpdateMapRun> for Service {
    fn handle(
        &mut self,
        input: UpdateMapRunInput,
        _: &Request,
    ) -> Result<Answer<UpdateMapRunOutput>, ApiError> {
        self.map_run(&input.map_run_arn)?;
        Ok(Answer::Now(UpdateMapRunOutput {}))
    }
}
