//! The functions of `www/documents`.

use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = statelabDocuments, catch)]
    pub(super) async fn database() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = statelabDocuments, js_name = atLast, catch)]
    pub(super) async fn at_last() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = statelabDocuments, catch)]
    pub(super) async fn list() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = statelabDocuments, catch)]
    pub(super) async fn read(id: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = statelabDocuments, catch)]
    pub(super) async fn write(
        id: &str,
        summary: &str,
        text: &str,
        beside: &str,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = statelabDocuments, catch)]
    pub(super) async fn remove(id: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = statelabDocuments, catch)]
    pub(super) async fn clear() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = statelabDocuments, catch)]
    pub(super) async fn hold(id: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = statelabDocuments, catch)]
    pub(super) async fn wait(id: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = statelabDocuments, catch)]
    pub(super) async fn steal(id: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = statelabDocuments, catch)]
    pub(super) fn release(id: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(js_namespace = statelabDocuments, js_name = onLost, catch)]
    pub(super) fn on_lost(act: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(js_namespace = statelabDocuments, js_name = zip, catch)]
    async fn zip_files(names: &Array, texts: &Array) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = statelabDocuments, js_name = pixels, catch)]
    async fn draw_pixels(svg: &str) -> Result<JsValue, JsValue>;
}

/// An SVG picture as a PNG file; nothing if the browser cannot draw it.
pub async fn pixels(svg: &str) -> Option<web_sys::Blob> {
    draw_pixels(svg).await.ok()?.dyn_into().ok()
}

/// Packs files of these names and texts into one zip file; nothing if the browser fails.
pub async fn zip(files: &[(String, String)]) -> Option<web_sys::Blob> {
    let names: Array = files.iter().map(|(name, _)| JsValue::from(name)).collect();
    let texts: Array = files.iter().map(|(_, text)| JsValue::from(text)).collect();
    zip_files(&names, &texts).await.ok()?.dyn_into().ok()
}
