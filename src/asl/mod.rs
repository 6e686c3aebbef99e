//! The Amazon States Language: the lowered model and what can be wrong with it.
//!
//! [`lower`] turns any JSON tree into a [`StateMachine`]; it never fails. Whatever
//! does not fit is left out of the model and told as a diagnostic, so the rest of a
//! broken definition stays alive.

mod choice;
mod error_handling;
mod expression;
pub mod field;
mod integration;
mod lower;
mod machine;
mod machine_type;
mod resource;
mod state;
mod substitution;
mod template;
pub mod validate;

pub use choice::{ChoiceRule, Condition, Operand, OperandKind, Operator};
pub use error_handling::{Catcher, Jitter, Retrier};
pub use expression::{Expression, PathField, Setting};
pub use integration::{OPTIMIZED_INTEGRATIONS, OptimizedIntegration, optimized_integration};
pub use lower::{Lowered, lower};
pub use machine::{Reference, StateMachine};
pub use machine_type::StateMachineType;
pub use resource::{Integration, Pattern, Resource};
pub use state::{
    DataFlow, FailText, Map, MapMode, Parallel, QueryLanguage, State, StateKind, StateType, Task,
    Transition, WaitFor,
};
pub use substitution::{
    Form, Place, Placeholder, Substitutions, placeholders, read_substitutions, substitute,
};
pub use template::Template;

pub use crate::source::json::Pointer;
