//! Objects in buckets.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use crate::source::json::wire;

/// The objects that there are, by bucket and key, in the order of S3: by the bytes of
/// their keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Objects {
    buckets: BTreeMap<Arc<str>, BTreeMap<Arc<str>, Text>>,
}

/// The text of an object, shared. One that was written piece by piece is not copied for that,
/// as it may be of tens of megabytes.
#[derive(Clone, Debug)]
pub enum Text {
    /// As it was given.
    Given(Arc<str>),
    /// As it was written.
    Written(Arc<String>),
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Text::Given(text) => text,
            Text::Written(text) => text,
        }
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Text {}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Text::Given(text.into())
    }
}

impl From<Arc<str>> for Text {
    fn from(text: Arc<str>) -> Self {
        Text::Given(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Text::Written(Arc::new(text))
    }
}

/// An object that somebody gives. While its path is typed, it need not be one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GivenObject {
    /// Bucket and key, parted by a slash.
    pub path: String,
    /// What is in it.
    pub text: Arc<str>,
}

wire! { struct GivenObject { path, text, } }

impl GivenObject {
    /// Whether its path names a bucket and a key.
    pub fn has_path(&self) -> bool {
        Objects::default().insert_at(&self.path, "").is_ok()
    }
}

/// A path that is not a bucket, a slash and a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathError;

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a bucket, a slash and a key")
    }
}

impl std::error::Error for PathError {}

impl Objects {
    /// The objects that are given, or the path that is none.
    pub fn of(given: &[GivenObject]) -> Result<Self, String> {
        let mut objects = Self::default();
        for object in given {
            let done = objects.insert_at(&object.path, object.text.clone());
            done.map_err(|_| object.path.clone())?;
        }
        Ok(objects)
    }

    /// Adds an object, or puts it in the place of another one.
    pub fn insert(
        &mut self,
        bucket: impl Into<Arc<str>>,
        key: impl Into<Arc<str>>,
        text: impl Into<Text>,
    ) {
        let bucket = self.buckets.entry(bucket.into()).or_default();
        bucket.insert(key.into(), text.into());
    }

    /// Adds an object by a path `bucket/key`.
    pub fn insert_at(&mut self, path: &str, text: impl Into<Text>) -> Result<(), PathError> {
        let (bucket, key) = path.split_once('/').ok_or(PathError)?;
        if bucket.is_empty() || key.is_empty() {
            return Err(PathError);
        }
        self.insert(bucket, key, text);
        Ok(())
    }

    /// The text of an object.
    pub fn get(&self, bucket: &str, key: &str) -> Option<&Text> {
        self.buckets.get(bucket)?.get(key)
    }

    /// The keys and texts of a bucket that begin with `prefix`, in order.
    pub fn list(&self, bucket: &str, prefix: &str) -> impl Iterator<Item = (&Arc<str>, &Text)> {
        let keys = self.buckets.get(bucket).into_iter().flatten();
        keys.filter(move |(key, _)| key.starts_with(prefix))
    }

    /// Every object: bucket, key and text.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<str>, &Text)> {
        let buckets = self.buckets.iter();
        buckets.flat_map(|(bucket, keys)| keys.iter().map(move |(key, text)| (bucket, key, text)))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.buckets.values().all(BTreeMap::is_empty)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_by_prefix_in_order() {
        let mut objects = Objects::default();
        for path in ["b/x/2", "b/x/10", "b/y", "c/x/1"] {
            objects.insert_at(path, "").unwrap();
        }
        let keys: Vec<&str> = objects.list("b", "x/").map(|(key, _)| &**key).collect();
        assert_eq!(keys, ["x/10", "x/2"]);
        assert_eq!(objects.iter().count(), 4);
        for bad in ["b", "/k", "b/"] {
            assert_eq!(objects.insert_at(bad, ""), Err(PathError), "{bad}");
        }
    }
}
