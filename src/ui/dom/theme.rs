//! The colour theme: an attribute of the root element and a remembered choice.
//! `www/theme.js` applies the same choice before the first paint.

use super::storage;

const KEY: &str = "statelab.theme";

/// What a person chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Whatever the system asks for.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// The strongest contrast.
    Contrast,
}

impl Theme {
    /// All of them, in menu order.
    pub const ALL: [Theme; 4] = [Theme::System, Theme::Light, Theme::Dark, Theme::Contrast];

    /// The word in the menu.
    pub fn label(self) -> &'static str {
        match self {
            Theme::System => "System",
            Theme::Light => "Light",
            Theme::Dark => "Dark",
            Theme::Contrast => "High contrast",
        }
    }

    fn attribute(self) -> Option<&'static str> {
        match self {
            Theme::System => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
            Theme::Contrast => Some("contrast"),
        }
    }

    /// The remembered choice.
    pub fn remembered() -> Self {
        let kept = storage::read(KEY);
        Self::ALL
            .into_iter()
            .find(|theme| theme.attribute() == kept.as_deref())
            .unwrap_or_default()
    }

    /// Shows this theme and remembers it.
    pub fn apply(self) {
        let root = web_sys::window().and_then(|window| window.document()?.document_element());
        let Some(root) = root else { return };
        // Neither call can fail for a constant, valid attribute name.
        match self.attribute() {
            Some(name) => {
                let _ = root.set_attribute("data-theme", name);
                storage::write(KEY, name);
            }
            None => {
                let _ = root.remove_attribute("data-theme");
                storage::remove(KEY);
            }
        }
    }
}
