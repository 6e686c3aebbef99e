//! One undo stack for code, canvas and forms.

use std::time::Duration;

use crate::source::text::TextEdit;
use crate::time::Timestamp;

/// An edit and the edit that takes it back.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What was done.
    pub edit: TextEdit,
    /// What undoes it.
    pub inverse: TextEdit,
}

/// How a change came about; typing and deleting join into longer steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// Characters typed one by one.
    Typing,
    /// Characters deleted one by one.
    Deleting,
    /// Anything that is a step of its own.
    Command,
}

/// The steps that can be undone and redone.
#[derive(Clone, Debug, Default)]
pub struct Undo {
    done: Vec<Step>,
    undone: Vec<Step>,
}

#[derive(Clone, Debug)]
struct Step {
    changes: Vec<Change>,
    kind: ChangeKind,
    /// Where typing or deleting would go on, and when it last did.
    edge: Option<u32>,
    at: Timestamp,
}

/// Typing that pauses longer than this starts a new step.
const PAUSE: Duration = Duration::from_millis(700);

/// Enough for a day's work; older steps are forgotten.
const MAX_STEPS: usize = 1_000;

impl Change {
    /// The change that `edit` makes to `text`.
    pub fn new(edit: TextEdit, text: &str) -> Self {
        let inverse = edit.invert(text);
        Self { edit, inverse }
    }

    /// Where the next keystroke of the same run of typing or deleting begins.
    fn edge(&self, kind: ChangeKind) -> Option<u32> {
        let [replaced] = self.inverse.replacements() else {
            return None;
        };
        match kind {
            ChangeKind::Typing => Some(replaced.span.end),
            ChangeKind::Deleting => Some(replaced.span.start),
            ChangeKind::Command => None,
        }
    }

    /// Whether it goes on at `edge`: typing there, or deleting up to or from there.
    fn continues_at(&self, edge: u32) -> bool {
        let [replaced] = self.edit.replacements() else {
            return false;
        };
        !replaced.text.contains('\n') && (replaced.span.start == edge || replaced.span.end == edge)
    }
}

impl Undo {
    /// Notes a change that was made; what had been undone can no longer be redone.
    pub fn record(&mut self, change: Change, kind: ChangeKind, at: Timestamp) {
        let can_join = self.undone.is_empty();
        self.undone.clear();
        let edge = change.edge(kind);
        if let Some(step) = self.done.last_mut()
            && can_join
            && step.kind == kind
            && at - step.at < PAUSE
            && step.edge.is_some_and(|edge| change.continues_at(edge))
        {
            step.changes.push(change);
            (step.edge, step.at) = (edge, at);
            return;
        }
        if self.done.len() == MAX_STEPS {
            self.done.remove(0);
        }
        self.done.push(Step {
            changes: vec![change],
            kind,
            edge,
            at,
        });
    }

    /// The edits that take the latest step back, to be applied in order.
    pub fn undo(&mut self) -> Option<Vec<TextEdit>> {
        let step = self.done.pop()?;
        let edits = step
            .changes
            .iter()
            .rev()
            .map(|change| change.inverse.clone())
            .collect();
        self.undone.push(step);
        Some(edits)
    }

    /// The edits that do the latest undone step again, to be applied in order.
    pub fn redo(&mut self) -> Option<Vec<TextEdit>> {
        let mut step = self.undone.pop()?;
        let edits = step
            .changes
            .iter()
            .map(|change| change.edit.clone())
            .collect();
        step.edge = None;
        self.done.push(step);
        Some(edits)
    }

    /// Whether there is a step to undo.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is a step to redo.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    struct Typist {
        text: String,
        undo: Undo,
        now: i64,
    }

    impl Typist {
        fn new(text: &str) -> Self {
            Self {
                text: text.into(),
                undo: Undo::default(),
                now: 0,
            }
        }

        fn edit(&mut self, from: usize, to: usize, text: &str, kind: ChangeKind) {
            let edit = TextEdit::replace(Span::new(from, to), text);
            let change = Change::new(edit.clone(), &self.text);
            self.text = edit.apply(&self.text).unwrap();
            self.now += 100;
            self.undo
                .record(change, kind, Timestamp::from_millis(self.now));
        }

        fn apply(&mut self, edits: Option<Vec<TextEdit>>) {
            for edit in edits.unwrap() {
                self.text = edit.apply(&self.text).unwrap();
            }
        }

        fn undo(&mut self) {
            let edits = self.undo.undo();
            self.apply(edits);
        }

        fn redo(&mut self) {
            let edits = self.undo.redo();
            self.apply(edits);
        }
    }

    #[test]
    fn typing_joins_until_it_pauses_moves_or_breaks_the_line() {
        let mut typist = Typist::new("");
        for (at, char) in ["a", "b", "\n", "c"].into_iter().enumerate() {
            typist.edit(at, at, char, ChangeKind::Typing);
        }
        typist.edit(0, 0, "x", ChangeKind::Typing);
        typist.now += 10_000;
        typist.edit(1, 1, "y", ChangeKind::Typing);
        let mut texts = vec![typist.text.clone()];
        while typist.undo.can_undo() {
            typist.undo();
            texts.push(typist.text.clone());
        }
        assert_eq!(texts, ["xyab\nc", "xab\nc", "ab\nc", "ab", ""]);
        while typist.undo.can_redo() {
            typist.redo();
        }
        assert_eq!(typist.text, "xyab\nc");
    }

    #[test]
    fn deleting_joins_in_both_directions() {
        let mut typist = Typist::new("abcdef");
        typist.edit(3, 4, "", ChangeKind::Deleting);
        typist.edit(2, 3, "", ChangeKind::Deleting);
        typist.edit(2, 3, "", ChangeKind::Deleting);
        assert_eq!(typist.text, "abf");
        typist.undo();
        assert_eq!(typist.text, "abcdef");
    }

    #[test]
    fn a_new_change_forgets_what_was_undone() {
        let mut typist = Typist::new("a");
        typist.edit(1, 1, "b", ChangeKind::Command);
        typist.undo();
        typist.edit(1, 1, "c", ChangeKind::Command);
        assert!(!typist.undo.can_redo());
        typist.undo();
        assert_eq!(typist.text, "a");
    }
}
