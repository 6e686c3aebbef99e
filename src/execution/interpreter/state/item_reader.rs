//! `ItemReader`: where a distributed Map finds its items.

use std::sync::Arc;

use super::super::data_flow::Evaluator;
use super::super::fault::Fault;
use super::super::setting;
use crate::asl::{Expression, Setting, Template};
use crate::execution::item::{
    self, Delimiter, Format, Header, Items, ManifestKind, Objects, ReadError, Source,
};
use crate::source::Span;
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
    reader: &Template,
    input: &Value,
) -> Result<Reader, Fault> {
    let (arguments, config) = (arguments("ItemReader", reader), reader.get("ReaderConfig"));
    let arguments = match arguments {
        Some((field, arguments)) => evaluator.template(&field, &arguments, input)?,
        None => Value::Null,
    };
    let text = |name: &str| arguments.get(name).and_then(Value::as_str).map(Arc::from);
    let bucket: Arc<str> = text("Bucket")
        .ok_or_else(|| Fault::runtime("The ItemReader does not say which Bucket to read from."))?;
    let resource = reader
        .get("Resource")
        .and_then(|resource| resource.literal());
    let resource = resource
        .as_ref()
        .and_then(Value::as_str)
        .unwrap_or_default();
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
    let (most, config) = match config {
        None => (usize::MAX, Value::Null),
        Some(config) => (
            most(evaluator, &config, input)?,
            evaluator.template("ItemReader/ReaderConfig", &config, input)?,
        ),
    };
    Ok(Reader {
        source,
        format: format(&config),
        most,
    })
}

/// What `ItemsPointer` of a reader names in the data; nothing where it has none.
pub(in super::super) fn pointed(reader: &Template, data: &Value) -> Option<Value> {
    let pointer = reader.get("ReaderConfig")?.get("ItemsPointer")?.literal()?;
    let pointer = Pointer::parse(pointer.as_str()?);
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

/// `Parameters` or `Arguments` of a field, and where they stand.
pub(super) fn arguments(field: &str, template: &Template) -> Option<(String, Template)> {
    ["Parameters", "Arguments"]
        .into_iter()
        .find_map(|name| Some((format!("{field}/{name}"), template.get(name)?)))
}

/// `MaxItems` or `MaxItemsPath`.
fn most(evaluator: &mut Evaluator, config: &Template, input: &Value) -> Result<usize, Fault> {
    let most = count(
        evaluator,
        config,
        "MaxItems",
        "ItemReader/ReaderConfig",
        input,
    )?;
    let most = most.filter(|most| *most > 0);
    Ok(most.map_or(usize::MAX, |most| {
        usize::try_from(most).unwrap_or(usize::MAX)
    }))
}

/// A member `name` that is a number, or its `…Path` twin.
pub(super) fn count(
    evaluator: &mut Evaluator,
    template: &Template,
    name: &str,
    place: &str,
    input: &Value,
) -> Result<Option<u64>, Fault> {
    let setting = match (template.get(name), template.get(&format!("{name}Path"))) {
        (_, Some(Template::Literal(Value::String(path)))) => {
            Setting::Dynamic(Expression::read(path, Span::new(0, 0)))
        }
        (Some(Template::Expression(expression)), _) => Setting::Dynamic(expression),
        (Some(Template::Literal(value)), _) => {
            let Some(number) = value.as_i64().and_then(|number| u64::try_from(number).ok()) else {
                return Ok(None);
            };
            Setting::Fixed(number)
        }
        _ => return Ok(None),
    };
    let field = match evaluator {
        Evaluator::JsonPath(_) => name.to_owned(),
        Evaluator::Jsonata(_) => format!("{place}/{name}"),
    };
    setting::count(evaluator, &field, Some(&setting), input)
}

fn format(config: &Value) -> Format {
    let text = |name: &str| config.get(name).and_then(Value::as_str);
    match text("InputType") {
        Some("MANIFEST") if text("ManifestType") != Some("ATHENA_DATA") => {
            Format::Manifest(ManifestKind::Inventory, None)
        }
        Some("JSONL") if text("ManifestType") == Some("ATHENA_DATA") => athena(Format::JsonLines),
        Some("CSV") if text("ManifestType") == Some("ATHENA_DATA") => athena(csv(config)),
        Some("PARQUET") => Format::Parquet,
        Some("JSONL") => Format::JsonLines,
        Some("CSV") => csv(config),
        _ => Format::Json {
            pointer: text("ItemsPointer").map(Arc::from),
        },
    }
}

fn athena(data: Format) -> Format {
    Format::Manifest(ManifestKind::Athena, Some(Box::new(data)))
}

fn csv(config: &Value) -> Format {
    let text = |name: &str| config.get(name).and_then(Value::as_str);
    let given = config.get("CSVHeaders").and_then(Value::as_array);
    Format::Csv {
        header: match (text("CSVHeaderLocation"), given) {
            (Some("GIVEN"), Some(names)) => {
                let names = names.iter().filter_map(Value::as_str);
                Header::Given(names.map(Arc::from).collect())
            }
            _ => Header::FirstRow,
        },
        delimiter: text("CSVDelimiter")
            .and_then(Delimiter::parse)
            .unwrap_or_default(),
    }
}
