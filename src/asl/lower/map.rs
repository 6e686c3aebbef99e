//! Map states.

use std::sync::Arc;

use super::super::map::{ItemBatcher, ItemReader, Map, MapMode, ReaderConfig, ResultWriter};
use super::super::state::{DataFlow, QueryLanguage};
use super::super::template::Template;
use super::super::workflow_type::WorkflowType;
use super::error_handling::{catchers, retriers};
use super::fields::Fields;
use super::machine::machine;

pub(super) fn map(fields: &mut Fields<'_>, inherited: QueryLanguage, data_flow: &DataFlow) -> Map {
    let name = if fields.node("ItemProcessor").is_some() {
        "ItemProcessor"
    } else {
        "Iterator"
    };
    let processor = fields.node(name);
    let pointer = fields.pointer.child(name);
    let config = processor.and_then(|node| node.get("ProcessorConfig"));
    let mode = config
        .and_then(|config| config.get("Mode"))
        .and_then(|mode| mode.as_str());
    let execution_type = config
        .and_then(|config| config.get("ExecutionType")?.as_str())
        .and_then(|text| WorkflowType::parse(text));
    Map {
        execution_type: execution_type.unwrap_or_default(),
        item_processor: processor
            .map(|node| Arc::new(machine(node, pointer, inherited, fields.unresolved))),
        mode: match mode.map(|mode| &**mode) {
            Some("DISTRIBUTED") => MapMode::Distributed,
            _ => MapMode::Inline,
        },
        items_path: fields.expression("ItemsPath"),
        items: fields.template("Items"),
        item_selector: fields
            .template("ItemSelector")
            .or_else(|| data_flow.parameters.clone()),
        max_concurrency: fields.count_setting("MaxConcurrency"),
        tolerated_failure_count: fields.count_setting("ToleratedFailureCount"),
        tolerated_failure_percentage: fields.number_setting("ToleratedFailurePercentage"),
        label: fields.string("Label"),
        item_reader: fields.object("ItemReader").map(item_reader),
        item_batcher: fields.object("ItemBatcher").map(item_batcher),
        result_writer: fields.object("ResultWriter").map(result_writer),
        retry: retriers(fields),
        catch: catchers(fields),
    }
}

fn item_reader(mut fields: Fields<'_>) -> Box<ItemReader> {
    Box::new(ItemReader {
        resource: fields.string("Resource"),
        arguments: arguments(&mut fields),
        config: fields
            .object("ReaderConfig")
            .map(reader_config)
            .unwrap_or_default(),
    })
}

fn reader_config(mut fields: Fields<'_>) -> ReaderConfig {
    ReaderConfig {
        input_type: fields.string("InputType"),
        manifest_type: fields.string("ManifestType"),
        csv_header_location: fields.string("CSVHeaderLocation"),
        csv_headers: fields.strings("CSVHeaders"),
        csv_delimiter: fields.string("CSVDelimiter"),
        items_pointer: fields.string("ItemsPointer"),
        max_items: fields.count_setting("MaxItems"),
    }
}

fn item_batcher(mut fields: Fields<'_>) -> Box<ItemBatcher> {
    Box::new(ItemBatcher {
        max_items_per_batch: fields.count_setting("MaxItemsPerBatch"),
        max_input_bytes_per_batch: fields.count_setting("MaxInputBytesPerBatch"),
        batch_input: fields.template("BatchInput"),
    })
}

fn result_writer(mut fields: Fields<'_>) -> Box<ResultWriter> {
    let arguments = arguments(&mut fields);
    let config = fields.object("WriterConfig");
    let (transformation, output_type) = config
        .map(|mut config| (config.string("Transformation"), config.string("OutputType")))
        .unwrap_or_default();
    Box::new(ResultWriter {
        arguments,
        transformation,
        output_type,
    })
}

/// What a reader or a writer calls its service with.
fn arguments(fields: &mut Fields<'_>) -> Option<Template> {
    match fields.language {
        QueryLanguage::JsonPath => fields.template("Parameters"),
        QueryLanguage::Jsonata => fields.template("Arguments"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::expression::Setting;
    use super::super::super::state::StateKind;
    use super::super::lower;
    use super::*;
    use crate::source::json::parse;

    fn read(text: &str) -> (Map, usize) {
        let definition = format!(
            r#"{{"StartAt": "M", "States": {{"M": {{"Type": "Map", "End": true, {text}}}}}}}"#
        );
        let lowered = lower(&parse(&definition).root);
        let state = lowered
            .machine
            .states
            .values()
            .next()
            .expect("there is a state");
        match &state.kind {
            StateKind::Map(map) => (map.clone(), lowered.unresolved.len()),
            other => panic!("{other:?} is no Map"),
        }
    }

    #[test]
    fn limits_are_numbers_paths_and_expressions() {
        let (map, _) = read(
            r#""ItemReader": {"ReaderConfig": {"MaxItemsPath": "$.most"}},
               "ItemBatcher": {"MaxItemsPerBatch": 10, "MaxInputBytesPerBatchPath": "$.bytes"}"#,
        );
        let reader = map.item_reader.expect("there is a reader");
        let batcher = map.item_batcher.expect("there is a batcher");
        let dynamic = |setting: &Option<Setting<u64>>| match setting {
            Some(Setting::Dynamic(expression)) => Some(expression.text.to_string()),
            _ => None,
        };
        assert_eq!(dynamic(&reader.config.max_items).as_deref(), Some("$.most"));
        assert_eq!(batcher.max_items_per_batch, Some(Setting::Fixed(10)));
        let bytes = dynamic(&batcher.max_input_bytes_per_batch);
        assert_eq!(bytes.as_deref(), Some("$.bytes"));

        let (map, _) = read(
            r#""QueryLanguage": "JSONata", "ItemReader": {"ReaderConfig": {"MaxItems": "{% $n %}"}}"#,
        );
        let reader = map.item_reader.expect("there is a reader");
        assert!(dynamic(&reader.config.max_items).is_some());
    }

    #[test]
    fn a_service_is_called_with_the_field_of_the_language() {
        let fields = r#""ItemReader": {"Parameters": {"Bucket": "p"}, "Arguments": {"Bucket": "a"}},
                        "ResultWriter": {"Parameters": {"Bucket": "p"}, "Arguments": {"Bucket": "a"}}"#;
        let bucket = |map: Map| {
            let of = |template: Option<Template>| template?.get("Bucket")?.literal();
            let reader = map.item_reader.and_then(|reader| of(reader.arguments));
            let writer = map.result_writer.and_then(|writer| of(writer.arguments));
            (reader, writer)
        };
        let both = |text: &str| (Some(text.into()), Some(text.into()));
        assert_eq!(bucket(read(fields).0), both("p"));
        let jsonata = format!(r#""QueryLanguage": "JSONata", {fields}"#);
        assert_eq!(bucket(read(&jsonata).0), both("a"));
    }

    #[test]
    fn placeholders_within_need_a_value() {
        let (map, unresolved) = read(
            r#""ItemReader": {"ReaderConfig": {"MaxItems": "${most}", "InputType": "${type}"}},
               "ResultWriter": "${writer}""#,
        );
        assert_eq!(unresolved, 2);
        assert_eq!(map.result_writer, None);
        let config = map.item_reader.expect("there is a reader").config;
        assert_eq!(config.max_items, None);
        assert_eq!(config.input_type.as_deref(), Some("${type}"));
    }
}
