//! Manifests: files that name the files with the items.

use std::sync::Arc;

use super::csv::{Delimiter, Rows};
use super::error::ReadError;
use super::objects::Text;
use super::reader::{Format, Header};
use crate::source::json::Value;

/// The files that a manifest names, and how they are to be read.
pub(super) struct Manifest {
    pub files: Vec<(Arc<str>, Arc<str>)>,
    pub format: Format,
}

/// The `manifest.json` of an S3 inventory. Its files lie in the bucket of the manifest.
pub(super) fn inventory(text: &str, bucket: &Arc<str>) -> Result<Manifest, ReadError> {
    let manifest = Value::parse(text).map_err(|_| ReadError::Manifest("it is not JSON"))?;
    let member = |name| manifest.get(name).and_then(Value::as_str);
    if member("fileFormat") != Some("CSV") {
        return Err(ReadError::Manifest("its fileFormat is not CSV"));
    }
    let schema = member("fileSchema").ok_or(ReadError::Manifest("it has no fileSchema"))?;
    let header = schema.split(',').map(|name| name.trim().into()).collect();
    let files = manifest.get("files").and_then(Value::as_array);
    let files = files.ok_or(ReadError::Manifest("it has no files"))?;
    let keys = files.iter().map(|file| {
        let key = file.get("key").and_then(Value::as_str);
        Ok((
            bucket.clone(),
            key.ok_or(ReadError::Manifest("a file has no key"))?.into(),
        ))
    });
    Ok(Manifest {
        files: keys.collect::<Result<_, ReadError>>()?,
        format: Format::Csv {
            header: Header::Given(header),
            delimiter: Delimiter::Comma,
        },
    })
}

/// The manifest that Athena's `UNLOAD` writes: a URI of S3 in each line.
pub(super) fn athena(text: &Text, data: Option<&Format>) -> Result<Manifest, ReadError> {
    let rows = Rows::new(text.clone(), Delimiter::Comma);
    let files = rows.map(|row| {
        let uri = row.first().map(String::as_str).unwrap_or_default();
        let path = uri
            .strip_prefix("s3://")
            .and_then(|path| path.split_once('/'));
        let (bucket, key) = path.ok_or(ReadError::Manifest("a line is no URI of S3"))?;
        Ok((bucket.into(), key.into()))
    });
    let format = data.ok_or(ReadError::Manifest(
        "it says nothing of the format of its files",
    ))?;
    Ok(Manifest {
        files: files.collect::<Result<_, ReadError>>()?,
        format: format.clone(),
    })
}
