//! Colours and fonts of a picture: those of the page, read from its own style sheet.

/// The one place where colours are written.
const SHEET: &str = include_str!("../../../style/tokens.css");

/// The colours of a theme by their names, and what all themes share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tokens {
    theme: &'static str,
    shared: &'static str,
}

impl Tokens {
    pub(super) fn light() -> Self {
        Self::of("[data-theme=\"light\"] {")
    }

    pub(super) fn dark() -> Self {
        Self::of("[data-theme=\"dark\"] {")
    }

    fn of(selector: &str) -> Self {
        Self {
            theme: block(selector),
            shared: block(":root {"),
        }
    }

    /// The value of a custom property, named without its dashes.
    pub(super) fn get(self, name: &str) -> &'static str {
        value(self.theme, name)
            .or_else(|| value(self.shared, name))
            .unwrap_or_default()
    }
}

/// What stands in the braces after a selector.
fn block(selector: &str) -> &'static str {
    let (_, rest) = SHEET.split_once(selector).unwrap_or_default();
    rest.split_once('}').map_or("", |(block, _)| block)
}

fn value(block: &'static str, name: &str) -> Option<&'static str> {
    let property = format!("--{name}:");
    let (_, rest) = block.split_once(&property)?;
    Some(rest.split_once(';')?.0.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_themes_have_every_colour() {
        let names = SHEET
            .split("--")
            .skip(1)
            .filter_map(|rest| rest.split_once(':'));
        let light = Tokens::light();
        let colours: Vec<&str> = names
            .map(|(name, _)| name)
            .filter(|name| value(light.theme, name).is_some())
            .collect();
        assert!(colours.len() > 50);
        for name in colours {
            assert!(!Tokens::dark().get(name).is_empty(), "{name}");
        }
        assert_ne!(
            light.get("surface-node"),
            Tokens::dark().get("surface-node")
        );
        assert!(light.get("font-ui").contains("sans-serif"));
    }
}
