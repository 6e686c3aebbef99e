//! `--summary`: the states of a machine and how each stands after a run.

use std::collections::HashMap;
use std::fmt::Write;

use super::in_words;
use crate::asl::{Pointer, State, StateMachine, StateType};
use crate::execution::history::HistoryEvent;
use crate::execution::interpreter::Status;
use crate::execution::projection::{self, trace};
use crate::native::snippet::printable;

const HEADINGS: [&str; 5] = ["State", "Type", "Status", "Visits", "Attempts"];

/// One row per state in the order of the definition, those inside others indented, then
/// the outcome.
pub fn write(machine: &StateMachine, history: &[HistoryEvent], status: &Status) -> String {
    let mut rows = vec![HEADINGS.map(str::to_owned)];
    collect(machine, &read(machine, history, status), 0, &mut rows);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: [usize; 5] = std::array::from_fn(width);
    let mut out = String::new();
    for row in &rows {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(widths).enumerate() {
            let _ = match column {
                0 => write!(line, "{cell:width$}"),
                1 | 2 => write!(line, "  {cell:width$}"),
                _ => write!(line, "  {cell:>width$}"),
            };
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
    let _ = writeln!(out, "\n{}", outcome(history, status));
    out
}

/// How one state stands.
#[derive(Clone, Copy, Debug, Default)]
struct Standing {
    status: projection::Status,
    visits: usize,
    attempts: usize,
}

fn read(
    machine: &StateMachine,
    history: &[HistoryEvent],
    status: &Status,
) -> HashMap<Pointer, Standing> {
    let trace = trace(machine, history);
    let mut standings: HashMap<Pointer, Standing> = HashMap::new();
    for (pointer, known) in trace.statuses() {
        let standing = standings.entry(pointer).or_default();
        standing.status = known.status;
        standing.visits = known.visits;
    }
    for visit in trace.visits() {
        if let Some(pointer) = &visit.pointer {
            let standing = standings.entry(pointer.clone()).or_default();
            standing.attempts += visit.attempts.len();
        }
    }
    if let Status::Pending(tasks) = status {
        for task in tasks {
            let standing = standings.entry(task.pointer.clone()).or_default();
            standing.status = projection::Status::Pending;
        }
    }
    standings
}

fn collect(
    machine: &StateMachine,
    standings: &HashMap<Pointer, Standing>,
    depth: usize,
    rows: &mut Vec<[String; 5]>,
) {
    for state in machine.states.values() {
        let standing = standings.get(&state.pointer).copied().unwrap_or_default();
        rows.push(row(state, standing, depth));
        for inner in state.machines() {
            collect(inner, standings, depth + 1, rows);
        }
    }
}

fn row(state: &State, standing: Standing, depth: usize) -> [String; 5] {
    let number = |number: usize| match number {
        0 => String::new(),
        _ => number.to_string(),
    };
    let state_type = state.kind.state_type();
    [
        "  ".repeat(depth) + &printable(&state.name),
        state_type.map_or("", StateType::as_str).to_owned(),
        standing.status.label().to_owned(),
        number(standing.visits),
        number(standing.attempts),
    ]
}

fn outcome(history: &[HistoryEvent], status: &Status) -> String {
    let first = history.first().map(|event| event.timestamp);
    let last = history.last().map(|event| event.timestamp);
    let took = match (first, last) {
        (Some(first), Some(last)) => last.since(first).as_secs_f64(),
        _ => 0.0,
    };
    format!(
        "{}\n{} events, {took} s on the virtual clock",
        in_words(status),
        history.len()
    )
}
