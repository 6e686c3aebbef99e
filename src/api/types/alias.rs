//! Aliases of state machines.

use std::sync::Arc;

use super::limits::{ALIAS_NAME, ARN, DESCRIPTION, PAGE_SIZE, PAGE_TOKEN};
use crate::api::shape::{Shape, structure};
use crate::time::Timestamp;

const ROUTING: Shape = Shape::List {
    member: &RoutingConfigurationListItem::SHAPE,
    min: 1,
    max: 2,
};

structure! {
    /// A version that an alias leads to, and how often.
    RoutingConfigurationListItem {
        state_machine_version_arn "stateMachineVersionArn": Arc<str> = ARN, required;
        weight "weight": u32 = Shape::Integer { min: 0, max: 100 }, required;
    }

    /// What `CreateStateMachineAlias` takes.
    CreateStateMachineAliasInput {
        description "description": Option<Arc<str>> = DESCRIPTION;
        name "name": Arc<str> = ALIAS_NAME, required;
        routing_configuration "routingConfiguration": Vec<RoutingConfigurationListItem> = ROUTING, required;
    }

    /// What `CreateStateMachineAlias` answers.
    CreateStateMachineAliasOutput {
        state_machine_alias_arn "stateMachineAliasArn": Arc<str>;
        creation_date "creationDate": Timestamp;
    }

    /// What `UpdateStateMachineAlias` takes.
    UpdateStateMachineAliasInput {
        state_machine_alias_arn "stateMachineAliasArn": Arc<str> = ARN, required;
        description "description": Option<Arc<str>> = DESCRIPTION;
        routing_configuration "routingConfiguration": Option<Vec<RoutingConfigurationListItem>> = ROUTING;
    }

    /// What `UpdateStateMachineAlias` answers.
    UpdateStateMachineAliasOutput {
        update_date "updateDate": Timestamp;
    }

    /// What `DescribeStateMachineAlias` takes.
    DescribeStateMachineAliasInput {
        state_machine_alias_arn "stateMachineAliasArn": Arc<str> = ARN, required;
    }

    /// What `DescribeStateMachineAlias` answers.
    DescribeStateMachineAliasOutput {
        state_machine_alias_arn "stateMachineAliasArn": Arc<str>;
        name "name": Arc<str>;
        description "description": Option<Arc<str>>;
        routing_configuration "routingConfiguration": Vec<RoutingConfigurationListItem>;
        creation_date "creationDate": Timestamp;
        update_date "updateDate": Timestamp;
    }

    /// What `DeleteStateMachineAlias` takes.
    DeleteStateMachineAliasInput {
        state_machine_alias_arn "stateMachineAliasArn": Arc<str> = ARN, required;
    }

    /// What `DeleteStateMachineAlias` answers.
    DeleteStateMachineAliasOutput {}

    /// What `ListStateMachineAliases` takes.
    ListStateMachineAliasesInput {
        state_machine_arn "stateMachineArn": Arc<str> = ARN, required;
        next_token "nextToken": Option<Arc<str>> = PAGE_TOKEN;
        max_results "maxResults": Option<u32> = PAGE_SIZE;
    }

    /// What `ListStateMachineAliases` answers.
    ListStateMachineAliasesOutput {
        state_machine_aliases "stateMachineAliases": Vec<StateMachineAliasListItem>;
        next_token "nextToken": Option<Arc<str>>;
    }

    /// An alias in a list.
    StateMachineAliasListItem {
        state_machine_alias_arn "stateMachineAliasArn": Arc<str>;
        creation_date "creationDate": Timestamp;
    }
}
