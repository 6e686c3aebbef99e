//! The course of an edge as an SVG path.

use std::fmt::Write;

use super::geometry::Point;

/// Straight lines with corners rounded by `radius`, less where a line is too short for it.
pub fn rounded(points: &[Point], radius: f64) -> String {
    let mut path = String::new();
    let Some(first) = points.first() else {
        return path;
    };
    put(&mut path, 'M', &[*first]);
    for corner in points.windows(3) {
        if let [before, at, after] = corner {
            let radius = radius
                .min(length(*before, *at) / 2.0)
                .min(length(*at, *after) / 2.0);
            put(&mut path, 'L', &[towards(*at, *before, radius)]);
            put(&mut path, 'Q', &[*at, towards(*at, *after, radius)]);
        }
    }
    if let [_, .., last] = points {
        put(&mut path, 'L', &[*last]);
    }
    path
}

fn length(a: Point, b: Point) -> f64 {
    (a.x - b.x).hypot(a.y - b.y)
}

fn towards(from: Point, to: Point, distance: f64) -> Point {
    let whole = length(from, to);
    let part = if whole > 0.0 { distance / whole } else { 0.0 };
    Point::new(
        from.x + (to.x - from.x) * part,
        from.y + (to.y - from.y) * part,
    )
}

fn put(path: &mut String, command: char, points: &[Point]) {
    path.push(command);
    for (index, point) in points.iter().enumerate() {
        let gap = if index > 0 { " " } else { "" };
        // Writing to a string cannot fail.
        let _ = write!(
            path,
            "{gap}{} {}",
            rounded_off(point.x),
            rounded_off(point.y)
        );
    }
}

/// Two decimals are finer than any screen.
fn rounded_off(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_corners() {
        let points = [
            Point::new(0.0, 0.0),
            Point::new(0.0, 20.0),
            Point::new(10.0, 20.0),
        ];
        assert_eq!(rounded(&points, 8.0), "M0 0L0 15Q0 20 5 20L10 20");
        assert_eq!(rounded(&points[..2], 8.0), "M0 0L0 20");
        assert_eq!(rounded(&[], 8.0), "");
    }
}
