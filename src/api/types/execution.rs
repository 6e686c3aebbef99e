//! Executions.

use std::sync::Arc;

use super::limits::{
    ARN, CAUSE, CLIENT_TOKEN, DATA, ERROR, INCLUDED_DATA, LONG_ARN, NAME, PAGE_SIZE, PAGE_TOKEN,
    TRACE_HEADER,
};
use crate::api::shape::{Shape, structure};
use crate::execution::history::HistoryEvent;
use crate::time::Timestamp;

structure! {
    /// What `StartExecution` takes.
    StartExecutionInput {
        state_machine_arn "stateMachineArn": Arc<str> = ARN, required;
        name "name": Option<Arc<str>> = NAME;
        input "input": Option<Arc<str>> = DATA;
        trace_header "traceHeader": Option<Arc<str>> = TRACE_HEADER;
    }

    /// What `StartExecution` answers.
    StartExecutionOutput {
        execution_arn "executionArn": Arc<str>;
        start_date "startDate": Timestamp;
    }

    /// What `StartSyncExecution` takes.
    StartSyncExecutionInput {
        state_machine_arn "stateMachineArn": Arc<str> = ARN, required;
        name "name": Option<Arc<str>> = NAME;
        input "input": Option<Arc<str>> = DATA;
        trace_header "traceHeader": Option<Arc<str>> = TRACE_HEADER;
        included_data "includedData": Option<Arc<str>> = INCLUDED_DATA;
    }

    /// What `StartSyncExecution` answers.
    StartSyncExecutionOutput {
        execution_arn "executionArn": Arc<str>;
        state_machine_arn "stateMachineArn": Arc<str>;
        name "name": Arc<str>;
        start_date "startDate": Timestamp;
        stop_date "stopDate": Timestamp;
        status "status": Arc<str>;
        error "error": Option<Arc<str>>;
        cause "cause": Option<Arc<str>>;
        input "input": Option<Arc<str>>;
        input_details "inputDetails": CloudWatchEventsExecutionDataDetails;
        output "output": Option<Arc<str>>;
        output_details "outputDetails": CloudWatchEventsExecutionDataDetails;
        trace_header "traceHeader": Option<Arc<str>>;
        billing_details "billingDetails": BillingDetails;
    }

    /// What a synchronous execution costs.
    BillingDetails {
        billed_memory_used_in_mb "billedMemoryUsedInMB": u64;
        billed_duration_in_milliseconds "billedDurationInMilliseconds": u64;
    }

    /// Whether data is part of the answer.
    CloudWatchEventsExecutionDataDetails {
        included "included": bool;
    }

    /// What `DescribeExecution` takes.
    DescribeExecutionInput {
        execution_arn "executionArn": Arc<str> = ARN, required;
        included_data "includedData": Option<Arc<str>> = INCLUDED_DATA;
    }

    /// What `DescribeExecution` answers.
    DescribeExecutionOutput {
        execution_arn "executionArn": Arc<str>;
        state_machine_arn "stateMachineArn": Arc<str>;
        name "name": Arc<str>;
        status "status": Arc<str>;
        start_date "startDate": Timestamp;
        stop_date "stopDate": Option<Timestamp>;
        input "input": Option<Arc<str>>;
        input_details "inputDetails": Option<CloudWatchEventsExecutionDataDetails>;
        output "output": Option<Arc<str>>;
        output_details "outputDetails": Option<CloudWatchEventsExecutionDataDetails>;
        trace_header "traceHeader": Option<Arc<str>>;
        map_run_arn "mapRunArn": Option<Arc<str>>;
        error "error": Option<Arc<str>>;
        cause "cause": Option<Arc<str>>;
        state_machine_version_arn "stateMachineVersionArn": Option<Arc<str>>;
        state_machine_alias_arn "stateMachineAliasArn": Option<Arc<str>>;
        redrive_count "redriveCount": u32;
        redrive_date "redriveDate": Option<Timestamp>;
        redrive_status "redriveStatus": Arc<str>;
        redrive_status_reason "redriveStatusReason": Option<Arc<str>>;
    }

    /// What `ListExecutions` takes.
    ListExecutionsInput {
        state_machine_arn "stateMachineArn": Option<Arc<str>> = ARN;
        status_filter "statusFilter": Option<Arc<str>> = Shape::Enum(&["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "PENDING_REDRIVE"]);
        max_results "maxResults": Option<u32> = PAGE_SIZE;
        next_token "nextToken": Option<Arc<str>> = Shape::text(1, 3096);
        map_run_arn "mapRunArn": Option<Arc<str>> = LONG_ARN;
        redrive_filter "redriveFilter": Option<Arc<str>> = Shape::Enum(&["REDRIVEN", "NOT_REDRIVEN"]);
    }

    /// What `ListExecutions` answers.
    ListExecutionsOutput {
        executions "executions": Vec<ExecutionListItem>;
        next_token "nextToken": Option<Arc<str>>;
    }

    /// An execution in a list.
    ExecutionListItem {
        execution_arn "executionArn": Arc<str>;
        state_machine_arn "stateMachineArn": Arc<str>;
        name "name": Arc<str>;
        status "status": Arc<str>;
        start_date "startDate": Timestamp;
        stop_date "stopDate": Option<Timestamp>;
        map_run_arn "mapRunArn": Option<Arc<str>>;
        item_count "itemCount": Option<u64>;
        state_machine_version_arn "stateMachineVersionArn": Option<Arc<str>>;
        state_machine_alias_arn "stateMachineAliasArn": Option<Arc<str>>;
        redrive_count "redriveCount": Option<u32>;
        redrive_date "redriveDate": Option<Timestamp>;
    }

    /// What `GetExecutionHistory` takes.
    GetExecutionHistoryInput {
        execution_arn "executionArn": Arc<str> = ARN, required;
        max_results "maxResults": Option<u32> = PAGE_SIZE;
        reverse_order "reverseOrder": Option<bool> = Shape::Boolean;
        next_token "nextToken": Option<Arc<str>> = PAGE_TOKEN;
        include_execution_data "includeExecutionData": Option<bool> = Shape::Boolean;
    }

    /// What `GetExecutionHistory` answers.
    GetExecutionHistoryOutput {
        events "events": Vec<HistoryEvent>;
        next_token "nextToken": Option<Arc<str>>;
    }

    /// What `StopExecution` takes.
    StopExecutionInput {
        execution_arn "executionArn": Arc<str> = ARN, required;
        error "error": Option<Arc<str>> = ERROR;
        cause "cause": Option<Arc<str>> = CAUSE;
    }

    /// What `StopExecution` answers.
    StopExecutionOutput {
        stop_date "stopDate": Timestamp;
    }

    /// What `RedriveExecution` takes.
    RedriveExecutionInput {
        execution_arn "executionArn": Arc<str> = ARN, required;
        client_token "clientToken": Option<Arc<str>> = CLIENT_TOKEN;
    }

    /// What `RedriveExecution` answers.
    RedriveExecutionOutput {
        redrive_date "redriveDate": Timestamp;
    }
}
