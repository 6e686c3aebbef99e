//! How data flows through a state: the one seam between states and query languages.
//!
//! States ask an [`Evaluator`] for their input, arguments, output and variables and do
//! not know which language answers.

use std::sync::Arc;

use super::context::{Context, Extra, context};
use super::execution::Execution;
use super::fault::Fault;
use super::frame::{Frame, FrameId};
use super::jsonata;
use super::jsonpath;
use super::leave::{Exit, Next};
use super::scope::Scope;
use crate::asl::{
    Catcher, ChoiceRule, Condition, DataFlow, Expression, FailText, Map, QueryLanguage, State,
    Template,
};
use crate::source::json::Value;

/// Expressions of both languages by their text, read once.
#[derive(Clone, Debug, Default)]
pub(super) struct Programs {
    pub json_path: jsonpath::Programs,
    pub jsonata: jsonata::Programs,
}

/// Evaluates the fields of one state in its query language.
pub(super) enum Evaluator<'a> {
    JsonPath(jsonpath::Evaluator<'a>),
    Jsonata(jsonata::Evaluator<'a>),
}

/// What a state hands on: its output and the variables it sets.
#[derive(Clone, Debug)]
pub(super) struct Passed {
    pub output: Value,
    pub assigned: Vec<(Arc<str>, Value)>,
}

impl Passed {
    /// Leaving the state with this.
    pub fn to(self, next: Next<'_>) -> Exit<'_> {
        Exit {
            output: self.output,
            assigned: self.assigned,
            next,
        }
    }
}

/// Evaluates the fields of the state that a frame is in.
pub(super) fn evaluator<'a>(run: &'a mut Execution, id: FrameId, state: &State) -> Evaluator<'a> {
    evaluator_with(run, id, state, Extra::default())
}

/// As [`evaluator`], with more in the context object.
pub(super) fn evaluator_with<'a>(
    run: &'a mut Execution,
    id: FrameId,
    state: &State,
    extra: Extra,
) -> Evaluator<'a> {
    let context = context(run, id, state, extra);
    let variables = run
        .frames
        .get(&id)
        .map(|frame| frame.variables.clone())
        .unwrap_or_default();
    Evaluator::new(
        state.query_language,
        Surroundings {
            context,
            variables,
            entropy: &mut run.entropy,
            now: run.now,
        },
        &mut run.programs,
    )
}

/// What expressions see beside the data that flows.
pub(super) struct Surroundings<'a> {
    /// What `$$` and `$states.context` show.
    pub context: Context,
    /// What `$name` shows.
    pub variables: Arc<Scope>,
    /// What random functions draw from.
    pub entropy: &'a mut super::entropy::Entropy,
    /// What the clock shows.
    pub now: crate::time::Timestamp,
}

/// The raw input of the state that a frame is in.
pub(super) fn raw_input(run: &Execution, id: FrameId) -> Value {
    let visit = run.frames.get(&id).and_then(Frame::visit);
    visit.map(|visit| visit.input.clone()).unwrap_or_default()
}

impl<'a> Evaluator<'a> {
    /// An evaluator of a language.
    pub fn new(
        language: QueryLanguage,
        around: Surroundings<'a>,
        programs: &'a mut Programs,
    ) -> Self {
        match language {
            QueryLanguage::JsonPath => Self::JsonPath(jsonpath::Evaluator {
                context: around.context,
                variables: around.variables,
                entropy: around.entropy,
                programs: &mut programs.json_path,
            }),
            QueryLanguage::Jsonata => {
                Self::Jsonata(jsonata::Evaluator::new(around, &mut programs.jsonata))
            }
        }
    }

    /// What the fields of a state see of its raw input: `InputPath`.
    pub fn input(&mut self, flow: &DataFlow, raw: &Value) -> Result<Value, Fault> {
        match self {
            Self::JsonPath(evaluator) => evaluator.input_path(flow.input_path.as_ref(), raw),
            Self::Jsonata(_) => Ok(raw.clone()),
        }
    }

    /// What is sent to a task, or to every branch: `Parameters`, `Arguments`.
    pub fn arguments(&mut self, flow: &DataFlow, input: &Value) -> Result<Value, Fault> {
        match self {
            Self::JsonPath(evaluator) => evaluator.selector(flow.parameters.as_ref(), input),
            Self::Jsonata(evaluator) => match &flow.arguments {
                Some(arguments) => evaluator.template("Arguments", arguments, input),
                None => Ok(input.clone()),
            },
        }
    }

    /// What a state without any work hands on: Wait, Succeed, a Choice by its default.
    pub fn pass_on(&mut self, flow: &DataFlow, raw: &Value) -> Result<Passed, Fault> {
        match self {
            Self::JsonPath(evaluator) => {
                let input = evaluator.input_path(flow.input_path.as_ref(), raw)?;
                evaluator.chosen(flow, flow.assign.as_ref(), &input)
            }
            Self::Jsonata(evaluator) => {
                evaluator.hand_on("", flow.output.as_ref(), flow.assign.as_ref(), raw, raw)
            }
        }
    }

    /// What a Pass state hands on.
    pub fn pass(
        &mut self,
        flow: &DataFlow,
        result: Option<&Value>,
        raw: &Value,
    ) -> Result<Passed, Fault> {
        match self {
            Self::JsonPath(evaluator) => {
                let input = evaluator.input_path(flow.input_path.as_ref(), raw)?;
                let computed = evaluator.selector(flow.parameters.as_ref(), &input)?;
                evaluator.placed(flow, raw, result.unwrap_or(&computed))
            }
            Self::Jsonata(_) => self.pass_on(flow, raw),
        }
    }

    /// What a state hands on that has a result: Task, Parallel, Map.
    pub fn result(
        &mut self,
        flow: &DataFlow,
        raw: &Value,
        result: &Value,
    ) -> Result<Passed, Fault> {
        match self {
            Self::JsonPath(evaluator) => {
                let selected = evaluator.selector(flow.result_selector.as_ref(), result)?;
                evaluator.placed(flow, raw, &selected)
            }
            Self::Jsonata(evaluator) => {
                evaluator.result = Some(result.clone());
                evaluator.hand_on("", flow.output.as_ref(), flow.assign.as_ref(), raw, result)
            }
        }
    }

    /// What a Catcher hands on; `index` is its place in `Catch`.
    pub fn caught(
        &mut self,
        index: usize,
        catcher: &Catcher,
        raw: &Value,
        error: &Value,
    ) -> Result<Passed, Fault> {
        match self {
            Self::JsonPath(evaluator) => Ok(Passed {
                output: evaluator.result_path(catcher.result_path.as_ref(), raw, error)?,
                assigned: evaluator.assign(catcher.assign.as_ref(), error)?,
            }),
            Self::Jsonata(evaluator) => {
                evaluator.error_output = Some(error.clone());
                let (output, assign) = (catcher.output.as_ref(), catcher.assign.as_ref());
                evaluator.hand_on(&format!("Catch[{index}]/"), output, assign, raw, error)
            }
        }
    }

    /// Whether a Choice Rule matches; `index` is its place in `Choices`.
    pub fn matches(
        &mut self,
        index: usize,
        condition: &Condition,
        input: &Value,
    ) -> Result<bool, Fault> {
        match (self, condition) {
            (Self::JsonPath(evaluator), condition) => evaluator.matches(condition, input),
            (Self::Jsonata(evaluator), Condition::Expression(expression)) => {
                evaluator.condition(&format!("Choices[{index}]/Condition"), expression, input)
            }
            (Self::Jsonata(_), Condition::Constant(constant)) => Ok(*constant),
            (
                Self::Jsonata(_),
                Condition::And(_) | Condition::Or(_) | Condition::Not(_) | Condition::Test { .. },
            ) => Ok(false),
        }
    }

    /// What a Choice state hands on by a rule; `index` is its place in `Choices`.
    pub fn chosen(
        &mut self,
        index: usize,
        flow: &DataFlow,
        rule: &ChoiceRule,
        raw: &Value,
    ) -> Result<Passed, Fault> {
        match self {
            Self::JsonPath(evaluator) => {
                let input = evaluator.input_path(flow.input_path.as_ref(), raw)?;
                evaluator.chosen(flow, rule.assign.as_ref(), &input)
            }
            Self::Jsonata(evaluator) => {
                let (output, assign) = (rule.output.as_ref(), rule.assign.as_ref());
                evaluator.hand_on(&format!("Choices[{index}]/"), output, assign, raw, raw)
            }
        }
    }

    /// `Error` or `Cause` of a Fail state.
    pub fn fail_text(
        &mut self,
        field: &str,
        text: &FailText,
        raw: &Value,
    ) -> Result<Arc<str>, Fault> {
        match (self, text) {
            (_, FailText::Literal(text)) => Ok(text.clone()),
            (Self::JsonPath(evaluator), FailText::Dynamic(expression)) => {
                evaluator.text(&format!("{field}Path"), expression, raw)
            }
            (Self::Jsonata(evaluator), FailText::Dynamic(expression)) => {
                evaluator.text(field, expression, raw)
            }
        }
    }

    /// The value of a field that is given by an expression, such as `TimeoutSeconds`.
    pub fn setting(
        &mut self,
        field: &str,
        expression: &Expression,
        input: &Value,
    ) -> Result<Value, Fault> {
        match self {
            Self::JsonPath(evaluator) => {
                evaluator.setting(&format!("{field}Path"), expression, input)
            }
            Self::Jsonata(evaluator) => evaluator.value(field, expression, input),
        }
    }

    /// The items of a Map state.
    pub fn items(&mut self, map: &Map, input: &Value) -> Result<Vec<Value>, Fault> {
        match self {
            Self::JsonPath(evaluator) => evaluator.items(map.items_path.as_ref(), input),
            Self::Jsonata(evaluator) => evaluator.items(map.items.as_ref(), input),
        }
    }

    /// A field that is a template, such as `ItemSelector`.
    pub fn template(
        &mut self,
        field: &str,
        template: &Template,
        input: &Value,
    ) -> Result<Value, Fault> {
        match self {
            Self::JsonPath(evaluator) => evaluator.template(template, input),
            Self::Jsonata(evaluator) => evaluator.template(field, template, input),
        }
    }
}
