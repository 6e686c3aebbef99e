//! `ItemReader`: where a distributed Map finds its items.

use std::sync::Arc;

use super::super::data_flow::Evaluator;
use super::super::fault::Fault;
use super::super::setting;
use crate::asl::{ItemReader, ReaderConfig};
use crate::execution::item::{
    self, Delimiter, Format, Header, Items, ManifestKind, Objects, ReadError, Source,
};
use crate::source::json::{Pointer, Value};

/// An `ItemReader` whose fields are evaluated.
pub(super) struct Reader {
    source: Source,
    format: Format,
    /// `MaxItems`
    pub most: usize,
}

impl Reader {
    pub fn open(&self, objects: &Objects) -> Result<Items, ReadError> {
        item::read(objects, &self.source, &self.format)
    }
}

/// Evaluates `ItemReader`.
pub(super) fn read(
    evaluator: &mut Evaluator,
    reader: &ItemReader,
    input: &Value,
) -> Result<Reader, Fault> {
    let arguments = reader.arguments.as_ref();
    let arguments = arguments
        .map(|arguments| evaluator.template("ItemReader/Arguments", arguments, input))
        .transpose()?
        .unwrap_or_default();
    let text = |name: &str| arguments.get(name).and_then(Value::as_str).map(Arc::from);
    let bucket: Arc<str> = text("Bucket")
        .ok_or_else(|| Fault::runtime("The ItemReader does not say which Bucket to read from."))?;
    let resource = reader.resource.as_deref().unwrap_or_default();
    let source = match resource.ends_with(":listObjectsV2") {
        true => Source::Listing {
            bucket,
            prefix: text("Prefix").unwrap_or_default(),
        },
        false => Source::Object {
            bucket,
            key: text("Key")
                .ok_or_else(|| Fault::runtime("The ItemReader does not say which Key to read."))?,
        },
    };
    let place = "ItemReader/ReaderConfig";
    let most = reader.config.max_items.as_ref();
    Ok(Reader {
        source,
        format: format(&reader.config),
        most: setting::most(evaluator, place, "MaxItems", most, input)?,
    })
}

/// What `ItemsPointer` of a reader names in the data; nothing where it has none.
pub(in super::super) fn pointed(reader: &ItemReader, data: &Value) -> Option<Value> {
    let pointer = Pointer::parse(reader.config.items_pointer.as_deref()?);
    let found = pointer.tokens().try_fold(data, |value, token| match value {
        Value::Array(_) => value.at(token.parse().ok()?),
        _ => value.get(&token),
    });
    Some(found.cloned().unwrap_or_default())
}

/// The items in the data that a reader is given: what [`pointed`] says, or all of it.
pub(in super::super) fn given(pointed: Option<&Value>, data: &Value) -> Vec<Value> {
    let items = pointed.unwrap_or(data).as_array();
    items.unwrap_or_default().to_vec()
}

fn format(config: &ReaderConfig) -> Format {
    let is_athena = config.manifest_type.as_deref() == Some("ATHENA_DATA");
    match config.input_type.as_deref() {
        Some("MANIFEST") if !is_athena => Format::Manifest(ManifestKind::Inventory, None),
        Some("JSONL") if is_athena => athena(Format::JsonLines),
        Some("CSV") if is_athena => athena(csv(config)),
        Some("PARQUET") => Format::Parquet,
        Some("JSONL") => Format::JsonLines,
        Some("CSV") => csv(config),
        _ => Format::Json {
            pointer: config.items_pointer.clone(),
        },
    }
}

fn athena(data: Format) -> Format {
    Format::Manifest(ManifestKind::Athena, Some(Box::new(data)))
}

fn csv(config: &ReaderConfig) -> Format {
    let location = config.csv_header_location.as_deref();
    Format::Csv {
        header: match (location, &config.csv_headers) {
            (Some("GIVEN"), Some(names)) => Header::Given(names.clone()),
            _ => Header::FirstRow,
        },
        delimiter: config
            .csv_delimiter
            .as_deref()
            .and_then(Delimiter::parse)
            .unwrap_or_default(),
    }
}
