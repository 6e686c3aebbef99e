//! The part of a drawing that is kept ready around what is seen.

use crate::diagram::geometry::Rect;

/// How far it reaches beyond the screen on each side, in extents of the screen.
const REACH: f64 = 0.2;
/// How near the screen may come to its border before it moves along.
const RESERVE: f64 = 0.05;
/// How much wider than the screen it may be; zooming in makes it so.
const WIDEST: f64 = 1.75;

/// What is kept ready around `seen`. The window `before` is kept as long as it will do:
/// most steps of panning and zooming change nothing but the transform.
pub fn window(before: Option<Rect>, seen: Rect) -> Rect {
    let grown = |by: f64| seen.grown(seen.width * by, seen.height * by);
    before
        .filter(|before| before.contains(&grown(RESERVE)) && before.width <= seen.width * WIDEST)
        .unwrap_or_else(|| grown(REACH))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEEN: Rect = Rect {
        x: 100.0,
        y: 100.0,
        width: 1_000.0,
        height: 500.0,
    };

    fn moved(x: f64, y: f64) -> Rect {
        Rect {
            x: SEEN.x + x,
            y: SEEN.y + y,
            ..SEEN
        }
    }

    #[test]
    fn stays_for_small_steps_and_follows_large_ones() {
        let first = window(None, SEEN);
        assert!(first.contains(&SEEN) && first.width < SEEN.width * 1.5);
        assert_eq!(window(Some(first), moved(100.0, -50.0)), first);
        for far in [moved(160.0, 0.0), moved(0.0, -90.0), moved(5_000.0, 0.0)] {
            let next = window(Some(first), far);
            assert_ne!(next, first);
            assert!(next.contains(&far));
        }
    }

    #[test]
    fn shrinks_after_zooming_in() {
        let first = window(None, SEEN);
        let near = SEEN.grown(-250.0, -125.0);
        let next = window(Some(first), near);
        assert!(next.width < first.width && next.contains(&near));
    }
}
