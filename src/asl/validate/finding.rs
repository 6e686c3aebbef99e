//! What a rule finds, in two renderings: for people, and as the service puts it.

use std::fmt;

use super::place::LanguageCheck;
use super::service::ServiceDiagnostic;
use super::unknown_variable::Scopes;
use super::{
    choice_rule, empty_list, exclusive_fields, missing_field, unknown_state_type, wrong_type,
};
use crate::asl::state::QueryLanguage;
use crate::asl::workflow_type::WorkflowType;
use crate::source::json::Node;
use crate::source::{Code, Diagnostic, Severity, Span};

/// The order in which the service looks: where a step finds errors, the next is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    /// Fields and their values.
    Schema,
    /// How states lead to one another.
    Graph,
}

/// One problem.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    /// What people are told; nothing where it follows from another problem, or where only the
    /// service minds.
    pub own: Option<Diagnostic>,
    /// What the service says; nothing where it accepts the definition.
    pub service: Option<(Phase, ServiceDiagnostic)>,
}

/// Everything that was found, and what a rule needs to know of the whole.
pub(super) struct Report<'a> {
    /// The text of the definition, to find exact places inside strings.
    pub text: &'a str,
    /// The whole tree.
    pub root: &'a Node,
    /// The type that the state machine will have.
    pub workflow_type: WorkflowType,
    /// The query language of the whole definition.
    pub language: QueryLanguage,
    /// What can be said of fields of the other query language.
    pub language_check: LanguageCheck,
    /// Whether the query language of the whole stands between the states, as if it were one.
    pub is_language_slipped: bool,
    /// Whether the query language of the whole seems to be another than it says, and people
    /// know.
    pub is_language_told: bool,
    /// What is seen of variables.
    pub scopes: Scopes,
    /// What was found, in the order of the walk.
    pub findings: Vec<Finding>,
}

impl<'a> Report<'a> {
    pub fn new(text: &'a str, root: &'a Node, workflow_type: WorkflowType) -> Self {
        Self {
            text,
            root,
            workflow_type,
            language: QueryLanguage::default(),
            language_check: LanguageCheck::default(),
            is_language_slipped: false,
            is_language_told: false,
            scopes: Scopes::default(),
            findings: Vec::new(),
        }
    }

    /// Whether people were told of a fault somewhere that may change where states lead.
    pub fn has_fault_of_shape_in(&self, span: Span) -> bool {
        let told = self
            .findings
            .iter()
            .filter_map(|finding| finding.own.as_ref());
        let mut faults = told.filter(|problem| FAULTS_OF_SHAPE.contains(&problem.code));
        faults.any(|problem| span.contains(problem.span))
    }

    /// Adds what people are told, and what the service says of it.
    pub fn add(&mut self, own: impl Into<Option<Diagnostic>>, service: impl Into<Option<Said>>) {
        let own = own.into();
        let service = service.into().map(|said| (said.phase, said.diagnostic));
        if own.is_some() || service.is_some() {
            self.findings.push(Finding { own, service });
        }
    }
}

/// Codes of faults that may change where states lead.
const FAULTS_OF_SHAPE: [Code; 6] = [
    missing_field::MISSING_FIELD.code,
    exclusive_fields::EXCLUSIVE_FIELDS.code,
    empty_list::EMPTY_LIST.code,
    wrong_type::WRONG_TYPE.code,
    choice_rule::CHOICE_RULE.code,
    unknown_state_type::UNKNOWN_STATE_TYPE.code,
];

/// What the service says of a problem.
pub(super) struct Said {
    phase: Phase,
    diagnostic: ServiceDiagnostic,
}

/// The code of most of the service's complaints.
pub(super) const SCHEMA: Code = Code("SCHEMA_VALIDATION_FAILED");

impl Said {
    /// A complaint about a field or its value.
    pub fn schema(location: impl fmt::Display, message: impl Into<String>) -> Self {
        Self::error(SCHEMA, location, message)
    }

    /// An error with a code of its own.
    pub fn error(code: Code, location: impl fmt::Display, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, location, message)
    }

    /// A warning, with which the service accepts the definition.
    pub fn warning(code: Code, location: impl fmt::Display, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, location, message)
    }

    fn new(
        severity: Severity,
        code: Code,
        location: impl fmt::Display,
        message: impl Into<String>,
    ) -> Self {
        Self {
            phase: Phase::Schema,
            diagnostic: ServiceDiagnostic {
                severity,
                code,
                message: message.into(),
                location: Some(location.to_string()),
            },
        }
    }

    /// The same without a place.
    pub fn nowhere(mut self) -> Self {
        self.diagnostic.location = None;
        self
    }

    /// The same among the complaints about transitions.
    pub fn about_transitions(mut self) -> Self {
        self.phase = Phase::Graph;
        self
    }
}
