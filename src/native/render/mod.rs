//! `statelab render`: a picture of a definition, with or without a run.

mod png;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::answer::Answer;
use super::flow::Flow;
use super::input::{ReadError, read};
use super::machine::{UnknownMachine, choose};
use crate::asl::StateMachine;
use crate::authoring::document::Document;
use crate::diagram::render::{Picture, Shown, Theme, svg};
use crate::diagram::sizing::estimate;
use crate::diagram::{LayoutOptions, draw, state_graph};
use crate::execution::history::{HistoryError, parse_history};
use crate::execution::projection::trace;

/// Draw a definition as a picture: SVG or PNG.
///
/// The SVG needs nothing else: it can stand in a README, and follows the reader's theme
/// unless --theme says which. A broken definition is drawn as far as it can be read. With
/// --run the picture shows how the states stand after a run, by colour and by shape.
///
/// Exit codes: 0 done, 2 a file that cannot be read or written.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: statelab run order.asl.json --generate --events > events.json; \
    statelab render order.asl.json --run events.json -o order.svg"
)]
pub struct Arguments {
    /// A definition; `-` for standard input.
    file: PathBuf,
    /// Which state machine of a template; without it the first one.
    #[arg(long, value_name = "NAME")]
    machine: Option<String>,
    /// Which way the flow runs.
    #[arg(long, value_enum, ignore_case = true, default_value_t)]
    direction: Flow,
    /// Whose colours it has. A PNG cannot follow its reader: `both` makes it light.
    #[arg(long, value_enum, default_value_t)]
    theme: Colours,
    /// The events of a run to show, as GetExecutionHistory and `run --events` give them.
    #[arg(long, value_name = "EVENTS")]
    run: Option<PathBuf>,
    /// Where the picture goes: a file that ends in .svg or .png, or `-` for SVG to standard
    /// output.
    #[arg(short, long, value_name = "OUT.svg|OUT.png")]
    output: PathBuf,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Colours {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// Those of the reader.
    #[default]
    Both,
}

/// Why there is no picture.
#[derive(Debug)]
pub enum RenderError {
    /// A file cannot be read.
    Read(ReadError),
    /// The file has no state machine of the name.
    Machine(UnknownMachine),
    /// A file holds no history.
    History {
        /// Which one.
        name: String,
        /// Why.
        error: HistoryError,
    },
    /// The name of the output ends in neither `.svg` nor `.png`.
    UnknownForm(PathBuf),
    /// The picture cannot be drawn in pixels.
    Png(png::PngError),
    /// The picture cannot be written.
    Write {
        /// Where to.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RenderError::Read(error) => error.fmt(f),
            RenderError::History { name, error } => write!(f, "{name}: {error}"),
            RenderError::UnknownForm(path) => write!(
                f,
                "{}: a picture is .svg or .png; give --output a name that ends so",
                path.display()
            ),
            RenderError::Machine(error) => error.fmt(f),
            RenderError::Png(error) => error.fmt(f),
            RenderError::Write { path, error } => {
                write!(f, "{} cannot be written: {error}", path.display())
            }
        }
    }
}

impl std::error::Error for RenderError {}

impl From<UnknownMachine> for RenderError {
    fn from(error: UnknownMachine) -> Self {
        Self::Machine(error)
    }
}

impl From<ReadError> for RenderError {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

/// What the name of the output asks for.
enum Form {
    Svg,
    Png,
}

/// Draws a definition.
pub fn render(arguments: &Arguments) -> Result<Answer, RenderError> {
    let output = &arguments.output;
    let is_stdout = output.as_os_str() == "-";
    let form = match output.extension().and_then(OsStr::to_str) {
        _ if is_stdout => Form::Svg,
        Some(end) if end.eq_ignore_ascii_case("svg") => Form::Svg,
        Some(end) if end.eq_ignore_ascii_case("png") => Form::Png,
        Some(_) | None => return Err(RenderError::UnknownForm(output.clone())),
    };
    let text = read(&arguments.file)?;
    let document = choose(Document::open(text.text), arguments.machine.as_deref())?;
    let machine = document.machine();
    let run = arguments
        .run
        .as_deref()
        .map(|events| shown(machine, events))
        .transpose()?;
    let graph = state_graph(machine);
    let options = LayoutOptions {
        direction: arguments.direction.into(),
        ..LayoutOptions::default()
    };
    let drawing = draw(&graph, &BTreeSet::new(), &estimate, &options);
    let picture = Picture {
        title: &title(&text.name, machine),
        theme: match (arguments.theme, &form) {
            (Colours::Light, _) | (Colours::Both, Form::Png) => Theme::Light,
            (Colours::Dark, _) => Theme::Dark,
            (Colours::Both, Form::Svg) => Theme::Both,
        },
        run: run.as_ref(),
        measure: &estimate,
    };
    let svg = svg(&graph, &drawing, &picture);
    if is_stdout {
        return Ok(Answer::good(svg));
    }
    let content = match form {
        Form::Svg => svg.into_bytes(),
        Form::Png => png::png(&svg).map_err(RenderError::Png)?,
    };
    std::fs::write(output, content).map_err(|error| RenderError::Write {
        path: output.clone(),
        error,
    })?;
    Ok(Answer::default())
}

fn shown(machine: &StateMachine, events: &Path) -> Result<Shown, RenderError> {
    let text = read(events)?;
    let events = parse_history(&text.text).map_err(|error| RenderError::History {
        name: text.name,
        error,
    })?;
    Ok(Shown::of(&trace(machine, &events)))
}

/// The name of the file without its ends, and what the definition says of itself.
fn title(file: &str, machine: &StateMachine) -> String {
    let name = Path::new(file).file_name().and_then(OsStr::to_str);
    let name = name
        .and_then(|name| name.split('.').next())
        .unwrap_or_default();
    let name = if name.is_empty() || name == "<stdin>" {
        "State machine"
    } else {
        name
    };
    match &machine.comment {
        Some(comment) => format!("{name}: {comment}"),
        None => name.to_owned(),
    }
}
