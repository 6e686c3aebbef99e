//! What the list of commands offers: the commands of the table, the states of the
//! definition, and what can be opened.

use super::act::Commands;
use super::chord;
use super::fuzzy;
use super::table::{Command, Reach, TABLE};
use crate::asl::Pointer;
use crate::ui::store::gallery::Catalogue;

/// More rows than this nobody reads; the list says how many there are.
pub(super) const MOST: usize = 60;

/// What choosing a row does.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Choice {
    /// A command of the table.
    Command(Command),
    /// Selects a state.
    State(Pointer),
    /// Opens an example, by its group and its place there.
    Example(usize, usize),
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    /// What choosing it does.
    pub choice: Choice,
    /// What it is about.
    pub group: &'static str,
    /// What it does.
    pub title: String,
    /// Its keys, as people read them.
    pub keys: Vec<String>,
    /// Where its keys work, if not everywhere.
    pub place: Option<&'static str>,
    /// Why it cannot be chosen.
    pub refusal: Option<&'static str>,
    /// Which characters of the title were looked for.
    pub found: Vec<usize>,
}

/// Everything there is to choose from, as it stands now.
pub(super) fn all(commands: Commands) -> Vec<Item> {
    let plain = |choice, group, title| Item {
        choice,
        group,
        title,
        keys: Vec::new(),
        place: None,
        refusal: None,
        found: Vec::new(),
    };
    let listed = TABLE
        .iter()
        .filter(|entry| entry.command != Command::Commands);
    let listed = listed.map(|entry| {
        let keys = entry.keys.iter();
        Item {
            keys: keys
                .map(|keys| chord::label(keys, commands.keyboard()))
                .collect(),
            place: match entry.reach {
                Reach::On(place) if !entry.keys.is_empty() => Some(place),
                Reach::Everywhere | Reach::OutsideText | Reach::On(_) => None,
            },
            refusal: commands.refusal(entry.command),
            ..plain(
                Choice::Command(entry.command),
                entry.group,
                entry.title.to_owned(),
            )
        }
    });
    let machine = commands.document().analysed().drawable().machine.clone();
    let states = machine.walk().map(|state| {
        let title = format!("Go to state {}", state.name);
        plain(Choice::State(state.pointer.clone()), "State", title)
    });
    let mut items: Vec<Item> = listed.chain(states).collect();
    if let Catalogue::Loaded(groups) = commands.gallery().catalogue() {
        for (group_at, group) in groups.iter().enumerate() {
            for (at, example) in group.examples.iter().enumerate() {
                let title = format!("Open example {}", example.name);
                items.push(plain(Choice::Example(group_at, at), "Example", title));
            }
        }
    }
    items
}

/// What matches, best first; everything under an empty query, what was asked for lately
/// first.
pub(super) fn matching(items: &[Item], query: &str, recent: &[Command]) -> Vec<Item> {
    let mut found: Vec<(i32, Item)> = items
        .iter()
        .filter_map(|item| {
            let found = fuzzy::find(query, &item.title)?;
            let lately = recent
                .iter()
                .position(|command| item.choice == Choice::Command(*command));
            let bonus = lately.map_or(0, |at| 100 - i32::try_from(at).unwrap_or(100));
            let score = if query.trim().is_empty() {
                bonus
            } else {
                found.score
            };
            let item = Item {
                found: found.places,
                ..item.clone()
            };
            Some((score, item))
        })
        .collect();
    // Equal ones stay in the order of the table.
    found.sort_by_key(|(score, _)| -score);
    found.into_iter().map(|(_, item)| item).collect()
}

/// Titles in runs of characters that were looked for and of others.
pub(super) fn runs(title: &str, found: &[usize]) -> Vec<(bool, String)> {
    let mut runs: Vec<(bool, String)> = Vec::new();
    for (at, char) in title.chars().enumerate() {
        let is_found = found.binary_search(&at).is_ok();
        match runs.last_mut() {
            Some((is_run_found, run)) if *is_run_found == is_found => run.push(char),
            _ => runs.push((is_found, char.to_string())),
        }
    }
    runs
}
