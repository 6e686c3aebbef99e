//! Map Runs, and their child executions.

use std::sync::Arc;

use super::run::{MapRunOf, Run, RunState, end_at};
use super::{Request, Service};
use crate::api::arn::{Arn, Resource};
use crate::api::call::Answer;
use crate::api::error::{ApiError, ErrorCode};
use crate::api::journal::{RunFacts, RunInputKind};
use crate::api::operation::{Handle, operation};
use crate::api::page::{Wanted, page};
use crate::api::types::map_run::{
    DescribeMapRunInput, DescribeMapRunOutput, ListMapRunsInput, ListMapRunsOutput, MapRunCounts,
    MapRunListItem, UpdateMapRunInput, UpdateMapRunOutput,
};
use crate::asl::{MapMode, StateKind};
use crate::execution::interpreter::{
    ChildExecution, Counts, Execution, MapRun, MapRunStatus, WorkflowType,
};
use crate::source::json::Number;

impl Service {
    /// Looks at an execution as it stands, or as it was when it ended.
    fn look<T>(&self, run: &Run, look: impl FnOnce(&Execution) -> T) -> T {
        match &run.state {
            RunState::Running(live) => look(&live.execution),
            RunState::Inside | RunState::PendingRedrive | RunState::Over(_) => {
                look(&run.again(&self.settings).execution)
            }
        }
    }

    /// Whether an execution has a Map Run, by something in its ARN.
    fn has_map_run(run: &Run, is_it: impl Fn(&str) -> bool) -> bool {
        match &run.state {
            RunState::Running(live) => {
                let mut map_runs = live.execution.map_runs().iter();
                map_runs.any(|map_run| is_it(&map_run.arn))
            }
            RunState::Inside | RunState::PendingRedrive => false,
            RunState::Over(end) => end.map_runs.iter().any(|arn| is_it(arn)),
        }
    }

    /// A Map Run and the execution that has it.
    fn map_run(&self, text: &str) -> Result<(&Run, MapRun), ApiError> {
        let arn = Arn::parse(text)?;
        let Resource::MapRun(machine, ..) = &arn.resource else {
            return Err(arn.out_of_place());
        };
        let mut runs = self.runs.of_machine(machine);
        let run = runs.find(|run| Self::has_map_run(run, |arn| arn == text));
        let found = run.and_then(|run| {
            let map_run = self.look(run, |execution| {
                let mut map_runs = execution.map_runs().iter();
                map_runs.find(|map_run| *map_run.arn == *text).cloned()
            });
            Some((run, map_run?))
        });
        found.ok_or_else(|| {
            let message = format!("Resource not found: '{text}'");
            ApiError::new(ErrorCode::ResourceNotFound, message)
        })
    }

    /// The executions that a Map Run has started. Those of Express workflows are kept
    /// nowhere but in log records.
    pub(super) fn children_of(&self, text: &str) -> Result<Vec<Run>, ApiError> {
        let (run, map_run) = self.map_run(text)?;
        let children = map_run.children.iter();
        Ok(children
            .filter_map(|child| self.child_run(run, &map_run, child))
            .collect())
    }

    /// The child of a Map Run.
    pub(super) fn child(&self, machine: &str, label: &str, name: &str) -> Option<Run> {
        let place = format!(":{machine}/{label}:");
        let of_label = |arn: &str| arn.contains(&place);
        let mut runs = self.runs.of_machine(machine);
        runs.find_map(|run| {
            if !Self::has_map_run(run, of_label) {
                return None;
            }
            self.look(run, |execution| {
                let map_runs = execution.map_runs().iter();
                let children = map_runs.filter(|map_run| of_label(&map_run.arn));
                let mut children = children.flat_map(|map_run| {
                    let children = map_run.children.iter();
                    children.map(move |child| (map_run, child))
                });
                let (map_run, child) = children.find(|(_, child)| *child.name == *name)?;
                self.child_run(run, map_run, child)
            })
        })
    }

    /// A child as an execution of its own; nothing if it is an Express one.
    fn child_run(&self, run: &Run, map_run: &MapRun, child: &ChildExecution) -> Option<Run> {
        let Resource::MapRun(machine, label, _) = Arn::parse(&map_run.arn).ok()?.resource else {
            return None;
        };
        let state = run.revision.machine.find(&map_run.pointer)?;
        let StateKind::Map(map) = &state.kind else {
            return None;
        };
        if map.mode == MapMode::Distributed && map.execution_type == WorkflowType::Express {
            return None;
        }
        let place: Arc<str> = format!("{machine}/{label}").into();
        let facts = RunFacts {
            name: child.name.clone(),
            input: child.input.to_string().into(),
            started: child.started,
            test_case: None,
            trace_header: None,
            parent: None,
            ..run.facts.clone()
        };
        let state = match (&child.outcome, child.stopped) {
            (Some(outcome), Some(stopped)) => RunState::Over(end_at(outcome, stopped)),
            _ if child.awaits_redrive => RunState::PendingRedrive,
            _ => RunState::Inside,
        };
        Some(Run {
            arn: self.arn(Resource::Execution(place, child.name.clone())),
            facts,
            map_run: Some(Arc::new(MapRunOf {
                arn: map_run.arn.clone(),
                label,
                items: child.items,
                history: Arc::new(child.history.clone()),
            })),
            inputs: Vec::new(),
            redrives: child.redrives.clone(),
            state,
            ..run.clone()
        })
    }
}

/// As the API has them. In recordings it says nothing of redrives where there is none.
fn counts(counts: &Counts) -> MapRunCounts {
    MapRunCounts {
        pending: counts.pending,
        running: counts.running,
        succeeded: counts.succeeded,
        failed: counts.failed,
        timed_out: counts.timed_out,
        aborted: counts.aborted,
        total: counts.total,
        results_written: counts.results_written,
        failures_not_redrivable: None,
        pending_redrive: (counts.pending_redrive > 0).then_some(counts.pending_redrive),
    }
}

impl Handle<operation::DescribeMapRun> for Service {
    fn handle(
        &mut self,
        input: DescribeMapRunInput,
        _: &Request,
    ) -> Result<Answer<DescribeMapRunOutput>, ApiError> {
        let (run, map_run) = self.map_run(&input.map_run_arn)?;
        let percentage = Number::from_f64(map_run.tolerated_failure_percentage);
        Ok(Answer::Now(DescribeMapRunOutput {
            execution_arn: run.arn.clone(),
            status: map_run.status.as_str().into(),
            start_date: map_run.started,
            stop_date: map_run.stopped,
            max_concurrency: map_run.max_concurrency,
            tolerated_failure_percentage: percentage.unwrap_or_else(|| Number::from(0u64)),
            tolerated_failure_count: map_run.tolerated_failure_count,
            item_counts: counts(&map_run.items),
            execution_counts: counts(&map_run.executions),
            map_run_arn: map_run.arn,
            redrive_count: (map_run.redrive_count > 0)
                .then(|| u32::try_from(map_run.redrive_count).unwrap_or(u32::MAX)),
            redrive_date: map_run.redriven,
        }))
    }
}

impl Handle<operation::ListMapRuns> for Service {
    fn handle(
        &mut self,
        input: ListMapRunsInput,
        request: &Request,
    ) -> Result<Answer<ListMapRunsOutput>, ApiError> {
        let run = self.standard_run(&input.execution_arn)?;
        let mut items: Vec<MapRunListItem> = Vec::new();
        if Self::has_map_run(&run, |_| true) {
            self.look(&run, |execution| {
                for map_run in execution.map_runs() {
                    let Ok(arn) = Arn::parse(&map_run.arn) else {
                        continue;
                    };
                    if let Resource::MapRun(machine, label, _) = arn.resource {
                        items.push(MapRunListItem {
                            execution_arn: run.arn.clone(),
                            map_run_arn: map_run.arn.clone(),
                            state_machine_arn: self.arn(Resource::MapState(machine, label)),
                            start_date: map_run.started,
                            stop_date: map_run.stopped,
                        });
                    }
                }
            });
        }
        items.reverse();
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
        request: &Request,
    ) -> Result<Answer<UpdateMapRunOutput>, ApiError> {
        let number = self.map_run(&input.map_run_arn)?.0.facts.number;
        self.catch_up(number, request.now);
        let status = self.map_run(&input.map_run_arn)?.1.status;
        if status != MapRunStatus::Running {
            return Err(ApiError::validation(format!(
                "Map Run is {} and cannot be updated",
                status.as_str()
            )));
        }
        let what = RunInputKind::MapRunUpdated {
            arn: input.map_run_arn,
            max_concurrency: input.max_concurrency,
            tolerated_failure_count: input.tolerated_failure_count,
            tolerated_failure_percentage: input.tolerated_failure_percentage,
        };
        self.tell(number, what, request.now);
        Ok(Answer::Now(UpdateMapRunOutput {}))
    }
}
