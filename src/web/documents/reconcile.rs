//! Which of two states of one document counts: the mirror's or the database's.

use super::record::Record;

/// Whether the user has changed what came from the mirror before the database answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// Nothing was changed.
    Untouched,
    /// Something was.
    Edited,
}

/// What to do about the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// They agree.
    Same,
    /// The mirror's is newer: write it to the database.
    Write,
    /// The database's is newer: show it.
    Show,
    /// The database's is newer, but work on the older one has begun: go on with that, and
    /// keep the newer one as a document of its own.
    Part,
}

/// Compares what is shown, which came from the mirror, with what the database holds.
pub fn reconcile(shown: &Record, stored: Option<&Record>, since: Since) -> Outcome {
    let Some(stored) = stored else {
        return Outcome::Write;
    };
    if shown.has_content_of(stored) {
        return Outcome::Same;
    }
    let is_stored_newer = stored.summary.changed > shown.summary.changed;
    match (is_stored_newer, since) {
        (false, _) => Outcome::Write,
        (true, Since::Untouched) => Outcome::Show,
        (true, Since::Edited) => Outcome::Part,
    }
}

#[cfg(test)]
mod tests {
    use super::super::record::{Beside, DocumentId};
    use super::*;
    use crate::time::Timestamp;

    fn record(text: &str, changed: i64) -> Record {
        let at = Timestamp::from_millis(changed);
        Record::new(DocumentId::new("a"), "A", text, Beside::default(), at)
    }

    #[test]
    fn the_newer_one_counts_and_typing_is_never_lost() {
        use Outcome::{Part, Same, Show, Write};
        use Since::{Edited, Untouched};
        let cases = [
            (None, Untouched, Write),
            (None, Edited, Write),
            (Some(record("shown", 9)), Untouched, Same),
            (Some(record("shown", 1)), Edited, Same),
            (Some(record("other", 4)), Untouched, Write),
            (Some(record("other", 5)), Untouched, Write),
            (Some(record("other", 6)), Untouched, Show),
            (Some(record("other", 6)), Edited, Part),
            (Some(record("other", 4)), Edited, Write),
        ];
        for (stored, since, outcome) in cases {
            let shown = record("shown", 5);
            let found = reconcile(&shown, stored.as_ref(), since);
            assert_eq!(found, outcome, "{stored:?} {since:?}");
        }
    }

    #[test]
    fn name_and_input_count_as_content() {
        let shown = record("text", 5);
        let mut renamed = record("text", 6);
        renamed.summary.name = "B".into();
        assert_eq!(
            reconcile(&shown, Some(&renamed), Since::Untouched),
            Outcome::Show
        );
        let mut other = record("text", 4);
        other.beside.input = "1".into();
        assert_eq!(
            reconcile(&shown, Some(&other), Since::Untouched),
            Outcome::Write
        );
    }
}
