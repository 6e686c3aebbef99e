//! The second line of a node: what the state does, in a few words.

use crate::asl::{
    FailText, Integration, MapMode, Setting, State, StateKind, Task, Template, WaitFor,
};

/// `Lambda invoke`, `Choice · 2 rules`, `Wait · 6 h` …
pub fn summary(state: &State) -> String {
    match &state.kind {
        StateKind::Task(task) => task_summary(state, task),
        StateKind::Pass { .. } => "Pass".to_owned(),
        StateKind::Choice { rules, .. } => format!("Choice · {}", count(rules.len(), "rule")),
        StateKind::Wait { wait } => wait.as_ref().map_or_else(
            || "Wait".to_owned(),
            |wait| format!("Wait · {}", how_long(wait)),
        ),
        StateKind::Succeed => "Succeed".to_owned(),
        StateKind::Fail { error, .. } => match error {
            Some(FailText::Literal(error)) if !error.is_empty() => error.to_string(),
            Some(FailText::Literal(_) | FailText::Dynamic(_)) | None => "Fail".to_owned(),
        },
        StateKind::Parallel(parallel) => match parallel.branches.len() {
            1 => "1 branch".to_owned(),
            branches => format!("{branches} branches"),
        },
        StateKind::Map(map) => match map.mode {
            MapMode::Inline => "Map".to_owned(),
            MapMode::Distributed => "Distributed map".to_owned(),
        },
        StateKind::Unknown { type_name } => type_name.as_ref().map_or_else(
            || "No type".to_owned(),
            |name| format!("Unknown type {name}"),
        ),
    }
}

fn task_summary(state: &State, task: &Task) -> String {
    let Some(resource) = &task.resource else {
        return "Task".to_owned();
    };
    if let Integration::Service { service, .. } = &resource.integration
        && **service == *"http"
    {
        let flow = &state.data_flow;
        let arguments = flow.arguments.as_ref().or(flow.parameters.as_ref());
        let method = arguments.and_then(|arguments| arguments.get("Method"));
        let method = method.as_ref().and_then(Template::literal);
        let method = method.as_ref().and_then(|method| method.as_str());
        return format!("HTTP {}", method.unwrap_or("request"));
    }
    resource.integration.to_string()
}

fn how_long(wait: &WaitFor) -> String {
    match wait {
        WaitFor::Seconds(Setting::Fixed(seconds)) => duration(*seconds),
        WaitFor::Timestamp(Setting::Fixed(timestamp)) => format!("until {timestamp}"),
        WaitFor::Seconds(Setting::Dynamic(expression)) => expression.text.trim().to_owned(),
        WaitFor::Timestamp(Setting::Dynamic(expression)) => {
            format!("until {}", expression.text.trim())
        }
    }
}

/// The largest unit that gives a whole number.
fn duration(seconds: u64) -> String {
    let units = [(86_400, "d"), (3_600, "h"), (60, "min")];
    let unit = units
        .iter()
        .find(|(unit, _)| seconds > 0 && seconds.is_multiple_of(*unit));
    match unit {
        Some((unit, name)) => format!("{} {name}", seconds / unit),
        None => format!("{seconds} s"),
    }
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_whole() {
        let texts = [0, 5, 60, 90, 3_600, 86_400, 604_800].map(duration);
        assert_eq!(texts, ["0 s", "5 s", "1 min", "90 s", "1 h", "1 d", "7 d"]);
    }
}
