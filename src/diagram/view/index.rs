//! Which boxes an area touches, without looking at each of them.
//!
//! The boxes are packed into runs of close neighbours, each under one box around it
//! (sort-tile packing with a single level): of some thousand boxes a query looks at a few
//! dozen runs and at the boxes of those it touches. A drawing does not change, so nothing
//! is ever inserted.

use crate::diagram::geometry::Rect;
use crate::source::sort::{rising, sort_by_number};

/// Boxes by their places; each goes by its position in what the index was made from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BoxIndex {
    runs: Vec<Run>,
}

#[derive(Debug, Clone, PartialEq)]
struct Run {
    around: Rect,
    boxes: Vec<(usize, Rect)>,
}

/// Boxes in a run.
const RUN: usize = 16;

impl BoxIndex {
    /// Packs the boxes: rows of runs from top to bottom, from left to right in each row.
    pub fn new(boxes: impl IntoIterator<Item = Rect>) -> Self {
        let mut boxes: Vec<(usize, Rect)> = boxes.into_iter().enumerate().collect();
        let rows = (boxes.len() as f64 / RUN as f64).sqrt().ceil().max(1.0) as usize;
        let row = boxes.len().div_ceil(rows).next_multiple_of(RUN).max(RUN);
        sort_by_number(&mut boxes, |(_, rect)| rising(rect.center().y));
        let rows = boxes.chunks(row).flat_map(|row| {
            let mut row = row.to_vec();
            sort_by_number(&mut row, |(_, rect)| rising(rect.center().x));
            row
        });
        let boxes: Vec<(usize, Rect)> = rows.collect();
        let runs = boxes.chunks(RUN).filter_map(|run| {
            let around = run.iter().map(|(_, rect)| *rect).reduce(Rect::union)?;
            Some(Run {
                around,
                boxes: run.to_vec(),
            })
        });
        Self {
            runs: runs.collect(),
        }
    }

    /// The boxes that share a place with `area`, in ascending order.
    pub fn touching(&self, area: &Rect) -> Vec<usize> {
        let runs = self.runs.iter().filter(|run| run.around.touches(area));
        let mut found: Vec<usize> = runs
            .flat_map(|run| &run.boxes)
            .filter(|(_, rect)| rect.touches(area))
            .map(|(index, _)| *index)
            .collect();
        sort_by_number(&mut found, |index| *index as u64);
        found
    }

    /// The box around all boxes; nothing if there are none.
    pub fn around(&self) -> Option<Rect> {
        self.runs.iter().map(|run| run.around).reduce(Rect::union)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: f64, y: f64, width: f64, height: f64) -> Rect {
        Rect {
            x,
            y,
            width,
            height,
        }
    }

    /// Boxes of all sizes, strewn without an order.
    fn strewn(count: usize) -> Vec<Rect> {
        let scatter = |index: usize, step: usize| (index * step % 997) as f64;
        (0..count)
            .map(|index| {
                let long = if index % 50 == 0 { 900.0 } else { 30.0 };
                rect(
                    scatter(index, 613) * 4.0,
                    scatter(index, 251) * 4.0,
                    scatter(index, 89) % long,
                    scatter(index, 131) % long,
                )
            })
            .collect()
    }

    #[test]
    fn finds_what_looking_at_each_box_finds() {
        for count in [0, 1, 15, 16, 17, 300, 3_000] {
            let boxes = strewn(count);
            let index = BoxIndex::new(boxes.iter().copied());
            for area in strewn(60) {
                let area = area.grown(200.0, 100.0);
                let each: Vec<usize> = (0..count)
                    .filter(|&at| boxes.get(at).is_some_and(|rect| rect.touches(&area)))
                    .collect();
                assert_eq!(index.touching(&area), each, "{count} boxes, {area:?}");
            }
        }
    }

    #[test]
    fn looks_at_few_of_many_boxes() {
        let boxes = (0..10_000).map(|index| {
            let (row, column) = (index / 100, index % 100);
            rect(f64::from(column) * 50.0, f64::from(row) * 50.0, 40.0, 40.0)
        });
        let index = BoxIndex::new(boxes);
        let area = rect(1_000.0, 1_000.0, 500.0, 500.0);
        let runs = index.runs.iter().filter(|run| run.around.touches(&area));
        assert!(runs.count() < 30);
        assert_eq!(index.touching(&area).len(), 11 * 11);
    }

    #[test]
    fn lines_without_an_extent_are_found() {
        let index = BoxIndex::new([rect(10.0, 0.0, 0.0, 50.0)]);
        assert_eq!(index.touching(&rect(0.0, 20.0, 20.0, 5.0)), [0]);
        assert_eq!(index.touching(&rect(0.0, 60.0, 20.0, 5.0)), [0; 0]);
        assert_eq!(index.around(), Some(rect(10.0, 0.0, 0.0, 50.0)));
        assert_eq!(BoxIndex::new([]).around(), None);
    }
}
