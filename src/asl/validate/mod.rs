//! What can be wrong with a definition: one file per rule.
//!
//! A rule has a code, a sentence that says what the language demands, and an invalid and a
//! valid example, both tested. What it finds it tells twice, side by side: to people, and in
//! the words of the service ([`service`]). A rule looks at the tree, not at the model, as the
//! model leaves out what does not fit; [`walk`] leads it there by the table of fields.
//!
//! One fault gives one message. A value that cannot be read is not judged further, and where a
//! transition is lost nothing is said of what cannot be reached.

mod location;
mod place;

mod service;

mod finding;
mod suggest;

mod bad_dynamic_value;
mod bad_intrinsic;
mod bad_jsonata;
mod bad_path;
mod bad_resource;
mod bad_timestamp;
mod choice_rule;
mod credentials;
mod distributed_map;
mod empty_list;
mod end_of_machine;
mod exclusive_fields;
mod express;
mod invalid_json;
mod item_reader;
mod jsonata_reference;
mod language_downgrade;
mod looks_like_path;
mod missing_field;
mod missing_parameter;
mod other_language;
mod out_of_range;
mod reference_path;
mod result_writer;
mod retry;
mod state_name;
mod template;
mod text;
mod timeouts;
mod too_large;
mod unknown_field;
mod unknown_state_type;
mod unknown_target;
mod unknown_variable;
mod unknown_word;
mod unreachable_state;
mod variable;
mod walk;
mod wrong_type;

use super::machine::{Reference, StateMachine};
use super::state::{StateKind, Transition};
use super::workflow_type::WorkflowType;
use crate::source::json::{Node, NodeKind};
use crate::source::sort::sort_by_number;
use crate::source::{Code, Diagnostic};
use finding::{Finding, Report};
use location::Location;

pub use service::{
    ServiceDiagnostic, invalid_definition, service_diagnostics, service_diagnostics_of_state,
};
pub(crate) use suggest::closest;

/// One rule of the language.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its stable name.
    pub code: Code,
    /// What the language demands.
    pub demand: &'static str,
    /// A definition that breaks it.
    pub invalid: &'static str,
    /// A definition that keeps it.
    pub valid: &'static str,
    /// The type of state machine that the examples are meant for.
    pub workflow_type: WorkflowType,
}

impl Rule {
    /// The rest of rules whose examples are Standard workflows.
    const STANDARD: Rule = Rule {
        code: Code(""),
        demand: "",
        invalid: "",
        valid: "",
        workflow_type: WorkflowType::Standard,
    };
}

/// Every rule.
pub const RULES: &[Rule] = &[
    bad_dynamic_value::BAD_DYNAMIC_VALUE,
    bad_intrinsic::BAD_INTRINSIC,
    bad_jsonata::BAD_JSONATA,
    bad_path::BAD_PATH,
    bad_resource::BAD_RESOURCE,
    bad_timestamp::BAD_TIMESTAMP,
    choice_rule::CHOICE_RULE,
    credentials::BAD_CREDENTIALS,
    distributed_map::DISTRIBUTED_MAP,
    empty_list::EMPTY_LIST,
    end_of_machine::NO_END,
    exclusive_fields::EXCLUSIVE_FIELDS,
    express::EXPRESS_UNSUPPORTED,
    item_reader::BAD_ITEM_READER,
    jsonata_reference::UNKNOWN_REFERENCE,
    language_downgrade::LANGUAGE_DOWNGRADE,
    looks_like_path::LOOKS_LIKE_PATH,
    missing_field::MISSING_FIELD,
    missing_parameter::MISSING_PARAMETER,
    other_language::OTHER_LANGUAGE,
    out_of_range::OUT_OF_RANGE,
    reference_path::NOT_A_REFERENCE_PATH,
    result_writer::BAD_RESULT_WRITER,
    retry::CATCH_ALL,
    retry::UNKNOWN_ERROR,
    state_name::STATE_NAME,
    timeouts::LATE_HEARTBEAT,
    too_large::TOO_LARGE,
    unknown_field::UNKNOWN_FIELD,
    unknown_state_type::UNKNOWN_STATE_TYPE,
    unknown_target::UNKNOWN_TARGET,
    unknown_variable::UNKNOWN_VARIABLE,
    unknown_variable::VARIABLE_SET_TWICE,
    unknown_word::UNKNOWN_WORD,
    unreachable_state::UNREACHABLE_STATE,
    variable::VARIABLE_NAME,
    wrong_type::WRONG_TYPE,
];

/// What is wrong with a definition, told to people, in the order of the text.
pub fn validate(
    text: &str,
    root: &Node,
    machine: &StateMachine,
    workflow_type: WorkflowType,
) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = findings(text, root, machine, workflow_type)
        .into_iter()
        .filter_map(|finding| finding.own)
        .collect();
    sort_by_number(&mut diagnostics, |diagnostic| diagnostic.span.order());
    diagnostics
}

/// All that the rules find in a definition.
fn findings(
    text: &str,
    root: &Node,
    machine: &StateMachine,
    workflow_type: WorkflowType,
) -> Vec<Finding> {
    // A text without any value has its syntax error already.
    if root.kind == NodeKind::Missing {
        return Vec::new();
    }
    let mut report = Report::new(text, root, workflow_type);
    walk::definition(&mut report, root);
    too_large::check_definition(&mut report, root);
    state_name::check_unique(&mut report, root, machine);
    unknown_variable::check(&mut report);
    let has_end = end_of_machine::check(&mut report, machine);
    unknown_target::check(&mut report, root, machine);
    unreachable_state::check(&mut report, root, machine, has_end);
    report.findings
}

/// All that the rules find in a single state.
fn findings_of_state(text: &str, root: &Node) -> Vec<Finding> {
    let mut report = Report::new(text, root, WorkflowType::Standard);
    walk::state_object(&mut report, root, root.span, "", &Location::Root);
    report.findings
}

/// Whether it is unclear where a machine goes on: because of a fault of its own a state may
/// lead anywhere, so that what cannot be reached or never ends is not known.
fn is_unclear(report: &Report<'_>, machine: &StateMachine) -> bool {
    if report.has_fault_of_shape_in(machine.span) {
        return true;
    }
    machine.states.values().any(|state| {
        let is_end = matches!(
            state.kind,
            StateKind::Choice { .. } | StateKind::Succeed | StateKind::Fail { .. }
        );
        let is_lost = |reference: &&Reference| machine.target(reference).is_none();
        matches!(state.kind, StateKind::Unknown { .. })
            || (state.transition == Transition::None && !is_end)
            || state.references().iter().any(is_lost)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asl::lower::lower;
    use crate::source::json::parse;

    fn codes(text: &str, workflow_type: WorkflowType) -> Vec<Code> {
        let root = parse(text).root;
        let machine = lower(&root).machine;
        validate(text, &root, &machine, workflow_type)
            .iter()
            .map(|diagnostic| diagnostic.code)
            .collect()
    }

    #[test]
    fn every_rule_tells_its_examples_apart() {
        for rule in RULES {
            let found = codes(rule.invalid, rule.workflow_type);
            assert!(
                found.contains(&rule.code) || rule.invalid.is_empty(),
                "{} accepts {}: {found:?}",
                rule.code,
                rule.invalid
            );
            assert_eq!(
                codes(rule.valid, rule.workflow_type),
                [],
                "{} refuses {}",
                rule.code,
                rule.valid
            );
            assert!(rule.demand.ends_with('.'), "{}", rule.code);
        }
    }

    #[test]
    fn codes_are_unique() {
        let mut codes: Vec<Code> = RULES.iter().map(|rule| rule.code).collect();
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), RULES.len());
    }
}
