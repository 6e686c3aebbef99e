//! The optimized integrations: services that a Task calls by an ARN of their own, the ways in
//! which each can be waited for, and the parameters that a call cannot do without.
//!
//! Everything else is called through `aws-sdk:`, of which no list is kept: it has thousands of
//! actions and grows by the week.

use super::resource::Pattern;

/// One action of an optimized integration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OptimizedIntegration {
    /// As the ARN spells it: `lambda`.
    pub service: &'static str,
    /// As the ARN spells it: `invoke`.
    pub action: &'static str,
    /// How its result can be waited for.
    pub patterns: &'static [Pattern],
    /// Parameters without which the service refuses the definition.
    pub required: &'static [&'static str],
}

impl OptimizedIntegration {
    /// The resource ARN with which a pattern is asked for.
    pub fn arn(&self, pattern: Pattern) -> String {
        format!(
            "arn:aws:states:::{}:{}{}",
            self.service,
            self.action,
            pattern.suffix()
        )
    }
}

/// The integration of an action, if it is an optimized one.
pub fn optimized_integration(service: &str, action: &str) -> Option<&'static OptimizedIntegration> {
    OPTIMIZED_INTEGRATIONS
        .iter()
        .find(|integration| integration.service == service && integration.action == action)
}

const RESPONSE: &[Pattern] = &[Pattern::RequestResponse];
const JOB: &[Pattern] = &[Pattern::RequestResponse, Pattern::Sync];
const CALLBACK: &[Pattern] = &[Pattern::RequestResponse, Pattern::WaitForTaskToken];
const JOB_OR_CALLBACK: &[Pattern] = &[
    Pattern::RequestResponse,
    Pattern::Sync,
    Pattern::WaitForTaskToken,
];
const EXECUTION: &[Pattern] = &[
    Pattern::RequestResponse,
    Pattern::Sync,
    Pattern::Sync2,
    Pattern::WaitForTaskToken,
];

const fn on(
    service: &'static str,
    action: &'static str,
    patterns: &'static [Pattern],
    required: &'static [&'static str],
) -> OptimizedIntegration {
    OptimizedIntegration {
        service,
        action,
        patterns,
        required,
    }
}

/// All of them, by service.
pub const OPTIMIZED_INTEGRATIONS: &[OptimizedIntegration] = &[
    on("apigateway", "invoke", CALLBACK, &["ApiEndpoint", "Method"]),
    on(
        "athena",
        "getQueryExecution",
        RESPONSE,
        &["QueryExecutionId"],
    ),
    on("athena", "getQueryResults", RESPONSE, &["QueryExecutionId"]),
    on("athena", "startQueryExecution", JOB, &["QueryString"]),
    on(
        "athena",
        "stopQueryExecution",
        RESPONSE,
        &["QueryExecutionId"],
    ),
    on(
        "batch",
        "submitJob",
        JOB,
        &["JobName", "JobQueue", "JobDefinition"],
    ),
    on("bedrock", "createModelCustomizationJob", JOB, &[]),
    on("bedrock", "invokeModel", JOB_OR_CALLBACK, &["ModelId"]),
    on("codebuild", "batchDeleteBuilds", RESPONSE, &["Ids"]),
    on("codebuild", "batchGetReports", RESPONSE, &["ReportArns"]),
    on("codebuild", "deleteBuildBatch", RESPONSE, &["Id"]),
    on("codebuild", "retryBuildBatch", JOB, &[]),
    on("codebuild", "startBuild", JOB, &["ProjectName"]),
    on("codebuild", "startBuildBatch", JOB, &["ProjectName"]),
    on("codebuild", "stopBuild", RESPONSE, &["Id"]),
    on("codebuild", "stopBuildBatch", RESPONSE, &["Id"]),
    on("databrew", "startJobRun", JOB, &["Name"]),
    on("dynamodb", "deleteItem", RESPONSE, &["TableName", "Key"]),
    on("dynamodb", "getItem", RESPONSE, &["TableName", "Key"]),
    on("dynamodb", "putItem", RESPONSE, &["TableName", "Item"]),
    on("dynamodb", "updateItem", RESPONSE, &["TableName", "Key"]),
    on("ecs", "runTask", JOB_OR_CALLBACK, &["TaskDefinition"]),
    on("eks", "call", RESPONSE, &[]),
    on("eks", "createCluster", JOB, &[]),
    on("eks", "createFargateProfile", JOB, &[]),
    on("eks", "createNodegroup", JOB, &[]),
    on("eks", "deleteCluster", JOB, &[]),
    on("eks", "deleteFargateProfile", JOB, &[]),
    on("eks", "deleteNodegroup", JOB, &[]),
    on("eks", "runJob", JOB, &[]),
    on("elasticmapreduce", "addStep", JOB, &[]),
    on("elasticmapreduce", "cancelStep", RESPONSE, &[]),
    on("elasticmapreduce", "createCluster", JOB, &[]),
    on(
        "elasticmapreduce",
        "modifyInstanceFleetByName",
        RESPONSE,
        &[],
    ),
    on(
        "elasticmapreduce",
        "modifyInstanceGroupByName",
        RESPONSE,
        &[],
    ),
    on(
        "elasticmapreduce",
        "setClusterTerminationProtection",
        RESPONSE,
        &[],
    ),
    on("elasticmapreduce", "terminateCluster", JOB, &[]),
    on("emr-containers", "createManagedEndpoint", RESPONSE, &[]),
    on("emr-containers", "createVirtualCluster", RESPONSE, &[]),
    on("emr-containers", "deleteManagedEndpoint", RESPONSE, &[]),
    on("emr-containers", "deleteVirtualCluster", JOB, &[]),
    on("emr-containers", "startJobRun", JOB, &[]),
    on("emr-serverless", "cancelJobRun", JOB, &[]),
    on("emr-serverless", "createApplication", JOB, &[]),
    on("emr-serverless", "deleteApplication", JOB, &[]),
    on("emr-serverless", "startApplication", JOB, &[]),
    on("emr-serverless", "startJobRun", JOB, &[]),
    on("emr-serverless", "stopApplication", JOB, &[]),
    on("events", "putEvents", CALLBACK, &["Entries"]),
    on("glue", "startJobRun", JOB, &["JobName"]),
    on("http", "invoke", RESPONSE, &["ApiEndpoint", "Method"]),
    on("lambda", "invoke", CALLBACK, &["FunctionName"]),
    on("mediaconvert", "createJob", JOB, &[]),
    on("sagemaker", "createEndpoint", RESPONSE, &[]),
    on("sagemaker", "createEndpointConfig", RESPONSE, &[]),
    on("sagemaker", "createHyperParameterTuningJob", JOB, &[]),
    on("sagemaker", "createLabelingJob", JOB, &[]),
    on("sagemaker", "createModel", RESPONSE, &[]),
    on("sagemaker", "createProcessingJob", JOB, &[]),
    on("sagemaker", "createTrainingJob", JOB, &[]),
    on("sagemaker", "createTransformJob", JOB, &[]),
    on("sagemaker", "updateEndpoint", RESPONSE, &[]),
    on("sns", "publish", CALLBACK, &["Message"]),
    on("sqs", "sendMessage", CALLBACK, &["QueueUrl", "MessageBody"]),
    on("states", "startExecution", EXECUTION, &["StateMachineArn"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_says_nothing_twice() {
        let names: Vec<_> = OPTIMIZED_INTEGRATIONS
            .iter()
            .map(|integration| (integration.service, integration.action))
            .collect();
        assert!(names.is_sorted());
        let mut once = names.clone();
        once.dedup();
        assert_eq!(once, names);
    }

    #[test]
    fn arns_are_read_back() {
        use super::super::resource::{Integration, Resource};
        for integration in OPTIMIZED_INTEGRATIONS {
            for &pattern in integration.patterns {
                let arn = integration.arn(pattern);
                let read = Resource::read(arn.as_str().into(), Default::default());
                let Integration::Service {
                    service, action, ..
                } = &read.integration
                else {
                    panic!("{arn} is no service");
                };
                assert_eq!(read.integration.pattern(), pattern, "{arn}");
                let found = optimized_integration(service, action);
                assert_eq!(found, Some(integration), "{arn}");
            }
        }
    }
}
