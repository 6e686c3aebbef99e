//! Closures behind one type each, so that the page carries one copy of what the
//! framework makes of them.
//!
//! The framework is generic over every closure that it is given: a memo, an effect or
//! a reactive part of a view is compiled anew for each. These functions put the closure
//! into a box first. What is left of a closure is then its own body, and the machinery
//! around it is shared by all that give the same type. A call through a box costs
//! nothing that can be measured beside touching the document.

use leptos::prelude::*;

use super::dom::element::behind_paint;

/// A closure that a view follows, giving a `V`.
pub type Reactive<V> = Box<dyn FnMut() -> V + Send>;

/// A memo of what `compute` gives.
pub fn memo<T: PartialEq + Send + Sync + 'static>(
    compute: impl Fn() -> T + Send + Sync + 'static,
) -> Memo<T> {
    boxed_memo(Box::new(compute))
}

fn boxed_memo<T: PartialEq + Send + Sync + 'static>(
    compute: Box<dyn Fn() -> T + Send + Sync>,
) -> Memo<T> {
    Memo::new(move |_| compute())
}

/// A signal that asks `compute` each time.
pub fn derive<T: Send + Sync + 'static>(
    compute: impl Fn() -> T + Send + Sync + 'static,
) -> Signal<T> {
    boxed_signal(Box::new(compute))
}

fn boxed_signal<T: Send + Sync + 'static>(compute: Box<dyn Fn() -> T + Send + Sync>) -> Signal<T> {
    Signal::derive(compute)
}

/// What `source` says, a frame later: for what somebody who types need not see with the very
/// key, so that the key is drawn without waiting for it.
pub fn lagging<T: Clone + PartialEq + Send + Sync + 'static>(source: Memo<T>) -> Signal<T> {
    let late = RwSignal::new(source.get_untracked());
    let is_due = StoredValue::new(false);
    // Whoever follows may be gone by then.
    let catch_up = move || {
        let _ = is_due.try_set_value(false);
        if let Some(now) = source.try_get_untracked()
            && late.try_with_untracked(|late| *late != now) == Some(true)
        {
            let _ = late.try_set(now);
        }
    };
    effect(move || {
        source.track();
        if !is_due
            .try_update_value(|is_due| std::mem::replace(is_due, true))
            .unwrap_or(true)
        {
            behind_paint(catch_up);
        }
    });
    late.into()
}

/// Runs `act` now and whenever what it has read changes.
pub fn effect(act: impl FnMut() + 'static) {
    boxed_effect(Box::new(act));
}

fn boxed_effect(mut act: Box<dyn FnMut()>) {
    Effect::new(move |_| act());
}

/// A part of a view that follows what it reads.
pub fn show<V: IntoAny>(mut view: impl FnMut() -> V + Send + 'static) -> Reactive<AnyView> {
    Box::new(move || view().into_any())
}

/// The value of an attribute, a class, a style or a property that follows what it reads.
pub fn live<V>(compute: impl FnMut() -> V + Send + 'static) -> Reactive<V> {
    Box::new(compute)
}

/// What an element does with an event.
pub fn handler<E>(act: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(act)
}
