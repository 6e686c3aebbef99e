//! Paths whose items carry bindings: `@`, `#` and `%`.

use std::rc::Rc;
use std::sync::Arc;

use super::{Env, Evaluation, Outcome};
use crate::expr::jsonata::ast::{Kind, Node, Stage, named};
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::value::{Array, Flag, Tuple, Val};

impl Evaluation<'_> {
    /// The rest of a path from its first step that binds something.
    pub(super) fn tuple_path(
        &mut self,
        node: &Node,
        steps: &[Node],
        first: usize,
        items: Vec<Option<Val>>,
        keep_array: bool,
        env: &Env,
    ) -> Outcome {
        let start = |item| {
            let bindings = Vec::new();
            Rc::new(Tuple { item, bindings })
        };
        let mut tuples: Vec<Rc<Tuple>> = items.into_iter().map(start).collect();
        for (at, step) in steps.get(first..).unwrap_or_default().iter().enumerate() {
            tuples = self.tuple_step(step, tuples, at == 0, env)?;
        }
        let is_reduced = node.group.is_some();
        let mut value = if node.step.is_tuple || is_reduced {
            let tuples = tuples.into_iter().map(Val::Tuple).collect();
            Val::Array(Array::with(tuples, &[Flag::Sequence, Flag::Tuples]))
        } else {
            let items = tuples.iter().filter_map(|tuple| tuple.item.clone());
            Val::sequence(items.collect())
        };
        if keep_array && let Val::Array(array) = &mut value {
            array.set(Flag::Keep);
        }
        if let Some(group) = &node.group {
            value = self.group(group, Some(value), env)?;
        }
        Ok(Some(value))
    }

    fn tuple_step(
        &mut self,
        step: &Node,
        tuples: Vec<Rc<Tuple>>,
        is_first: bool,
        env: &Env,
    ) -> Result<Vec<Rc<Tuple>>, Error> {
        let mut results = match &step.kind {
            Kind::Sort(terms) => {
                let items = tuples.into_iter().map(Val::Tuple).collect();
                let tuples = Array::with(items, &[Flag::Sequence, Flag::Tuples]);
                let sorted = self.sort_step(step, terms, tuples, env)?;
                let mut sorted = to_tuples(sorted);
                // The reference numbers only what it makes tuples of itself.
                if let (Some(name), true) = (&step.step.names().index, is_first) {
                    number(&mut sorted, name);
                }
                sorted
            }
            _ => self.expand(step, &tuples, env)?,
        };
        for stage in &step.step.stages {
            match stage {
                Stage::Index(name) => number(&mut results, name),
                Stage::Filter(predicate) => {
                    let items = results.into_iter().map(Val::Tuple).collect();
                    let array = Array::with(items, &[Flag::Sequence, Flag::Tuples]);
                    results = to_tuples(self.filter(predicate, Some(Val::Array(array)), env)?);
                }
            }
        }
        Ok(results)
    }

    /// Applies a step to each tuple; what it finds inherits the bindings.
    fn expand(
        &mut self,
        step: &Node,
        tuples: &[Rc<Tuple>],
        env: &Env,
    ) -> Result<Vec<Rc<Tuple>>, Error> {
        let mut results = Vec::new();
        for tuple in tuples {
            let scope = tuple.scope(env);
            let found = match self.evaluate(step, tuple.item.as_ref(), &scope)? {
                None => continue,
                Some(Val::Array(array)) => array,
                Some(other) => Array::plain(vec![other]),
            };
            self.burn(found.len())?;
            for (index, item) in found.iter().enumerate() {
                let mut result = Tuple::clone(tuple);
                match item {
                    Val::Tuple(inner) => {
                        result.item = inner.item.clone();
                        for (name, value) in &inner.bindings {
                            result.bind(name, value.clone());
                        }
                    }
                    item => {
                        let names = step.step.names();
                        match named(&names.focus) {
                            Some(name) => result.bind(name, Some(item)),
                            None => result.item = Some(item),
                        }
                        if let Some(name) = named(&names.index) {
                            result.bind(name, Some(Val::Num(index as f64)));
                        }
                        for name in &step.step.names().ancestors {
                            result.bind(name, tuple.item.clone());
                        }
                    }
                }
                results.push(Rc::new(result));
            }
        }
        Ok(results)
    }
}

/// Binds each tuple's place.
fn number(tuples: &mut [Rc<Tuple>], name: &Arc<str>) {
    for (index, tuple) in tuples.iter_mut().enumerate() {
        Rc::make_mut(tuple).bind(name, Some(Val::Num(index as f64)));
    }
}

fn to_tuples(array: Array) -> Vec<Rc<Tuple>> {
    let items = array.into_items().into_iter();
    items
        .filter_map(|item| match item {
            Val::Tuple(tuple) => Some(tuple),
            _ => None,
        })
        .collect()
}
