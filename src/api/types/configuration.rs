//! What is configured for a state machine or an activity beside what it does.

use std::sync::Arc;

use super::limits::ARN;
use crate::api::shape::{Shape, structure};

structure! {
    /// Where log records go.
    CloudWatchLogsLogGroup {
        log_group_arn "logGroupArn": Option<Arc<str>> = ARN;
    }

    /// A place for log records.
    LogDestination {
        cloud_watch_logs_log_group "cloudWatchLogsLogGroup": Option<CloudWatchLogsLogGroup> = CloudWatchLogsLogGroup::SHAPE;
    }

    /// Which events are logged, and where.
    LoggingConfiguration {
        level "level": Option<Arc<str>> = Shape::Enum(&["ALL", "ERROR", "FATAL", "OFF"]);
        include_execution_data "includeExecutionData": Option<bool> = Shape::Boolean;
        destinations "destinations": Option<Vec<LogDestination>> = Shape::List { member: &LogDestination::SHAPE, min: 0, max: usize::MAX };
    }

    /// Whether executions are traced.
    TracingConfiguration {
        enabled "enabled": Option<bool> = Shape::Boolean;
    }

    /// How data is encrypted.
    EncryptionConfiguration {
        kms_key_id "kmsKeyId": Option<Arc<str>> = Shape::text(1, 2048);
        kms_data_key_reuse_period_seconds "kmsDataKeyReusePeriodSeconds": Option<u32> = Shape::Integer { min: 60, max: 900 };
        encryption_type "type": Arc<str> = Shape::Enum(&["AWS_OWNED_KEY", "CUSTOMER_MANAGED_KMS_KEY"]), required;
    }
}
