//! Keys that work wherever the focus is.

use leptos::ev::KeyboardEvent;

use super::act::Commands;
use super::chord::Pressed;
use super::table::{Command, pressed};
use crate::ui::dom::element::{has_command_key, is_in_text_field, on_key};

/// Listens for the keys of the page that no place of it has taken. While the commands are
/// listed, only the key that lists them acts.
pub fn listen(commands: Commands) {
    on_key(move |event: KeyboardEvent| {
        if event.default_prevented() {
            return;
        }
        let (key, code) = (event.key(), event.code());
        let press = Pressed {
            key: &key,
            code: &code,
            has_mod: has_command_key(&event),
            has_shift: event.shift_key(),
            has_alt: event.alt_key(),
        };
        let Some(command) = pressed(&press, is_in_text_field(&event)) else {
            return;
        };
        // Escape has other work to do as well: it closes dialogs and leaves full screen.
        if command != Command::CloseOver {
            event.prevent_default();
        }
        let is_listed = leptos::prelude::GetUntracked::get_untracked(&commands.is_listed);
        if !is_listed || command == Command::Commands {
            commands.act(command);
        }
    });
}
