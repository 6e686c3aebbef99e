//! Activities.

use std::sync::Arc;

use super::configuration::EncryptionConfiguration;
use super::limits::{ARN, NAME, PAGE_SIZE, PAGE_TOKEN};
use super::tag::{TAG_LIST, Tag};
use crate::api::shape::structure;
use crate::time::Timestamp;

structure! {
    /// What `CreateActivity` takes.
    CreateActivityInput {
        name "name": Arc<str> = NAME, required;
        tags "tags": Option<Vec<Tag>> = TAG_LIST;
        encryption_configuration "encryptionConfiguration": Option<EncryptionConfiguration> = EncryptionConfiguration::SHAPE;
    }

    /// What `CreateActivity` answers.
    CreateActivityOutput {
        activity_arn "activityArn": Arc<str>;
        creation_date "creationDate": Timestamp;
    }

    /// What `DescribeActivity` takes.
    DescribeActivityInput {
        activity_arn "activityArn": Arc<str> = ARN, required;
    }

    /// What `DescribeActivity` answers.
    DescribeActivityOutput {
        activity_arn "activityArn": Arc<str>;
        name "name": Arc<str>;
        creation_date "creationDate": Timestamp;
        encryption_configuration "encryptionConfiguration": EncryptionConfiguration;
    }

    /// What `DeleteActivity` takes.
    DeleteActivityInput {
        activity_arn "activityArn": Arc<str> = ARN, required;
    }

    /// What `DeleteActivity` answers.
    DeleteActivityOutput {}

    /// What `ListActivities` takes.
    ListActivitiesInput {
        max_results "maxResults": Option<u32> = PAGE_SIZE;
        next_token "nextToken": Option<Arc<str>> = PAGE_TOKEN;
    }

    /// What `ListActivities` answers.
    ListActivitiesOutput {
        activities "activities": Vec<ActivityListItem>;
        next_token "nextToken": Option<Arc<str>>;
    }

    /// An activity in a list.
    ActivityListItem {
        activity_arn "activityArn": Arc<str>;
        name "name": Arc<str>;
        creation_date "creationDate": Timestamp;
    }

    /// What `GetActivityTask` takes.
    GetActivityTaskInput {
        activity_arn "activityArn": Arc<str> = ARN, required;
        worker_name "workerName": Option<Arc<str>> = NAME;
    }

    /// What `GetActivityTask` answers; empty when no task came in a minute.
    GetActivityTaskOutput {
        task_token "taskToken": Option<Arc<str>>;
        input "input": Option<Arc<str>>;
    }
}
