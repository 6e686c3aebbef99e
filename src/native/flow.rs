//! Which way a drawing runs, as an argument.

use clap::ValueEnum;

use crate::diagram::Direction;

/// The values of `--direction`.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum Flow {
    /// From top to bottom.
    #[default]
    #[value(name = "TB")]
    TopToBottom,
    /// From left to right.
    #[value(name = "LR")]
    LeftToRight,
}

impl From<Flow> for Direction {
    fn from(flow: Flow) -> Self {
        match flow {
            Flow::TopToBottom => Self::TopToBottom,
            Flow::LeftToRight => Self::LeftToRight,
        }
    }
}
