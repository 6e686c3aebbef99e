//! Everything that can be asked of the page: one table for the keys that work everywhere,
//! the hints in tooltips, the list of commands, and the documentation.

use super::chord::{self, Keyboard, Pressed};
use crate::ui::dom::theme::Theme;
use crate::ui::store::layout::{CentreView, DockView, SideView};
use crate::ui::store::panes::Pane;

/// What can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// List the commands.
    Commands,
    /// Run the document.
    Run,
    /// Stop the run.
    Stop,
    /// Put the run away.
    EndRun,
    /// Make a result for every Task.
    GenerateMocks,
    /// Make a document.
    NewDocument,
    /// Open files as new documents.
    OpenFiles,
    /// Save the document at once.
    Save,
    /// Make a copy of the document.
    DuplicateDocument,
    /// Download the document's definition.
    Download,
    /// Download the graph as an SVG picture.
    DownloadSvg,
    /// Download the graph as a PNG picture.
    DownloadPng,
    /// Download all documents in one file.
    DownloadAll,
    /// Take a step back.
    Undo,
    /// Do an undone step again.
    Redo,
    /// Look for a text in the code.
    Find,
    /// Zoom in.
    ZoomIn,
    /// Zoom out.
    ZoomOut,
    /// Zoom to 100 %.
    ZoomReset,
    /// Zoom so that all is seen.
    ZoomFit,
    /// Bring the selected state into the middle.
    Centre,
    /// Turn the flow by a quarter.
    Turn,
    /// Fold every container.
    FoldAll,
    /// Unfold every container.
    UnfoldAll,
    /// Lay the code out anew.
    Format,
    /// Change the centre.
    Show(CentreView),
    /// Fold or unfold a pane.
    Toggle(Pane),
    /// Move a pane's border so that the pane grows.
    Grow(Pane),
    /// Move a pane's border so that the pane shrinks.
    Shrink(Pane),
    /// Put away what lies over the canvas.
    CloseOver,
    /// Give all panes the sizes of a first visit.
    ResetSizes,
    /// Put the focus somewhere.
    Go(Spot),
    /// Change the colours.
    Theme(Theme),
    /// A key of one place; asked for elsewhere, it leads there.
    Local(Spot),
}

/// A place that takes the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The graph.
    Graph,
    /// A part of the second half of the centre.
    Side(SideView),
    /// A part of the dock.
    Dock(DockView),
    /// The inspector.
    Inspector,
    /// The pane on the left.
    Library,
    /// The documents in it.
    Documents,
    /// The states in it.
    Outline,
    /// The border between canvas and code.
    Border,
}

/// Where keys work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Wherever the focus is.
    Everywhere,
    /// Wherever nobody types: text fields have such keys of their own.
    OutsideText,
    /// Where the focus is on what this names.
    On(&'static str),
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// What is asked.
    pub command: Command,
    /// What it is about, in a word.
    pub group: &'static str,
    /// What it does, as an imperative.
    pub title: &'static str,
    /// Its keys, as [`chord`] reads them. Those of one place need not be one chord.
    pub keys: &'static [&'static str],
    /// Where they work.
    pub reach: Reach,
}

const CANVAS: Reach = Reach::On("the canvas");

const fn row(
    command: Command,
    group: &'static str,
    title: &'static str,
    keys: &'static [&'static str],
    reach: Reach,
) -> Entry {
    Entry {
        command,
        group,
        title,
        keys,
        reach,
    }
}

/// All commands, those without keys of their own last in each group.
#[rustfmt::skip] // A row a line: it is read as the table that it is.
pub const TABLE: &[Entry] = {
    use Command::*;
    use Reach::{Everywhere, On, OutsideText};
    use crate::ui::dom::theme::Theme as Colours;
    &[
        row(Commands, "Help", "Show all commands", &["Mod K", "F1"], Everywhere),
        row(Run, "Run", "Run", &["Mod Enter"], Everywhere),
        row(Stop, "Run", "Stop the run", &[], Everywhere),
        row(EndRun, "Run", "End the run and put its events away", &[], Everywhere),
        row(GenerateMocks, "Run", "Generate mocks", &[], Everywhere),
        row(Save, "Document", "Save at once", &["Mod S"], Everywhere),
        row(OpenFiles, "Document", "Open files", &["Mod O"], Everywhere),
        row(Local(Spot::Documents), "Document", "Walk through the documents and their actions", &["arrows", "Home", "End"], On("the documents")),
        row(Local(Spot::Documents), "Document", "Open the document", &["Enter"], On("the documents")),
        row(Local(Spot::Documents), "Document", "Rename the document", &["F2"], On("the documents")),
        row(Local(Spot::Documents), "Document", "Delete the document", &["Delete"], On("the documents")),
        row(NewDocument, "Document", "Make a new document", &[], Everywhere),
        row(DuplicateDocument, "Document", "Duplicate this document", &[], Everywhere),
        row(Download, "Document", "Download this document", &[], Everywhere),
        row(DownloadSvg, "Document", "Download the graph as SVG", &[], Everywhere),
        row(DownloadPng, "Document", "Download the graph as PNG", &[], Everywhere),
        row(DownloadAll, "Document", "Download all documents", &[], Everywhere),
        row(Undo, "Edit", "Undo", &["Mod Z"], OutsideText),
        row(Redo, "Edit", "Redo", &["Mod Shift Z", "Mod Y"], OutsideText),
        row(Find, "Edit", "Find in the code", &["Mod F"], Everywhere),
        row(Local(Spot::Side(SideView::Code)), "Edit", "Complete what is typed", &["Ctrl Space"], On("the code")),
        row(Local(Spot::Side(SideView::Code)), "Edit", "Rename the state everywhere", &["F2"], On("the code")),
        row(Local(Spot::Side(SideView::Code)), "Edit", "Go to what is named", &["F12", "Ctrl/Cmd click"], On("the code")),
        row(Local(Spot::Side(SideView::Code)), "Edit", "Explain the word at the cursor", &["Shift F1"], On("the code")),
        row(Format, "Edit", "Lay out the code", &["Shift Alt F"], On("the code")),
        row(Local(Spot::Side(SideView::Code)), "Edit", "Indent the line", &["Tab"], On("the code")),
        row(Local(Spot::Side(SideView::Code)), "Edit", "Leave the code", &["Escape then Tab"], On("the code")),
        row(ZoomIn, "Canvas", "Zoom in", &["+"], CANVAS),
        row(ZoomOut, "Canvas", "Zoom out", &["-"], CANVAS),
        row(ZoomReset, "Canvas", "Zoom to 100 %", &["0"], CANVAS),
        row(ZoomFit, "Canvas", "Zoom to fit", &["1"], CANVAS),
        row(Centre, "Canvas", "Centre the selected state", &["Alt C"], OutsideText),
        row(Local(Spot::Graph), "Canvas", "Walk from state to state", &["arrows"], CANVAS),
        row(Local(Spot::Graph), "Canvas", "Inspect the selected state", &["Enter"], CANVAS),
        row(Local(Spot::Graph), "Canvas", "Fold or unfold the selected container", &["Space"], CANVAS),
        row(Local(Spot::Graph), "Canvas", "Clear the selection", &["Escape"], CANVAS),
        row(Local(Spot::Inspector), "Canvas", "Return to the canvas", &["Escape"], On("the inspector")),
        row(FoldAll, "Canvas", "Fold all containers", &[], CANVAS),
        row(UnfoldAll, "Canvas", "Unfold all containers", &[], CANVAS),
        row(Turn, "Canvas", "Turn the flow: down or to the right", &[], CANVAS),
        row(Local(Spot::Side(SideView::Events)), "Events", "Walk through the history", &["arrows", "Home", "End"], On("the events")),
        row(Local(Spot::Side(SideView::Events)), "Events", "Show the end again", &["Escape"], On("the events")),
        row(Local(Spot::Library), "Examples", "Walk through the examples", &["arrows", "Home", "End"], On("the examples")),
        row(Go(Spot::Graph), "Go to", "Go to the canvas", &[], Everywhere),
        row(Go(Spot::Side(SideView::Code)), "Go to", "Go to the code", &[], Everywhere),
        row(Go(Spot::Side(SideView::Input)), "Go to", "Go to input and mocks", &[], Everywhere),
        row(Go(Spot::Side(SideView::Events)), "Go to", "Go to the events", &[], Everywhere),
        row(Go(Spot::Dock(DockView::Problems)), "Go to", "Go to the problems", &[], Everywhere),
        row(Go(Spot::Dock(DockView::Scratchpad)), "Go to", "Go to the scratchpad", &[], Everywhere),
        row(Go(Spot::Inspector), "Go to", "Go to the inspector", &[], Everywhere),
        row(Go(Spot::Library), "Go to", "Go to the library", &[], Everywhere),
        row(Local(Spot::Outline), "Outline", "Walk through the states", &["arrows", "Home", "End"], On("the outline")),
        row(Local(Spot::Outline), "Outline", "Select the state", &["Enter"], On("the outline")),
        row(Go(Spot::Outline), "Go to", "Go to the outline", &[], Everywhere),
        row(Go(Spot::Documents), "Go to", "Go to the documents", &[], Everywhere),
        row(Show(CentreView::Canvas), "View", "Show the canvas alone", &[], Everywhere),
        row(Show(CentreView::Split), "View", "Show canvas and code", &[], Everywhere),
        row(Show(CentreView::Code), "View", "Show the code alone", &[], Everywhere),
        row(Toggle(Pane::Left), "Layout", "Fold or unfold the library", &[], Everywhere),
        row(Toggle(Pane::Side), "Layout", "Fold or unfold the code", &[], Everywhere),
        row(Toggle(Pane::Dock), "Layout", "Fold or unfold the dock", &[], Everywhere),
        row(Toggle(Pane::Inspector), "Layout", "Fold or unfold the inspector", &[], Everywhere),
        row(CloseOver, "Layout", "Close what lies over the canvas", &["Escape"], Everywhere),
        row(Local(Spot::Border), "Layout", "Move the border", &["arrows", "Home", "End"], On("a border")),
        row(Local(Spot::Border), "Layout", "Bring the border back", &["Enter"], On("a border")),
        row(Grow(Pane::Left), "Layout", "Widen the library", &[], Everywhere),
        row(Shrink(Pane::Left), "Layout", "Narrow the library", &[], Everywhere),
        row(Grow(Pane::Side), "Layout", "Widen the canvas", &[], Everywhere),
        row(Shrink(Pane::Side), "Layout", "Narrow the canvas", &[], Everywhere),
        row(Grow(Pane::Dock), "Layout", "Heighten the dock", &[], Everywhere),
        row(Shrink(Pane::Dock), "Layout", "Lower the dock", &[], Everywhere),
        row(Grow(Pane::Inspector), "Layout", "Widen the inspector", &[], Everywhere),
        row(Shrink(Pane::Inspector), "Layout", "Narrow the inspector", &[], Everywhere),
        row(ResetSizes, "Layout", "Reset the sizes of all panes", &[], Everywhere),
        row(Theme(Colours::System), "Theme", "Use the colours of the system", &[], Everywhere),
        row(Theme(Colours::Light), "Theme", "Use light colours", &[], Everywhere),
        row(Theme(Colours::Dark), "Theme", "Use dark colours", &[], Everywhere),
        row(Theme(Colours::Contrast), "Theme", "Use high contrast", &[], Everywhere),
    ]
};

/// The command of a press that no other place has taken.
pub fn pressed(pressed: &Pressed<'_>, is_in_text: bool) -> Option<Command> {
    let works = |entry: &&Entry| match entry.reach {
        Reach::Everywhere => true,
        Reach::OutsideText => !is_in_text,
        Reach::On(_) => false,
    };
    let is_pressed = |entry: &&Entry| {
        let mut keys = entry.keys.iter();
        keys.any(|keys| chord::is_pressed(keys, pressed))
    };
    let entry = TABLE.iter().filter(works).find(is_pressed)?;
    Some(entry.command)
}

/// The first key of a command as people read it; empty where it has none.
pub fn key_of(command: Command, keyboard: Keyboard) -> String {
    let entry = TABLE.iter().find(|entry| entry.command == command);
    let key = entry.and_then(|entry| entry.keys.first());
    key.map(|key| chord::label(key, keyboard))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_means_two_things_in_one_place() {
        let mut seen: Vec<(&str, Reach)> = Vec::new();
        for entry in TABLE {
            for key in entry.keys {
                let is_taken = |&(other, reach): &(&str, Reach)| {
                    let is_local = |reach| matches!(reach, Reach::On(_));
                    other == *key
                        && (reach == entry.reach || (!is_local(reach) && !is_local(entry.reach)))
                };
                assert!(!seen.iter().any(is_taken), "{key} of {}", entry.title);
                seen.push((key, entry.reach));
            }
        }
    }

    #[test]
    fn titles_are_sentences_of_their_own() {
        for (index, entry) in TABLE.iter().enumerate() {
            let others = TABLE.iter().skip(index + 1);
            assert!(
                others.clone().all(|other| other.title != entry.title),
                "{}",
                entry.title
            );
            let is_local = matches!(entry.command, Command::Local(_));
            assert!(
                is_local || others.clone().all(|other| other.command != entry.command),
                "{}",
                entry.title
            );
            assert!(!is_local || !entry.keys.is_empty(), "{}", entry.title);
            assert!(entry.title.starts_with(char::is_uppercase) && !entry.title.ends_with('.'));
        }
    }

    #[test]
    fn text_fields_keep_their_own_undo() {
        let undo = Pressed {
            key: "z",
            code: "KeyZ",
            has_mod: true,
            has_shift: false,
            has_alt: false,
        };
        assert_eq!(pressed(&undo, false), Some(Command::Undo));
        assert_eq!(pressed(&undo, true), None);
        let run = Pressed {
            key: "Enter",
            code: "Enter",
            ..undo
        };
        assert_eq!(pressed(&run, true), Some(Command::Run));
        let plus = Pressed {
            key: "+",
            has_mod: false,
            ..undo
        };
        assert_eq!(pressed(&plus, false), None, "single keys are the canvas's");
    }

    #[test]
    fn the_readme_names_every_key() {
        let readme = include_str!("../../../README.md");
        let rows = TABLE.iter().filter(|entry| !entry.keys.is_empty());
        let rows = rows.map(|entry| {
            let keys = entry
                .keys
                .iter()
                .map(|keys| match chord::label(keys, Keyboard::Both) {
                    sign if sign.chars().count() == 1 => format!("`{sign}`"),
                    keys => keys,
                });
            let place = match entry.reach {
                Reach::Everywhere => "everywhere".to_owned(),
                Reach::OutsideText => "outside text fields".to_owned(),
                Reach::On(place) => format!("on {place}"),
            };
            format!(
                "| {} | {place} | {} |",
                keys.collect::<Vec<_>>().join(", "),
                entry.title
            )
        });
        let expected = rows.collect::<Vec<_>>().join("\n");
        let table = readme
            .split("\n| key | where | does |\n|---|---|---|\n")
            .nth(1);
        let table = table.and_then(|rest| rest.split("\n\n").next());
        assert_eq!(
            table,
            Some(expected.as_str()),
            "\nThe table of keys in README.md should be\n\n{expected}\n"
        );
    }
}
