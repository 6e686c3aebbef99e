//! State machines.

use std::sync::Arc;

use indexmap::IndexMap;

use super::configuration::{EncryptionConfiguration, LoggingConfiguration, TracingConfiguration};
use super::limits::{
    ARN, DEFINITION, DESCRIPTION, INCLUDED_DATA, NAME, PAGE_SIZE, PAGE_TOKEN, WORKFLOW_TYPE,
};
use super::tag::{TAG_LIST, Tag};
use crate::api::shape::{Shape, structure};
use crate::time::Timestamp;

/// Variables by the state that reads them.
pub type VariableReferences = IndexMap<Arc<str>, Vec<Arc<str>>>;

structure! {
    /// What `CreateStateMachine` takes.
    CreateStateMachineInput {
        name "name": Arc<str> = NAME, required;
        definition "definition": Arc<str> = DEFINITION, required;
        role_arn "roleArn": Arc<str> = ARN, required;
        machine_type "type": Option<Arc<str>> = WORKFLOW_TYPE;
        logging_configuration "loggingConfiguration": Option<LoggingConfiguration> = LoggingConfiguration::SHAPE;
        tags "tags": Option<Vec<Tag>> = TAG_LIST;
        tracing_configuration "tracingConfiguration": Option<TracingConfiguration> = TracingConfiguration::SHAPE;
        publish "publish": Option<bool> = Shape::Boolean;
        version_description "versionDescription": Option<Arc<str>> = DESCRIPTION;
        encryption_configuration "encryptionConfiguration": Option<EncryptionConfiguration> = EncryptionConfiguration::SHAPE;
    }

    /// What `CreateStateMachine` answers.
    CreateStateMachineOutput {
        state_machine_arn "stateMachineArn": Arc<str>;
        creation_date "creationDate": Timestamp;
        state_machine_version_arn "stateMachineVersionArn": Option<Arc<str>>;
    }

    /// What `UpdateStateMachine` takes.
    UpdateStateMachineInput {
        state_machine_arn "stateMachineArn": Arc<str> = ARN, required;
        definition "definition": Option<Arc<str>> = DEFINITION;
        role_arn "roleArn": Option<Arc<str>> = ARN;
        logging_configuration "loggingConfiguration": Option<LoggingConfiguration> = LoggingConfiguration::SHAPE;
        tracing_configuration "tracingConfiguration": Option<TracingConfiguration> = TracingConfiguration::SHAPE;
        publish "publish": Option<bool> = Shape::Boolean;
        version_description "versionDescription": Option<Arc<str>> = DESCRIPTION;
        encryption_configuration "encryptionConfiguration": Option<EncryptionConfiguration> = EncryptionConfiguration::SHAPE;
    }

    /// What `UpdateStateMachine` answers.
    UpdateStateMachineOutput {
        update_date "updateDate": Timestamp;
        revision_id "revisionId": Option<Arc<str>>;
        state_machine_version_arn "stateMachineVersionArn": Option<Arc<str>>;
    }

    /// What `DescribeStateMachine` takes.
    DescribeStateMachineInput {
        state_machine_arn "stateMachineArn": Arc<str> = ARN, required;
        included_data "includedData": Option<Arc<str>> = INCLUDED_DATA;
    }

    /// What `DescribeStateMachine` answers.
    DescribeStateMachineOutput {
        state_machine_arn "stateMachineArn": Arc<str>;
        name "name": Arc<str>;
        status "status": Arc<str>;
        definition "definition": Option<Arc<str>>;
        role_arn "roleArn": Arc<str>;
        machine_type "type": Arc<str>;
        creation_date "creationDate": Timestamp;
        logging_configuration "loggingConfiguration": LoggingConfiguration;
        tracing_configuration "tracingConfiguration": TracingConfiguration;
        label "label": Option<Arc<str>>;
        revision_id "revisionId": Option<Arc<str>>;
        description "description": Option<Arc<str>>;
        encryption_configuration "encryptionConfiguration": Option<EncryptionConfiguration>;
        variable_references "variableReferences": Option<VariableReferences>;
    }

    /// What `DescribeStateMachineForExecution` takes.
    DescribeStateMachineForExecutionInput {
        execution_arn "executionArn": Arc<str> = ARN, required;
        included_data "includedData": Option<Arc<str>> = INCLUDED_DATA;
    }

    /// What `DescribeStateMachineForExecution` answers.
    DescribeStateMachineForExecutionOutput {
        state_machine_arn "stateMachineArn": Arc<str>;
        name "name": Arc<str>;
        definition "definition": Option<Arc<str>>;
        role_arn "roleArn": Arc<str>;
        update_date "updateDate": Timestamp;
        logging_configuration "loggingConfiguration": LoggingConfiguration;
        tracing_configuration "tracingConfiguration": TracingConfiguration;
        map_run_arn "mapRunArn": Option<Arc<str>>;
        label "label": Option<Arc<str>>;
        revision_id "revisionId": Option<Arc<str>>;
        encryption_configuration "encryptionConfiguration": Option<EncryptionConfiguration>;
        variable_references "variableReferences": Option<VariableReferences>;
    }

    /// What `DeleteStateMachine` takes.
    DeleteStateMachineInput {
        state_machine_arn "stateMachineArn": Arc<str> = ARN, required;
    }

    /// What `DeleteStateMachine` answers.
    DeleteStateMachineOutput {}

    /// What `ListStateMachines` takes.
    ListStateMachinesInput {
        max_results "maxResults": Option<u32> = PAGE_SIZE;
        next_token "nextToken": Option<Arc<str>> = PAGE_TOKEN;
    }

    /// What `ListStateMachines` answers.
    ListStateMachinesOutput {
        state_machines "stateMachines": Vec<StateMachineListItem>;
        next_token "nextToken": Option<Arc<str>>;
    }

    /// A state machine in a list.
    StateMachineListItem {
        state_machine_arn "stateMachineArn": Arc<str>;
        name "name": Arc<str>;
        machine_type "type": Arc<str>;
        creation_date "creationDate": Timestamp;
    }

    /// What `ValidateStateMachineDefinition` takes.
    ValidateStateMachineDefinitionInput {
        definition "definition": Arc<str> = DEFINITION, required;
        machine_type "type": Option<Arc<str>> = WORKFLOW_TYPE;
        severity "severity": Option<Arc<str>> = Shape::Enum(&["ERROR", "WARNING"]);
        max_results "maxResults": Option<u32> = Shape::Integer { min: 0, max: 100 };
    }

    /// What `ValidateStateMachineDefinition` answers.
    ValidateStateMachineDefinitionOutput {
        result "result": Arc<str>;
        diagnostics "diagnostics": Vec<ValidateStateMachineDefinitionDiagnostic>;
        truncated "truncated": bool;
    }

    /// Something wrong with a definition.
    ValidateStateMachineDefinitionDiagnostic {
        severity "severity": Arc<str>;
        code "code": Arc<str>;
        message "message": Arc<str>;
        location "location": Option<Arc<str>>;
    }
}
