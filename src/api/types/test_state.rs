//! `TestState`.

use std::sync::Arc;

use super::limits::{ARN, CAUSE, COUNT, DATA, DEFINITION, ERROR, STATE_NAME};
use crate::api::shape::{Shape, structure};
use crate::source::json::Number;

structure! {
    /// What `TestState` takes.
    TestStateInput {
        definition "definition": Arc<str> = DEFINITION, required;
        role_arn "roleArn": Option<Arc<str>> = ARN;
        input "input": Option<Arc<str>> = DATA;
        inspection_level "inspectionLevel": Option<Arc<str>> = Shape::Enum(&["INFO", "DEBUG", "TRACE"]);
        reveal_secrets "revealSecrets": Option<bool> = Shape::Boolean;
        variables "variables": Option<Arc<str>> = DATA;
        state_name "stateName": Option<Arc<str>> = STATE_NAME;
        mock "mock": Option<MockInput> = MockInput::SHAPE;
        context "context": Option<Arc<str>> = DATA;
        state_configuration "stateConfiguration": Option<TestStateConfiguration> = TestStateConfiguration::SHAPE;
    }

    /// What a state gets instead of the result of its work.
    MockInput {
        result "result": Option<Arc<str>> = DATA;
        error_output "errorOutput": Option<MockErrorOutput> = MockErrorOutput::SHAPE;
        field_validation_mode "fieldValidationMode": Option<Arc<str>> = Shape::Enum(&["STRICT", "PRESENT", "NONE"]);
    }

    /// An error that a state gets.
    MockErrorOutput {
        error "error": Option<Arc<str>> = ERROR;
        cause "cause": Option<Arc<str>> = CAUSE;
    }

    /// Where in its life the state is tested.
    TestStateConfiguration {
        retrier_retry_count "retrierRetryCount": Option<u64> = COUNT;
        error_caused_by_state "errorCausedByState": Option<Arc<str>> = STATE_NAME;
        map_iteration_failure_count "mapIterationFailureCount": Option<u64> = COUNT;
        map_item_reader_data "mapItemReaderData": Option<Arc<str>> = DATA;
    }

    /// What `TestState` answers.
    TestStateOutput {
        output "output": Option<Arc<str>>;
        error "error": Option<Arc<str>>;
        cause "cause": Option<Arc<str>>;
        inspection_data "inspectionData": Option<InspectionData>;
        next_state "nextState": Option<Arc<str>>;
        status "status": Arc<str>;
    }

    /// What data looks like after each stage.
    InspectionData {
        input "input": Option<Arc<str>>;
        after_arguments "afterArguments": Option<Arc<str>>;
        after_input_path "afterInputPath": Option<Arc<str>>;
        after_parameters "afterParameters": Option<Arc<str>>;
        result "result": Option<Arc<str>>;
        after_result_selector "afterResultSelector": Option<Arc<str>>;
        after_result_path "afterResultPath": Option<Arc<str>>;
        request "request": Option<InspectionDataRequest>;
        response "response": Option<InspectionDataResponse>;
        variables "variables": Option<Arc<str>>;
        error_details "errorDetails": Option<InspectionErrorDetails>;
        after_items_path "afterItemsPath": Option<Arc<str>>;
        after_item_selector "afterItemSelector": Option<Arc<str>>;
        after_item_batcher "afterItemBatcher": Option<Arc<str>>;
        after_items_pointer "afterItemsPointer": Option<Arc<str>>;
        tolerated_failure_count "toleratedFailureCount": Option<u64>;
        tolerated_failure_percentage "toleratedFailurePercentage": Option<Number>;
        max_concurrency "maxConcurrency": Option<u64>;
    }

    /// What an HTTP Task sends.
    InspectionDataRequest {
        protocol "protocol": Option<Arc<str>>;
        method "method": Option<Arc<str>>;
        url "url": Option<Arc<str>>;
        headers "headers": Option<Arc<str>>;
        body "body": Option<Arc<str>>;
    }

    /// What an HTTP Task gets.
    InspectionDataResponse {
        protocol "protocol": Option<Arc<str>>;
        status_code "statusCode": Option<Arc<str>>;
        status_message "statusMessage": Option<Arc<str>>;
        headers "headers": Option<Arc<str>>;
        body "body": Option<Arc<str>>;
    }

    /// Who handled an error.
    InspectionErrorDetails {
        catch_index "catchIndex": Option<u64>;
        retry_index "retryIndex": Option<u64>;
        retry_backoff_interval_seconds "retryBackoffIntervalSeconds": Option<u64>;
    }
}
