//! Fields of states, those of Map apart.

use super::machine::MAX_SECONDS;
use super::{Field, FieldKind, Owner, PathForm};
use crate::asl::state::StateType;

const TASK: Owner = Owner::State(StateType::Task);
const PASS: Owner = Owner::State(StateType::Pass);
const CHOICE: Owner = Owner::State(StateType::Choice);
const WAIT: Owner = Owner::State(StateType::Wait);
const SUCCEED: Owner = Owner::State(StateType::Succeed);
const FAIL: Owner = Owner::State(StateType::Fail);
const PARALLEL: Owner = Owner::State(StateType::Parallel);
const MAP: Owner = Owner::State(StateType::Map);

const ALL: &[Owner] = &[TASK, PASS, CHOICE, WAIT, SUCCEED, FAIL, PARALLEL, MAP];
const FLOWING: &[Owner] = &[TASK, PASS, CHOICE, WAIT, SUCCEED, PARALLEL, MAP];
const GOING_ON: &[Owner] = &[TASK, PASS, WAIT, PARALLEL, MAP];
const ASSIGNING: &[Owner] = &[TASK, PASS, CHOICE, WAIT, PARALLEL, MAP];
const WORKING: &[Owner] = &[TASK, PARALLEL, MAP];

const WAITS: &[&str] = &["Seconds", "SecondsPath", "Timestamp", "TimestampPath"];
const GOES_ON: &[&str] = &["Next", "End"];

pub(super) const FIELDS: &[Field] = &[
    Field::new(
        "Type",
        ALL,
        FieldKind::Word(&[
            "Task", "Wait", "Pass", "Succeed", "Fail", "Choice", "Parallel", "Map",
        ]),
        "What the state does; its type decides which other fields it has.",
    )
    .required(),
    Field::new(
        "Comment",
        ALL,
        FieldKind::Text,
        "A description for people; an execution never looks at it.",
    ),
    Field::new(
        "QueryLanguage",
        ALL,
        FieldKind::Word(&["JSONPath", "JSONata"]),
        "The language of this state's expressions; that of the whole definition by default.",
    ),
    Field::new(
        "Resource",
        &[TASK],
        FieldKind::TaskResource,
        "The ARN of what the task calls: a Lambda function, an activity, or a service with an \
         action and maybe .sync or .waitForTaskToken.",
    )
    .required(),
    Field::new(
        "InputPath",
        FLOWING,
        FieldKind::Path(PathForm::Selecting),
        "The part of the state's input that the state works on; null gives it an empty object.",
    )
    .json_path(),
    Field::new(
        "Parameters",
        &[TASK, PASS, PARALLEL],
        FieldKind::Template,
        "What the state works on instead of its plain input: JSON in which names that end in .$ \
         are evaluated.",
    )
    .json_path(),
    Field::new(
        "Arguments",
        &[TASK, PARALLEL],
        FieldKind::Template,
        "What the task is called with, or what every branch gets as input.",
    )
    .jsonata(),
    Field::new(
        "Result",
        &[PASS],
        FieldKind::Json,
        "The result of the state as it stands here; nothing in it is evaluated.",
    )
    .json_path(),
    Field::new(
        "ResultSelector",
        WORKING,
        FieldKind::Template,
        "Picks and reshapes what the work returned, before ResultPath puts it in its place.",
    )
    .json_path(),
    Field::new(
        "ResultPath",
        &[TASK, PASS, PARALLEL, MAP],
        FieldKind::Path(PathForm::Placing),
        "The place in the state's input that the result is put at; $ replaces all of the input, \
         null drops the result.",
    )
    .json_path(),
    Field::new(
        "OutputPath",
        FLOWING,
        FieldKind::Path(PathForm::Selecting),
        "The part of the data that goes on as the state's output; null gives an empty object.",
    )
    .json_path(),
    Field::new(
        "Assign",
        ASSIGNING,
        FieldKind::Variables,
        "Variables that get a value when the state is left well. The new values are visible from \
         the next state on.",
    ),
    Field::new(
        "Output",
        FLOWING,
        FieldKind::Template,
        "The state's output. Without it the output is the result, or the input of a state that \
         has no result.",
    )
    .jsonata(),
    Field::new(
        "TimeoutSeconds",
        &[TASK],
        FieldKind::Integer { min: 1, max: MAX_SECONDS },
        "How long the task may take, in seconds; then it fails with States.Timeout.",
    )
    .excludes(&["TimeoutSecondsPath"])
    .evaluated(),
    Field::new(
        "TimeoutSecondsPath",
        &[TASK],
        FieldKind::Path(PathForm::Reading),
        "Where to read the number of seconds that the task may take.",
    )
    .json_path()
    .excludes(&["TimeoutSeconds"]),
    Field::new(
        "HeartbeatSeconds",
        &[TASK],
        FieldKind::Integer { min: 1, max: MAX_SECONDS },
        "How long the task may go without a heartbeat, in seconds; less than its timeout.",
    )
    .excludes(&["HeartbeatSecondsPath"])
    .evaluated(),
    Field::new(
        "HeartbeatSecondsPath",
        &[TASK],
        FieldKind::Path(PathForm::Reading),
        "Where to read the number of seconds that the task may go without a heartbeat.",
    )
    .json_path()
    .excludes(&["HeartbeatSeconds"]),
    Field::new(
        "Credentials",
        &[TASK],
        FieldKind::Object(Owner::Credentials),
        "The role that the execution assumes for this call, of this account or another one.",
    ),
    Field::new(
        "RoleArn",
        &[Owner::Credentials],
        FieldKind::RoleArn,
        "The ARN of the role. In JSONPath, RoleArn.$ reads it from the data.",
    )
    .required()
    .evaluated(),
    Field::new(
        "Seconds",
        &[WAIT],
        FieldKind::Integer { min: 0, max: MAX_SECONDS },
        "How long to wait, in seconds.",
    )
    .one_of(WAITS)
    .evaluated(),
    Field::new(
        "SecondsPath",
        &[WAIT],
        FieldKind::Path(PathForm::Reading),
        "Where to read how many seconds to wait.",
    )
    .json_path()
    .one_of(WAITS),
    Field::new(
        "Timestamp",
        &[WAIT],
        FieldKind::Timestamp,
        "The time to wait for, as in 2030-01-31T09:00:00Z.",
    )
    .one_of(WAITS)
    .evaluated(),
    Field::new(
        "TimestampPath",
        &[WAIT],
        FieldKind::Path(PathForm::Reading),
        "Where to read the time to wait for.",
    )
    .json_path()
    .one_of(WAITS),
    Field::new(
        "Error",
        &[FAIL],
        FieldKind::Text,
        "The name of the error that the execution fails with; Catchers and Retriers around match it.",
    )
    .excludes(&["ErrorPath"])
    .evaluated(),
    Field::new(
        "ErrorPath",
        &[FAIL],
        FieldKind::Path(PathForm::Computing),
        "Where to read the name of the error, or an intrinsic function that makes it.",
    )
    .json_path()
    .excludes(&["Error"]),
    Field::new(
        "Cause",
        &[FAIL],
        FieldKind::Text,
        "Why the execution fails, for people.",
    )
    .excludes(&["CausePath"])
    .evaluated(),
    Field::new(
        "CausePath",
        &[FAIL],
        FieldKind::Path(PathForm::Computing),
        "Where to read why the execution fails, or an intrinsic function that makes the text.",
    )
    .json_path()
    .excludes(&["Cause"]),
    Field::new(
        "Branches",
        &[PARALLEL],
        FieldKind::Objects(Owner::Branch),
        "State machines that run side by side on the same input; their outputs become an array in \
         this order.",
    )
    .required(),
    Field::new(
        "Choices",
        &[CHOICE],
        FieldKind::Objects(Owner::ChoiceRule),
        "The rules, tried in order: the first that holds says where to go on.",
    )
    .required(),
    Field::new(
        "Default",
        &[CHOICE],
        FieldKind::StateName,
        "Where to go on if no rule holds; without it the execution fails with \
         States.NoChoiceMatched.",
    ),
    Field::new(
        "Retry",
        WORKING,
        FieldKind::Objects(Owner::Retrier),
        "When to try again after an error: the first retrier that names the error decides.",
    ),
    Field::new(
        "Catch",
        WORKING,
        FieldKind::Objects(Owner::Catcher),
        "Where to go on after an error that is not tried again: the first catcher that names it \
         decides.",
    ),
    Field::new(
        "Next",
        GOING_ON,
        FieldKind::StateName,
        "The name of the state that runs next.",
    )
    .one_of(GOES_ON),
    Field::new(
        "End",
        GOING_ON,
        FieldKind::Boolean,
        "true if its machine ends with this state.",
    )
    .one_of(GOES_ON),
];
