//! Who may write a document: at most one tab.

use wasm_bindgen::prelude::*;

use super::browser;
use super::record::DocumentId;

/// Whether this tab may write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grant {
    /// It may.
    Held,
    /// Another tab does, or the waiting was given up.
    Refused,
}

/// Asks for a document at once.
pub async fn hold(id: &DocumentId) -> Grant {
    grant(browser::hold(id.as_str()).await)
}

/// Waits until no other tab has it.
pub async fn wait(id: &DocumentId) -> Grant {
    grant(browser::wait(id.as_str()).await)
}

/// Takes it from whichever tab has it; that tab's [`on_lost`] is called.
pub async fn steal(id: &DocumentId) -> Grant {
    grant(browser::steal(id.as_str()).await)
}

/// Neither holds it nor waits for it any longer.
pub fn release(id: &DocumentId) {
    // Fails only where there are no locks at all.
    let _ = browser::release(id.as_str());
}

/// Calls `act` when another tab has taken a document from this one.
pub fn on_lost(act: impl Fn(DocumentId) + 'static) {
    let act = Closure::<dyn Fn(String)>::new(move |id| act(DocumentId::new(id)));
    // The page listens as long as it lives. Without the script there are no locks to lose.
    let _ = browser::on_lost(&act.into_js_value());
}

/// Without locks every tab writes and the last one wins.
fn grant(answer: Result<JsValue, JsValue>) -> Grant {
    match answer {
        Ok(answer) if answer.is_falsy() => Grant::Refused,
        Ok(_) | Err(_) => Grant::Held,
    }
}
