//! A Map state mixes what belongs to a Distributed Map with what does not.

use super::finding::{Report, Said};
use super::place::Object;
use super::{Rule, express};
use crate::source::json::Node;
use crate::source::{Code, Diagnostic, edit};

/// A Distributed Map says how its child executions run; an Inline Map has none.
pub const DISTRIBUTED_MAP: Rule = Rule {
    code: Code("DISTRIBUTED_MAP"),
    demand: "ProcessorConfig with Mode DISTRIBUTED has ExecutionType, and with INLINE has not. ItemReader, \
             ItemBatcher, ResultWriter, Label and tolerated failures are of use in a Distributed Map only.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Map", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED"}, "StartAt": "B", "States": {"B": {"Type": "Succeed"}}}, "End": true}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Map", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "B", "States": {"B": {"Type": "Succeed"}}}, "End": true}}}"#,
    ..Rule::STANDARD
};

fn is(node: Option<&Node>, word: &str) -> bool {
    node.and_then(Node::as_str)
        .is_some_and(|text| &**text == word)
}

/// Whether a machine is what a Distributed Map runs for each item.
pub(super) fn is_distributed(machine: &Node) -> bool {
    let config = machine.get("ProcessorConfig");
    is(config.and_then(|config| config.get("Mode")), "DISTRIBUTED")
}

/// Checks `ProcessorConfig`.
pub(super) fn check_config(report: &mut Report<'_>, config: &Object<'_>) {
    express::check_mode(report, config);
    let mode = config.get("Mode");
    if is(mode, "DISTRIBUTED") && !config.has("ExecutionType") {
        let span = mode.map_or(config.label, |mode| mode.span);
        let message = "A Distributed Map needs ExecutionType";
        let own = Diagnostic::error(DISTRIBUTED_MAP.code, span, message);
        let own = ["STANDARD", "EXPRESS"].into_iter().fold(own, |own, word| {
            let edit = edit::insert_behind(
                report.text,
                config.node,
                "Mode",
                "ExecutionType",
                &word.into(),
            );
            own.with_fix(format!("Add ExecutionType {word}"), edit)
        });
        let said = "These fields are required: [ExecutionType]";
        report.add(own, Said::schema(config.location, said));
    }
    let member = config.node.member("ExecutionType");
    if let Some(member) = member.filter(|_| is(mode, "INLINE")) {
        let message = "An Inline Map has no child executions, so ExecutionType says nothing";
        let own = Diagnostic::error(DISTRIBUTED_MAP.code, member.key.span, message).with_fix(
            "Remove ExecutionType",
            edit::remove(report.text, config.node, member),
        );
        let said = "Field 'ExecutionType' is not supported";
        report.add(own, Said::schema(config.location, said));
    }
}

/// Fields that do nothing in an Inline Map.
const DISTRIBUTED_ONLY: [&str; 8] = [
    "ItemReader",
    "ItemBatcher",
    "ResultWriter",
    "Label",
    "ToleratedFailureCount",
    "ToleratedFailureCountPath",
    "ToleratedFailurePercentage",
    "ToleratedFailurePercentagePath",
];

/// Checks a Map state. The service takes the fields in any mode.
pub(super) fn check(report: &mut Report<'_>, state: &Object<'_>) {
    let processor = state.get("ItemProcessor").or(state.get("Iterator"));
    let config = processor.and_then(|processor| processor.get("ProcessorConfig"));
    let mode = config.and_then(|config| config.get("Mode"));
    let is_inline = mode.is_none() || is(mode, "INLINE");
    if !is_inline || processor.is_none() {
        return;
    }
    for name in DISTRIBUTED_ONLY {
        if let Some(member) = state.node.member(name) {
            let message = format!("{name} does nothing in an Inline Map");
            let own = Diagnostic::warning(DISTRIBUTED_MAP.code, member.key.span, message)
                .with_hint("\"Mode\": \"DISTRIBUTED\" in ProcessorConfig makes a Distributed Map");
            report.add(own, None);
        }
    }
}
