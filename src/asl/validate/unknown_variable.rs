//! A variable is read that nothing sets, or set a second time inside its scope.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Rule;
use super::finding::{Report, Said};
use super::suggest::closest;
use crate::source::{Code, Diagnostic, Span};

/// Variables are set before they are read.
pub const UNKNOWN_VARIABLE: Rule = Rule {
    code: Code("UNKNOWN_VARIABLE"),
    demand: "A variable that is read is set by an Assign of the same state machine or of one around it; a \
             Distributed Map sees none from outside.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "OutputPath": "$total", "End": true}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"total": 1}, "Next": "B"}, "B": {"Type": "Pass", "OutputPath": "$total", "End": true}}}"#,
    ..Rule::STANDARD
};

/// Variables have one scope.
pub const VARIABLE_SET_TWICE: Rule = Rule {
    code: Code("VARIABLE_SET_TWICE"),
    demand: "A branch or an iteration does not set a variable of the state machine around it.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"x": 1}, "Next": "B"}, "B": {"Type": "Parallel", "Branches": [{"StartAt": "C", "States": {"C": {"Type": "Pass", "Assign": {"x": 2}, "End": true}}}], "End": true}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"x": 1}, "Next": "B"}, "B": {"Type": "Parallel", "Branches": [{"StartAt": "C", "States": {"C": {"Type": "Pass", "Assign": {"y": 2}, "End": true}}}], "End": true}}}"#,
    ..Rule::STANDARD
};

/// What the walk has seen of variables.
#[derive(Default)]
pub(super) struct Scopes {
    /// For each machine, the one whose variables it sees beside its own.
    outer: Vec<Option<usize>>,
    /// The machine that the walk is in.
    current: Option<usize>,
    /// What each machine sets.
    set: Vec<HashSet<Arc<str>>>,
    settings: Vec<Mention>,
    readings: Vec<Mention>,
}

/// A variable where it is set or read.
struct Mention {
    scope: usize,
    name: Arc<str>,
    span: Span,
    location: String,
}

impl Scopes {
    /// Goes into a machine; gives what [`Scopes::leave`] takes.
    pub fn enter(&mut self, sees_outer: bool) -> Option<usize> {
        let outside = self.current;
        self.outer.push(outside.filter(|_| sees_outer));
        self.set.push(HashSet::new());
        self.current = Some(self.outer.len() - 1);
        outside
    }

    /// Comes out of a machine.
    pub fn leave(&mut self, outside: Option<usize>) {
        self.current = outside;
    }

    /// Notes that a variable is set.
    pub fn sets(&mut self, name: &str, span: Span, location: impl FnOnce() -> String) {
        // Outside of machines stands a single state, of which little is known.
        let Some(scope) = self.current else { return };
        let name: Arc<str> = name.into();
        if let Some(set) = self.set.get_mut(scope) {
            set.insert(name.clone());
        }
        // Of a variable of the whole, nothing outside can be in the way.
        if self.outer.get(scope).copied().flatten().is_some() {
            let location = location();
            self.settings.push(Mention {
                scope,
                name,
                span,
                location,
            });
        }
    }

    /// Notes that a variable is read.
    pub fn reads(&mut self, name: &str, span: Span, location: impl FnOnce() -> String) {
        let Some(scope) = self.current else { return };
        let is_set = self.set.get(scope).is_some_and(|set| set.contains(name));
        if !is_set {
            let (name, location) = (name.into(), location());
            self.readings.push(Mention {
                scope,
                name,
                span,
                location,
            });
        }
    }

    /// A machine and those around it whose variables it sees.
    fn visible(&self, scope: usize) -> impl Iterator<Item = &HashSet<Arc<str>>> {
        let scopes = std::iter::successors(Some(scope), |&scope| self.outer.get(scope).copied()?);
        scopes.filter_map(|scope| self.set.get(scope))
    }
}

/// Checks what the walk has seen.
pub(super) fn check(report: &mut Report<'_>) {
    let scopes = std::mem::take(&mut report.scopes);
    for Mention {
        scope,
        name,
        span,
        location,
    } in &scopes.settings
    {
        if scopes.visible(*scope).skip(1).any(|set| set.contains(name)) {
            let message = format!("${name} is already a variable of the state machine around");
            let own = Diagnostic::error(VARIABLE_SET_TWICE.code, *span, message)
                .with_hint("Give it another name, or hand the value over as output");
            let said = format!("The variable name '{name}' was already defined in a parent scope.");
            let said = Said::error(Code("DUPLICATE_VARIABLE_NAME"), location, said);
            report.add(own, said);
        }
    }
    // One variable read in many places is one slip.
    let mut told: HashMap<(usize, &str), ()> = HashMap::new();
    for Mention {
        scope,
        name,
        span,
        location,
    } in &scopes.readings
    {
        if scopes.visible(*scope).any(|set| set.contains(name)) {
            continue;
        }
        let is_first = told.insert((*scope, name), ()).is_none();
        let own = is_first.then(|| {
            let message = format!("Nothing sets the variable ${name}");
            let own = Diagnostic::warning(UNKNOWN_VARIABLE.code, *span, message);
            let known = scopes.visible(*scope).flatten().map(|name| &**name);
            match closest(name, known) {
                Some(close) => own.with_hint(format!("Is it ${close}?")),
                None => own.with_hint("An Assign of a state sets variables"),
            }
        });
        let said = format!("Variable '{name}' is possibly not defined.");
        let said = Said::warning(Code("POSSIBLY_UNDEFINED_VARIABLE"), location, said);
        report.add(own, said);
    }
}
