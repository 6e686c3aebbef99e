//! Lays out plain graphs and says how long it took: `scripts/bench-layout.mjs` calls it.
//!
//! Arguments: a folder for the drawings, then graph files; those after `--untimed` are laid
//! out once, and as edits of the file before a `+` in their names. One line of JSON for each. Times are CPU time of this thread where the system tells it.
#![allow(clippy::expect_used, clippy::indexing_slicing)] // A benchmark may fail loudly.

use std::path::Path;
use std::time::Instant;

use statelab::diagram::layout::{
    LayoutGraph, LayoutOptions, Memory, from_json, layout, layout_again, to_json,
};
use statelab::diagram::path::flattened;
use statelab::diagram::sizing::EDGE_RADIUS;

/// Milliseconds of a round: many times what the system's account of CPU time is exact to.
const BUDGET: f64 = 40.0;

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|it| it != "--bench");
    let Some(folder) = arguments.next() else {
        eprintln!("This benchmark is run by `make bench-layout`");
        return;
    };
    let folder = Path::new(&folder);
    let mut is_timed = true;
    for argument in arguments {
        if argument == "--untimed" {
            is_timed = false;
        } else if is_timed {
            measure(folder, &argument);
        } else {
            edit(folder, &argument);
        }
    }
}

fn read(file: &str) -> (LayoutGraph, Vec<String>) {
    let text = std::fs::read_to_string(file).expect("the graph can be read");
    from_json(&text).expect("the file holds a graph")
}

fn write(folder: &Path, file: &str, suffix: &str, text: String) {
    let name = Path::new(file)
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy();
    let path = folder.join(format!("{name}.{suffix}.json"));
    std::fs::write(path, text).expect("the drawing can be written");
}

/// Draws an edited graph from nothing, and again with what the drawing before left.
fn edit(folder: &Path, file: &str) {
    let options = LayoutOptions::default();
    let (graph, ids) = read(file);
    write(
        folder,
        file,
        "statelab",
        to_json(&graph, &layout(&graph, &options), &ids),
    );
    let Some((before, _)) = file.rsplit_once('+') else {
        return;
    };
    let (before, _) = read(&format!("{before}.json"));
    let mut memory = Memory::default();
    layout_again(&before, &options, &mut memory);
    let drawing = layout_again(&graph, &options, &mut memory);
    write(
        folder,
        file,
        "statelab-edit",
        to_json(&graph, &drawing, &ids),
    );
}

fn measure(folder: &Path, file: &str) {
    let (graph, ids) = read(file);
    let options = LayoutOptions::default();
    let mut drawing = layout(&graph, &options);
    let mut times = [0.0; 3];
    let mut runs = 0;
    for time in &mut times {
        let begun = now();
        let mut round = 0;
        while round == 0 || now() - begun < BUDGET {
            drawing = layout(&graph, &options);
            round += 1;
        }
        *time = (now() - begun) / f64::from(round);
        runs += round;
    }
    times.sort_by(f64::total_cmp);
    write(folder, file, "statelab", to_json(&graph, &drawing, &ids));
    for route in &mut drawing.edges {
        route.points = flattened(&route.points, EDGE_RADIUS, 1.0);
    }
    write(
        folder,
        file,
        "statelab-curve",
        to_json(&graph, &drawing, &ids),
    );
    let name = Path::new(file).file_stem().unwrap_or_default();
    let median = times[1];
    println!("{{\"drawing\": {name:?}, \"cpu_ms\": {median:.4}, \"runs\": {runs}}}");
}

/// CPU milliseconds of this thread; elsewhere than on Linux the clock on the wall.
fn now() -> f64 {
    thread_local! { static BEGUN: Instant = Instant::now(); }
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let spent = spent.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    spent.map_or_else(
        || BEGUN.with(|begun| begun.elapsed().as_secs_f64() * 1e3),
        |nanoseconds| nanoseconds / 1e6,
    )
}
