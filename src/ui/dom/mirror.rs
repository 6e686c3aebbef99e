//! The mirror of the shown document, which survives a trap of this very program.
//!
//! The mirror itself is plain JavaScript (`www/guard.js`); the editor keeps the text in it
//! with every change.

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::storage;
use crate::source::json::Value;
use crate::time::Timestamp;
use crate::web::documents::record::{Beside, DocumentId, Record};

const PREFIX: &str = "statelab.mirror.";
const SHOWN_KEY: &str = "statelab.document";

/// Under these keys the page kept its only document before it knew several.
const ONLY_KEYS: [&str; 4] = [
    "statelab.mirror.current",
    "statelab.input",
    "statelab.mocks",
    "statelab.substitutions",
];

/// How the mirror fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MirrorState {
    /// Texts are kept.
    Ok,
    /// There is no room left.
    Full,
    /// The browser forbids storage.
    None,
}

/// Whether the mirror writes what it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// For the next start.
    Now,
    /// Not before something changes: it is written already, or another tab's affair.
    Later,
}

/// What is kept of a document.
pub fn read(id: &DocumentId) -> Option<Record> {
    let kept = Value::parse(&storage::read(&format!("{PREFIX}{id}"))?).ok()?;
    let text = |key| kept.get(key)?.as_str();
    let saved_at = kept.get("savedAt").and_then(Value::as_i64);
    let at = Timestamp::from_millis(saved_at.unwrap_or_default());
    let beside = Beside::from_json(text("beside").unwrap_or_default());
    Some(Record::new(
        id.clone(),
        text("name")?,
        text("text")?,
        beside,
        at,
    ))
}

/// The documents of which something is kept.
pub fn ids() -> Vec<DocumentId> {
    let keys = storage::keys().into_iter();
    keys.filter_map(|key| Some(DocumentId::new(key.strip_prefix(PREFIX)?)))
        .collect()
}

/// The only document of a page that knew no several; it becomes one of many, under
/// another identity.
pub fn take_over_only_document() -> Option<Record> {
    let [text_key, input_key, mocks_key, values_key] = ONLY_KEYS;
    let id = DocumentId::new(text_key.strip_prefix(PREFIX)?);
    let mut record = read(&id)?;
    record.summary.id = DocumentId::random();
    record.beside.input = storage::read(input_key).unwrap_or_default();
    record.beside.mocks = storage::read(mocks_key).unwrap_or_default();
    record.beside.substitutions = storage::read(values_key).unwrap_or_default();
    open(&record, Writing::Now);
    if state() == MirrorState::Ok {
        ONLY_KEYS.iter().for_each(|key| storage::remove(key));
    }
    Some(record)
}

/// The document that this tab showed last; of a new tab, the one that any tab did.
pub fn last_shown() -> Option<DocumentId> {
    let id = storage::read_in_tab(SHOWN_KEY).or_else(|| storage::read(SHOWN_KEY))?;
    Some(DocumentId::new(id))
}

/// Says what the page shows from now on.
pub fn open(record: &Record, writing: Writing) {
    let document = Object::new();
    let set = |key: &str, value: &JsValue| {
        // Setting a property of a plain object cannot fail.
        let _ = Reflect::set(&document, &JsValue::from_str(key), value);
    };
    set("name", &record.summary.name.as_str().into());
    set("text", &JsValue::from_str(&record.text));
    set("beside", &record.beside.to_json().into());
    set("savedAt", &(record.summary.changed as f64).into());
    let id = record.summary.id.as_str();
    call(
        "open",
        &[&id.into(), &document, &(writing == Writing::Now).into()],
    );
    storage::write(SHOWN_KEY, id);
    storage::write_in_tab(SHOWN_KEY, id);
}

/// Keeps a document's text and name; the guard reports a full or forbidden storage itself.
pub fn keep(id: &DocumentId, name: &str, text: &str) {
    call("keep", &[&id.as_str().into(), &name.into(), &text.into()]);
}

/// Keeps what stands beside a document's text.
pub fn keep_beside(id: &DocumentId, beside: &Beside) {
    call(
        "keepBeside",
        &[&id.as_str().into(), &beside.to_json().into()],
    );
}

/// Writes at once what is not yet written.
pub fn flush() {
    call("flush", &[]);
}

/// Keeps a document no longer; what is written of it stays.
pub fn let_go(id: &DocumentId) {
    call("letGo", &[&id.as_str().into()]);
}

/// Removes what is kept of a document.
pub fn forget(id: &DocumentId) {
    call("forget", &[&id.as_str().into()]);
}

/// How the mirror fares at present.
pub fn state() -> MirrorState {
    let state = get(&guard(), "storage").as_string();
    match state.as_deref() {
        Some("ok") => MirrorState::Ok,
        Some("full") => MirrorState::Full,
        _ => MirrorState::None,
    }
}

fn guard() -> JsValue {
    get(&js_sys::global(), "statelabGuard")
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED)
}

fn call(name: &str, arguments: &[&JsValue]) {
    if let Ok(function) = get(&guard(), name).dyn_into::<Function>() {
        let arguments = arguments.iter().copied().collect::<js_sys::Array>();
        // The guard catches what storage throws.
        let _ = function.apply(&JsValue::UNDEFINED, &arguments);
    }
}
