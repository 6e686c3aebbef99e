//! Expressions tried out on behalf of the page: as a definition would see the values of the
//! last run, by its history.

use super::messages::{Outcome, Shown, Trial};
use super::run::Run;
use crate::execution::history::{EventId, Failure, HistoryEvent, Payload};
use crate::execution::interpreter::Entropy;
use crate::execution::projection::{Visit, context, variables};
use crate::expr::jsonata::Dialect;
use crate::expr::request::{Language, Request, World};
use crate::source::Span;
use crate::source::json::{Object, Value};

/// What an expression sees.
#[derive(Default)]
struct Sight {
    /// What `$` shows.
    data: Option<Value>,
    /// Variables; `$$` for paths, `$states` for JSONata.
    bindings: Object,
}

/// Evaluates an expression; `run` is the last one there was.
pub fn evaluate(trial: &Trial, run: Option<&mut Run>) -> Outcome {
    let sight = match (trial.run, run) {
        (None, _) => Some(Sight::default()),
        (Some(id), Some(run)) if run.id() == id => sight(trial, run),
        (Some(_), _) => None,
    };
    let Some(sight) = sight else {
        return failed("The values of this run are not there any more. Run again.");
    };
    let request = Request {
        language: language(trial),
        expression: &trial.expression,
        data: sight.data,
        bindings: sight.bindings.into(),
    };
    let mut entropy = Entropy::new(1);
    let world = World {
        dialect: Dialect::States,
        now: trial.at,
        entropy: &mut || entropy.next_u64(),
    };
    match request.evaluate(world) {
        Ok(Some(value)) => Outcome::Value {
            text: value.to_string(),
        },
        Ok(None) => Outcome::Nothing,
        Err(failure) => {
            let code = failure.code.map(|code| format!("{code}: "));
            // The braces around the expression were not looked at.
            let skipped = trial.expression.find(request.text()).unwrap_or(0);
            let shift = |place: u32| place as usize + skipped;
            Outcome::Failed {
                message: code.unwrap_or_default() + &failure.message,
                span: failure
                    .span
                    .map(|span| Span::new(shift(span.start), shift(span.end))),
            }
        }
    }
}

/// Where a definition takes a path it takes a function too.
fn language(trial: &Trial) -> Language {
    match trial.is_jsonata {
        true => Language::Jsonata,
        false if trial.expression.trim_start().starts_with("States.") => Language::Intrinsic,
        false => Language::JsonPath,
    }
}

/// What there is to see at a visit, or for the execution; nothing if there is no such visit.
fn sight(trial: &Trial, run: &mut Run) -> Option<Sight> {
    let (machine, options, events, trace) = run.past();
    let visit = match trial.visit {
        None => None,
        Some(entered) => {
            let entered = EventId(entered);
            let mut visits = trace.visits().iter();
            Some(visits.find(|visit| visit.entered.0 == entered)?)
        }
    };
    let seen = |shown: Shown| match visit {
        Some(visit) => of_visit(visit, shown),
        None => of_execution(events, shown),
    };
    let context = context(machine, options, events, trace, visit);
    let mut bindings = Object::default();
    if let Some(visit) = visit {
        for (name, value) in variables(trace, visit) {
            bindings.insert(name, value);
        }
    }
    if trial.is_jsonata {
        let mut states = Object::default();
        let error = visit.and_then(Visit::failure).map(Failure::output);
        let members = [
            ("input", seen(Shown::Input)),
            ("result", seen(Shown::Result)),
            ("errorOutput", error),
            ("context", Some(context)),
        ];
        for (name, value) in members {
            if let Some(value) = value {
                states.insert(name, value);
            }
        }
        bindings.insert("states", states);
    } else {
        bindings.insert("$$", context);
    }
    Some(Sight {
        data: seen(trial.shown),
        bindings,
    })
}

fn of_visit(visit: &Visit, shown: Shown) -> Option<Value> {
    let attempt = visit.attempts.last();
    value(match shown {
        Shown::Input => visit.input.as_ref(),
        Shown::Parameters => attempt.and_then(|attempt| attempt.parameters.as_ref()),
        Shown::Result => attempt.and_then(|attempt| attempt.result.as_ref()),
        Shown::Output => visit.output.as_ref(),
    })
}

fn of_execution(events: &[HistoryEvent], shown: Shown) -> Option<Value> {
    let event = match shown {
        Shown::Input => events.first(),
        Shown::Output => events.last(),
        Shown::Parameters | Shown::Result => None,
    };
    let details = event?.details.as_ref()?;
    value(match shown {
        Shown::Input => details.input(),
        _ => details.output(),
    })
}

fn value(payload: Option<&Payload>) -> Option<Value> {
    payload.map(|payload| payload.value().clone())
}

fn failed(message: &str) -> Outcome {
    Outcome::Failed {
        message: message.to_owned(),
        span: None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::messages::Start;
    use super::super::run::Next;
    use super::*;
    use crate::time::Timestamp;

    const MACHINE: &str = r#"{"StartAt": "Set", "States": {
        "Set": {"Type": "Pass", "Assign": {"rate": 3}, "Next": "Call"},
        "Call": {"Type": "Task", "Next": "Say",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Parameters": {"FunctionName": "f", "Payload.$": "$.order"},
            "ResultSelector": {"total.$": "$.Payload.total"}},
        "Say": {"Type": "Pass", "QueryLanguage": "JSONata", "End": true,
            "Output": "{% $states.input.total * $rate %}"}}}"#;
    const MOCKS: &str = r#"{
        "StateMachines": {"M": {"TestCases": {"T": {"Call": "r"}}}},
        "MockedResponses": {"r": {"0": {"Return": {"Payload": {"total": 7}, "StatusCode": 200}}}}}"#;

    fn run() -> Run {
        let start = Start {
            run: 4,
            name: "M".into(),
            definition: MACHINE.into(),
            input: r#"{"order": {"id": 9}}"#.into(),
            mocks: MOCKS.into(),
            test_case: None,
            workflow_type: "STANDARD".into(),
            default_result: None,
            objects: Vec::new(),
            seed: 1,
            at: Timestamp::from_millis(0),
        };
        let mut run = Run::start(&start).expect("it starts");
        while run.slice().1 == Next::Again {}
        run
    }

    fn trial(expression: &str) -> Trial {
        Trial {
            is_jsonata: true,
            expression: expression.into(),
            run: Some(4),
            visit: None,
            shown: Shown::Input,
            at: Timestamp::from_millis(0),
        }
    }

    /// The event that began the only visit of a state.
    fn entered(run: &mut Run, state: &str) -> u64 {
        let (.., trace) = run.past();
        let mut visits = trace.visits().iter();
        let visit = visits.find(|visit| &*visit.name == state);
        visit.expect("it was visited").entered.0.0
    }

    fn value(outcome: Outcome) -> String {
        match outcome {
            Outcome::Value { text } => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn sees_the_values_of_a_visit() {
        let mut run = run();
        let visit = Some(entered(&mut run, "Call"));
        let cases = [
            (true, Shown::Input, "$.order.id", "9"),
            (true, Shown::Parameters, "FunctionName", "\"f\""),
            (true, Shown::Result, "Payload.total + 1", "8"),
            (true, Shown::Output, "$", r#"{"total":7}"#),
            (true, Shown::Output, "{% $states.input.order.id %}", "9"),
            (true, Shown::Input, "$states.result.StatusCode", "200"),
            (true, Shown::Input, "$states.context.State.Name", "\"Call\""),
            (true, Shown::Input, "$rate", "3"),
            (false, Shown::Output, "$.total", "7"),
            (false, Shown::Input, "$$.State.Name", "\"Call\""),
            (false, Shown::Input, "$rate", "3"),
            (
                false,
                Shown::Result,
                "States.Format('{}!', $.Payload.total)",
                "\"7!\"",
            ),
        ];
        for (is_jsonata, shown, expression, expected) in cases {
            let trial = Trial {
                is_jsonata,
                shown,
                visit,
                ..trial(expression)
            };
            let found = value(evaluate(&trial, Some(&mut run)));
            assert_eq!(found, expected, "{expression}");
        }
    }

    #[test]
    fn sees_the_execution_where_no_state_is_chosen() {
        let mut run = run();
        let mut seen = |shown, expression: &str| {
            let trial = Trial {
                shown,
                ..trial(expression)
            };
            value(evaluate(&trial, Some(&mut run)))
        };
        assert_eq!(seen(Shown::Output, "$"), "21");
        assert_eq!(
            seen(Shown::Input, "$states.context.Execution.Input.order"),
            r#"{"id":9}"#
        );
    }

    #[test]
    fn sees_nothing_without_a_run() {
        let nowhere = |expression: &str| Trial {
            run: None,
            ..trial(expression)
        };
        assert_eq!(value(evaluate(&nowhere("$sum([1, 2])"), None)), "3");
        assert_eq!(evaluate(&nowhere("order.id"), None), Outcome::Nothing);
        let gone = evaluate(&trial("1"), None);
        assert!(matches!(gone, Outcome::Failed { message, .. } if message.contains("Run again")));
        let mut run = run();
        let never = Trial {
            visit: Some(99),
            ..trial("1")
        };
        assert!(matches!(
            evaluate(&never, Some(&mut run)),
            Outcome::Failed { .. }
        ));
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        let text = "{%  1 + 'a' %}";
        let Outcome::Failed { message, span } = evaluate(&trial(text), Some(&mut run())) else {
            panic!("it fails")
        };
        assert!(message.starts_with("T2002: "), "{message}");
        let span = span.expect("it has a place");
        let blamed = text.get(span.start as usize..span.end as usize);
        assert_eq!(blamed, Some("+"), "{span:?}");
        let path = Trial {
            is_jsonata: false,
            ..trial("$.order.name")
        };
        let failed = evaluate(&path, Some(&mut run()));
        assert!(
            matches!(&failed, Outcome::Failed { message, .. } if message.contains("No results for path")),
            "{failed:?}"
        );
    }
}
