//! State machines that a task starts.

use super::child::Child;
use super::execution::Execution;
use super::task::TaskId;

pub(super) fn ended(run: &mut Execution, task: TaskId, child: Child) {
    run.take_over(&child);
    let _ = task;
}
