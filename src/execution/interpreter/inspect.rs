//! The stages that data passes through in one state, for people who look at a run.

use std::sync::Arc;

use indexmap::IndexMap;

use super::context::Context;
use super::data_flow::{self, Surroundings};
use super::entropy::Entropy;
use super::fault::Fault;
use super::jsonpath::{Evaluator, Programs};
use super::scope::Scope;
use super::state::{item_batcher, item_reader};
use crate::asl::{Map, PathField, QueryLanguage, State, StateKind};
use crate::source::json::Value;
use crate::time::Timestamp;

/// What is known of one visit of a state.
#[derive(Clone, Debug)]
pub struct Given<'a> {
    /// The state.
    pub state: &'a State,
    /// What `$$` shows.
    pub context: Value,
    /// What `$name` shows.
    pub variables: IndexMap<Arc<str>, Value>,
    /// The input as it came in.
    pub input: Value,
    /// What was sent to a task.
    pub parameters: Option<Value>,
    /// What came back from a task, or from branches and iterations.
    pub result: Option<Value>,
    /// What came out, if the state was left as planned.
    pub output: Option<Value>,
}

/// What data looks like after each stage, under the names that `TestState` has for
/// them (`InspectionData`); `None` for stages that the state does not have or that were
/// not reached.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stages {
    /// The input as it came in.
    pub input: Option<Value>,
    /// After `InputPath`.
    pub after_input_path: Option<Value>,
    /// After `Arguments`.
    pub after_arguments: Option<Value>,
    /// After `Parameters`.
    pub after_parameters: Option<Value>,
    /// After `ItemsPath`.
    pub after_items_path: Option<Value>,
    /// What the work gave.
    pub result: Option<Value>,
    /// After `ResultSelector`.
    pub after_result_selector: Option<Value>,
    /// After `ResultPath`.
    pub after_result_path: Option<Value>,
    /// After `OutputPath`: the output.
    pub output: Option<Value>,
    /// Why the stages end early.
    pub fault: Option<String>,
}

/// Works out the stages of a visit. What the history knows is taken from there, so
/// random functions show the values they had.
pub fn stages(given: Given<'_>) -> Stages {
    let mut stages = Stages {
        input: Some(given.input.clone()),
        ..Stages::default()
    };
    let mut entropy = Entropy::new(0);
    let around = given.surroundings(&mut entropy);
    if given.state.query_language == QueryLanguage::Jsonata {
        let mut programs = data_flow::Programs::default();
        let evaluator = data_flow::Evaluator::new(QueryLanguage::Jsonata, around, &mut programs);
        if let Err(fault) = fill_computed(&mut stages, evaluator, &given) {
            stages.fault = Some(fault.failure.to_string());
        }
        stages.output = given.output.or(stages.output);
        return stages;
    }
    let mut programs = Programs::default();
    let evaluator = by_paths(around, &mut programs);
    if let Err(fault) = fill(&mut stages, evaluator, &given) {
        stages.fault = Some(fault.failure.to_string());
    }
    trust_output(&mut stages, &given);
    stages
}

/// The items that a Map state goes through, where they are in its input.
pub fn items(given: &Given<'_>) -> Option<Value> {
    let StateKind::Map(map) = &given.state.kind else {
        return None;
    };
    let state = given.state;
    let (mut entropy, mut programs) = (Entropy::new(0), data_flow::Programs::default());
    let around = given.surroundings(&mut entropy);
    let mut evaluator = data_flow::Evaluator::new(state.query_language, around, &mut programs);
    let input = evaluator.input(&state.data_flow, &given.input).ok()?;
    evaluator.items(map, &input).ok().map(Value::from)
}

/// What the iterations of a Map state are given, under the names that `TestState` has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MapInputs {
    /// After `ItemsPointer`.
    pub after_items_pointer: Option<Value>,
    /// After `ItemSelector`, of every iteration.
    pub after_item_selector: Option<Value>,
    /// After `ItemBatcher`: every batch.
    pub after_item_batcher: Option<Value>,
}

/// Works out what the iterations of a Map state are given. `data` is what its reader has read.
pub fn map_inputs(given: &Given<'_>, data: Option<&Value>) -> MapInputs {
    let mut inputs = MapInputs::default();
    // What fails is told by the run.
    if let StateKind::Map(map) = &given.state.kind {
        let _ = fill_map(&mut inputs, given, map, data);
    }
    inputs
}

fn fill_map(
    inputs: &mut MapInputs,
    given: &Given<'_>,
    map: &Map,
    data: Option<&Value>,
) -> Result<(), Fault> {
    let state = given.state;
    let (mut entropy, mut programs) = (Entropy::new(0), data_flow::Programs::default());
    let around = given.surroundings(&mut entropy);
    let mut evaluator = data_flow::Evaluator::new(state.query_language, around, &mut programs);
    let input = evaluator.input(&state.data_flow, &given.input)?;
    let items = match (&map.item_reader, data) {
        (Some(reader), Some(data)) => {
            inputs.after_items_pointer = item_reader::pointed(reader, data);
            item_reader::given(inputs.after_items_pointer.as_ref(), data)
        }
        (Some(_), None) => return Ok(()),
        (None, _) => evaluator.items(map, &input)?,
    };
    let batcher = map.item_batcher.as_ref();
    let batcher = batcher.map(|batcher| item_batcher::read(&mut evaluator, batcher, &input));
    let batcher = batcher.transpose()?;
    let items = match &map.item_selector {
        None => items,
        Some(selector) => {
            let mut selected = Vec::with_capacity(items.len());
            for (index, item) in items.into_iter().enumerate() {
                let around = Surroundings {
                    context: Context::Known(with_item(&given.context, index, item)),
                    ..given.surroundings(&mut entropy)
                };
                let mut evaluator =
                    data_flow::Evaluator::new(state.query_language, around, &mut programs);
                selected.push(evaluator.template("ItemSelector", selector, &input)?);
            }
            inputs.after_item_selector = Some(selected.clone().into());
            selected
        }
    };
    inputs.after_item_batcher = batcher.map(|batcher| batcher.batches(items).into());
    Ok(())
}

/// A context with the item of an iteration.
fn with_item(context: &Value, index: usize, item: Value) -> Value {
    let mut context = context.as_object().cloned().unwrap_or_default();
    let index = i64::try_from(index).unwrap_or(i64::MAX);
    let item = Value::from([("Index", Value::from(index)), ("Value", item)]);
    context.insert("Map", Value::from([("Item", item)]));
    context.into()
}

impl Given<'_> {
    fn surroundings<'e>(&self, entropy: &'e mut Entropy) -> Surroundings<'e> {
        let mut scope = Scope::default();
        scope.assign(self.variables.clone());
        Surroundings {
            context: Context::Known(self.context.clone()),
            variables: Arc::new(scope),
            entropy,
            now: Timestamp::default(),
        }
    }
}

fn by_paths<'e>(around: Surroundings<'e>, programs: &'e mut Programs) -> Evaluator<'e> {
    Evaluator {
        context: around.context,
        variables: around.variables,
        entropy: around.entropy,
        programs,
    }
}

impl Evaluator<'_> {
    fn items_path(&mut self, map: &Map, input: Value) -> Result<Option<Value>, Fault> {
        let items = map.items_path.as_ref();
        let items = items.map(|path| self.operand(path, &input)).transpose()?;
        Ok(items.unwrap_or(Some(input)))
    }
}

/// The stages of a state whose query language is JSONata.
fn fill_computed(
    stages: &mut Stages,
    mut evaluator: data_flow::Evaluator,
    given: &Given,
) -> Result<(), Fault> {
    let (flow, input) = (&given.state.data_flow, &given.input);
    let result = match &given.state.kind {
        StateKind::Task(_) | StateKind::Parallel(_) => {
            stages.after_arguments = Some(match &given.parameters {
                Some(parameters) => parameters.clone(),
                None => evaluator.arguments(flow, input)?,
            });
            given.result.as_ref()
        }
        StateKind::Map(map) => {
            if map.item_reader.is_none() {
                stages.after_items_path = Some(evaluator.items(map, input)?.into());
            }
            given.result.as_ref()
        }
        StateKind::Choice { rules, .. } => {
            let mut chosen = None;
            for (index, rule) in rules.iter().enumerate() {
                if let Some(condition) = &rule.condition
                    && evaluator.matches(index, condition, input)?
                {
                    chosen = Some((index, rule));
                    break;
                }
            }
            let passed = match chosen {
                Some((index, rule)) => evaluator.chosen(index, flow, rule, input)?,
                None => evaluator.pass_on(flow, input)?,
            };
            stages.output = Some(passed.output);
            None
        }
        StateKind::Pass { .. } | StateKind::Wait { .. } | StateKind::Succeed => {
            stages.output = Some(evaluator.pass_on(flow, input)?.output);
            None
        }
        StateKind::Fail { .. } | StateKind::Unknown { .. } => None,
    };
    if let Some(result) = result {
        stages.result = Some(result.clone());
        stages.output = Some(evaluator.result(flow, input, result)?.output);
    }
    Ok(())
}

fn fill(stages: &mut Stages, mut evaluator: Evaluator, given: &Given) -> Result<(), Fault> {
    let flow = &given.state.data_flow;
    let input = evaluator.input_path(flow.input_path.as_ref(), &given.input)?;
    stages.after_input_path = Some(input.clone());
    let result = match &given.state.kind {
        StateKind::Task(_) | StateKind::Parallel(_) => {
            stages.after_parameters = Some(match &given.parameters {
                Some(parameters) => parameters.clone(),
                None => evaluator.selector(flow.parameters.as_ref(), &input)?,
            });
            given.result.clone()
        }
        StateKind::Map(map) => {
            stages.after_items_path = evaluator.items_path(map, input)?;
            given.result.clone()
        }
        StateKind::Pass { result } => {
            let parameters = evaluator.selector(flow.parameters.as_ref(), &input)?;
            stages.after_parameters = Some(parameters.clone());
            Some(result.clone().unwrap_or(parameters))
        }
        StateKind::Choice { .. } | StateKind::Wait { .. } | StateKind::Succeed => {
            stages.output = Some(evaluator.output_path(flow.output_path.as_ref(), &input)?);
            None
        }
        StateKind::Fail { .. } | StateKind::Unknown { .. } => None,
    };
    let Some(result) = result else { return Ok(()) };
    stages.result = Some(result.clone());
    let selected = evaluator.selector(flow.result_selector.as_ref(), &result)?;
    stages.after_result_selector = Some(selected.clone());
    let placed = evaluator.result_path(flow.result_path.as_ref(), &given.input, &selected)?;
    stages.after_result_path = Some(placed.clone());
    stages.output = Some(evaluator.output_path(flow.output_path.as_ref(), &placed)?);
    Ok(())
}

/// Takes the output that is known, and the stages before it that are equal to it
/// because the state has no field between them.
fn trust_output(stages: &mut Stages, given: &Given) {
    let Some(output) = given.output.clone() else {
        return;
    };
    let flow = &given.state.data_flow;
    let is_whole = |path: &Option<PathField>| match path {
        None => true,
        Some(PathField::Path(path)) => &*path.text == "$",
        Some(PathField::Null) => false,
    };
    let has_result = stages.result.is_some();
    stages.output = Some(output.clone());
    if !has_result || !is_whole(&flow.output_path) {
        return;
    }
    stages.after_result_path = Some(output.clone());
    if !is_whole(&flow.result_path) {
        return;
    }
    stages.after_result_selector = Some(output.clone());
    if flow.result_selector.is_some() {
        return;
    }
    stages.result = Some(output.clone());
    if matches!(given.state.kind, StateKind::Pass { result: None }) {
        stages.after_parameters = Some(output);
    }
}
