//! Activities, and the workers that poll them.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use super::run::RunNumber;
use super::{PollTicket, Request, Service, Ticket, configuration, name, tag};
use crate::api::arn::{Arn, Resource};
use crate::api::call::Answer;
use crate::api::error::{ApiError, ErrorCode};
use crate::api::journal::{ActivityFacts, Change, RunInputKind};
use crate::api::operation::{Handle, operation};
use crate::api::page::{Wanted, page};
use crate::api::types::activity::{
    ActivityListItem, CreateActivityInput, CreateActivityOutput, DeleteActivityInput,
    DeleteActivityOutput, DescribeActivityInput, DescribeActivityOutput, GetActivityTaskInput,
    GetActivityTaskOutput, ListActivitiesInput, ListActivitiesOutput,
};
use crate::execution::interpreter::TaskId;
use crate::time::Timestamp;

/// How long a poll waits for a task.
const LONGEST_POLL: Duration = Duration::from_secs(60);
/// The most activities that an account has.
const MOST: usize = 10_000;

/// An activity and the tasks that wait for a worker, the oldest first.
#[derive(Clone, Debug)]
pub(super) struct Activity {
    pub facts: ActivityFacts,
    pub waiting: VecDeque<(RunNumber, TaskId)>,
}

impl Service {
    /// The name in the ARN of an activity, and whether it is there.
    fn activity_name(&self, text: &str) -> Result<(Arc<str>, bool), ApiError> {
        let arn = Arn::parse(text)?;
        match &arn.resource {
            Resource::Activity(name) => {
                let is_there = self.is_home(&arn) && self.activities.contains_key(name);
                Ok((name.clone(), is_there))
            }
            Resource::StateMachine(_)
            | Resource::Version(..)
            | Resource::Alias(..)
            | Resource::MapState(..)
            | Resource::Execution(..)
            | Resource::Express(..)
            | Resource::MapRun(..) => Err(arn.out_of_place()),
        }
    }

    fn activity(&self, text: &str) -> Result<&Activity, ApiError> {
        let (name, is_there) = self.activity_name(text)?;
        let activity = self.activities.get(&name).filter(|_| is_there);
        activity.ok_or_else(|| ApiError::about(ErrorCode::ActivityDoesNotExist, text))
    }

    /// Notes that an activity is as it now is.
    pub(super) fn activity_changed(&mut self, name: &str) {
        if let Some(activity) = self.activities.get(name) {
            self.changes.push(Change::Activity(activity.facts.clone()));
        }
    }

    /// Puts a task in line for workers; whether there is such an activity.
    pub(super) fn offer(&mut self, name: &Arc<str>, run: RunNumber, task: TaskId) -> bool {
        let Some(activity) = self.activities.get_mut(name) else {
            return false;
        };
        activity.waiting.push_back((run, task));
        let arn = self.arn(Resource::Activity(name.clone()));
        self.due.push(arn);
        true
    }

    /// Takes a task out of the line.
    pub(super) fn withdraw(&mut self, name: &str, run: RunNumber, task: TaskId) {
        if let Some(activity) = self.activities.get_mut(name) {
            activity.waiting.retain(|entry| *entry != (run, task));
        }
    }

    /// Gives a task to a worker, if one waits.
    fn poll(
        &mut self,
        text: &Arc<str>,
        worker: Option<Arc<str>>,
        now: Timestamp,
    ) -> Result<Option<GetActivityTaskOutput>, ApiError> {
        let name = self.activity(text)?.facts.name.clone();
        loop {
            let activity = self.activities.get_mut(&name);
            let Some((run, task)) = activity.and_then(|activity| activity.waiting.pop_front())
            else {
                return Ok(None);
            };
            let Some(request) = self.runs.pending(run, task) else {
                continue;
            };
            let (token, input) = (request.token.clone(), request.input.to_string());
            let taken = RunInputKind::Taken {
                task: task.0,
                worker,
            };
            self.tell(run, taken, now);
            return Ok(Some(GetActivityTaskOutput {
                task_token: token,
                input: Some(input.into()),
            }));
        }
    }

    /// Asks again for a worker that waits.
    pub(in crate::api) fn resume_poll(
        &mut self,
        ticket: &PollTicket,
        request: &Request,
    ) -> Result<Answer<GetActivityTaskOutput>, ApiError> {
        let found = self.poll(&ticket.activity_arn, ticket.worker.clone(), request.now)?;
        Ok(match found {
            Some(output) => Answer::Now(output),
            None if request.now >= ticket.until => Answer::Now(GetActivityTaskOutput {
                task_token: None,
                input: None,
            }),
            None => Answer::Later(Ticket::ActivityTask(ticket.clone())),
        })
    }
}

impl Handle<operation::CreateActivity> for Service {
    /// Idempotent by name; another encryption is a conflict, other tags are ignored.
    fn handle(
        &mut self,
        input: CreateActivityInput,
        request: &Request,
    ) -> Result<Answer<CreateActivityOutput>, ApiError> {
        name::check(&input.name)?;
        let given_encryption = input.encryption_configuration.is_some();
        let encryption = configuration::encryption(input.encryption_configuration)?;
        let tags = tag::read(input.tags.unwrap_or_default())?;
        let arn = self.arn(Resource::Activity(input.name.clone()));
        if let Some(activity) = self.activities.get(&input.name) {
            if given_encryption && activity.facts.encryption != encryption {
                return Err(ApiError::about(ErrorCode::ActivityAlreadyExists, arn));
            }
            return Ok(Answer::Now(CreateActivityOutput {
                activity_arn: arn,
                creation_date: activity.facts.created,
            }));
        }
        if self.activities.len() >= MOST {
            let message = format!("An account has at most {MOST} activities");
            return Err(ApiError::new(ErrorCode::ActivityLimitExceeded, message));
        }
        let facts = ActivityFacts {
            name: input.name.clone(),
            created: request.now,
            encryption,
            tags,
        };
        let activity = Activity {
            facts,
            waiting: VecDeque::new(),
        };
        self.activities.insert(input.name.clone(), activity);
        self.activity_changed(&input.name);
        Ok(Answer::Now(CreateActivityOutput {
            activity_arn: arn,
            creation_date: request.now,
        }))
    }
}

impl Handle<operation::DescribeActivity> for Service {
    fn handle(
        &mut self,
        input: DescribeActivityInput,
        _: &Request,
    ) -> Result<Answer<DescribeActivityOutput>, ApiError> {
        let facts = self.activity(&input.activity_arn)?.facts.clone();
        Ok(Answer::Now(DescribeActivityOutput {
            activity_arn: input.activity_arn,
            name: facts.name,
            creation_date: facts.created,
            encryption_configuration: facts.encryption,
        }))
    }
}

impl Handle<operation::DeleteActivity> for Service {
    /// Learned from recordings: an activity that is not there is deleted already.
    fn handle(
        &mut self,
        input: DeleteActivityInput,
        _: &Request,
    ) -> Result<Answer<DeleteActivityOutput>, ApiError> {
        let (name, is_there) = self.activity_name(&input.activity_arn)?;
        if is_there {
            self.activities.remove(&name);
            self.due.push(input.activity_arn);
            self.changes.push(Change::ActivityGone { name });
        }
        Ok(Answer::Now(DeleteActivityOutput {}))
    }
}

impl Handle<operation::ListActivities> for Service {
    fn handle(
        &mut self,
        input: ListActivitiesInput,
        request: &Request,
    ) -> Result<Answer<ListActivitiesOutput>, ApiError> {
        let items = self.activities.values().map(|activity| ActivityListItem {
            activity_arn: self.arn(Resource::Activity(activity.facts.name.clone())),
            name: activity.facts.name.clone(),
            creation_date: activity.facts.created,
        });
        let wanted = Wanted {
            question: "ListActivities",
            max_results: input.max_results,
            token: input.next_token.as_deref(),
            now: request.now,
        };
        let (activities, next_token) = page(items.collect(), |item| &item.name, wanted)?;
        Ok(Answer::Now(ListActivitiesOutput {
            activities,
            next_token,
        }))
    }
}

impl Handle<operation::GetActivityTask> for Service {
    /// Waits up to a minute for a task.
    fn handle(
        &mut self,
        input: GetActivityTaskInput,
        request: &Request,
    ) -> Result<Answer<GetActivityTaskOutput>, ApiError> {
        let ticket = PollTicket {
            activity_arn: input.activity_arn,
            worker: input.worker_name,
            until: request.now + LONGEST_POLL,
        };
        self.resume_poll(&ticket, request)
    }
}
