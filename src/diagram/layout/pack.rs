//! Pieces side by side: lanes of a container, and parts of a graph that nothing connects.
//!
//! What nothing leads to from the start, and what does not lead into the flow either, has a
//! tray of its own. A state without a way to it that does lead into the flow stands beside the
//! state that it leads to: from the tray its arrow would run through the whole drawing.

use crate::diagram::geometry::{Point, Size};

/// Where each piece goes, and the extent of all.
///
/// The first piece is the main one. The others make a tray at its side if it is tall,
/// else below it; the tray is filled in rows.
pub(super) fn with_tray(sizes: &[Size], gap: f64) -> (Vec<Point>, Size) {
    let Some((main, rest)) = sizes.split_first() else {
        return (Vec::new(), Size::default());
    };
    if rest.is_empty() {
        return (vec![Point::default()], *main);
    }
    let is_tall = main.height > main.width;
    let oriented: Vec<Size> = if is_tall {
        rest.iter().map(|size| size.transposed()).collect()
    } else {
        rest.to_vec()
    };
    let (length, depth) = if is_tall {
        (main.height, main.width)
    } else {
        (main.width, main.height)
    };
    let (places, tray) = in_rows(&oriented, length.max(reach(&oriented, gap)), gap);
    let mut all = vec![Point::default()];
    all.extend(places.into_iter().map(|place| {
        let place = Point::new(place.x, place.y + depth + gap);
        if is_tall { place.transposed() } else { place }
    }));
    let size = Size::new(length.max(tray.width), depth + gap + tray.height);
    (all, if is_tall { size.transposed() } else { size })
}

/// Pieces in rows about as wide as all of them are high.
pub(super) fn evenly(sizes: &[Size], gap: f64) -> (Vec<Point>, Size) {
    in_rows(sizes, reach(sizes, gap), gap)
}

fn reach(sizes: &[Size], gap: f64) -> f64 {
    let area: f64 = sizes
        .iter()
        .map(|s| (s.width + gap) * (s.height + gap))
        .sum();
    let widest = sizes.iter().fold(0.0_f64, |widest, s| widest.max(s.width));
    widest.max((2.0 * area).sqrt())
}

fn in_rows(sizes: &[Size], reach: f64, gap: f64) -> (Vec<Point>, Size) {
    let mut places = Vec::with_capacity(sizes.len());
    let mut at = Point::default();
    let mut row = 0.0_f64;
    let mut extent = Size::default();
    for size in sizes {
        if at.x > 0.0 && at.x + size.width > reach {
            at = Point::new(0.0, at.y + row + gap);
            row = 0.0;
        }
        places.push(at);
        row = row.max(size.height);
        extent.width = extent.width.max(at.x + size.width);
        extent.height = extent.height.max(at.y + row);
        at.x += size.width + gap;
    }
    (places, extent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn puts_the_tray_beside_a_tall_piece_and_below_a_wide_one() {
        let small = Size::new(10.0, 10.0);
        let (places, size) = with_tray(&[Size::new(20.0, 100.0), small, small], 5.0);
        assert_eq!(places[1..], [Point::new(25.0, 0.0), Point::new(25.0, 15.0)]);
        assert_eq!(size, Size::new(35.0, 100.0));
        let (places, _) = with_tray(&[Size::new(100.0, 20.0), small, small], 5.0);
        assert_eq!(places[1..], [Point::new(0.0, 25.0), Point::new(15.0, 25.0)]);
    }
}
