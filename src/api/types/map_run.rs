//! Map Runs.

use std::sync::Arc;

use super::limits::{ARN, COUNT, LONG_ARN, LONG_COUNT, PAGE_SIZE, PAGE_TOKEN};
use crate::api::shape::{Shape, structure};
use crate::source::json::Number;
use crate::time::Timestamp;

structure! {
    /// What `DescribeMapRun` takes.
    DescribeMapRunInput {
        map_run_arn "mapRunArn": Arc<str> = LONG_ARN, required;
    }

    /// What `DescribeMapRun` answers.
    DescribeMapRunOutput {
        map_run_arn "mapRunArn": Arc<str>;
        execution_arn "executionArn": Arc<str>;
        status "status": Arc<str>;
        start_date "startDate": Timestamp;
        stop_date "stopDate": Option<Timestamp>;
        max_concurrency "maxConcurrency": u64;
        tolerated_failure_percentage "toleratedFailurePercentage": Number;
        tolerated_failure_count "toleratedFailureCount": u64;
        item_counts "itemCounts": MapRunCounts;
        execution_counts "executionCounts": MapRunCounts;
        redrive_count "redriveCount": Option<u32>;
        redrive_date "redriveDate": Option<Timestamp>;
    }

    /// `MapRunItemCounts` and `MapRunExecutionCounts`, which have the same members.
    MapRunCounts {
        pending "pending": u64;
        running "running": u64;
        succeeded "succeeded": u64;
        failed "failed": u64;
        timed_out "timedOut": u64;
        aborted "aborted": u64;
        total "total": u64;
        results_written "resultsWritten": u64;
        failures_not_redrivable "failuresNotRedrivable": Option<u64>;
        pending_redrive "pendingRedrive": Option<u64>;
    }

    /// What `ListMapRuns` takes.
    ListMapRunsInput {
        execution_arn "executionArn": Arc<str> = ARN, required;
        max_results "maxResults": Option<u32> = PAGE_SIZE;
        next_token "nextToken": Option<Arc<str>> = PAGE_TOKEN;
    }

    /// What `ListMapRuns` answers.
    ListMapRunsOutput {
        map_runs "mapRuns": Vec<MapRunListItem>;
        next_token "nextToken": Option<Arc<str>>;
    }

    /// A Map Run in a list.
    MapRunListItem {
        execution_arn "executionArn": Arc<str>;
        map_run_arn "mapRunArn": Arc<str>;
        state_machine_arn "stateMachineArn": Arc<str>;
        start_date "startDate": Timestamp;
        stop_date "stopDate": Option<Timestamp>;
    }

    /// What `UpdateMapRun` takes.
    UpdateMapRunInput {
        map_run_arn "mapRunArn": Arc<str> = LONG_ARN, required;
        max_concurrency "maxConcurrency": Option<u64> = COUNT;
        tolerated_failure_percentage "toleratedFailurePercentage": Option<Number> = Shape::Float { min: 0.0, max: 100.0 };
        tolerated_failure_count "toleratedFailureCount": Option<u64> = LONG_COUNT;
    }

    /// What `UpdateMapRun` answers.
    UpdateMapRunOutput {}
}
