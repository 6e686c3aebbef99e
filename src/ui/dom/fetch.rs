//! Texts from the site that the page came from.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// Why a text did not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// There was no answer, or it broke off.
    Unreachable,
    /// The answer was no success: its status.
    Status(u16),
}

/// Fetches a text. The page's policy allows no other site than its own.
pub async fn fetch_text(address: &str) -> Result<String, FetchError> {
    let answer = async {
        let promise = web_sys::window()?.fetch_with_str(address);
        let response = JsFuture::from(promise).await.ok()?;
        response.dyn_into::<Response>().ok()
    };
    let response = answer.await.ok_or(FetchError::Unreachable)?;
    if !response.ok() {
        return Err(FetchError::Status(response.status()));
    }
    let text = async {
        JsFuture::from(response.text().ok()?)
            .await
            .ok()?
            .as_string()
    };
    text.await.ok_or(FetchError::Unreachable)
}
