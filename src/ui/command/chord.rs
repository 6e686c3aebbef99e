//! Keys as they are written in the table of commands: `Mod Shift Z`, `F1`, `+`.
//!
//! `Mod` is Cmd on a Mac and Ctrl elsewhere. A letter stands for its key with or without
//! Caps Lock; a sign stands for itself, however it is typed.

/// A pressed key with what was held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pressed<'a> {
    /// The key's value, as `KeyboardEvent.key`.
    pub key: &'a str,
    /// The key's place on the keyboard, as `KeyboardEvent.code`: Alt changes the value.
    pub code: &'a str,
    /// Whether Ctrl or Cmd was held.
    pub has_mod: bool,
    /// Whether Shift was held.
    pub has_shift: bool,
    /// Whether Alt was held.
    pub has_alt: bool,
}

/// For whom keys are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyboard {
    /// A Mac's, with its signs.
    Mac,
    /// Any other.
    Other,
    /// Both, as the documentation names them.
    Both,
}

/// Whether a press is that of a chord.
pub fn is_pressed(chord: &str, pressed: &Pressed<'_>) -> bool {
    let (mut has_mod, mut has_shift, mut has_alt) = (false, false, false);
    let mut key = "";
    for part in chord.split(' ') {
        match part {
            "Mod" => has_mod = true,
            "Shift" => has_shift = true,
            "Alt" => has_alt = true,
            _ => key = part,
        }
    }
    let is_letter = key.len() == 1 && key.starts_with(|char: char| char.is_ascii_alphabetic());
    let is_key = pressed.key.eq_ignore_ascii_case(key)
        || (is_letter && has_alt && pressed.code.strip_prefix("Key") == Some(key));
    // A sign may need Shift on one keyboard and not on the other.
    let is_sign = key.len() == 1 && !is_letter;
    is_key
        && pressed.has_mod == has_mod
        && pressed.has_alt == has_alt
        && (is_sign || pressed.has_shift == has_shift)
}

/// A chord as people read it; what is no chord stays as it is written.
pub fn label(chord: &str, keyboard: Keyboard) -> String {
    let parts = chord.split(' ').map(|part| match (part, keyboard) {
        ("Mod", Keyboard::Mac) => "⌘",
        ("Shift", Keyboard::Mac) => "⇧",
        ("Alt", Keyboard::Mac) => "⌥",
        ("Mod", Keyboard::Other) => "Ctrl",
        ("Mod", Keyboard::Both) => "Ctrl/Cmd",
        ("Enter", Keyboard::Mac | Keyboard::Other) => "↵",
        ("Escape", Keyboard::Mac | Keyboard::Other) => "Esc",
        ("-", _) => "−",
        (part, _) => part,
    });
    let mut parts: Vec<&str> = parts.collect();
    if keyboard == Keyboard::Mac && parts.first() == Some(&"⌘") {
        // A Mac names Cmd last of what is held.
        let held = parts.len().saturating_sub(1);
        if let Some(held) = parts.get_mut(..held) {
            held.rotate_left(1);
        }
        return parts.concat();
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press<'a>(key: &'a str, held: &str) -> Pressed<'a> {
        Pressed {
            key,
            code: "",
            has_mod: held.contains('m'),
            has_shift: held.contains('s'),
            has_alt: held.contains('a'),
        }
    }

    #[test]
    fn what_is_held_must_agree() {
        for (chord, key, held, is_it) in [
            ("Mod Z", "z", "m", true),
            ("Mod Z", "Z", "m", true),
            ("Mod Z", "Z", "ms", false),
            ("Mod Shift Z", "Z", "ms", true),
            ("Mod Z", "z", "", false),
            ("Mod Enter", "Enter", "m", true),
            ("F1", "F1", "", true),
            ("F1", "F1", "s", false),
            ("+", "+", "s", true),
            ("+", "+", "", true),
            ("0", "0", "m", false),
            ("Alt C", "c", "a", true),
        ] {
            assert_eq!(
                is_pressed(chord, &press(key, held)),
                is_it,
                "{chord}, {key} {held}"
            );
        }
    }

    #[test]
    fn a_letter_with_alt_is_known_by_its_place() {
        let pressed = Pressed {
            code: "KeyC",
            ..press("ç", "a")
        };
        assert!(is_pressed("Alt C", &pressed));
        assert!(!is_pressed("Alt X", &pressed));
    }

    #[test]
    fn a_mac_shows_its_signs() {
        assert_eq!(label("Mod Shift Z", Keyboard::Mac), "⇧⌘Z");
        assert_eq!(label("Mod Enter", Keyboard::Other), "Ctrl ↵");
        assert_eq!(label("Mod Enter", Keyboard::Both), "Ctrl/Cmd Enter");
        assert_eq!(label("-", Keyboard::Other), "−");
    }
}
