//! A `ResultWriter` does not say where or how to write.

use super::Rule;
use super::finding::{Report, Said};
use super::place::Object;
use crate::asl::state::QueryLanguage;
use crate::source::{Code, Diagnostic};

/// Writers say where they write, or how.
pub const BAD_RESULT_WRITER: Rule = Rule {
    code: Code("BAD_RESULT_WRITER"),
    demand: "ResultWriter has Resource together with Parameters, or Arguments in JSONata, or it has \
             WriterConfig, which needs both Transformation and OutputType.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Map", "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject"}, "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "B", "States": {"B": {"Type": "Succeed"}}}, "End": true}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Map", "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "b"}}, "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "B", "States": {"B": {"Type": "Succeed"}}}, "End": true}}}"#,
    ..Rule::STANDARD
};

/// Checks `ResultWriter`. The service takes an empty one and fails when it comes there.
pub(super) fn check(report: &mut Report<'_>, writer: &Object<'_>) {
    let place = match writer.language {
        QueryLanguage::JsonPath => "Parameters",
        QueryLanguage::Jsonata => "Arguments",
    };
    let code = BAD_RESULT_WRITER.code;
    match (
        writer.has("Resource"),
        writer.has(place),
        writer.has("WriterConfig"),
    ) {
        (true, true, _) | (false, false, true) => {}
        (true, false, _) => {
            let message = format!("ResultWriter needs {place} beside Resource");
            let own = Diagnostic::error(code, writer.label, message);
            let said = format!("These fields are required: [{place}]");
            report.add(own, Said::schema(writer.location, said));
        }
        (false, true, _) => {
            let message = format!("ResultWriter needs Resource beside {place}");
            let own = Diagnostic::error(code, writer.label, message);
            let said = "These fields are required: [Resource]";
            report.add(own, Said::schema(writer.location, said));
        }
        (false, false, false) => {
            let message = "ResultWriter says neither where to write nor how";
            report.add(Diagnostic::warning(code, writer.label, message), None);
        }
    }
}

/// Checks `WriterConfig`.
pub(super) fn check_config(report: &mut Report<'_>, config: &Object<'_>) {
    let missing: Vec<&str> = ["Transformation", "OutputType"]
        .into_iter()
        .filter(|name| !config.has(name))
        .collect();
    if missing.is_empty() {
        return;
    }
    let message = format!("WriterConfig needs {}", missing.join(" and "));
    let own = Diagnostic::error(BAD_RESULT_WRITER.code, config.label, message);
    let said = format!("These fields are required: [{}]", missing.join(", "));
    report.add(own, Said::schema(config.location, said));
}
