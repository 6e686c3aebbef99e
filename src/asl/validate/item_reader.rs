//! An `ItemReader` does not say how to read its items.

use super::finding::{Report, Said};
use super::place::{Object, Place, is_placeholder};
use super::{Rule, wrong_type};
use crate::asl::field::Owner;
use crate::source::json::Node;
use crate::source::{Code, Diagnostic, edit};

/// Readers say what they read, and how.
pub const BAD_ITEM_READER: Rule = Rule {
    code: Code("BAD_ITEM_READER"),
    demand: "ItemReader calls s3:getObject, with InputType in its ReaderConfig, or s3:listObjectsV2; CSV \
             says where its headers are, and GIVEN headers are in CSVHeaders. ResultWriter calls \
             s3:putObject.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Map", "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {"InputType": "CSV"}, "Parameters": {"Bucket": "b", "Key": "k"}}, "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "B", "States": {"B": {"Type": "Succeed"}}}, "End": true}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Map", "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"}, "Parameters": {"Bucket": "b", "Key": "k"}}, "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "B", "States": {"B": {"Type": "Succeed"}}}, "End": true}}}"#,
    ..Rule::STANDARD
};

fn text(node: Option<&Node>) -> Option<&str> {
    node.and_then(Node::as_str).map(|text| &**text)
}

/// What comes after the region and account of an ARN of the service.
fn call(arn: &str) -> Option<&str> {
    let mut parts = arn.splitn(6, ':');
    let is_states = parts.next() == Some("arn") && parts.nth(1) == Some("states");
    parts.nth(2).filter(|_| is_states)
}

/// Checks the resource of a reader or a writer.
pub(super) fn check_resource(report: &mut Report<'_>, place: &Place<'_>) {
    let Some(resource) = place.node.as_str() else {
        return wrong_type::report(report, place, "an ARN", wrong_type::STRING);
    };
    let calls: &[&str] = match place.object.owner {
        Owner::ResultWriter => &["s3:putObject"],
        _ => &["s3:getObject", "s3:listObjectsV2"],
    };
    if call(resource).is_some_and(|call| calls.contains(&call)) {
        return;
    }
    let own = (!is_placeholder(place.node)).then(|| {
        let arns: Vec<String> = calls
            .iter()
            .map(|call| format!("arn:aws:states:::{call}"))
            .collect();
        let message = format!("{} must be {}", place.name(), arns.join(" or "));
        let own = Diagnostic::error(BAD_ITEM_READER.code, place.node.span, message);
        arns.into_iter().fold(own, |own, arn| {
            let edit = edit::set(report.text, place.node, &arn);
            own.with_fix(format!("Change to {arn}"), edit)
        })
    });
    let said = "The field 'Resource' does not match any of the allowed values";
    report.add(own, Said::schema(place.location, said));
}

/// Checks `ItemReader`.
pub(super) fn check(report: &mut Report<'_>, reader: &Object<'_>) {
    let reads_file = text(reader.get("Resource")).and_then(call) == Some("s3:getObject");
    let config = reader.get("ReaderConfig");
    let has_type = config.is_some_and(|config| config.get("InputType").is_some());
    if reads_file && !has_type && config.is_none_or(|config| config.members().is_some()) {
        let own = Diagnostic::error(
            BAD_ITEM_READER.code,
            reader
                .node
                .member("ReaderConfig")
                .map_or(reader.label, |member| member.key.span),
            "Reading a file needs InputType in ReaderConfig",
        );
        report.add(own, None);
    }
}

/// Checks `ReaderConfig`.
pub(super) fn check_config(report: &mut Report<'_>, config: &Object<'_>) {
    let input = text(config.get("InputType"));
    let header = config.node.member("CSVHeaderLocation");
    let code = BAD_ITEM_READER.code;
    if input == Some("CSV") && header.is_none() {
        let span = config
            .node
            .member("InputType")
            .map_or(config.label, |member| member.value.span);
        let edit = edit::insert_behind(
            report.text,
            config.node,
            "InputType",
            "CSVHeaderLocation",
            &"FIRST_ROW".into(),
        );
        let own = Diagnostic::error(code, span, "CSV needs CSVHeaderLocation")
            .with_hint(
                "FIRST_ROW reads the names of the columns from the file, GIVEN from CSVHeaders",
            )
            .with_fix("Add CSVHeaderLocation FIRST_ROW", edit);
        let said = "The field 'CSVHeaderLocation' is required";
        report.add(own, Said::schema(config.location, said));
    }
    let is_other = input.is_some_and(|input| input != "CSV");
    for name in ["CSVHeaderLocation", "CSVHeaders", "CSVDelimiter"] {
        let member = config.node.member(name).filter(|_| is_other);
        // A manifest of an Athena query may list CSV files.
        if let Some(member) = member.filter(|_| input != Some("MANIFEST")) {
            let message = format!("{name} is for CSV only");
            let own = Diagnostic::error(code, member.key.span, message).with_fix(
                format!("Remove {name}"),
                edit::remove(report.text, config.node, member),
            );
            let said = format!("Field '{name}' is not supported");
            report.add(own, Said::schema(config.location, said));
        }
    }
    let is_given = header.is_some_and(|header| text(Some(&header.value)) == Some("GIVEN"));
    if is_given && !config.has("CSVHeaders") {
        let span = header.map_or(config.label, |header| header.value.span);
        let own = Diagnostic::error(code, span, "CSVHeaderLocation GIVEN needs CSVHeaders");
        let said = "These fields are required: [CSVHeaders]";
        report.add(own, Said::schema(config.location, said));
    }
}
