//! `localStorage`, and the mirror that survives a trap of this very program.
//!
//! The mirror itself is plain JavaScript (`www/guard.js`); this module only reads it.

use wasm_bindgen::JsValue;

use crate::source::json::Value;

fn local() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// The value kept under `key`; nothing where storage is forbidden.
pub fn read(key: &str) -> Option<String> {
    local()?.get_item(key).ok()?
}

/// Keeps `value` under `key`; does nothing where storage is full or forbidden.
pub fn write(key: &str, value: &str) {
    if let Some(storage) = local() {
        // Settings are a convenience: a full or forbidden storage is told where documents are kept.
        let _ = storage.set_item(key, value);
    }
}

/// Forgets `key`.
pub fn remove(key: &str) {
    if let Some(storage) = local() {
        let _ = storage.remove_item(key);
    }
}

/// Name and text of a document as the mirror kept them.
pub fn mirrored(document_id: &str) -> Option<(String, String)> {
    let kept = Value::parse(&read(&format!("statelab.mirror.{document_id}"))?).ok()?;
    let member = |name| kept.get(name)?.as_str().map(str::to_owned);
    Some((member("name")?, member("text")?))
}

/// How the mirror of documents fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MirrorState {
    /// Texts are kept.
    Ok,
    /// There is no room left.
    Full,
    /// The browser forbids storage.
    None,
}

/// How the mirror fares at present.
pub fn mirror_state() -> MirrorState {
    let guard = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("statelabGuard"));
    let state = guard.and_then(|guard| js_sys::Reflect::get(&guard, &JsValue::from_str("storage")));
    match state.ok().and_then(|state| state.as_string()).as_deref() {
        Some("ok") => MirrorState::Ok,
        Some("full") => MirrorState::Full,
        _ => MirrorState::None,
    }
}
