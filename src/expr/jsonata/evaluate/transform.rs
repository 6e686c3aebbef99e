//! `|pattern|update|delete|`: a copy with changes.

use std::rc::Rc;

use super::{Env, Evaluation, Outcome};
use crate::expr::jsonata::ast::Transform;
use crate::expr::jsonata::code::Code;
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::function::{Function, builtin};
use crate::expr::jsonata::limit::MAX_VALUE_DEPTH;
use crate::expr::jsonata::number;
use crate::expr::jsonata::value::{Members, Object, Val, infinite, too_deep};

/// The function that makes the object that is changed.
const CLONE: &str = "clone";

impl Evaluation<'_> {
    pub(super) fn transform(
        &mut self,
        transform: &Transform,
        subject: Option<Val>,
        env: &Env,
    ) -> Outcome {
        let Some(subject) = subject else {
            return Ok(None);
        };
        let clone = match env.lookup(&CLONE.into()) {
            Some(bound) => bound,
            None => builtin(CLONE, self.dialect).map(Function::builtin),
        };
        let Some(Val::Function(_)) = clone else {
            return Err(Error::at(Code::T2013, transform.position));
        };
        let null = Some(&Val::Null);
        let copy = self.apply(clone.as_ref(), vec![Some(subject)], null, None)?;
        let matches = match self.evaluate(&transform.pattern, copy.as_ref(), env)? {
            None => return Ok(copy),
            Some(Val::Array(array)) => array.into_items(),
            Some(other) => vec![other],
        };
        for found in matches {
            self.update(transform, &found, env)?;
            self.delete(transform, &found, env)?;
        }
        Ok(copy)
    }

    fn update(&mut self, transform: &Transform, found: &Val, env: &Env) -> Result<(), Error> {
        let update = match self.evaluate(&transform.update, Some(found), env)? {
            None => return Ok(()),
            Some(Val::Object(update)) => update,
            other => {
                return Err(
                    Error::of(Code::T2011, &transform.update).value("value", other.as_ref())
                );
            }
        };
        if let Val::Object(Object::Built(members)) = found {
            for (key, value) in update.entries() {
                // The reference shares it with where it comes from; then an object could come to
                // hold itself, and a small one grow without end.
                let value = self.copy(&value, |leaf| Ok(leaf.clone()), 0)?;
                members.borrow_mut().insert(key, value);
            }
        }
        Ok(())
    }

    fn delete(&mut self, transform: &Transform, found: &Val, env: &Env) -> Result<(), Error> {
        let Some(delete) = &transform.delete else {
            return Ok(());
        };
        let Some(deletions) = self.evaluate(delete, Some(found), env)? else {
            return Ok(());
        };
        let keys = match &deletions {
            Val::Array(array) => array.iter().collect(),
            other => vec![other.clone()],
        };
        for key in &keys {
            if !matches!(key, Val::Str(_)) {
                return Err(Error::of(Code::T2012, delete).value("value", Some(&deletions)));
            }
        }
        if let Val::Object(Object::Built(members)) = found {
            for key in keys {
                if let Val::Str(key) = key {
                    members.borrow_mut().remove(&key);
                }
            }
        }
        Ok(())
    }

    /// A copy as the reference makes it, which writes the value as JSON and reads that.
    pub(crate) fn deep_copy(&mut self, value: &Val) -> Result<Val, Error> {
        let written = |leaf: &Val| {
            Ok(match leaf {
                Val::Num(number) if number.is_infinite() => return Err(infinite()),
                Val::Num(number) => match number::parse(&number::to_json(*number)) {
                    Some(number) => Val::Num(number),
                    None => Val::Null,
                },
                Val::Function(_) => Val::from(""),
                other => other.clone(),
            })
        };
        self.copy(value, written, 0)
    }

    /// A copy that shares no object with the original.
    fn copy(
        &mut self,
        value: &Val,
        leaf: fn(&Val) -> Result<Val, Error>,
        depth: usize,
    ) -> Result<Val, Error> {
        if depth > MAX_VALUE_DEPTH {
            return Err(too_deep());
        }
        self.burn(1)?;
        Ok(match value {
            Val::Array(array) => {
                let mut items = Vec::with_capacity(array.len());
                for item in array.iter() {
                    items.push(self.copy(&item, leaf, depth + 1)?);
                }
                Val::array(items)
            }
            Val::Object(object) => {
                let mut members = Members::with_capacity(object.len());
                for (key, value) in object.entries() {
                    members.insert(key, self.copy(&value, leaf, depth + 1)?);
                }
                Val::Object(Object::Built(Rc::new(members)))
            }
            other => return leaf(other),
        })
    }
}
