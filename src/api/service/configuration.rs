//! Logging, tracing and encryption: checked, completed, returned.

use crate::api::error::{ApiError, ErrorCode};
use crate::api::types::configuration::{
    EncryptionConfiguration, LoggingConfiguration, TracingConfiguration,
};

/// Checks a logging configuration and fills in what it leaves out.
///
/// Learned from recordings: an empty list of destinations comes back, no list does not.
pub(super) fn logging(
    given: Option<LoggingConfiguration>,
) -> Result<LoggingConfiguration, ApiError> {
    let given = given.unwrap_or(LoggingConfiguration {
        level: None,
        include_execution_data: None,
        destinations: None,
    });
    let level = given.level.unwrap_or_else(|| "OFF".into());
    let count = given.destinations.as_ref().map_or(0, Vec::len);
    let refuse = |what| {
        let message = format!("Invalid Logging Configuration: {what}");
        Err(ApiError::new(
            ErrorCode::InvalidLoggingConfiguration,
            message,
        ))
    };
    if count > 1 || (count == 0 && &*level != "OFF") {
        return refuse("Must specify exactly one Log Destination.");
    }
    let mut destinations = given.destinations.iter().flatten();
    let is_complete = destinations.all(|destination| {
        let group = destination.cloud_watch_logs_log_group.as_ref();
        group.is_some_and(|group| {
            let arn = group.log_group_arn.as_deref();
            arn.is_some_and(|arn| arn.starts_with("arn:") && arn.ends_with(":*"))
        })
    });
    if !is_complete {
        return refuse("Log Destination must be the ARN of a log group that ends with ':*'.");
    }
    Ok(LoggingConfiguration {
        level: Some(level),
        include_execution_data: Some(given.include_execution_data.unwrap_or(false)),
        destinations: given.destinations,
    })
}

/// Fills in what a tracing configuration leaves out.
pub(super) fn tracing(given: Option<TracingConfiguration>) -> TracingConfiguration {
    TracingConfiguration {
        enabled: Some(given.and_then(|given| given.enabled).unwrap_or(false)),
    }
}

/// Checks an encryption configuration and fills in what it leaves out.
pub(super) fn encryption(
    given: Option<EncryptionConfiguration>,
) -> Result<EncryptionConfiguration, ApiError> {
    let Some(given) = given else {
        return Ok(owned_key());
    };
    let refuse = |what| {
        let message = format!("Invalid Encryption Configuration: '{what}'");
        Err(ApiError::new(
            ErrorCode::InvalidEncryptionConfiguration,
            message,
        ))
    };
    let is_owned = &*given.encryption_type == "AWS_OWNED_KEY";
    match (&given.kms_key_id, is_owned) {
        (Some(_), true) => refuse("kmsKeyId must not be set when type is AWS_OWNED_KEY"),
        (None, true) if given.kms_data_key_reuse_period_seconds.is_some() => {
            refuse("kmsDataKeyReusePeriodSeconds must not be set when type is AWS_OWNED_KEY")
        }
        (None, false) => refuse("kmsKeyId must be set when type is CUSTOMER_MANAGED_KMS_KEY"),
        (Some(_), false) => Ok(EncryptionConfiguration {
            kms_data_key_reuse_period_seconds: given
                .kms_data_key_reuse_period_seconds
                .or(Some(DEFAULT_REUSE_SECONDS)),
            ..given
        }),
        (None, true) => Ok(given),
    }
}

/// How long a data key is reused if nobody says.
const DEFAULT_REUSE_SECONDS: u32 = 300;

/// The encryption that everything has unless another one is asked for.
pub(super) fn owned_key() -> EncryptionConfiguration {
    EncryptionConfiguration {
        kms_key_id: None,
        kms_data_key_reuse_period_seconds: None,
        encryption_type: "AWS_OWNED_KEY".into(),
    }
}
