//! All documents: in the database where there is one, in memory where there is none or
//! where it takes no more.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::browser;
use super::record::{Beside, DocumentId, Record, Summary};

/// Why the database does not keep something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageError {
    /// There is no room left.
    Full,
    /// The browser has no database, forbids it, or it failed; the browser's words.
    Unavailable(String),
}

/// All documents of this device. What the database did not take stays in memory and is
/// found there first.
#[derive(Default)]
pub struct Shelf {
    unsaved: RefCell<BTreeMap<DocumentId, Record>>,
    /// Being removed: a list that was asked for just before still names them.
    leaving: RefCell<BTreeSet<DocumentId>>,
}

impl Shelf {
    /// No document in memory yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether the database answers.
    pub async fn probe(&self) -> Result<(), StorageError> {
        browser::database().await.map(drop).map_err(read_error)
    }

    /// Waits for a database that does not answer in time, and gives it what was kept in
    /// memory until then and is not older than what it has. Fails where there is none.
    pub async fn catch_up(&self) -> Result<(), StorageError> {
        browser::at_last().await.map_err(read_error)?;
        let waiting: Vec<Record> = self.unsaved.borrow().values().cloned().collect();
        for record in waiting {
            let stored = self.stored(&record.summary.id).await;
            let changed = record.summary.changed;
            if stored.is_none_or(|stored| stored.summary.changed <= changed) {
                self.write(record).await?;
            } else {
                self.unsaved.borrow_mut().remove(&record.summary.id);
            }
        }
        Ok(())
    }

    /// What there is, latest first.
    pub async fn list(&self) -> Vec<Summary> {
        let stored = browser::list().await.ok().and_then(|list| {
            let list: Array = list.dyn_into().ok()?;
            Some(list.iter().filter_map(read_summary).collect::<Vec<_>>())
        });
        let (unsaved, leaving) = (self.unsaved.borrow(), self.leaving.borrow());
        let memory = unsaved.values().map(|record| record.summary.clone());
        let stored = stored.unwrap_or_default().into_iter();
        let is_kept = |id: &DocumentId| !unsaved.contains_key(id) && !leaving.contains(id);
        let mut all: Vec<Summary> = memory
            .chain(stored.filter(|summary| is_kept(&summary.id)))
            .collect();
        all.sort_by(|a, b| b.changed.cmp(&a.changed).then_with(|| a.id.cmp(&b.id)));
        all
    }

    /// A document with everything in it.
    pub async fn read(&self, id: &DocumentId) -> Option<Record> {
        if let Some(record) = self.unsaved.borrow().get(id) {
            return Some(record.clone());
        }
        self.stored(id).await
    }

    async fn stored(&self, id: &DocumentId) -> Option<Record> {
        let parts: Array = browser::read(id.as_str()).await.ok()?.dyn_into().ok()?;
        let part = |index| parts.get(index).as_string();
        Some(Record {
            summary: read_summary(parts.get(0))?,
            text: part(1)?.into(),
            beside: Beside::from_json(&part(2)?),
        })
    }

    /// Keeps a document. If the database fails it stays in memory, and the reason is given.
    pub async fn write(&self, record: Record) -> Result<(), StorageError> {
        let id = record.summary.id.clone();
        let (json, beside) = (record.summary.to_json(), record.beside.to_json());
        let text = record.text.clone();
        let written_at = record.summary.changed;
        // Until it is written, this is where a reader finds it.
        self.unsaved.borrow_mut().insert(id.clone(), record);
        browser::write(id.as_str(), &json, &text, &beside)
            .await
            .map_err(read_error)?;
        let mut unsaved = self.unsaved.borrow_mut();
        if unsaved
            .get(&id)
            .is_some_and(|record| record.summary.changed == written_at)
        {
            unsaved.remove(&id);
        }
        Ok(())
    }

    /// Whether something is in memory alone that is not the document `shown`.
    pub fn holds_more_than(&self, shown: &DocumentId) -> bool {
        self.unsaved.borrow().keys().any(|id| id != shown)
    }

    /// Removes a document.
    pub async fn remove(&self, id: &DocumentId) -> Result<(), StorageError> {
        self.unsaved.borrow_mut().remove(id);
        self.leaving.borrow_mut().insert(id.clone());
        let removed = browser::remove(id.as_str()).await;
        self.leaving.borrow_mut().remove(id);
        removed.map(drop).map_err(read_error)
    }

    /// Removes everything.
    pub async fn clear(&self) -> Result<(), StorageError> {
        self.unsaved.borrow_mut().clear();
        browser::clear().await.map(drop).map_err(read_error)
    }
}

fn read_summary(json: JsValue) -> Option<Summary> {
    Summary::from_json(&json.as_string()?)
}

fn read_error(error: JsValue) -> StorageError {
    let get = |key: &str| {
        let value = Reflect::get(&error, &JsValue::from_str(key)).ok()?;
        value.as_string().filter(|value| !value.is_empty())
    };
    if get("name").is_some_and(|name| name == "QuotaExceededError") {
        return StorageError::Full;
    }
    let words = get("message").or_else(|| get("name"));
    StorageError::Unavailable(words.unwrap_or_else(|| "no reason given".to_owned()))
}
