//! `localStorage`: settings, and what the mirror of documents keeps there.

/// What all keys of this page start with; others on the same host are none of its business.
const PREFIX: &str = "statelab.";

fn local() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn in_tab() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok()?
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

/// The keys of this page's entries.
pub fn keys() -> Vec<String> {
    let Some(storage) = local() else {
        return Vec::new();
    };
    let count = storage.length().unwrap_or_default();
    let keys = (0..count).filter_map(|index| storage.key(index).ok()?);
    keys.filter(|key| key.starts_with(PREFIX)).collect()
}

/// The value that this tab alone keeps under `key`, until it is closed.
pub fn read_in_tab(key: &str) -> Option<String> {
    in_tab()?.get_item(key).ok()?
}

/// Keeps `value` under `key` for this tab alone.
pub fn write_in_tab(key: &str, value: &str) {
    if let Some(storage) = in_tab() {
        // A convenience, as above.
        let _ = storage.set_item(key, value);
    }
}

/// Forgets every entry of this page, in this tab and on this device.
pub fn clear() {
    for key in keys() {
        remove(&key);
    }
    if let Some(storage) = in_tab() {
        let _ = storage.clear();
    }
}
