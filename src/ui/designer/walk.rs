//! Where an arrow key leads from a state.

use super::scene::Scene;
use crate::asl::Pointer;
use crate::diagram::geometry::Rect;

/// The direction of an arrow key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
    Left,
    Right,
}

/// The nearest state in a direction; the first one where none is selected yet.
pub(super) fn neighbour(scene: &Scene, from: Option<&Pointer>, way: Way) -> Option<Pointer> {
    let rects = || {
        scene
            .nodes()
            .filter(|node| node.is_selectable())
            .map(|node| (&node.pointer, node.rect))
    };
    let Some(from_rect) = from.and_then(|from| scene.rect(from)) else {
        return rects().next().map(|(pointer, _)| pointer.clone());
    };
    nearest(from_rect, rects(), way).cloned()
}

fn nearest<'a>(
    from: Rect,
    candidates: impl Iterator<Item = (&'a Pointer, Rect)>,
    way: Way,
) -> Option<&'a Pointer> {
    let cost = |to: Rect| {
        let (a, b) = (from.center(), to.center());
        let (along, across) = match way {
            Way::Down => (to.y - from.y, b.x - a.x),
            Way::Up => (from.y - to.y, b.x - a.x),
            Way::Right => (to.x - from.x, b.y - a.y),
            Way::Left => (from.x - to.x, b.y - a.y),
        };
        // What lies aside costs more than what lies ahead.
        (along > 1.0).then(|| along + 2.0 * across.abs())
    };
    candidates
        .filter_map(|(pointer, rect)| cost(rect).map(|cost| (pointer, cost)))
        .min_by(|(_, a), (_, b)| a.total_cmp(b))
        .map(|(pointer, _)| pointer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefers_what_lies_ahead() {
        let rect = |x: f64, y: f64| Rect {
            x,
            y,
            width: 100.0,
            height: 40.0,
        };
        let names = ["left", "below", "far"].map(|name| Pointer::root().child(name));
        let rects = [rect(-130.0, 70.0), rect(0.0, 70.0), rect(0.0, 140.0)];
        let candidates = || names.iter().zip(rects);
        let from = rect(0.0, 0.0);
        assert_eq!(nearest(from, candidates(), Way::Down), Some(&names[1]));
        assert_eq!(nearest(from, candidates(), Way::Left), Some(&names[0]));
        assert_eq!(nearest(from, candidates(), Way::Up), None);
    }
}
