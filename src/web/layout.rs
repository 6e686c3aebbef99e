//! Layouts that the worker makes on behalf of the page: plain logic, without a browser.
//!
//! What is sent are sizes, which the page measures, so the drawing is the one that the page
//! would make: to the bit, by the same function.

use crate::diagram::layout::{
    Layout, LayoutGraph, LayoutOptions, Memory, Work, layout_again, layout_from_numbers,
    layout_to_numbers, order_from_numbers, order_to_numbers,
};

/// Lays out one version of a document after the other: what an edit leaves alone stays where
/// it was as far as it can.
#[derive(Debug, Default)]
pub struct Draughtsman {
    opened: u32,
    memory: Memory,
}

impl Draughtsman {
    /// Lays out a version. Another number of the opened document begins anew: its states have
    /// nothing to do with those of the document before, even where they have the same names.
    pub fn layout(&mut self, opened: u32, graph: &LayoutGraph, options: &LayoutOptions) -> Layout {
        if self.opened != opened {
            *self = Self {
                opened,
                ..Self::default()
            };
        }
        layout_again(graph, options, &mut self.memory)
    }

    /// How much of the latest drawing was new.
    pub fn work(&self) -> Work {
        self.memory.work()
    }

    /// Fills an order of the page; nothing if it is none.
    pub fn fill(&mut self, order: &[f64]) -> Option<Vec<f64>> {
        let (&[number, opened], order) = order.split_first_chunk()?;
        let (graph, options) = order_from_numbers(order)?;
        let mut answer = vec![number];
        let drawing = self.layout(opened as u32, &graph, &options);
        layout_to_numbers(&drawing, &mut answer);
        Some(answer)
    }
}

/// What the page asks for: a number of its own choice, that of the opened document, the graph,
/// and how to lay it out.
pub fn order(number: u32, opened: u32, graph: &LayoutGraph, options: &LayoutOptions) -> Vec<f64> {
    let mut numbers = vec![f64::from(number), f64::from(opened)];
    order_to_numbers(graph, options, &mut numbers);
    numbers
}

/// The number of the order and its layout, as the page reads the answer.
pub fn read(answer: &[f64]) -> Option<(u32, Layout)> {
    let (number, layout) = answer.split_first()?;
    Some((*number as u32, layout_from_numbers(layout)?))
}

/// Orders one after the other: while one is with the worker only the latest of the others
/// waits, as nobody wants to see those between.
#[derive(Debug, Default)]
pub struct Queue {
    is_busy: bool,
    waiting: Option<Vec<f64>>,
}

impl Queue {
    /// Another order; what comes back is to be sent at once.
    pub fn push(&mut self, order: Vec<f64>) -> Option<Vec<f64>> {
        if self.is_busy {
            self.waiting = Some(order);
            return None;
        }
        self.is_busy = true;
        Some(order)
    }

    /// An answer has come; what comes back is to be sent next.
    pub fn answered(&mut self) -> Option<Vec<f64>> {
        self.is_busy = self.waiting.is_some();
        self.waiting.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_latest_order_waits() {
        let mut queue = Queue::default();
        assert_eq!(queue.push(vec![1.0]), Some(vec![1.0]));
        assert_eq!(queue.push(vec![2.0]), None);
        assert_eq!(queue.push(vec![3.0]), None);
        assert_eq!(queue.answered(), Some(vec![3.0]));
        assert_eq!(queue.push(vec![4.0]), None);
        assert_eq!(queue.answered(), Some(vec![4.0]));
        assert_eq!(queue.answered(), None);
        assert_eq!(queue.push(vec![5.0]), Some(vec![5.0]));
    }
}
