//! The canvas: the graph of the definition, with the run drawn on it.

mod camera;
mod canvas;
mod commands;
mod edge;
pub mod folds;
mod minimap;
mod mounted;
mod node;
mod scene;
mod stage;
pub mod status_mark;
mod text;
mod walk;

pub use commands::CanvasCommands;
pub use stage::Stage;
