//! Values are taken apart one after the other: however deeply they nest, dropping them
//! needs no more stack than dropping one.

use std::rc::Rc;

use super::{Array, Members, Object, Seq, Val};
use crate::expr::jsonata::evaluate::{Env, Frame};
use crate::expr::jsonata::function::Function;

/// What is still to be dropped.
enum Rest {
    Val(Val),
    Env(Env),
}

fn dismantle(mut rest: Vec<Rest>) {
    while let Some(next) = rest.pop() {
        match next {
            Rest::Val(Val::Array(Array::Built(seq))) => {
                if let Ok(mut seq) = Rc::try_unwrap(seq) {
                    rest.extend(containers(std::mem::take(&mut seq.items)));
                }
            }
            Rest::Val(Val::Object(Object::Built(members))) => {
                if let Ok(mut members) = Rc::try_unwrap(members) {
                    let members = std::mem::take(members.get_mut());
                    rest.extend(containers(members.into_values()));
                }
            }
            Rest::Val(Val::Tuple(tuple)) => {
                if let Ok(tuple) = Rc::try_unwrap(tuple) {
                    rest.extend(containers(tuple.item));
                    let bindings = tuple.bindings.into_iter();
                    rest.extend(containers(bindings.filter_map(|binding| binding.1)));
                }
            }
            Rest::Val(Val::Function(function)) => {
                if let Ok(mut function) = Rc::try_unwrap(function) {
                    let (values, env) = function.take();
                    rest.extend(containers(values));
                    rest.extend(env.map(Rest::Env));
                }
            }
            Rest::Val(_) => {}
            Rest::Env(env) => {
                if let Ok(mut frame) = Rc::try_unwrap(env) {
                    let (values, parent) = frame.take();
                    rest.extend(containers(values));
                    rest.extend(parent.map(Rest::Env));
                }
            }
        }
    }
}

fn containers(values: impl IntoIterator<Item = Val>) -> impl Iterator<Item = Rest> {
    values.into_iter().filter(Val::is_container).map(Rest::Val)
}

impl Drop for Seq {
    fn drop(&mut self) {
        if self.items.iter().any(Val::is_container) {
            dismantle(containers(std::mem::take(&mut self.items)).collect());
        }
    }
}

impl Drop for Members {
    fn drop(&mut self) {
        if self.get_mut().values().any(Val::is_container) {
            let members = std::mem::take(self.get_mut());
            dismantle(containers(members.into_values()).collect());
        }
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        if self.is_flat() {
            return;
        }
        let (values, parent) = self.take();
        let mut rest: Vec<Rest> = containers(values).collect();
        rest.extend(parent.map(Rest::Env));
        dismantle(rest);
    }
}

impl Drop for Function {
    fn drop(&mut self) {
        let (values, env) = self.take();
        let mut rest: Vec<Rest> = containers(values).collect();
        rest.extend(env.map(Rest::Env));
        dismantle(rest);
    }
}
