//! One transition on the canvas: its line and its label.

use leptos::prelude::*;

use super::scene::{EdgeKind, SceneEdge, SceneStore, Taken};
use crate::diagram::view::mounts::Key;
use crate::ui::erased::{live, memo};

/// Draws the line of the edge under a key.
pub(super) fn edge_line(key: Key) -> impl IntoView {
    let scene = expect_context::<SceneStore>();
    let edge = scene.edge_untracked(key)?;
    let path = memo(move || scene.path(key));
    let taken = taken_of(scene, &edge);
    let SceneEdge {
        kind,
        is_broken,
        is_inner_start,
        ..
    } = *edge;
    let class = move || {
        let base = match kind {
            EdgeKind::Catch => "edge is-catch",
            EdgeKind::Flow => "edge",
        };
        let state = match (is_broken, taken.get()) {
            (true, _) => " is-broken",
            (false, Some(Taken::Flow)) => " is-taken",
            (false, Some(Taken::Caught)) => " is-caught-taken",
            (false, Some(Taken::No)) => " is-not-taken",
            (false, None) => "",
        };
        format!("{base}{state}")
    };
    let marker = move || {
        let name = match (is_broken, taken.get()) {
            (true, _) => "failed",
            (false, Some(Taken::Flow)) => "succeeded",
            (false, Some(Taken::Caught)) => "caught",
            (false, Some(Taken::No)) => "edge-quiet",
            (false, None) => "edge",
        };
        (!is_inner_start).then(|| format!("url(#a-{name})"))
    };
    Some(view! { <path class=class d=live(move || path.get()) marker-end=marker/> })
}

/// Draws the label of the edge under a key: a rule's number and condition, `default`, or
/// error names.
pub(super) fn edge_label(key: Key) -> impl IntoView {
    let scene = expect_context::<SceneStore>();
    let edge = scene.edge_untracked(key)?;
    let place = memo(move || scene.label_rect(key));
    let taken = taken_of(scene, &edge);
    let is_broken = edge.is_broken;
    let label = edge.label.clone()?;
    let class = move || {
        let state = match (is_broken, taken.get()) {
            (true, _) => " is-broken",
            (false, Some(Taken::Flow)) => " is-taken",
            (false, Some(Taken::Caught)) => " is-caught-taken",
            (false, Some(Taken::No) | None) => "",
        };
        format!("edge-label{state}")
    };
    let content = move || {
        let rect = place.get()?;
        let number = label.number.map(|number| {
            view! {
                <text class="number" x="10" y="12.5" text-anchor="middle">{number}</text>
                <path class="bar" d="M18 3v12"/>
            }
        });
        let start = if label.number.is_some() { 19.0 } else { 0.0 };
        let class = if label.is_code { "mono" } else { "" };
        Some(view! {
            <g transform=format!("translate({:.1} {:.1})", rect.x, rect.y)>
                <title>{label.full.clone()}</title>
                <rect width=rect.width height=rect.height rx="4"/>
                {number}
                <text class=class x=(start + rect.width) / 2.0 y="12.7" text-anchor="middle">{label.text.clone()}</text>
            </g>
        })
    };
    Some(view! { <g class=class>{content}</g> })
}

fn taken_of(scene: SceneStore, edge: &SceneEdge) -> Memo<Option<Taken>> {
    let (from, to, kind) = (edge.from.clone(), edge.to.clone(), edge.kind);
    memo(move || scene.taken(&from, &to, kind))
}
