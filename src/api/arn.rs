//! Amazon Resource Names of the service, taken apart.

use std::fmt;
use std::sync::Arc;

use super::error::{ApiError, ErrorCode};

/// What an ARN of the service names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arn {
    /// `aws`, `aws-cn` …
    pub partition: Arc<str>,
    /// The region.
    pub region: Arc<str>,
    /// The account, twelve digits.
    pub account: Arc<str>,
    /// The resource.
    pub resource: Resource,
}

/// The resources that have an ARN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resource {
    /// `stateMachine:NAME`
    StateMachine(Arc<str>),
    /// `stateMachine:NAME:3`
    Version(Arc<str>, u64),
    /// `stateMachine:NAME:ALIAS`
    Alias(Arc<str>, Arc<str>),
    /// `stateMachine:NAME/LABEL`: a distributed Map state.
    MapState(Arc<str>, Arc<str>),
    /// `execution:NAME:EXECUTION`; the name may be `NAME/LABEL` in a Map Run.
    Execution(Arc<str>, Arc<str>),
    /// `express:NAME:EXECUTION:ID`
    Express(Arc<str>, Arc<str>, Arc<str>),
    /// `activity:NAME`
    Activity(Arc<str>),
    /// `mapRun:NAME/LABEL:ID`
    MapRun(Arc<str>, Arc<str>, Arc<str>),
}

impl Arn {
    /// Reads an ARN.
    ///
    /// Learned from recordings: what does not begin like an ARN is told as an invalid
    /// prefix with the whole text.
    pub fn parse(text: &str) -> Result<Self, ApiError> {
        let wrong = |what: String| Err(ApiError::about(ErrorCode::InvalidArn, what));
        let mut parts = text.splitn(6, ':');
        let mut next = || parts.next();
        if next() != Some("arn") {
            return wrong(format!("Invalid ARN prefix: {text}"));
        }
        let Some(partition) = next().filter(|partition| is_partition(partition)) else {
            return wrong(format!("Invalid partition in ARN: {text}"));
        };
        if next() != Some("states") {
            return wrong(format!("Invalid service name in ARN: {text}"));
        }
        let Some(region) = next().filter(|region| !region.is_empty()) else {
            return wrong(format!("Invalid region in ARN: {text}"));
        };
        let account = next();
        let Some(account) = account.filter(|account| is_account(account)) else {
            return wrong(format!("Invalid account ID in ARN: {text}"));
        };
        let Some(resource) = next() else {
            return wrong(format!("Missing resource in ARN: {text}"));
        };
        let Some(resource) = Resource::parse(resource) else {
            return wrong(format!("Invalid resource in ARN: {text}"));
        };
        Ok(Self {
            partition: partition.into(),
            region: region.into(),
            account: account.into(),
            resource,
        })
    }

    /// The error for a resource of a kind that an operation does not take.
    pub fn out_of_place(&self) -> ApiError {
        let kind = self.resource.kind();
        let what = format!("Resource type not valid in this context: {kind}");
        ApiError::about(ErrorCode::InvalidArn, what)
    }
}

fn is_partition(text: &str) -> bool {
    text == "aws" || text.starts_with("aws-")
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl Resource {
    fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(':')?;
        let parts: Vec<&str> = rest.split(':').collect();
        if parts.iter().any(|part| part.is_empty()) {
            return None;
        }
        Some(match (kind, parts.as_slice()) {
            ("stateMachine", [name]) => match name.split_once('/') {
                Some((name, label)) => Self::MapState(name.into(), label.into()),
                None => Self::StateMachine((*name).into()),
            },
            ("stateMachine", [name, qualifier]) => match qualifier.parse() {
                Ok(number) => Self::Version((*name).into(), number),
                Err(_) => Self::Alias((*name).into(), (*qualifier).into()),
            },
            ("execution", [machine, name]) => Self::Execution((*machine).into(), (*name).into()),
            ("express", [machine, name, id]) => {
                Self::Express((*machine).into(), (*name).into(), (*id).into())
            }
            ("activity", [name]) => Self::Activity((*name).into()),
            ("mapRun", [machine, id]) => {
                let (machine, label) = machine.split_once('/')?;
                Self::MapRun(machine.into(), label.into(), (*id).into())
            }
            _ => return None,
        })
    }

    /// The kind, as ARNs spell it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::StateMachine(_) | Self::Version(..) | Self::Alias(..) | Self::MapState(..) => {
                "stateMachine"
            }
            Self::Execution(..) => "execution",
            Self::Express(..) => "express",
            Self::Activity(_) => "activity",
            Self::MapRun(..) => "mapRun",
        }
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (partition, region, account) = (&self.partition, &self.region, &self.account);
        write!(f, "arn:{partition}:states:{region}:{account}:")?;
        write!(f, "{}:", self.resource.kind())?;
        match &self.resource {
            Resource::StateMachine(name) | Resource::Activity(name) => f.write_str(name),
            Resource::Version(name, number) => write!(f, "{name}:{number}"),
            Resource::Alias(name, alias) => write!(f, "{name}:{alias}"),
            Resource::MapState(name, label) => write!(f, "{name}/{label}"),
            Resource::Execution(machine, name) => write!(f, "{machine}:{name}"),
            Resource::Express(machine, name, id) => write!(f, "{machine}:{name}:{id}"),
            Resource::MapRun(machine, label, id) => write!(f, "{machine}/{label}:{id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for resource in [
            "stateMachine:m",
            "stateMachine:m:3",
            "stateMachine:m:PROD",
            "stateMachine:m/label",
            "execution:m:e",
            "execution:m/label:e",
            "express:m:e:id",
            "activity:a",
            "mapRun:m/label:id",
        ] {
            let text = format!("arn:aws:states:us-east-1:123456789012:{resource}");
            assert_eq!(Arn::parse(&text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, message) in [
            ("x", "Invalid Arn: 'Invalid ARN prefix: x'"),
            ("", "Invalid Arn: 'Invalid ARN prefix: '"),
            (
                "arn:aws:s3:us-east-1:123456789012:b",
                "Invalid Arn: 'Invalid service name in ARN: arn:aws:s3:us-east-1:123456789012:b'",
            ),
            (
                "arn:aws:states:us-east-1:12:activity:a",
                "Invalid Arn: 'Invalid account ID in ARN: arn:aws:states:us-east-1:12:activity:a'",
            ),
            (
                "arn:aws:states:us-east-1:123456789012:activity:",
                "Invalid Arn: 'Invalid resource in ARN: arn:aws:states:us-east-1:123456789012:activity:'",
            ),
        ] {
            assert_eq!(Arn::parse(text).unwrap_err().message, message);
        }
    }
}
