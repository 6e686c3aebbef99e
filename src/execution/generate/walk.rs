//! The way through a machine that ends well, and what its states ask of input and results.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use indexmap::IndexMap;

use super::fields::{context, with_item};
use super::hole::{HoleId, Holes};
use super::reach::Reach;
use super::read::{Kind, Scope};
use super::response::response;
use super::symbol::{Look, Symbol};
use crate::asl::{
    Catcher, ChoiceRule, FailText, Map, MapMode, Pointer, QueryLanguage, Reference, State,
    StateKind, StateMachine, Task, Transition, WaitFor,
};
use crate::source::json::Value;

/// States that are walked at most, beside one visit of each.
const DETOUR: usize = 400;
/// Conditions that are tried at most to come through one Choice state.
const TRIES: usize = 400;
/// Items of a known array that are walked with.
const ITEMS: usize = 3;

/// What a walk learns.
#[derive(Debug)]
pub(super) struct Walk<'a> {
    pub holes: Holes,
    /// The result of each Task state, by its name as mocks have it.
    pub results: IndexMap<Arc<str>, HoleId>,
    visited: HashSet<Pointer>,
    /// Ways that were not taken.
    later: VecDeque<Way<'a>>,
    steps: usize,
    is_first_way: bool,
}

/// A way into a state that is not walked yet.
#[derive(Debug)]
struct Way<'a> {
    machine: &'a StateMachine,
    to: &'a Reference,
    input: Symbol,
    scope: Scope,
}

/// A state under a visit.
#[derive(Clone, Copy)]
struct Here<'a, 'b> {
    machine: &'a StateMachine,
    reach: &'b Reach<'a>,
    state: &'a State,
}

/// How a machine ends.
enum End {
    Output(Symbol),
    Failed,
    /// The walk was over before.
    Lost,
}

/// What comes after a state.
enum Next<'a> {
    To(&'a Reference, Symbol),
    End(Symbol),
    Failed,
    Lost,
}

/// Walks through a machine: first the way that ends well, then every way to states that
/// it does not pass.
pub(super) fn walk(machine: &StateMachine, input: HoleId, holes: Holes) -> Walk<'_> {
    let mut walk = Walk {
        holes,
        results: IndexMap::new(),
        visited: HashSet::new(),
        later: VecDeque::new(),
        steps: DETOUR + machine.walk().count(),
        is_first_way: true,
    };
    let scope = Scope {
        context: context(Symbol::Hole(input)),
        variables: IndexMap::new(),
    };
    let input = Symbol::Hole(input);
    if let Some(start) = &machine.start_at {
        walk.run(machine, start, input, scope);
    }
    walk.is_first_way = false;
    walk.steps = DETOUR + machine.walk().count();
    while let Some(way) = walk.later.pop_front() {
        walk.run(way.machine, way.to, way.input, way.scope);
    }
    walk
}

impl<'a> Walk<'a> {
    /// From a state of a machine to its end; on a later way to the first state that was
    /// visited before.
    fn run(
        &mut self,
        machine: &'a StateMachine,
        start: &'a Reference,
        input: Symbol,
        mut scope: Scope,
    ) -> End {
        let mut reach = None;
        let (mut to, mut input) = (start, input);
        loop {
            let Some(state) = machine.target(to) else {
                return End::Lost;
            };
            let is_known = !self.visited.insert(state.pointer.clone());
            let Some(rest) = self.steps.checked_sub(1) else {
                return End::Lost;
            };
            self.steps = rest;
            if is_known && !self.is_first_way {
                return End::Lost;
            }
            let reach = reach.get_or_insert_with(|| Reach::of(machine));
            let here = Here {
                machine,
                reach,
                state,
            };
            match self.visit(here, &input, &mut scope) {
                Next::To(next, output) => (to, input) = (next, output),
                Next::End(output) => return End::Output(output),
                Next::Failed => return End::Failed,
                Next::Lost => return End::Lost,
            }
        }
    }

    fn visit(&mut self, here: Here<'a, '_>, raw: &Symbol, scope: &mut Scope) -> Next<'a> {
        let Here { machine, state, .. } = here;
        let flow = &state.data_flow;
        if state.query_language == QueryLanguage::Jsonata {
            return self.pass_by(machine, state, scope);
        }
        let input = self.holes.path_field(flow.input_path.as_ref(), raw, scope);
        let input = input.unwrap_or(Symbol::Opaque);
        match &state.kind {
            StateKind::Choice { rules, default } => {
                let chosen = self.choose(here, rules, default.as_ref(), &input, scope);
                match chosen {
                    Some((next, output)) => Next::To(next, output),
                    None => Next::Lost,
                }
            }
            StateKind::Succeed => {
                let output = self
                    .holes
                    .path_field(flow.output_path.as_ref(), &input, scope);
                Next::End(output.unwrap_or(input))
            }
            StateKind::Fail { error, cause } => {
                for text in [error, cause].into_iter().flatten() {
                    if let FailText::Dynamic(expression) = text {
                        self.holes.field(expression, raw, scope, Kind::Text);
                    }
                }
                Next::Failed
            }
            StateKind::Wait { wait } => {
                match wait {
                    Some(WaitFor::Seconds(setting)) => {
                        self.holes
                            .setting(Some(setting), &input, scope, Kind::Number);
                    }
                    Some(WaitFor::Timestamp(setting)) => {
                        self.holes
                            .setting(Some(setting), &input, scope, Kind::Timestamp);
                    }
                    None => {}
                }
                self.leave(state, &input, None, scope)
            }
            StateKind::Pass { result } => {
                let parameters = self.holes.selector(flow.parameters.as_ref(), &input, scope);
                let result = result.clone().map_or(parameters, Symbol::of);
                self.leave(state, raw, Some(result), scope)
            }
            StateKind::Task(task) => {
                let result = self.task(state, task, &input, scope);
                self.catch_later(machine, state.catchers(), raw, scope);
                self.leave(state, raw, Some(result), scope)
            }
            StateKind::Parallel(parallel) => {
                let branch_input = self.holes.selector(flow.parameters.as_ref(), &input, scope);
                let ends = parallel.branches.iter().map(|branch| {
                    let start = branch.start_at.as_ref();
                    start.map_or(End::Lost, |start| {
                        self.run(branch, start, branch_input.clone(), scope.clone())
                    })
                });
                let ends: Vec<End> = ends.collect();
                self.join(machine, state, raw, ends, scope)
            }
            StateKind::Map(map) => {
                let ends = self.map(map, &input, scope);
                let Some((ends, is_each)) = ends else {
                    return Next::Lost;
                };
                if is_each && let [End::Output(output)] = ends.as_slice() {
                    let result = Symbol::each(output.clone());
                    self.catch_later(machine, state.catchers(), raw, scope);
                    return self.leave(state, raw, Some(result), scope);
                }
                self.join(machine, state, raw, ends, scope)
            }
            StateKind::Unknown { .. } => self.leave(state, raw, None, scope),
        }
    }

    /// A state whose language is not looked into: its result and what follows are unknown.
    fn pass_by(&mut self, machine: &'a StateMachine, state: &'a State, scope: &Scope) -> Next<'a> {
        if let StateKind::Task(task) = &state.kind {
            self.result(state, task);
        }
        for inner in state.machines() {
            if let Some(start) = &inner.start_at {
                self.run(inner, start, Symbol::Opaque, scope.clone());
            }
        }
        for to in state.references() {
            self.later.push_back(Way {
                machine,
                to,
                input: Symbol::Opaque,
                scope: scope.clone(),
            });
        }
        match &state.transition {
            Transition::Next(next) => Next::To(next, Symbol::Opaque),
            Transition::End => Next::End(Symbol::Opaque),
            Transition::None => Next::Lost,
        }
    }

    fn task(&mut self, state: &State, task: &Task, input: &Symbol, scope: &Scope) -> Symbol {
        self.holes
            .selector(state.data_flow.parameters.as_ref(), input, scope);
        if let Some(credentials) = &task.credentials {
            self.holes.template(credentials, input, scope);
        }
        self.holes
            .setting(task.timeout.as_ref(), input, scope, Kind::Number);
        self.holes
            .setting(task.heartbeat.as_ref(), input, scope, Kind::Number);
        Symbol::Hole(self.result(state, task))
    }

    /// The hole of a task's result.
    fn result(&mut self, state: &State, task: &Task) -> HoleId {
        if let Some(known) = self.results.get(&state.name) {
            return *known;
        }
        let usual = task
            .resource
            .as_ref()
            .map_or_else(Value::empty_object, |resource| {
                response(&resource.integration)
            });
        let hole = self.holes.add_usual("", &usual);
        self.results.insert(state.name.clone(), hole);
        hole
    }

    /// How the iterations of a Map end; whether one stands for all. Nothing where there is
    /// no way through.
    fn map(&mut self, map: &'a Map, input: &Symbol, scope: &Scope) -> Option<(Vec<End>, bool)> {
        self.holes
            .setting(map.max_concurrency.as_ref(), input, scope, Kind::Number);
        let items = match &map.items_path {
            // The items of a distributed Map come from elsewhere.
            _ if map.mode == MapMode::Distributed && map.item_reader.is_some() => {
                Symbol::Hole(self.holes.add("items"))
            }
            Some(path) => self.holes.expression(path, input, scope, Look::Ask)?,
            None => input.clone(),
        };
        let machine = map.item_processor.as_deref()?;
        let start = machine.start_at.as_ref()?;
        let count = match &items {
            Symbol::Known(value) => value.as_array()?.len().min(ITEMS),
            Symbol::Hole(_)
            | Symbol::Object(_)
            | Symbol::Array(_)
            | Symbol::Each(_)
            | Symbol::Opaque => 1,
        };
        let mut ends = Vec::new();
        for index in 0..count {
            let index = i64::try_from(index).unwrap_or(0);
            let item = self.holes.element_of(&items, index)?;
            let mut scope = scope.clone();
            scope.context = with_item(scope.context, index, item.clone());
            let selector = map.item_selector.as_ref();
            let given = match selector {
                Some(selector) => self.holes.template(selector, input, &scope),
                None => item,
            };
            ends.push(self.run(machine, start, given, scope));
        }
        Some((ends, items.known().is_none()))
    }

    /// What comes after branches or iterations.
    fn join(
        &mut self,
        machine: &'a StateMachine,
        state: &'a State,
        raw: &Symbol,
        ends: Vec<End>,
        scope: &mut Scope,
    ) -> Next<'a> {
        let mut outputs = Vec::new();
        let mut has_failed = false;
        for end in ends {
            match end {
                End::Output(output) => outputs.push(output),
                End::Failed => has_failed = true,
                // On a later way branches end where they were before.
                End::Lost => outputs.push(Symbol::Opaque),
            }
        }
        if has_failed {
            let catcher = state
                .catchers()
                .iter()
                .find(|catcher| catcher.next.is_some());
            let Some(catcher) = catcher else {
                return Next::Failed;
            };
            let output = self.holes.caught(catcher, raw, scope);
            return match &catcher.next {
                Some(next) => Next::To(next, output),
                None => Next::Failed,
            };
        }
        self.catch_later(machine, state.catchers(), raw, scope);
        self.leave(state, raw, Some(Symbol::array(outputs)), scope)
    }

    /// Takes the best way on that a Choice state allows.
    fn choose(
        &mut self,
        here: Here<'a, '_>,
        rules: &'a [ChoiceRule],
        default: Option<&'a Reference>,
        input: &Symbol,
        scope: &mut Scope,
    ) -> Option<(&'a Reference, Symbol)> {
        let Here {
            machine,
            reach,
            state,
        } = here;
        let flow = &state.data_flow;
        let output = self
            .holes
            .path_field(flow.output_path.as_ref(), input, scope);
        let output = output.unwrap_or(Symbol::Opaque);
        let matching = rules.iter().enumerate().filter_map(|(index, rule)| {
            Some((Some(index), rule.next.as_ref()?, rule.assign.as_ref()))
        });
        let otherwise = default.map(|default| (None, default, flow.assign.as_ref()));
        let mut ways: Vec<_> = matching.chain(otherwise).collect();
        // Best is a way that can end well and does not lead back here.
        ways.sort_by_key(|(_, next, _)| {
            let ends_well = reach.ends_well(&next.name);
            (!ends_well, reach.is_circle(&next.name, &state.name))
        });
        let mut chosen = None;
        for (index, next, assign) in ways {
            let before = self.holes.clone();
            let is_open = chosen.is_none()
                && self
                    .holes
                    .choose_rule(&mut { TRIES }, rules, index, input, scope);
            if is_open {
                chosen = Some((next, assign));
                continue;
            }
            self.holes = before;
            let mut scope = scope.clone();
            self.holes.assign(assign, input, &mut scope);
            self.later.push_back(Way {
                machine,
                to: next,
                input: output.clone(),
                scope,
            });
        }
        let (next, assign) = chosen?;
        self.holes.assign(assign, input, scope);
        Some((next, output))
    }

    fn catch_later(
        &mut self,
        machine: &'a StateMachine,
        catchers: &'a [Catcher],
        raw: &Symbol,
        scope: &Scope,
    ) {
        for catcher in catchers {
            let mut scope = scope.clone();
            let input = self.holes.caught(catcher, raw, &mut scope);
            self.later.extend(catcher.next.as_ref().map(|to| Way {
                machine,
                to,
                input,
                scope,
            }));
        }
    }

    /// The output of a state with a result, or of one that hands its input on.
    fn leave(
        &mut self,
        state: &'a State,
        raw: &Symbol,
        result: Option<Symbol>,
        scope: &mut Scope,
    ) -> Next<'a> {
        let flow = &state.data_flow;
        let (placed, seen) = match result {
            None => (raw.clone(), raw.clone()),
            Some(result) => {
                let selected = self
                    .holes
                    .selector(flow.result_selector.as_ref(), &result, scope);
                let path = flow.result_path.as_ref();
                let placed = self.holes.result_path(path, raw, selected.clone());
                (placed, selected)
            }
        };
        let output = self
            .holes
            .path_field(flow.output_path.as_ref(), &placed, scope);
        let output = output.unwrap_or(Symbol::Opaque);
        self.holes.assign(flow.assign.as_ref(), &seen, scope);
        match &state.transition {
            Transition::Next(next) => Next::To(next, output),
            Transition::End => Next::End(output),
            Transition::None => Next::Lost,
        }
    }
}
