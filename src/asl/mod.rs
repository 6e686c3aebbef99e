//! The Amazon States Language: the lowered model and what can be wrong with it.
//!
//! [`lower`] turns any JSON tree into a [`StateMachine`]; it never fails. Whatever
//! does not fit is left out of the model, so the rest of a broken definition stays alive;
//! [`validate()`] tells what is wrong with it, and [`service_diagnostics`] what the service
//! would say.

mod choice;
mod error_handling;
mod expression;
pub mod field;
mod integration;
mod lower;
mod machine;
mod map;
mod resource;
mod state;
mod substitution;
mod template;
pub mod validate;
mod workflow_type;

pub use choice::{ChoiceRule, Condition, Operand, OperandKind, Operator};
pub use error_handling::{Catcher, Jitter, Retrier};
pub use expression::{Expression, PathField, Setting};
pub use integration::{OPTIMIZED_INTEGRATIONS, OptimizedIntegration, optimized_integration};
pub use lower::{Lowered, lower};
pub use machine::{Reference, StateMachine};
pub use map::{ItemBatcher, ItemReader, Map, MapMode, ReaderConfig, ResultWriter};
pub use resource::{Integration, Pattern, Resource};
pub use state::{
    DataFlow, FailText, Parallel, QueryLanguage, State, StateKind, StateType, Task, Transition,
    WaitFor,
};
pub use substitution::{
    Form, Place, Placeholder, Substitutions, placeholders, read_substitutions, substitute,
};
pub use template::Template;
pub use validate::{
    ServiceDiagnostic, invalid_definition, service_diagnostics, service_diagnostics_of_state,
    validate,
};
pub use workflow_type::WorkflowType;

pub use crate::source::json::Pointer;
