//! Retriers and Catchers.

use std::sync::Arc;

use super::expression::PathField;
use super::machine::Reference;
use super::template::Template;
use crate::source::Span;
use crate::source::json::Pointer;

/// One entry of `Retry`, defaults filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Retrier {
    /// Where it stands.
    pub pointer: Pointer,
    /// The bytes of its object.
    pub span: Span,
    /// `ErrorEquals`
    pub error_equals: Vec<Arc<str>>,
    /// `IntervalSeconds`, 1 by default.
    pub interval_seconds: u64,
    /// `MaxAttempts`, 3 by default; 0 means never.
    pub max_attempts: u64,
    /// `BackoffRate`, 2.0 by default.
    pub backoff_rate: f64,
    /// `MaxDelaySeconds`
    pub max_delay_seconds: Option<u64>,
    /// `JitterStrategy`
    pub jitter: Jitter,
}

/// `JitterStrategy` of a Retrier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Jitter {
    /// `NONE`
    #[default]
    None,
    /// `FULL`: a random part of the delay.
    Full,
}

/// One entry of `Catch`.
#[derive(Clone, Debug, PartialEq)]
pub struct Catcher {
    /// Where it stands.
    pub pointer: Pointer,
    /// The bytes of its object.
    pub span: Span,
    /// `ErrorEquals`
    pub error_equals: Vec<Arc<str>>,
    /// `Next`
    pub next: Option<Reference>,
    /// `ResultPath`
    pub result_path: Option<PathField>,
    /// `Assign`
    pub assign: Option<Template>,
    /// `Output` (JSONata)
    pub output: Option<Template>,
}
