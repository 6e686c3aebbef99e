//! The service's published limits.

use std::time::Duration;

/// Limits on one execution; `None` is no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotas {
    /// Bytes of an input or output.
    pub payload_bytes: Option<usize>,
    /// Events of a history. Without a limit an endless loop fills the memory.
    pub events: usize,
    /// Inline Map iterations that run at a time.
    pub inline_concurrency: usize,
    /// The longest run.
    pub duration: Option<Duration>,
}

impl Quotas {
    /// What the service allows a Standard workflow: 256 KiB, 25,000 events, 40
    /// iterations at a time, one year.
    pub const SERVICE: Quotas = Quotas {
        payload_bytes: Some(256 * 1024),
        events: 25_000,
        inline_concurrency: 40,
        duration: Some(Duration::from_secs(365 * 24 * 3600)),
    };

    /// No limit but on the number of events, which bounds the memory.
    pub const OFF: Quotas = Quotas {
        payload_bytes: None,
        events: 1_000_000,
        inline_concurrency: 10_000,
        duration: None,
    };

    /// Whether a payload of `bytes` is allowed.
    pub fn allows_payload(&self, bytes: usize) -> bool {
        self.payload_bytes.is_none_or(|limit| bytes <= limit)
    }
}

impl Default for Quotas {
    fn default() -> Self {
        Self::SERVICE
    }
}
