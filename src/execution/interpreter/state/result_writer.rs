//! `ResultWriter`: where the results of a distributed Map go, and in which shape.
//!
//! Shapes are those that the developer guide shows.

use std::collections::VecDeque;
use std::fmt::Write;
use std::sync::Arc;

use super::super::data_flow::Evaluator;
use super::super::execution::{Execution, Outcome};
use super::super::fault::Fault;
use super::super::map_run::{ChildExecution, MapRun};
use crate::asl::ResultWriter;
use crate::execution::history::Failure;
use crate::source::json::{Object, Value};

/// A `ResultWriter` whose fields are evaluated.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    /// Bucket and prefix; without them results stay in the state's output.
    target: Option<(Arc<str>, Arc<str>)>,
    transformation: Transformation,
    is_lines: bool,
}

/// `WriterConfig.Transformation`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Transformation {
    /// `NONE`: outputs with what is known of their executions.
    None,
    /// `COMPACT`: outputs alone.
    Compact,
    /// `FLATTEN`: outputs alone, arrays among them taken apart.
    Flatten,
}

/// Evaluates `ResultWriter`.
pub(super) fn read(
    evaluator: &mut Evaluator,
    writer: &ResultWriter,
    input: &Value,
) -> Result<Writer, Fault> {
    let target = match &writer.arguments {
        None => None,
        Some(arguments) => {
            let arguments = evaluator.template("ResultWriter/Arguments", arguments, input)?;
            let text = |name: &str| arguments.get(name).and_then(Value::as_str).map(Arc::from);
            let bucket = text("Bucket").ok_or_else(|| {
                Fault::of(Failure::new(
                    "States.ResultWriterFailed",
                    "The ResultWriter does not say which Bucket to write to.",
                ))
            })?;
            Some((bucket, text("Prefix").unwrap_or_default()))
        }
    };
    Ok(Writer {
        transformation: match (writer.transformation.as_deref(), &target) {
            (Some("FLATTEN"), _) => Transformation::Flatten,
            (Some("COMPACT"), _) | (None, None) => Transformation::Compact,
            _ => Transformation::None,
        },
        is_lines: writer.output_type.as_deref() == Some("JSONL"),
        target,
    })
}

/// What has been written so far: the results of a large Map take many steps.
#[derive(Clone, Debug, Default)]
pub(super) struct Writing {
    /// The child whose turn it is.
    next: usize,
    /// Results that stay in the state's output.
    values: Vec<Value>,
    /// The texts of `FAILED`, `PENDING` and `SUCCEEDED`, in pieces: a text that grows is moved
    /// as a whole now and then.
    pieces: [VecDeque<String>; 3],
    /// The same, as far as they are put together.
    texts: [String; 3],
}

/// So many bytes are put together in one step.
const PIECE: usize = 1 << 20;

/// The files of a Map Run, in the order of the manifest.
const FILES: [&str; 3] = ["FAILED", "PENDING", "SUCCEEDED"];

impl Writing {
    /// Writes the results of some children, and then puts some of what is written together;
    /// whether that was all.
    pub fn go_on(
        &mut self,
        run: &Execution,
        record: usize,
        writer: Option<&Writer>,
        label: &str,
        count: usize,
    ) -> bool {
        let Some(map_run) = run.map_runs.get(record) else {
            return true;
        };
        if self.next >= map_run.children.len() {
            return self.put_together();
        }
        let shape = writer.map_or(Transformation::Compact, |writer| writer.transformation);
        let children = map_run.children.iter().skip(self.next).take(count);
        for child in children {
            let results = shape_of(run, child, label, shape);
            let Some(writer) = writer.filter(|writer| writer.target.is_some()) else {
                self.values.extend(results);
                continue;
            };
            let [failed, pending, succeeded] = &mut self.pieces;
            let pieces = match &child.outcome {
                Some(Outcome::Succeeded(_)) => succeeded,
                Some(Outcome::Failed(_) | Outcome::TimedOut(_)) => failed,
                Some(Outcome::Aborted(_)) | None => pending,
            };
            for result in results {
                let begins = match (writer.is_lines, pieces.is_empty()) {
                    (true, _) => "",
                    (false, true) => "[",
                    (false, false) => ",",
                };
                let ends = if writer.is_lines { "\n" } else { "" };
                let is_full = |piece: &String| piece.len() >= PIECE;
                if pieces.back().is_none_or(is_full) {
                    pieces.push_back(String::new());
                }
                if let Some(piece) = pieces.back_mut() {
                    // Writing to a string cannot fail.
                    let _ = write!(piece, "{begins}{result}{ends}");
                }
            }
        }
        self.next += count;
        let is_last = self.next >= map_run.children.len();
        is_last && self.pieces.iter().all(VecDeque::is_empty)
    }

    /// Whether all pieces are put together, after the next one is.
    fn put_together(&mut self) -> bool {
        for (text, pieces) in self.texts.iter_mut().zip(&mut self.pieces) {
            if text.is_empty() {
                let len: usize = pieces.iter().map(String::len).sum();
                // Room for the bracket that ends it.
                text.reserve_exact(len + 1);
            }
            if let Some(piece) = pieces.pop_front() {
                text.push_str(&piece);
                break;
            }
        }
        self.pieces.iter().all(VecDeque::is_empty)
    }

    /// The result of the Map state: what its children gave, or where that is written.
    pub fn finish(self, run: &mut Execution, record: usize, writer: Option<&Writer>) -> Value {
        let Some(map_run) = run.map_runs.get_mut(record) else {
            return Value::Null;
        };
        let target = writer.and_then(|writer| Some((writer, writer.target.as_ref()?)));
        let Some((writer, (bucket, prefix))) = target else {
            return self.values.into();
        };
        count_written(map_run);
        let arn = map_run.arn.clone();
        let name = arn.rsplit(':').next().unwrap_or_default();
        let folder = match prefix.trim_end_matches('/') {
            "" => name.to_owned(),
            prefix => format!("{prefix}/{name}"),
        };
        let extension = if writer.is_lines { "jsonl" } else { "json" };
        let mut files = Object::default();
        for (status, mut text) in FILES.into_iter().zip(self.texts) {
            if text.is_empty() {
                files.insert(status, Vec::new());
                continue;
            }
            if !writer.is_lines {
                text.push(']');
            }
            let key = format!("{folder}/{status}_0.{extension}");
            let size = i64::try_from(text.len()).unwrap_or(i64::MAX);
            let file = Value::from([("Key", Value::from(key.as_str())), ("Size", size.into())]);
            files.insert(status, vec![file]);
            run.put_object(bucket.clone(), key.into(), text.into());
        }
        let manifest = Value::from([
            ("DestinationBucket", Value::from(bucket.clone())),
            ("MapRunArn", arn.clone().into()),
            ("ResultFiles", files.into()),
        ]);
        let key: Arc<str> = format!("{folder}/manifest.json").into();
        run.put_object(bucket.clone(), key.clone(), manifest.to_string().into());
        let details = Value::from([
            ("Bucket", Value::from(bucket.clone())),
            ("Key", Value::from(key)),
        ]);
        Value::from([
            ("MapRunArn", Value::from(arn)),
            ("ResultWriterDetails", details),
        ])
    }
}

fn count_written(map_run: &mut MapRun) {
    map_run.executions.results_written = map_run.executions.total;
    map_run.items.results_written = map_run.items.total;
}

/// The result of a child. One that failed is told whole, whatever the transformation.
fn shape_of(
    run: &Execution,
    child: &ChildExecution,
    label: &str,
    shape: Transformation,
) -> Vec<Value> {
    match (shape, &child.outcome) {
        (Transformation::Compact, Some(Outcome::Succeeded(output))) => vec![output.clone()],
        (Transformation::Flatten, Some(Outcome::Succeeded(output))) => match output.as_array() {
            Some(items) => items.to_vec(),
            None => vec![output.clone()],
        },
        _ => vec![whole(run, child, label)],
    }
}

/// An execution with all that is known of it.
fn whole(run: &Execution, child: &ChildExecution, label: &str) -> Value {
    let options = &run.options;
    let machine = format!("{}/{label}", options.machine_name);
    let arn = |what: &str| {
        let (region, account) = (&options.region, &options.account);
        format!("arn:aws:states:{region}:{account}:{what}:{machine}")
    };
    let included = || Value::from([("Included", Value::from(true))]);
    let mut result = Object::default();
    let failure = match &child.outcome {
        Some(Outcome::Failed(failure) | Outcome::TimedOut(failure)) => failure.clone(),
        _ => Failure::default(),
    };
    if let Some(cause) = failure.cause {
        result.insert("Cause", cause);
    }
    if let Some(error) = failure.error {
        result.insert("Error", error);
    }
    result.insert(
        "ExecutionArn",
        format!("{}:{}", arn("execution"), child.name),
    );
    result.insert("Input", child.input.to_string());
    result.insert("InputDetails", included());
    result.insert("Name", child.name.clone());
    let status = child.outcome.as_ref().map_or("PENDING", Outcome::status);
    if let Some(Outcome::Succeeded(output)) = &child.outcome {
        result.insert("Output", output.to_string());
    }
    result.insert("OutputDetails", included());
    let redrives = i64::try_from(child.redrives.len()).unwrap_or_default();
    result.insert("RedriveCount", redrives);
    match status {
        "SUCCEEDED" => {
            let reason = "Execution is SUCCEEDED and cannot be redriven";
            result.insert("RedriveStatus", "NOT_REDRIVABLE");
            result.insert("RedriveStatusReason", reason);
        }
        _ => {
            result.insert("RedriveStatus", "REDRIVABLE");
        }
    }
    result.insert("StartDate", child.started.to_string());
    result.insert("StateMachineArn", arn("stateMachine"));
    result.insert("Status", status);
    if let Some(stopped) = child.stopped {
        result.insert("StopDate", stopped.to_string());
    }
    result.into()
}
