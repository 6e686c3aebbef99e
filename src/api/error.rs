//! What the service answers when it refuses a request.

use std::fmt;

use crate::source::json::{Object, Value};

/// `ApiError`: a code of the service and a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    /// Which one.
    pub code: ErrorCode,
    /// What is wrong, in the service's words.
    pub message: String,
    /// `reason` of a ValidationException, where the service gives one.
    pub reason: Option<&'static str>,
}

macro_rules! error_codes {
    ($($name:ident $space:literal,)*) => {
        /// The errors of the service, and those that every service of AWS has.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum ErrorCode {
            $(#[doc = concat!("`", stringify!($name), "`")] $name,)*
        }

        impl ErrorCode {
            /// All of them.
            pub const ALL: &'static [ErrorCode] = &[$(ErrorCode::$name,)*];

            /// The name that clients know it by.
            pub fn as_str(self) -> &'static str {
                match self { $(ErrorCode::$name => stringify!($name),)* }
            }

            /// The namespace on the wire.
            fn space(self) -> &'static str {
                match self { $(ErrorCode::$name => $space,)* }
            }
        }
    };
}

error_codes! {
    ActivityAlreadyExists "com.amazonaws.swf.service.v2.model",
    ActivityDoesNotExist "com.amazonaws.swf.service.v2.model",
    ActivityLimitExceeded "com.amazonaws.swf.service.v2.model",
    ActivityWorkerLimitExceeded "com.amazonaws.swf.service.v2.model",
    ConflictException "com.amazonaws.swf.service.v2.model",
    ExecutionAlreadyExists "com.amazonaws.swf.service.v2.model",
    ExecutionDoesNotExist "com.amazonaws.swf.service.v2.model",
    ExecutionLimitExceeded "com.amazonaws.swf.service.v2.model",
    ExecutionNotRedrivable "com.amazonaws.swf.service.v2.model",
    InvalidArn "com.amazonaws.swf.service.v2.model",
    InvalidDefinition "com.amazonaws.swf.service.v2.model",
    InvalidEncryptionConfiguration "com.amazonaws.swf.service.v2.model",
    InvalidExecutionInput "com.amazonaws.swf.service.v2.model",
    InvalidLoggingConfiguration "com.amazonaws.swf.service.v2.model",
    InvalidName "com.amazonaws.swf.service.v2.model",
    InvalidOutput "com.amazonaws.swf.service.v2.model",
    InvalidToken "com.amazonaws.swf.service.v2.model",
    InvalidTracingConfiguration "com.amazonaws.swf.service.v2.model",
    MissingRequiredParameter "com.amazonaws.swf.service.v2.model",
    ResourceNotFound "com.amazonaws.swf.service.v2.model",
    ServiceQuotaExceededException "com.amazonaws.swf.service.v2.model",
    StateMachineAlreadyExists "com.amazonaws.swf.service.v2.model",
    StateMachineDeleting "com.amazonaws.swf.service.v2.model",
    StateMachineDoesNotExist "com.amazonaws.swf.service.v2.model",
    StateMachineLimitExceeded "com.amazonaws.swf.service.v2.model",
    StateMachineTypeNotSupported "com.amazonaws.swf.service.v2.model",
    TaskDoesNotExist "com.amazonaws.swf.service.v2.model",
    TaskTimedOut "com.amazonaws.swf.service.v2.model",
    TooManyTags "com.amazonaws.swf.service.v2.model",
    ValidationException "com.amazon.coral.validate",
    SerializationException "com.amazon.coral.service",
    UnknownOperationException "com.amazon.coral.service",
}

impl ApiError {
    /// An error without a reason.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            reason: None,
        }
    }

    /// A ValidationException.
    pub fn validation(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ValidationException, message)
    }

    /// A ValidationException with its `reason`.
    pub fn validation_for(reason: &'static str, message: impl Into<String>) -> Self {
        Self {
            reason: Some(reason),
            ..Self::validation(message)
        }
    }

    /// An error that is told as `Title: 'what'`, the service's most common form.
    pub fn about(code: ErrorCode, what: impl fmt::Display) -> Self {
        let title = match code {
            ErrorCode::InvalidDefinition => "Invalid State Machine Definition".to_owned(),
            ErrorCode::InvalidExecutionInput => "Invalid State Machine Execution Input".to_owned(),
            other => spaced(other.as_str()),
        };
        Self::new(code, format!("{title}: '{what}'"))
    }

    /// The body of the answer.
    pub fn to_value(&self) -> Value {
        let mut body = Object::default();
        let (space, code) = (self.code.space(), self.code.as_str());
        body.insert("__type", format!("{space}#{code}"));
        body.insert("message", self.message.as_str());
        if let Some(reason) = self.reason {
            body.insert("reason", reason);
        }
        body.into()
    }
}

/// `StateMachineDoesNotExist` as `State Machine Does Not Exist`.
fn spaced(name: &str) -> String {
    let mut text = String::new();
    for char in name.chars() {
        if char.is_ascii_uppercase() && !text.is_empty() {
            text.push(' ');
        }
        text.push(char);
    }
    text
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.as_str(), self.message)
    }
}

impl std::error::Error for ApiError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_the_codes_in_words() {
        let error = ApiError::about(ErrorCode::StateMachineDoesNotExist, "arn:x");
        assert_eq!(error.message, "State Machine Does Not Exist: 'arn:x'");
        let error = ApiError::about(ErrorCode::InvalidArn, "Invalid ARN prefix: x");
        assert_eq!(error.message, "Invalid Arn: 'Invalid ARN prefix: x'");
    }
}
