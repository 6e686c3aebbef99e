//! Pictures made on behalf of the page, which has no room for what draws them.

use std::collections::BTreeSet;

use super::messages::Subject;
use crate::asl::Pointer;
use crate::authoring::document::{Document, Target};
use crate::diagram::render::{Picture, Theme, svg};
use crate::diagram::sizing::estimate;
use crate::diagram::{Direction, LayoutOptions, draw, state_graph};

/// The graph of a definition as an SVG picture.
pub fn picture(subject: &Subject, target: Target) -> String {
    let document = Document::open_at(subject.text.as_str(), target);
    let graph = state_graph(document.machine());
    let folded = subject.folded.iter().map(|text| Pointer::parse(text));
    let options = LayoutOptions {
        direction: match subject.is_left_to_right {
            true => Direction::LeftToRight,
            false => Direction::TopToBottom,
        },
        ..LayoutOptions::default()
    };
    let drawing = draw(
        &graph,
        &folded.collect::<BTreeSet<_>>(),
        &estimate,
        &options,
    );
    let picture = Picture {
        title: &subject.title,
        theme: match subject.is_light {
            true => Theme::Light,
            false => Theme::Both,
        },
        run: None,
        measure: &estimate,
    };
    svg(&graph, &drawing, &picture)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(subject: &Subject) -> String {
        picture(subject, Target::default())
    }

    #[test]
    fn a_picture_shows_the_states_and_hides_what_is_folded() {
        let subject = Subject {
            text: r#"{"StartAt": "P<", "States": {"P<": {"Type": "Parallel", "End": true, "Branches": [
                {"StartAt": "Inside", "States": {"Inside": {"Type": "Succeed"}}}]}}}"#
                .into(),
            title: "orders & more".into(),
            folded: Vec::new(),
            is_left_to_right: false,
            is_light: true,
        };
        let whole = drawn(&subject);
        assert!(
            whole.contains("P&lt;")
                && whole.contains("Inside</text>")
                && whole.contains("orders &amp; more")
        );
        let folded = drawn(&Subject {
            folded: vec!["/States/P<".into()],
            ..subject.clone()
        });
        // The description tells of all states, the drawing of those that are seen.
        assert!(folded.contains("P&lt;</text>") && !folded.contains("Inside</text>"));
        let turned = drawn(&Subject {
            is_left_to_right: true,
            ..subject
        });
        assert_ne!(turned, whole);
    }
}
