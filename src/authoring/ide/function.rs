//! What the functions of the expression languages do, in a line each.

use crate::expr::intrinsic::Intrinsic;

/// A function as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name, with `$` or `States.`.
    pub name: &'static str,
    /// Its parameters, those that may be left out with a question mark.
    pub parameters: &'static str,
    /// What it gives.
    pub doc: &'static str,
}

const fn function(name: &'static str, parameters: &'static str, doc: &'static str) -> Function {
    Function {
        name,
        parameters,
        doc,
    }
}

/// The functions of JSONata that Step Functions has.
#[rustfmt::skip] // A row a line: it is read as the table that it is.
pub const JSONATA: &[Function] = &[
    function("$sum", "numbers", "The sum of an array of numbers."),
    function("$count", "array", "How many values an array has."),
    function("$max", "numbers", "The largest of an array of numbers."),
    function("$min", "numbers", "The smallest of an array of numbers."),
    function("$average", "numbers", "The mean of an array of numbers."),
    function("$string", "value, indented?", "A value as text; objects and arrays as JSON."),
    function("$substring", "text, start, length?", "A part of a text, by characters from 0; a negative start counts from the end."),
    function("$substringBefore", "text, mark", "The text before the first occurrence of a mark."),
    function("$substringAfter", "text, mark", "The text after the first occurrence of a mark."),
    function("$lowercase", "text", "A text in lower case."),
    function("$uppercase", "text", "A text in upper case."),
    function("$length", "text", "How many characters a text has."),
    function("$trim", "text", "A text without white space around it, and with single spaces inside."),
    function("$pad", "text, width, fill?", "A text brought to a width: filled on the right, or on the left where the width is negative."),
    function("$join", "texts, separator?", "An array of texts as one."),
    function("$match", "text, pattern, limit?", "What a regular expression finds: match, index and groups of each."),
    function("$contains", "text, pattern", "Whether a text holds another one or what a regular expression finds."),
    function("$replace", "text, pattern, replacement, limit?", "A text with another one in the place of what is found."),
    function("$split", "text, separator, limit?", "The parts of a text between separators."),
    function("$formatNumber", "number, picture, options?", "A number as text by a picture such as #,##0.00."),
    function("$formatBase", "number, radix?", "A number as text in a number system, by default the decimal one."),
    function("$formatInteger", "number, picture", "A whole number as text by a picture: digits, letters, Roman numerals, words."),
    function("$parseInteger", "text, picture", "The whole number that a text written by a picture stands for."),
    function("$number", "value", "A value as a number."),
    function("$floor", "number", "The largest whole number that is not above a number."),
    function("$ceil", "number", "The smallest whole number that is not below a number."),
    function("$round", "number, precision?", "A number rounded to so many decimals, halves to the even one."),
    function("$abs", "number", "A number without its sign."),
    function("$sqrt", "number", "The square root of a number."),
    function("$power", "base, exponent", "A number to the power of another."),
    function("$random", "seed?", "A number from 0 up to but not including 1."),
    function("$boolean", "value", "Whether a value counts as true."),
    function("$not", "value", "The opposite of whether a value counts as true."),
    function("$exists", "value", "Whether there is a value at all."),
    function("$map", "array, function", "What a function gives for each value of an array."),
    function("$filter", "array, function", "The values of an array for which a function gives true."),
    function("$single", "array, function?", "The only value of an array for which a function gives true."),
    function("$reduce", "array, function, start?", "What comes of an array when a function joins its values one by one."),
    function("$sift", "object, function?", "The members of an object for which a function gives true."),
    function("$each", "object, function", "What a function gives for each member of an object."),
    function("$sort", "array, function?", "An array in order; the function tells whether the first of two values comes later."),
    function("$zip", "arrays…", "The first values of several arrays together, the second, and so on."),
    function("$append", "array, values", "An array with further values behind it."),
    function("$reverse", "array", "An array from back to front."),
    function("$shuffle", "array", "An array in random order."),
    function("$distinct", "array", "An array without repeated values."),
    function("$keys", "object", "The names of an object's members."),
    function("$lookup", "object, name", "The value of a member."),
    function("$spread", "object", "An object of several members as an array of objects with one each."),
    function("$merge", "objects", "An array of objects as one; later members win."),
    function("$clone", "value", "A copy of an object or array."),
    function("$type", "value", "What a value is, in a word: string, number, boolean, array, object, null, function."),
    function("$error", "message?", "Ends the evaluation with an error."),
    function("$assert", "condition, message?", "Ends the evaluation with an error unless a condition holds."),
    function("$base64encode", "text", "A text in Base64."),
    function("$base64decode", "text", "The text that stands in Base64."),
    function("$encodeUrlComponent", "text", "A text as a part of a URL."),
    function("$encodeUrl", "text", "A URL with the characters escaped that it cannot hold."),
    function("$decodeUrlComponent", "text", "The text that a part of a URL stands for."),
    function("$decodeUrl", "text", "A URL without escapes."),
    function("$toMillis", "timestamp, picture?", "The milliseconds since 1970 of a time."),
    function("$fromMillis", "millis, picture?, timezone?", "The time at milliseconds since 1970, as text."),
    function("$now", "picture?, timezone?", "The time of the evaluation, as text."),
    function("$millis", "", "The time of the evaluation, in milliseconds since 1970."),
    function("$partition", "array, size", "An array in parts of a size."),
    function("$range", "first, last, step", "Numbers from the first to the last by a step."),
    function("$hash", "text, algorithm", "The hash of a text by MD5, SHA-1, SHA-256, SHA-384 or SHA-512."),
    function("$uuid", "", "A random UUID."),
    function("$parse", "text", "The value that a JSON text stands for."),
];

/// What an intrinsic function takes and gives.
pub fn intrinsic(function: Intrinsic) -> Function {
    let (parameters, doc) = match function {
        Intrinsic::Format => (
            "template, values…",
            "A text with values in the place of each {}.",
        ),
        Intrinsic::StringToJson => ("text", "The value that a JSON text stands for."),
        Intrinsic::JsonToString => ("value", "A value as JSON text."),
        Intrinsic::Array => ("values…", "An array of values."),
        Intrinsic::ArrayPartition => ("array, size", "An array in parts of a size."),
        Intrinsic::ArrayContains => ("array, value", "Whether an array holds a value."),
        Intrinsic::ArrayRange => (
            "first, last, step",
            "Numbers from the first to the last by a step.",
        ),
        Intrinsic::ArrayGetItem => ("array, index", "The value at an index, from 0."),
        Intrinsic::ArrayLength => ("array", "How many values an array has."),
        Intrinsic::ArrayUnique => ("array", "An array without repeated values."),
        Intrinsic::Base64Encode => ("text", "A text in Base64."),
        Intrinsic::Base64Decode => ("text", "The text that stands in Base64."),
        Intrinsic::Hash => (
            "value, algorithm",
            "The hash of a value by MD5, SHA-1, SHA-256, SHA-384 or SHA-512.",
        ),
        Intrinsic::JsonMerge => (
            "first, second, false",
            "Two objects as one; members of the second win.",
        ),
        Intrinsic::MathRandom => (
            "from, to, seed?",
            "A whole number from the first up to but not including the second.",
        ),
        Intrinsic::MathAdd => ("number, number", "The sum of two whole numbers."),
        Intrinsic::StringSplit => (
            "text, separators",
            "The parts of a text between separators.",
        ),
        Intrinsic::Uuid => ("", "A random UUID."),
    };
    Function {
        name: function.name(),
        parameters,
        doc,
    }
}

/// The members of `$states` and of the context object: a path, and what stands there.
pub const CONTEXT: &[(&str, &str)] = &[
    ("Execution", "The execution."),
    ("Execution.Id", "The ARN of the execution."),
    ("Execution.Input", "The input of the execution."),
    ("Execution.Name", "The name of the execution."),
    ("Execution.RoleArn", "The role that the execution acts in."),
    ("Execution.StartTime", "When the execution started."),
    (
        "Execution.RedriveCount",
        "How often the execution was redriven.",
    ),
    (
        "Execution.RedriveTime",
        "When the execution was redriven last.",
    ),
    ("State", "The state that runs."),
    ("State.EnteredTime", "When the state was entered."),
    ("State.Name", "The name of the state."),
    ("State.RetryCount", "How often the state was tried again."),
    ("StateMachine", "The state machine."),
    ("StateMachine.Id", "The ARN of the state machine."),
    ("StateMachine.Name", "The name of the state machine."),
    ("Task", "The task, in states that wait for a token."),
    (
        "Task.Token",
        "The token that SendTaskSuccess and SendTaskFailure take.",
    ),
    ("Map", "The iteration, inside a Map state."),
    ("Map.Item", "The item of the iteration."),
    ("Map.Item.Index", "The number of the iteration, from 0."),
    ("Map.Item.Value", "The item itself."),
    (
        "Map.Item.Key",
        "The name of the item, where the items are an object.",
    ),
    ("Map.Item.Source", "Where the item was read from."),
];

/// The members of `$states`.
pub const STATES: &[(&str, &str)] = &[
    ("input", "The input of the state."),
    (
        "result",
        "What the task, the branches or the iterations gave.",
    ),
    ("errorOutput", "The error that was caught: Error and Cause."),
    (
        "context",
        "The context object: execution, state, state machine, task and iteration.",
    ),
];

/// The errors that the service itself raises.
pub const ERRORS: &[(&str, &str)] = &[
    (
        "States.ALL",
        "Any error but States.DataLimitExceeded and States.Runtime.",
    ),
    ("States.TaskFailed", "Any error of a task but a timeout."),
    (
        "States.Timeout",
        "The time limit of a task, or a missing heartbeat.",
    ),
    ("States.HeartbeatTimeout", "No heartbeat came in time."),
    ("States.Permissions", "The role may not make the call."),
    (
        "States.BranchFailed",
        "A branch of a Parallel state failed.",
    ),
    (
        "States.ExceedToleratedFailureThreshold",
        "More iterations failed than a Map state tolerates.",
    ),
    (
        "States.ItemReaderFailed",
        "The items of a Map state could not be read.",
    ),
    (
        "States.ResultWriterFailed",
        "The results of a Map state could not be written.",
    ),
    (
        "States.NoChoiceMatched",
        "No rule of a Choice state holds, and it has no Default.",
    ),
    (
        "States.IntrinsicFailure",
        "An intrinsic function was given what it does not take.",
    ),
    (
        "States.ParameterPathFailure",
        "A path of a payload template finds nothing.",
    ),
    (
        "States.ResultPathMatchFailure",
        "A ResultPath names a place that the input cannot have.",
    ),
    (
        "States.QueryEvaluationError",
        "A JSONata expression cannot be evaluated.",
    ),
    (
        "States.DataLimitExceeded",
        "A payload is larger than 256 KiB; nothing catches it but its own name.",
    ),
    (
        "States.Http.Socket",
        "The socket of an HTTP task timed out.",
    ),
    (
        "Lambda.ServiceException",
        "Lambda itself failed; worth trying again.",
    ),
    (
        "Lambda.AWSLambdaException",
        "Lambda itself failed; worth trying again.",
    ),
    (
        "Lambda.SdkClientException",
        "Lambda was not reached; worth trying again.",
    ),
    (
        "Lambda.TooManyRequestsException",
        "Lambda is throttled; worth trying again.",
    ),
    (
        "Lambda.Unknown",
        "The function ran out of memory or time, or ended without an answer.",
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::expr::jsonata::{Dialect, function_names};

    #[test]
    fn every_function_has_its_row() {
        let known: BTreeSet<String> = function_names(Dialect::States)
            .map(|name| format!("${}", name.trim_start_matches('$')))
            .collect();
        let told: BTreeSet<String> = JSONATA.iter().map(|row| row.name.to_owned()).collect();
        assert_eq!(told, known);
        assert_eq!(told.len(), JSONATA.len());
    }

    #[test]
    fn every_row_is_a_sentence() {
        let intrinsics = Intrinsic::ALL.into_iter().map(intrinsic);
        let rows = JSONATA.iter().copied().chain(intrinsics);
        let docs = rows.map(|row| row.doc);
        let pairs = [CONTEXT, STATES, ERRORS].concat();
        for doc in docs.chain(pairs.iter().map(|(_, doc)| *doc)) {
            assert!(
                doc.starts_with(char::is_uppercase) && doc.ends_with('.'),
                "{doc}"
            );
        }
    }
}
