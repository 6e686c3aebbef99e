//! The service: what it answers, recording by recording and rule by rule.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod case;
mod client;
mod recordings;
mod rules;
#[path = "../conformance/spaced.rs"]
mod spaced;
#[path = "../conformance/wild.rs"]
mod wild;
