//! Versions of state machines.

use std::sync::Arc;

use super::limits::{ANY_TEXT, ARN, DESCRIPTION, LONG_ARN, PAGE_SIZE, PAGE_TOKEN};
use crate::api::shape::structure;
use crate::time::Timestamp;

structure! {
    /// What `PublishStateMachineVersion` takes.
    PublishStateMachineVersionInput {
        state_machine_arn "stateMachineArn": Arc<str> = ARN, required;
        revision_id "revisionId": Option<Arc<str>> = ANY_TEXT;
        description "description": Option<Arc<str>> = DESCRIPTION;
    }

    /// What `PublishStateMachineVersion` answers.
    PublishStateMachineVersionOutput {
        creation_date "creationDate": Timestamp;
        state_machine_version_arn "stateMachineVersionArn": Arc<str>;
    }

    /// What `DeleteStateMachineVersion` takes.
    DeleteStateMachineVersionInput {
        state_machine_version_arn "stateMachineVersionArn": Arc<str> = LONG_ARN, required;
    }

    /// What `DeleteStateMachineVersion` answers.
    DeleteStateMachineVersionOutput {}

    /// What `ListStateMachineVersions` takes.
    ListStateMachineVersionsInput {
        state_machine_arn "stateMachineArn": Arc<str> = ARN, required;
        next_token "nextToken": Option<Arc<str>> = PAGE_TOKEN;
        max_results "maxResults": Option<u32> = PAGE_SIZE;
    }

    /// What `ListStateMachineVersions` answers.
    ListStateMachineVersionsOutput {
        state_machine_versions "stateMachineVersions": Vec<StateMachineVersionListItem>;
        next_token "nextToken": Option<Arc<str>>;
    }

    /// A version in a list.
    StateMachineVersionListItem {
        state_machine_version_arn "stateMachineVersionArn": Arc<str>;
        creation_date "creationDate": Timestamp;
    }
}
