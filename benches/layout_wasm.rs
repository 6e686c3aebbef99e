//! The layout in WebAssembly, for `scripts/bench-layout.mjs`.
#![allow(missing_docs)] // Not a library: its two functions are called by the script beside it.

use statelab::diagram::layout::{LayoutGraph, LayoutOptions, from_json, layout, to_json};
use wasm_bindgen::prelude::wasm_bindgen;

/// A graph that can be laid out again and again.
#[wasm_bindgen]
pub struct Workload {
    graph: LayoutGraph,
    ids: Vec<String>,
}

#[wasm_bindgen]
impl Workload {
    /// Reads a plain graph.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str) -> Result<Workload, String> {
        let (graph, ids) = from_json(text).map_err(|error| error.to_string())?;
        Ok(Self { graph, ids })
    }

    /// Lays it out so many times; returns the height, so that nothing can be left out.
    pub fn lay_out(&self, times: u32) -> f64 {
        let options = LayoutOptions::default();
        (0..times)
            .map(|_| layout(&self.graph, &options).size.height)
            .fold(0.0, f64::max)
    }

    /// The drawing as JSON.
    pub fn drawing(&self) -> String {
        let drawing = layout(&self.graph, &LayoutOptions::default());
        to_json(&self.graph, &drawing, &self.ids)
    }
}
