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

/// The same course as a line of straight pieces, none longer than `step` where it bends.
pub fn flattened(points: &[Point], radius: f64, step: f64) -> Vec<Point> {
    let mut line: Vec<Point> = points.first().copied().into_iter().collect();
    for corner in points.windows(3) {
        if let [before, at, after] = corner {
            let radius = radius
                .min(length(*before, *at) / 2.0)
                .min(length(*at, *after) / 2.0);
            let (from, to) = (towards(*at, *before, radius), towards(*at, *after, radius));
            // The curve is shorter than the way by its control point.
            let pieces = (2.0 * radius / step.max(0.01)).ceil().max(1.0);
            line.push(from);
            for piece in 1..=pieces as u32 {
                let t = f64::from(piece) / pieces;
                let blend = |a: f64, b: f64, c: f64| {
                    (1.0 - t) * (1.0 - t) * a + 2.0 * t * (1.0 - t) * b + t * t * c
                };
                line.push(Point::new(
                    blend(from.x, at.x, to.x),
                    blend(from.y, at.y, to.y),
                ));
            }
        }
    }
    if let [_, .., last] = points {
        line.push(*last);
    }
    line
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

    #[test]
    fn flattens_corners() {
        let points = [(0.0, 0.0), (0.0, 20.0), (30.0, 20.0)].map(|(x, y)| Point::new(x, y));
        let line = flattened(&points, 8.0, 1.0);
        assert_eq!((line.first(), line.last()), (points.first(), points.last()));
        let bend = line.get(1..line.len() - 1).unwrap_or_default();
        assert_eq!(bend.first(), Some(&Point::new(0.0, 12.0)));
        assert_eq!(bend.last(), Some(&Point::new(8.0, 20.0)));
        assert!(bend.windows(2).all(|pair| length(pair[0], pair[1]) <= 1.0));
        assert_eq!(flattened(&points[..1], 8.0, 1.0), points[..1]);
    }
}
