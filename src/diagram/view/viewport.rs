//! What part of the drawing is seen: a shift and a scale.

use crate::diagram::geometry::{Point, Rect};

/// The transform from canvas to screen: `screen = canvas * scale + shift`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    /// Shift to the right, in px.
    pub x: f64,
    /// Shift down, in px.
    pub y: f64,
    /// Px per canvas unit.
    pub scale: f64,
}

/// A chain of a thousand states, fitted to a small screen.
const LEAST_SCALE: f64 = 0.008;
const MOST_SCALE: f64 = 3.0;

/// Room around a fitted drawing, in px.
const MARGIN: f64 = 24.0;

impl Viewport {
    /// Moves the drawing by px.
    #[must_use]
    pub fn panned(self, dx: f64, dy: f64) -> Self {
        Self {
            x: self.x + dx,
            y: self.y + dy,
            ..self
        }
    }

    /// Scales by `factor`; the place at (`x`, `y`) on the screen stays.
    #[must_use]
    pub fn zoomed(self, factor: f64, x: f64, y: f64) -> Self {
        let scale = (self.scale * factor).clamp(LEAST_SCALE, MOST_SCALE);
        let ratio = scale / self.scale;
        Self {
            x: x - (x - self.x) * ratio,
            y: y - (y - self.y) * ratio,
            scale,
        }
    }

    /// Shows all of a drawing in the middle of a screen, never larger than life.
    pub fn fitting(drawing: (f64, f64), screen: (f64, f64)) -> Self {
        Self::around(drawing, screen, whole_scale(drawing, screen))
    }

    /// Shows all of a drawing if it can be read then, or else the place where it begins.
    pub fn opening(drawing: (f64, f64), screen: (f64, f64), start: Point) -> Self {
        const READABLE: f64 = 0.6;
        const COMFORTABLE: f64 = 0.85;
        let whole = whole_scale(drawing, screen);
        if whole >= READABLE {
            return Self::around(drawing, screen, whole);
        }
        let across = (screen.0 - 2.0 * MARGIN) / drawing.0.max(1.0);
        let scale = across.clamp(READABLE, COMFORTABLE);
        Self {
            x: beginning(drawing.0 * scale, screen.0, start.x * scale),
            y: beginning(drawing.1 * scale, screen.1, start.y * scale),
            scale,
        }
    }

    fn around(drawing: (f64, f64), screen: (f64, f64), scale: f64) -> Self {
        let x = (screen.0 - drawing.0 * scale) / 2.0;
        let y = ((screen.1 - drawing.1 * scale) / 2.0).max(MARGIN);
        Self { x, y, scale }
    }

    /// The same scale, moved as little as needed to show an area.
    #[must_use]
    pub fn revealing(self, area: Rect, screen_width: f64, screen_height: f64) -> Self {
        let shift = |start: f64, len: f64, screen: f64| {
            let end = start + len;
            if len > screen - 2.0 * MARGIN || start < MARGIN {
                return MARGIN - start;
            }
            (screen - MARGIN - end).min(0.0)
        };
        let (left, top) = (area.x * self.scale + self.x, area.y * self.scale + self.y);
        let is_seen = left >= 0.0
            && top >= 0.0
            && left + area.width * self.scale <= screen_width
            && top + area.height * self.scale <= screen_height;
        if is_seen {
            return self;
        }
        self.panned(
            shift(left, area.width * self.scale, screen_width),
            shift(top, area.height * self.scale, screen_height),
        )
    }

    /// The same scale, with a place of the canvas in the middle of the screen.
    #[must_use]
    pub fn centred(self, on: Point, screen: (f64, f64)) -> Self {
        Self {
            x: screen.0 / 2.0 - on.x * self.scale,
            y: screen.1 / 2.0 - on.y * self.scale,
            ..self
        }
    }

    /// The part of the canvas that a screen shows.
    pub fn seen(self, screen: (f64, f64)) -> Rect {
        Rect {
            x: -self.x / self.scale,
            y: -self.y / self.scale,
            width: screen.0 / self.scale,
            height: screen.1 / self.scale,
        }
    }

    /// The value of the `transform` property.
    pub fn transform(self) -> String {
        format!(
            "translate({:.2}px,{:.2}px) scale({:.4})",
            self.x, self.y, self.scale
        )
    }
}

/// The shift along one axis that shows `start`, with no more empty room than needed.
fn beginning(length: f64, screen: f64, start: f64) -> f64 {
    if length <= screen - 2.0 * MARGIN {
        return (screen - length) / 2.0;
    }
    (screen / 2.0 - start).clamp(screen - MARGIN - length, MARGIN)
}

fn whole_scale(drawing: (f64, f64), screen: (f64, f64)) -> f64 {
    let across = (screen.0 - 2.0 * MARGIN) / drawing.0.max(1.0);
    let down = (screen.1 - 2.0 * MARGIN) / drawing.1.max(1.0);
    across.min(down).clamp(LEAST_SCALE, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zooming_keeps_the_place_under_the_pointer() {
        let before = Viewport {
            x: 40.0,
            y: -10.0,
            scale: 0.8,
        };
        let after = before.zoomed(1.5, 200.0, 100.0);
        let canvas = |viewport: Viewport| {
            (
                (200.0 - viewport.x) / viewport.scale,
                (100.0 - viewport.y) / viewport.scale,
            )
        };
        let ((x0, y0), (x1, y1)) = (canvas(before), canvas(after));
        assert!((x0 - x1).abs() < 1e-9 && (y0 - y1).abs() < 1e-9);
        assert_eq!(before.zoomed(1e9, 0.0, 0.0).scale, MOST_SCALE);
    }

    #[test]
    fn fitting_centres_small_drawings_and_shows_all_of_large_ones() {
        let small = Viewport::fitting((200.0, 100.0), (800.0, 600.0));
        assert_eq!((small.scale, small.x, small.y), (1.0, 300.0, 250.0));
        let tall = Viewport::fitting((400.0, 5_000.0), (800.0, 600.0));
        assert!(tall.y + 5_000.0 * tall.scale <= 600.0);
    }

    #[test]
    fn opening_keeps_large_drawings_readable() {
        let top = Point::new(200.0, 20.0);
        let tall = Viewport::opening((400.0, 10_000.0), (800.0, 600.0), top);
        assert_eq!((tall.scale, tall.y), (0.85, MARGIN));
        let small = ((200.0, 100.0), (800.0, 600.0));
        assert_eq!(
            Viewport::opening(small.0, small.1, top),
            Viewport::fitting(small.0, small.1)
        );
    }

    #[test]
    fn opening_shows_where_a_large_drawing_begins() {
        let (drawing, screen) = ((6_000.0, 5_000.0), (800.0, 600.0));
        for start in [0.0_f64, 300.0, 3_000.0, 5_900.0, 6_000.0] {
            for (x, y) in [(start, 20.0), (20.0, start.min(5_000.0))] {
                let seen = Viewport::opening(drawing, screen, Point::new(x, y)).seen(screen);
                assert!(seen.x <= x && x <= seen.right(), "{x} is not in {seen:?}");
                assert!(seen.y <= y && y <= seen.bottom(), "{y} is not in {seen:?}");
                assert!(seen.x >= -50.0 && seen.right() <= drawing.0 + 50.0);
            }
        }
    }

    #[test]
    fn revealing_moves_only_for_what_is_out_of_view() {
        let viewport = Viewport {
            x: 24.0,
            y: 24.0,
            scale: 1.0,
        };
        let seen = Rect {
            x: 10.0,
            y: 10.0,
            width: 50.0,
            height: 50.0,
        };
        assert_eq!(viewport.revealing(seen, 400.0, 300.0), viewport);
        let below = Rect { y: 1_000.0, ..seen };
        let moved = viewport.revealing(below, 400.0, 300.0);
        assert!(below.y * moved.scale + moved.y + 50.0 <= 300.0);
        assert_eq!(moved.x, viewport.x);
    }

    #[test]
    fn what_is_seen_is_what_the_transform_puts_on_the_screen() {
        let viewport = Viewport {
            x: -100.0,
            y: 50.0,
            scale: 0.5,
        };
        let seen = viewport.seen((800.0, 600.0));
        assert_eq!(
            (seen.x, seen.y, seen.right(), seen.bottom()),
            (200.0, -100.0, 1_800.0, 1_100.0)
        );
        let centred = viewport.centred(Point::new(1_000.0, 500.0), (800.0, 600.0));
        assert_eq!(
            centred.seen((800.0, 600.0)).center(),
            Point::new(1_000.0, 500.0)
        );
        assert_eq!(centred.scale, viewport.scale);
    }
}
