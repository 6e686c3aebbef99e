//! A border that can be dragged, or moved with the arrow keys.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;

use crate::ui::dom::element::{capture_pointer, screen_rect};
use crate::ui::erased::{handler, live};

/// What the value of a border says, inside the border's parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DividerValue {
    /// Px from the left edge: the width of what is left of it.
    FromLeft,
    /// Px from the right edge: the width of what is right of it.
    FromRight,
    /// Px from the bottom: the height of what is below it.
    FromBottom,
    /// Percent of the parent's width.
    Percent,
    /// Percent of the parent's height, from the bottom.
    PercentFromBottom,
}

impl DividerValue {
    /// How far an arrow key moves it.
    fn step(self) -> f64 {
        match self {
            Self::FromLeft | Self::FromRight | Self::FromBottom => 16.0,
            Self::Percent => 2.0,
            Self::PercentFromBottom => 5.0,
        }
    }

    /// The key that makes the value grow, and the one that makes it shrink.
    fn keys(self) -> (&'static str, &'static str) {
        match self {
            Self::FromLeft | Self::Percent => ("ArrowRight", "ArrowLeft"),
            Self::FromRight => ("ArrowLeft", "ArrowRight"),
            Self::FromBottom | Self::PercentFromBottom => ("ArrowUp", "ArrowDown"),
        }
    }

    fn orientation(self) -> &'static str {
        match self {
            Self::FromLeft | Self::FromRight | Self::Percent => "vertical",
            Self::FromBottom | Self::PercentFromBottom => "horizontal",
        }
    }
}

/// A border of its parent's parts. Arrows, Home and End move it; Enter and a double click
/// bring it back to where it was at first.
#[component]
pub fn Divider(
    /// What it sets, for screen readers.
    label: &'static str,
    /// Its id, and its class beside `divider`.
    class: &'static str,
    /// What its value says.
    measure: DividerValue,
    /// Where it is.
    #[prop(into)]
    value: Signal<f64>,
    /// The least and the greatest value.
    #[prop(into)]
    range: Signal<(f64, f64)>,
    /// Called with another value, inside the range or not.
    #[prop(into)]
    moved: Callback<f64>,
    /// Called to bring it back.
    #[prop(into)]
    reset: Callback<()>,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    // How far the border was from the pointer that took it, in the unit of the value.
    let grip = RwSignal::new(None::<f64>);
    let under = move |event: &PointerEvent| {
        let parent = node.get_untracked()?.parent_element()?;
        let rect = screen_rect(&parent);
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        Some(match measure {
            DividerValue::FromLeft => x - rect.x,
            DividerValue::FromRight => rect.x + rect.width - x,
            DividerValue::FromBottom => rect.y + rect.height - y,
            DividerValue::Percent => (x - rect.x) / rect.width.max(1.0) * 100.0,
            DividerValue::PercentFromBottom => {
                (rect.y + rect.height - y) / rect.height.max(1.0) * 100.0
            }
        })
    };
    let on_down = move |event: PointerEvent| {
        if event.button() == 0 {
            capture_pointer(&event);
            grip.set(under(&event).map(|under| value.get_untracked() - under));
        }
    };
    let on_move = move |event: PointerEvent| {
        if let (Some(grip), Some(under)) = (grip.get_untracked(), under(&event)) {
            moved.run(under + grip);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let (least, most) = range.get_untracked();
        let (grow, shrink) = measure.keys();
        let to = match event.key().as_str() {
            key if key == grow => value.get_untracked() + measure.step(),
            key if key == shrink => value.get_untracked() - measure.step(),
            "Home" => least,
            "End" => most,
            "Enter" => {
                event.prevent_default();
                return reset.run(());
            }
            _ => return,
        };
        event.prevent_default();
        moved.run(to.clamp(least, most));
    };
    let rounded = |number: f64| number.round().to_string();
    view! {
        <div
            class=format!("divider {class}")
            node_ref=node
            id=class
            role="separator"
            tabindex="0"
            title=format!("{label}: drag, or double click to reset")
            aria-orientation=measure.orientation()
            aria-label=label
            aria-valuemin=live(move || rounded(range.get().0))
            aria-valuemax=live(move || rounded(range.get().1))
            aria-valuenow=live(move || rounded(value.get()))
            data-active=live(move || grip.get().is_some().then_some(""))
            on:pointerdown=handler(on_down)
            on:pointermove=handler(on_move)
            on:pointerup=handler(move |_| grip.set(None))
            on:pointercancel=handler(move |_| grip.set(None))
            on:dblclick=handler(move |_| reset.run(()))
            on:keydown=handler(on_key)
        ></div>
    }
}
