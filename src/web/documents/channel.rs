//! What tabs tell each other about documents. A tab does not hear itself.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

use super::record::DocumentId;

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The database holds another state of this document.
    Saved(DocumentId),
    /// This document is no more in the database.
    Removed(DocumentId),
    /// Whoever writes this document: save it and let it go.
    LetGo(DocumentId),
    /// It is saved, and is no longer written by the tab that says so.
    LetGone(DocumentId),
    /// Everything was forgotten.
    Forgotten,
}

impl Message {
    /// A word and an identity.
    fn to_text(&self) -> String {
        match self {
            Message::Saved(id) => format!("saved {id}"),
            Message::Removed(id) => format!("removed {id}"),
            Message::LetGo(id) => format!("let-go {id}"),
            Message::LetGone(id) => format!("let-gone {id}"),
            Message::Forgotten => "forgotten ".to_owned(),
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        let (word, id) = text.split_once(' ')?;
        let id = DocumentId::new(id);
        match word {
            "saved" => Some(Message::Saved(id)),
            "removed" => Some(Message::Removed(id)),
            "let-go" => Some(Message::LetGo(id)),
            "let-gone" => Some(Message::LetGone(id)),
            "forgotten" => Some(Message::Forgotten),
            _ => None,
        }
    }
}

/// This tab's end of the channel.
pub struct Channel {
    /// Missing where the browser has none: then tabs know nothing of each other.
    inner: Option<BroadcastChannel>,
}

impl Channel {
    /// Joins the channel.
    pub fn join() -> Self {
        // Calling a constructor that is not there throws.
        Self {
            inner: BroadcastChannel::new("statelab.documents").ok(),
        }
    }

    /// Calls `act` with every message, as long as the page lives.
    pub fn listen(&self, act: impl Fn(Message) + 'static) {
        let Some(inner) = &self.inner else { return };
        let listen = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string()
                && let Some(message) = Message::from_text(&text)
            {
                act(message);
            }
        });
        inner.set_onmessage(Some(listen.into_js_value().unchecked_ref()));
    }

    /// Tells the other tabs.
    pub fn tell(&self, message: &Message) {
        if let Some(inner) = &self.inner {
            // A string can always be sent.
            let _ = inner.post_message(&message.to_text().into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_survive_the_way() {
        let id = || DocumentId::new("a");
        let messages = [
            Message::Saved(id()),
            Message::Removed(id()),
            Message::LetGo(id()),
            Message::LetGone(id()),
            Message::Forgotten,
        ];
        for message in messages {
            assert_eq!(Message::from_text(&message.to_text()), Some(message));
        }
        assert_eq!(Message::from_text("of another version"), None);
    }
}
