//! How a run starts: its definition is checked by one worker and run by another.

use leptos::prelude::*;

use super::execution::{Phase, Started, Unmocked, machine_name};
use super::layout::SideView;
use super::{DocumentStore, ExecutionStore, LayoutStore};
use crate::source::Diagnostic;
use crate::source::text::LineIndex;
use crate::ui::dom::clock;
use crate::web::messages::{Command, RunId, Start};

impl ExecutionStore {
    /// Runs the document as it stands.
    pub fn start(self, document: DocumentStore, layout: LayoutStore) {
        self.settled_mocks.settle();
        let current = document.get_untracked();
        let checked = document.checked_untracked();
        let is_checked = checked == current && checked.is_checked();
        let snapshot = self.with_values(current.clone());
        let judged = if is_checked && checked.has_errors() {
            &checked
        } else {
            &snapshot
        };
        let run = self.next_run();
        self.clear();
        self.fault.set(None);
        layout.show_side(SideView::Events);
        if let Some(problem) = judged.obstacle() {
            return self.refuse(judged.text(), problem, judged.has_errors());
        }
        self.history.begin(snapshot.machine().clone());
        self.phase.set(Phase::Running);
        let default_result = match self.unmocked.get_untracked() {
            Unmocked::Ask => None,
            Unmocked::Default => Some(self.default_result.get_untracked()),
        };
        let test_case = untrack(|| self.chosen_case());
        let name = machine_name(&document.name_untracked());
        self.answers.begin();
        self.started.set_value(Started {
            machine: name.clone(),
            test_case: test_case.clone(),
        });
        let start = Start {
            run,
            name,
            definition: snapshot.definition().to_string(),
            input: self.input.get_untracked(),
            mocks: self.mocks.get_untracked(),
            test_case,
            workflow_type: snapshot.workflow_type().as_str().to_owned(),
            default_result,
            objects: self.objects.get_untracked(),
            seed: 1,
            at: clock::now(),
        };
        // Values of placeholders make another definition, which nobody has looked at.
        if is_checked && snapshot.is(&current) {
            return self.send(Command::Start(Box::new(start)));
        }
        self.is_held.set_value(true);
        let (text, own_type) = (start.definition.clone(), snapshot.workflow_type());
        document.check_definition(text, own_type, move |found| {
            if self.run.get_value() == run {
                self.is_held.set_value(false);
                self.go_on(start, &found.unwrap_or_default());
            }
        });
    }

    /// Starts a run whose definition is checked, unless it has errors.
    fn go_on(self, start: Start, found: &[Diagnostic]) {
        match found.iter().find(|problem| problem.severity.is_error()) {
            Some(problem) => self.refuse(&start.definition, problem, true),
            None => self.send(Command::Start(Box::new(start))),
        }
    }

    fn refuse(self, text: &str, problem: &Diagnostic, is_error: bool) {
        let at = LineIndex::new(text).position(text, problem.span.start as usize);
        let advice = match is_error {
            true => "Repair this first, then run again.",
            false => "Give it one under Input and mocks, then run again.",
        };
        self.phase.set(Phase::Idle);
        self.clear();
        self.fault.set(Some(format!(
            "Line {}: {}. {advice}",
            at.line, problem.message
        )));
    }

    /// The number of the next run; what is said of those before is dropped.
    pub(super) fn next_run(self) -> RunId {
        self.is_held.set_value(false);
        let next = self.run.try_update_value(|run| {
            *run += 1;
            *run
        });
        next.unwrap_or_default()
    }
}
