//! What an `ItemReader` makes of objects: one item at a time.

use std::collections::VecDeque;
use std::sync::Arc;

use super::csv::{Delimiter, Rows};
use super::error::ReadError;
use super::manifest;
use super::objects::{Objects, Text};
use crate::expr::hash;
use crate::source::json::{Elements, NoElements, Object, Piece, Pointer, Value};

/// Where the items come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// `s3:getObject`: what stands in an object.
    Object {
        /// `Bucket`
        bucket: Arc<str>,
        /// `Key`
        key: Arc<str>,
    },
    /// `s3:listObjectsV2`: the objects themselves.
    Listing {
        /// `Bucket`
        bucket: Arc<str>,
        /// `Prefix`
        prefix: Arc<str>,
    },
}

/// `CSVHeaderLocation` and `CSVHeaders`
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Header {
    /// `FIRST_ROW`
    FirstRow,
    /// `GIVEN`
    Given(Vec<Arc<str>>),
}

/// `ManifestType`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ManifestKind {
    /// `S3_INVENTORY`, the default.
    Inventory,
    /// `ATHENA_DATA`
    Athena,
}

/// `InputType` with what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Format {
    /// `CSV`
    Csv {
        /// Where the names of the columns come from.
        header: Header,
        /// What stands between columns.
        delimiter: Delimiter,
    },
    /// `JSON`
    Json {
        /// `ItemsPointer`
        pointer: Option<Arc<str>>,
    },
    /// `JSONL`
    JsonLines,
    /// `MANIFEST`, or data files that a manifest names.
    Manifest(ManifestKind, Option<Box<Format>>),
    /// `PARQUET`, which is no text.
    Parquet,
}

/// Items, read one by one.
#[derive(Clone, Debug)]
pub struct Items {
    files: VecDeque<File>,
}

/// What is left of one object.
#[derive(Clone, Debug)]
enum File {
    Values(std::vec::IntoIter<Value>),
    Listed(std::vec::IntoIter<(Arc<str>, Text)>),
    Elements {
        key: Arc<str>,
        text: Text,
        elements: Elements,
    },
    Rows {
        rows: Rows,
        header: Vec<Arc<str>>,
    },
    Lines {
        key: Arc<str>,
        text: Text,
        at: usize,
        line: u64,
    },
}

/// The items of a source; the format does not matter to a listing.
pub fn read(objects: &Objects, source: &Source, format: &Format) -> Result<Items, ReadError> {
    let files = match source {
        Source::Listing { bucket, prefix } => {
            let listed = objects.list(bucket, prefix);
            let listed: Vec<_> = listed
                .map(|(key, text)| (key.clone(), text.clone()))
                .collect();
            VecDeque::from([File::Listed(listed.into_iter())])
        }
        Source::Object { bucket, key } => open(objects, bucket, key, format)?,
    };
    Ok(Items { files })
}

impl Items {
    /// Items that are there already.
    pub fn of(items: Vec<Value>) -> Self {
        Self {
            files: VecDeque::from([File::Values(items.into_iter())]),
        }
    }
}

/// Step by step: an item, or nothing where only a part of a long text was passed over.
impl Iterator for Items {
    type Item = Result<Option<Value>, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.files.front_mut()?.next() {
                return Some(item);
            }
            self.files.pop_front();
        }
    }
}

impl File {
    fn next(&mut self) -> Option<Result<Option<Value>, ReadError>> {
        match self {
            Self::Values(values) => values.next().map(|value| Ok(Some(value))),
            Self::Listed(listed) => {
                let (key, text) = listed.next()?;
                Some(Ok(Some(describe(&key, &text))))
            }
            Self::Elements {
                key,
                text,
                elements,
            } => Some(match elements.next(text)? {
                Ok(Piece::Element(value)) => Ok(Some(value)),
                Ok(Piece::Member(name, value)) => {
                    Ok(Some(Value::from([("Key", name.into()), ("Value", value)])))
                }
                Ok(Piece::Passed) => Ok(None),
                Err(NoElements::Elsewhere) => Err(ReadError::NotIterable),
                Err(NoElements::Broken) => Err(ReadError::Json {
                    key: key.clone(),
                    line: None,
                }),
            }),
            // Learned from recordings: short rows are filled up, long ones cut off.
            Self::Rows { rows, header } => {
                let mut fields = rows.next()?.into_iter();
                let members = header.iter().map(|name| {
                    let field = fields.next().unwrap_or_default();
                    (name.clone(), Value::from(field))
                });
                Some(Ok(Some(members.collect::<Object>().into())))
            }
            Self::Lines {
                key,
                text,
                at,
                line,
            } => loop {
                let rest = text.get(*at..).filter(|rest| !rest.is_empty())?;
                let this = rest.split_once('\n').map_or(rest, |(this, _)| this);
                *at += this.len() + 1;
                *line += 1;
                if this.trim().is_empty() {
                    continue;
                }
                let error = ReadError::Json {
                    key: key.clone(),
                    line: Some(*line),
                };
                return Some(Value::parse(this.trim()).map(Some).map_err(|_| error));
            },
        }
    }
}

/// The files that an object stands for: itself, or those a manifest names.
fn open(
    objects: &Objects,
    bucket: &Arc<str>,
    key: &Arc<str>,
    format: &Format,
) -> Result<VecDeque<File>, ReadError> {
    let text = objects
        .get(bucket, key)
        .ok_or_else(|| ReadError::NoSuchKey {
            bucket: bucket.clone(),
            key: key.clone(),
        })?;
    let Format::Manifest(kind, data) = format else {
        return Ok(VecDeque::from([file(key, text, format)?]));
    };
    let manifest = match kind {
        ManifestKind::Inventory => manifest::inventory(text, bucket)?,
        ManifestKind::Athena => manifest::athena(text, data.as_deref())?,
    };
    let mut files = VecDeque::new();
    for (bucket, key) in manifest.files {
        // A manifest names data files, never another manifest.
        if matches!(manifest.format, Format::Manifest(..)) {
            return Err(ReadError::Manifest("it names a manifest"));
        }
        files.extend(open(objects, &bucket, &key, &manifest.format)?);
    }
    Ok(files)
}

fn file(key: &Arc<str>, text: &Text, format: &Format) -> Result<File, ReadError> {
    match format {
        Format::Csv { header, delimiter } => {
            let mut rows = Rows::new(text.clone(), *delimiter);
            let header = match header {
                Header::Given(names) => names.clone(),
                Header::FirstRow => {
                    let names = rows.next().ok_or(ReadError::NoHeader)?;
                    names.into_iter().map(Arc::from).collect()
                }
            };
            Ok(File::Rows { rows, header })
        }
        Format::Json { pointer } => Ok(File::Elements {
            key: key.clone(),
            text: text.clone(),
            elements: match pointer {
                Some(pointer) if pointer.starts_with('/') => Elements::at(&Pointer::parse(pointer)),
                // Anything else is no pointer, and points to nothing.
                Some(_) => return Err(ReadError::NotIterable),
                None => Elements::of_array(),
            },
        }),
        Format::JsonLines => Ok(File::Lines {
            key: key.clone(),
            text: text.clone(),
            at: 0,
            line: 0,
        }),
        Format::Parquet => Err(ReadError::Unreadable("Parquet")),
        Format::Manifest(..) => Err(ReadError::Manifest("it names a manifest")),
    }
}

/// An object as a listing tells it. Members and their order are those of recordings; the
/// time is one of the past, as nothing knows a better one.
fn describe(key: &Arc<str>, text: &str) -> Value {
    let tag = hash("MD5", text.as_bytes()).unwrap_or_default();
    let size = i64::try_from(text.len()).unwrap_or(i64::MAX);
    Value::from([
        ("Etag", Value::from(format!("\"{tag}\""))),
        ("LastModified", Value::from(1_700_000_000)),
        ("Key", key.clone().into()),
        ("Size", size.into()),
        ("StorageClass", "STANDARD".into()),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn objects() -> Objects {
        let mut objects = Objects::default();
        for (key, text) in [
            ("table.csv", "a,b\n1,2\n3\n4,5,6\n"),
            ("list.json", r#"[{"a":1},2]"#),
            ("odd.json", r#"[1, "\ud800", 3]"#),
            ("cut.json", "[1, 2"),
            ("deep.json", r#"{"x":{"y":[1,2]},"o":{"k":1}}"#),
            ("rows.jsonl", "{\"a\":1}\n\n[2]\n"),
            ("bad.jsonl", "1\n{\n"),
            (
                "manifest.json",
                r#"{"fileFormat":"CSV","fileSchema":"Bucket, Key","files":[{"key":"inv/1.csv"},{"key":"inv/2.csv"}]}"#,
            ),
            ("inv/1.csv", "\"b\",\"k1\"\n"),
            ("inv/2.csv", "\"b\",\"k2\"\n"),
            ("athena.csv", "s3://b/rows.jsonl\ns3://b/more.jsonl\n"),
            ("more.jsonl", "3"),
        ] {
            objects.insert("b", key, text);
        }
        objects
    }

    fn items(key: &str, format: &Format) -> Result<String, String> {
        let source = Source::Object {
            bucket: "b".into(),
            key: key.into(),
        };
        let items =
            read(&objects(), &source, format).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        items
            .map(|items| items.into_iter().flatten().collect::<Vec<Value>>())
            .map(|items| Value::from(items).to_string())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn reads_every_format() {
        let csv = |header| Format::Csv {
            header,
            delimiter: Delimiter::Comma,
        };
        let json = |pointer: Option<&str>| Format::Json {
            pointer: pointer.map(Arc::from),
        };
        let athena = Format::Manifest(ManifestKind::Athena, Some(Box::new(Format::JsonLines)));
        for (key, format, expected) in [
            (
                "table.csv",
                csv(Header::FirstRow),
                r#"[{"a":"1","b":"2"},{"a":"3","b":""},{"a":"4","b":"5"}]"#,
            ),
            (
                "table.csv",
                csv(Header::Given(vec!["x".into()])),
                r#"[{"x":"a"},{"x":"1"},{"x":"3"},{"x":"4"}]"#,
            ),
            ("list.json", json(None), r#"[{"a":1},2]"#),
            ("odd.json", json(None), "[1,\"\u{fffd}\",3]"),
            ("deep.json", json(Some("/x/y")), "[1,2]"),
            ("deep.json", json(Some("/o")), r#"[{"Key":"k","Value":1}]"#),
            ("rows.jsonl", Format::JsonLines, r#"[{"a":1},[2]]"#),
            (
                "manifest.json",
                Format::Manifest(ManifestKind::Inventory, None),
                r#"[{"Bucket":"b","Key":"k1"},{"Bucket":"b","Key":"k2"}]"#,
            ),
            ("athena.csv", athena, r#"[{"a":1},[2],3]"#),
        ] {
            assert_eq!(items(key, &format).unwrap(), expected, "{key}");
        }
    }

    #[test]
    fn says_what_cannot_be_read() {
        let json = |pointer: Option<&str>| Format::Json {
            pointer: pointer.map(Arc::from),
        };
        for (key, format, expected) in [
            ("none", json(None), "The specified key does not exist"),
            (
                "deep.json",
                json(None),
                "Attempting to map over non-iterable node.",
            ),
            (
                "deep.json",
                json(Some("/no")),
                "Attempting to map over non-iterable node.",
            ),
            (
                "deep.json",
                json(Some("o")),
                "Attempting to map over non-iterable node.",
            ),
            (
                "list.json",
                json(Some("")),
                "Attempting to map over non-iterable node.",
            ),
            (
                "table.csv",
                json(None),
                "The object 'table.csv' is not valid JSON.",
            ),
            (
                "cut.json",
                json(None),
                "The object 'cut.json' is not valid JSON.",
            ),
            (
                "bad.jsonl",
                Format::JsonLines,
                "Line 2 of the object 'bad.jsonl'",
            ),
            (
                "table.csv",
                Format::Parquet,
                "Parquet files cannot be read here.",
            ),
        ] {
            let said = items(key, &format).unwrap_err();
            assert!(said.starts_with(expected), "{key}: {said}");
        }
    }

    #[test]
    fn lists_objects() {
        let source = Source::Listing {
            bucket: "b".into(),
            prefix: "inv/".into(),
        };
        let listed = read(&objects(), &source, &Format::JsonLines).unwrap();
        let listed: Vec<Value> = listed.filter_map(Result::unwrap).collect();
        assert_eq!(listed.len(), 2);
        assert_eq!(
            listed[1].to_string(),
            r#"{"Etag":"\"2eb0c203e8cba525c434812319df3906\"","LastModified":1700000000,"Key":"inv/2.csv","Size":9,"StorageClass":"STANDARD"}"#
        );
    }
}
