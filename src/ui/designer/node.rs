//! One state, container or pill on the canvas.

use std::sync::Arc;

use leptos::prelude::*;

use super::canvas::is_selected;
use super::folds::FoldStore;
use super::scene::{Badge, NodeKind, Place, SceneNode, SceneStore, node_id};
use super::status_mark::{status_class, status_icon};
use super::text::fit;
use crate::diagram::view::mounts::{Key, is_plain};
use crate::execution::projection::{StateStatus, Status};
use crate::ui::dom::measure::{Font, text_width};
use crate::ui::erased::{handler, live, memo};
use crate::ui::store::{LayoutStore, Origin, SelectionStore};
use crate::ui::widget::type_icon;

/// Draws the node under a key at the place the scene gives it.
pub(super) fn node(key: Key) -> impl IntoView {
    let scene = expect_context::<SceneStore>();
    let node = scene.node_untracked(key)?;
    // One that is about to go stays where it was.
    let last = Place {
        rect: node.rect,
        position: 0,
        of: 0,
    };
    let place = memo(move || scene.place(key).unwrap_or(last));
    let transform = move || {
        let rect = place.get().rect;
        format!("translate({:.1} {:.1})", rect.x, rect.y)
    };
    let body = match node.kind {
        NodeKind::Start => view! { <StartPill node/> }.into_any(),
        NodeKind::State if node.is_container => view! { <Container node place/> }.into_any(),
        NodeKind::State | NodeKind::Ghost if is_plain(key) => {
            view! { <PlainBox node place/> }.into_any()
        }
        NodeKind::State | NodeKind::Ghost => view! { <Box node place/> }.into_any(),
    };
    Some(view! { <g class="moving" role="presentation" transform=transform>{body}</g> })
}

#[component]
fn StartPill(node: Arc<SceneNode>) -> impl IntoView {
    let (width, height) = (node.rect.width, node.rect.height);
    view! {
        <g class="start-pill" aria-hidden="true">
            <rect width=width height=height rx=height / 2.0/>
            <text x=width / 2.0 y=height / 2.0 + 4.0 text-anchor="middle">"Start"</text>
        </g>
    }
}

/// How a state stands in the shown run; nothing while none is shown.
fn status_of(node: &SceneNode) -> Memo<Option<StateStatus>> {
    let scene = expect_context::<SceneStore>();
    let pointer = node.pointer.clone();
    memo(move || scene.status(&pointer))
}

fn label_of(
    node: &SceneNode,
    status: Memo<Option<StateStatus>>,
) -> impl Fn() -> String + Send + Clone + use<> {
    let mut parts = vec![node.name.clone(), node.type_word().to_owned()];
    if node.summary != node.type_word() {
        parts.push(node.summary.clone());
    }
    parts.extend(node.badges.iter().map(|badge| badge.sentence.clone()));
    let fixed = parts.join(", ");
    move || match status.get() {
        Some(status) => format!("{fixed}, {}", status.status.label().to_lowercase()),
        None => fixed.clone(),
    }
}

fn class_of(
    base: &'static str,
    node: &SceneNode,
    status: Memo<Option<StateStatus>>,
) -> impl Fn() -> String + Send + use<> {
    let selection = expect_context::<SelectionStore>();
    let pointer = node.pointer.clone();
    let is_ghost = node.kind == NodeKind::Ghost;
    move || {
        let selected = if is_selected(selection, &pointer) {
            " is-selected is-active"
        } else {
            ""
        };
        let ghost = if is_ghost { " is-ghost" } else { "" };
        let status = status
            .get()
            .map_or("", |status| status_class(status.status));
        format!("{base}{selected}{ghost} {status}")
    }
}

/// What is left of a box where nothing on it can be read.
#[component]
fn PlainBox(node: Arc<SceneNode>, place: Memo<Place>) -> impl IntoView {
    let selection = expect_context::<SelectionStore>();
    let status = status_of(&node);
    let class = class_of("node", &node, status);
    let pointer = node.pointer.clone();
    view! {
        <g class=class role="presentation">
            <rect
                class="box" role="option" id=node_id(&node.pointer)
                aria-selected="false"
                aria-label=label_of(&node, status)
                aria-posinset=live(move || place.get().position) aria-setsize=live(move || place.get().of)
                width=node.rect.width height=node.rect.height rx="8"
                on:click=handler(move |_| selection.select(Some(pointer.clone()), Origin::Canvas))
            />
        </g>
    }
}

#[component]
fn Box(node: Arc<SceneNode>, place: Memo<Place>) -> impl IntoView {
    let selection = expect_context::<SelectionStore>();
    let layout = expect_context::<LayoutStore>();
    let status = status_of(&node);
    let label = label_of(&node, status);
    let tooltip = label.clone();
    let class = class_of("node", &node, status);
    let (width, height) = (node.rect.width, node.rect.height);
    let (icon, type_class) = if node.kind == NodeKind::Ghost {
        ("i-error", "type-unknown")
    } else {
        type_icon(node.state_type)
    };
    let name = fit(&node.name, width - 44.0 - 10.0, Font::Name);
    let badges_width: f64 = node.badges.iter().map(|badge| badge.width() + 3.0).sum();
    let summary = fit(
        &node.summary,
        width - 44.0 - 10.0 - badges_width,
        Font::Small,
    );
    let pointer = node.pointer.clone();
    let folded = node.is_folded.then(|| {
        view! {
            <rect class="folded-under" x="4" y="3" width=width - 8.0 height=height rx="8"/>
        }
    });
    view! {
        <g
            class=class role="presentation"
            on:click=handler(move |_| {
                selection.select(Some(pointer.clone()), Origin::Canvas);
                layout.show_inspector();
            })
        >
            <rect
                class="hit" role="option" id=node_id(&node.pointer)
                aria-selected={
                    let pointer = node.pointer.clone();
                    move || is_selected(selection, &pointer).to_string()
                }
                aria-label=label
                aria-posinset=live(move || place.get().position) aria-setsize=live(move || place.get().of)
                width=width height=height rx="8"
            ><title>{tooltip}</title></rect>
            <g class="drawn" aria-hidden="true">
                {folded}
                <rect class="ring" x="-3.5" y="-3.5" width=width + 7.0 height=height + 7.0 rx="11"/>
                <rect class="box" width=width height=height rx="8"/>
                <rect class="tile" x="8" y="8" width="28" height="28" rx="6"/>
                <use class=type_class href=format!("#{icon}") x="14" y="14" width="16" height="16"></use>
                <text class="name" x="44" y="19">{name}</text>
                <text class="sub" x="44" y="34">{summary}</text>
                {badges(&node.badges, width - 8.0, 25.0)}
                <StatusShape status width/>
            </g>
        </g>
    }
}

#[component]
fn Container(node: Arc<SceneNode>, place: Memo<Place>) -> impl IntoView {
    let selection = expect_context::<SelectionStore>();
    let folds = expect_context::<FoldStore>();
    let layout = expect_context::<LayoutStore>();
    let status = status_of(&node);
    let label = label_of(&node, status);
    let tooltip = label.clone();
    let class = class_of("container", &node, status);
    let (width, height) = (node.rect.width, node.rect.height);
    let (icon, type_class) = type_icon(node.state_type);
    let badges_width: f64 = node.badges.iter().map(|badge| badge.width() + 3.0).sum();
    let name = fit(&node.name, width - 44.0 - 12.0 - badges_width, Font::Name);
    let name_end = 44.0 + text_width(&name, Font::Name) + 10.0;
    let counts = move || {
        status
            .get()
            .filter(|status| status.visits > 1)
            .map(|status| format!(" · {} runs", status.visits))
    };
    let summary_room = width - name_end - badges_width - 12.0;
    let summary = (summary_room > 30.0).then(|| fit(&node.summary, summary_room, Font::Small));
    let lanes = node
        .dividers
        .iter()
        .map(|&[x1, y1, x2, y2]| view! { <line class="lane" x1=x1 y1=y1 x2=x2 y2=y2/> })
        .collect_view();
    let dots = node
        .dots
        .iter()
        .map(|&[x, y]| view! { <circle class="start-dot" cx=x cy=y r="3"/> })
        .collect_view();
    let pointer = node.pointer.clone();
    let folded = node.pointer.clone();
    let head = format!(
        "M0 10a10 10 0 0 1 10-10h{}a10 10 0 0 1 10 10v18H0z",
        width - 20.0
    );
    view! {
        <g class=class role="presentation">
            <rect class="ring" x="-3.5" y="-3.5" width=width + 7.0 height=height + 7.0 rx="13"/>
            <rect class="bg" data-background="" width=width height=height rx="10"/>
            <path
                class="head" role="option" id=node_id(&node.pointer) d=head
                aria-selected={
                    let pointer = node.pointer.clone();
                    move || is_selected(selection, &pointer).to_string()
                }
                aria-label=label
                aria-posinset=live(move || place.get().position) aria-setsize=live(move || place.get().of)
                on:click=handler(move |_| {
                    selection.select(Some(pointer.clone()), Origin::Canvas);
                    layout.show_inspector();
                })
            ><title>{tooltip}</title></path>
            <g aria-hidden="true">
                <path class="head-rule" d=format!("M0 28h{width}")/>
                {lanes}
                {dots}
                <rect class="box" width=width height=height rx="10" fill="none" pointer-events="none"/>
                <g class="fold" on:click=handler(move |_| folds.toggle(&folded))>
                    <title>"Fold (Space)"</title>
                    <rect x="2" y="2" width="20" height="24" fill="transparent"/>
                    <use href="#i-chev" x="7" y="8" width="12" height="12"></use>
                </g>
                <g pointer-events="none">
                    <use class=type_class href=format!("#{icon}") x="24" y="7" width="14" height="14"></use>
                    <text class="name" x="44" y="18.5">{name}</text>
                    <text class="sub" x=name_end y="18.5">{summary}{counts}</text>
                    {badges(&node.badges, width - 8.0, 6.5)}
                </g>
                <StatusShape status width/>
            </g>
        </g>
    }
}

/// Badges side by side, ending at `right`.
fn badges(badges: &[Badge], right: f64, top: f64) -> Vec<AnyView> {
    let mut x = right;
    let mut drawn: Vec<AnyView> = Vec::new();
    for badge in badges.iter().rev() {
        let width = badge.width();
        x -= width;
        let count = badge
            .count
            .clone()
            .map(|count| view! { <text x="15" y="11.2">{count}</text> });
        drawn.push(
            view! {
                <g class="badge" transform=format!("translate({x:.1} {top:.1})")>
                    <title>{badge.sentence.clone()}</title>
                    <rect width=width height="15" rx="4"/>
                    <use href=format!("#{}", badge.icon) x="3" y="2.5" width="10" height="10"></use>
                    {count}
                </g>
            }
            .into_any(),
        );
        x -= 3.0;
    }
    drawn
}

/// The shape on the top right corner.
#[component]
fn StatusShape(status: Memo<Option<StateStatus>>, width: f64) -> impl IntoView {
    let shape = memo(move || status.get().map(|status| status.status));
    move || {
        shape.get().map(|status: Status| {
            view! {
                <g class=status_class(status) transform=format!("translate({width} 0)") pointer-events="none">
                    <circle class="status-back" r="10"/>
                    <use class="status-icon" href=format!("#{}", status_icon(status)) x="-8" y="-8" width="16" height="16"></use>
                </g>
            }
        })
    }
}
