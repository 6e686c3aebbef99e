//! JSONata, the expression language of a state machine whose query language is JSONata,
//! at version 2.0.6.
//!
//! Functions with rules of their own stand apart and know nothing of expressions:
//! [`number`], [`integer`], [`datetime`].

pub mod number;

pub mod integer;

pub mod datetime;
