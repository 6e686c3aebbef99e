//! What a Task's `Resource` calls, and how it waits for the answer.

use std::fmt;
use std::sync::Arc;

use crate::source::Span;

/// `Resource` of a Task state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// The text as written.
    pub text: Arc<str>,
    /// The bytes of the string, quotes included.
    pub span: Span,
    /// What it means.
    pub integration: Integration,
}

/// What a resource ARN calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Integration {
    /// A Lambda function by its own ARN.
    LambdaFunction {
        /// The function's name.
        name: Arc<str>,
    },
    /// An activity that workers poll.
    Activity {
        /// The activity's name.
        name: Arc<str>,
    },
    /// A service integration, optimised or through the AWS SDK.
    Service {
        /// `lambda`, `sqs`, `states` …
        service: Arc<str>,
        /// `invoke`, `sendMessage`, `startExecution` …
        action: Arc<str>,
        /// How it waits.
        pattern: Pattern,
        /// Whether it stands behind `aws-sdk:`.
        is_sdk: bool,
    },
    /// The whole ARN, or the part that tells, comes from a deployment tool.
    Substituted,
    /// Not an ARN this library knows.
    Unknown,
}

/// How a service integration waits for its result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pattern {
    /// Goes on with the response of the call.
    #[default]
    RequestResponse,
    /// `.sync`: waits until the job is done.
    Sync,
    /// `.sync:2`: the same with a parsed output.
    Sync2,
    /// `.waitForTaskToken`: waits until somebody sends the token back.
    WaitForTaskToken,
}

impl Pattern {
    /// The suffix of the action in an ARN.
    pub fn suffix(self) -> &'static str {
        match self {
            Pattern::RequestResponse => "",
            Pattern::Sync => ".sync",
            Pattern::Sync2 => ".sync:2",
            Pattern::WaitForTaskToken => ".waitForTaskToken",
        }
    }
}

impl Resource {
    /// Reads a resource; any text is one.
    pub fn read(text: Arc<str>, span: Span) -> Self {
        let integration = Integration::read(&text);
        Self {
            text,
            span,
            integration,
        }
    }
}

impl Integration {
    fn read(text: &str) -> Self {
        // Substitutions may hold colons (`${AWS::Region}`); they count as one part.
        let plain = without_substitutions(text);
        let parts: Vec<&str> = plain.splitn(6, ':').collect();
        let ["arn", _partition, service, _region, _account, rest] = parts.as_slice() else {
            return if text.contains("${") {
                Self::Substituted
            } else {
                Self::Unknown
            };
        };
        match (*service, rest.split_once(':')) {
            ("lambda", Some(("function", name))) => Self::LambdaFunction { name: name.into() },
            ("states", Some(("activity", name))) => Self::Activity { name: name.into() },
            ("states", Some(_)) => Self::service(rest),
            _ if text.contains("${") => Self::Substituted,
            _ => Self::Unknown,
        }
    }

    fn service(rest: &str) -> Self {
        let (rest, is_sdk) = match rest.strip_prefix("aws-sdk:") {
            Some(rest) => (rest, true),
            None => (rest, false),
        };
        let Some((service, action)) = rest.split_once(':') else {
            return Self::Unknown;
        };
        let patterns = [Pattern::Sync2, Pattern::Sync, Pattern::WaitForTaskToken];
        let found = patterns.into_iter().find_map(|pattern| {
            let action = action.strip_suffix(pattern.suffix())?;
            Some((action, pattern))
        });
        let (action, pattern) = found.unwrap_or((action, Pattern::RequestResponse));
        Self::Service {
            service: service.into(),
            action: action.into(),
            pattern,
            is_sdk,
        }
    }

    /// The pattern; request-response for what has none.
    pub fn pattern(&self) -> Pattern {
        match self {
            Self::Service { pattern, .. } => *pattern,
            Self::LambdaFunction { .. }
            | Self::Activity { .. }
            | Self::Substituted
            | Self::Unknown => Pattern::RequestResponse,
        }
    }
}

impl fmt::Display for Integration {
    /// Service and action for people: `Lambda invoke`, `SQS sendMessage`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LambdaFunction { .. } => f.write_str("Lambda function"),
            Self::Activity { .. } => f.write_str("Activity"),
            Self::Substituted => f.write_str("Task"),
            Self::Unknown => f.write_str("Unknown resource"),
            Self::Service {
                service, action, ..
            } => write!(f, "{} {action}", service_title(service)),
        }
    }
}

/// A service's name as AWS writes it, where that is not simply its capitalised key.
fn service_title(service: &str) -> String {
    const TITLES: &[(&str, &str)] = &[
        ("apigateway", "API Gateway"),
        ("codebuild", "CodeBuild"),
        ("databrew", "DataBrew"),
        ("dynamodb", "DynamoDB"),
        ("ec2", "EC2"),
        ("ecs", "ECS"),
        ("eks", "EKS"),
        ("elasticmapreduce", "EMR"),
        ("emr-containers", "EMR on EKS"),
        ("emr-serverless", "EMR Serverless"),
        ("eventbridge", "EventBridge"),
        ("events", "EventBridge"),
        ("http", "HTTP"),
        ("mediaconvert", "MediaConvert"),
        ("rds", "RDS"),
        ("s3", "S3"),
        ("sagemaker", "SageMaker"),
        ("ses", "SES"),
        ("sesv2", "SES"),
        ("sfn", "Step Functions"),
        ("sns", "SNS"),
        ("sqs", "SQS"),
        ("ssm", "SSM"),
        ("states", "Step Functions"),
        ("sts", "STS"),
    ];
    if let Some((_, title)) = TITLES.iter().find(|(key, _)| *key == service) {
        return (*title).to_owned();
    }
    let mut chars = service.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

fn without_substitutions(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        plain.push_str(before);
        plain.push('$');
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_arns() {
        let service = |service: &str, action: &str, pattern, is_sdk| Integration::Service {
            service: service.into(),
            action: action.into(),
            pattern,
            is_sdk,
        };
        for (text, integration, title) in [
            (
                "arn:aws:lambda:us-east-1:123456789012:function:f:1",
                Integration::LambdaFunction { name: "f:1".into() },
                "Lambda function",
            ),
            (
                "arn:aws-cn:states:x:1:activity:a",
                Integration::Activity { name: "a".into() },
                "Activity",
            ),
            (
                "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                service("sqs", "sendMessage", Pattern::WaitForTaskToken, false),
                "SQS sendMessage",
            ),
            (
                "arn:aws:states:::states:startExecution.sync:2",
                service("states", "startExecution", Pattern::Sync2, false),
                "Step Functions startExecution",
            ),
            (
                "arn:aws:states:::aws-sdk:textract:getDocumentAnalysis",
                service(
                    "textract",
                    "getDocumentAnalysis",
                    Pattern::RequestResponse,
                    true,
                ),
                "Textract getDocumentAnalysis",
            ),
            (
                "arn:${AWS::Partition}:states:::lambda:invoke",
                service("lambda", "invoke", Pattern::RequestResponse, false),
                "Lambda invoke",
            ),
            ("${FunctionArn}", Integration::Substituted, "Task"),
            (
                "arn:aws:states:::lambda",
                Integration::Unknown,
                "Unknown resource",
            ),
            ("", Integration::Unknown, "Unknown resource"),
        ] {
            let read = Integration::read(text);
            assert_eq!(read, integration, "{text}");
            assert_eq!(read.to_string(), title, "{text}");
        }
    }
}
