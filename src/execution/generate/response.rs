//! What integrations answer: the parts of a response that every call has.

use crate::asl::{Integration, Pattern};
use crate::source::json::Value;

/// The usual response of an integration; `null` stands for what only the machine knows.
///
/// Sources: the response syntax of each action in the API reference of its service, and
/// for the optimised integrations "Integrating services" in the Step Functions guide.
pub(super) fn response(integration: &Integration) -> Value {
    let Integration::Service {
        service,
        action,
        pattern,
        is_sdk,
    } = integration
    else {
        return Value::empty_object();
    };
    // Whoever returns a token decides what comes back.
    if *pattern == Pattern::WaitForTaskToken {
        return Value::empty_object();
    }
    let text = match (is_sdk, &**service, &**action, pattern) {
        (false, "lambda", "invoke", _) => {
            r#"{"ExecutedVersion": "$LATEST", "Payload": {}, "StatusCode": 200}"#
        }
        (false, "http", "invoke", _) => {
            r#"{"Headers": {}, "ResponseBody": {}, "StatusCode": 200, "StatusText": "OK"}"#
        }
        (false, "apigateway", "invoke", _) => {
            r#"{"Headers": {}, "ResponseBody": {}, "StatusCode": 200, "StatusText": "OK"}"#
        }
        (false, "bedrock", "invokeModel", _) => {
            r#"{"Body": {}, "ContentType": "application/json"}"#
        }
        (_, "dynamodb", "getItem", _) => r#"{"Item": {}}"#,
        (_, "dynamodb", "query" | "scan", _) => r#"{"Count": 1, "Items": [{}], "ScannedCount": 1}"#,
        (_, "sns", "publish", _) => r#"{"MessageId": "00000000-0000-4000-8000-000000000001"}"#,
        (_, "sqs", "sendMessage", _) => {
            r#"{"MD5OfMessageBody": "d41d8cd98f00b204e9800998ecf8427e", "MessageId": "00000000-0000-4000-8000-000000000001"}"#
        }
        (_, "events" | "eventbridge", "putEvents", _) => {
            r#"{"Entries": [{"EventId": "00000000-0000-4000-8000-000000000001"}], "FailedEntryCount": 0}"#
        }
        (false, "states", "startExecution", Pattern::Sync2) => {
            r#"{"ExecutionArn": "arn:aws:states:us-east-1:123456789012:execution:child:run", "Output": {}, "Status": "SUCCEEDED"}"#
        }
        (false, "states", "startExecution", Pattern::Sync) => {
            r#"{"ExecutionArn": "arn:aws:states:us-east-1:123456789012:execution:child:run", "Status": "SUCCEEDED"}"#
        }
        (_, "states" | "sfn", "startExecution", _) => {
            r#"{"ExecutionArn": "arn:aws:states:us-east-1:123456789012:execution:child:run", "StartDate": "2026-01-01T00:00:00Z"}"#
        }
        (_, "athena", "startQueryExecution", Pattern::Sync) => {
            r#"{"QueryExecution": {"QueryExecutionId": "query-1", "Status": {"State": "SUCCEEDED"}}}"#
        }
        (_, "athena", "startQueryExecution", _) => r#"{"QueryExecutionId": "query-1"}"#,
        (_, "athena", "getQueryResults", _) => {
            r#"{"ResultSet": {"Rows": [{"Data": [{"VarCharValue": "value"}]}]}}"#
        }
        (_, "glue", "startJobRun", Pattern::Sync) => {
            r#"{"Id": "run-1", "JobRunState": "SUCCEEDED"}"#
        }
        (_, "glue", "startJobRun", _) => r#"{"JobRunId": "run-1"}"#,
        (_, "batch", "submitJob", Pattern::Sync) => {
            r#"{"JobId": "job-1", "JobName": "job", "Status": "SUCCEEDED"}"#
        }
        (_, "batch", "submitJob", _) => r#"{"JobId": "job-1", "JobName": "job"}"#,
        (_, "ecs", "runTask", Pattern::Sync) => {
            r#"{"LastStatus": "STOPPED", "TaskArn": "arn:aws:ecs:us-east-1:123456789012:task/cluster/1"}"#
        }
        (_, "codebuild", "startBuild", Pattern::Sync) => {
            r#"{"Build": {"BuildStatus": "SUCCEEDED", "Id": "build-1"}}"#
        }
        (_, "s3", "listObjectsV2", _) => {
            r#"{"Contents": [{"Key": "key", "Size": 1}], "IsTruncated": false, "KeyCount": 1}"#
        }
        _ => return Value::empty_object(),
    };
    Value::parse(text).expect("the table holds JSON")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asl::Resource;
    use crate::source::Span;

    #[test]
    fn knows_the_usual_ones() {
        for (resource, member) in [
            ("arn:aws:states:::lambda:invoke", "Payload"),
            ("arn:aws:states:::http:invoke", "ResponseBody"),
            ("arn:aws:states:::apigateway:invoke", "ResponseBody"),
            ("arn:aws:states:::bedrock:invokeModel", "Body"),
            ("arn:aws:states:::dynamodb:getItem", "Item"),
            ("arn:aws:states:::aws-sdk:dynamodb:query", "Items"),
            ("arn:aws:states:::sns:publish", "MessageId"),
            ("arn:aws:states:::sqs:sendMessage", "MD5OfMessageBody"),
            ("arn:aws:states:::events:putEvents", "FailedEntryCount"),
            ("arn:aws:states:::states:startExecution.sync:2", "Output"),
            ("arn:aws:states:::states:startExecution.sync", "Status"),
            ("arn:aws:states:::states:startExecution", "StartDate"),
            (
                "arn:aws:states:::athena:startQueryExecution.sync",
                "QueryExecution",
            ),
            (
                "arn:aws:states:::athena:startQueryExecution",
                "QueryExecutionId",
            ),
            ("arn:aws:states:::athena:getQueryResults", "ResultSet"),
            ("arn:aws:states:::glue:startJobRun.sync", "JobRunState"),
            ("arn:aws:states:::glue:startJobRun", "JobRunId"),
            ("arn:aws:states:::batch:submitJob.sync", "Status"),
            ("arn:aws:states:::batch:submitJob", "JobId"),
            ("arn:aws:states:::ecs:runTask.sync", "TaskArn"),
            ("arn:aws:states:::codebuild:startBuild.sync", "Build"),
            ("arn:aws:states:::aws-sdk:s3:listObjectsV2", "Contents"),
        ] {
            let resource = Resource::read(resource.into(), Span::at(0));
            let response = response(&resource.integration);
            assert!(response.get(member).is_some(), "{}", resource.text);
        }
    }
}
