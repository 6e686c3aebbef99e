//! The table of operations.

use super::call::{Answer, Request};
use super::error::ApiError;
use super::shape::Shape;
use super::types::{
    activity as activities, alias as aliases, execution as executions, map_run as map_runs,
    state_machine as machines, tag as tags, task as tasks, test_state as tests,
    version as versions,
};
use crate::source::json::Wire;

/// An operation of the API.
pub trait Operation {
    /// Its name.
    const NAME: OperationName;
    /// What a request must look like.
    const SHAPE: Shape;
    /// What it takes.
    type Input: Wire;
    /// What it answers.
    type Output: Wire;
}

/// Performs an operation. [`dispatch`](super::dispatch) asks a service for all of them, so
/// one that lacks an operation does not compile.
pub trait Handle<O: Operation> {
    /// Performs it, or says that the answer comes later.
    fn handle(&mut self, input: O::Input, request: &Request)
    -> Result<Answer<O::Output>, ApiError>;
}

macro_rules! operations {
    ($($name:ident : $module:ident :: $input:ident => $output:ident;)*) => {
        /// The operations by name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum OperationName {
            $(#[doc = concat!("`", stringify!($name), "`")] $name,)*
        }

        impl OperationName {
            /// All of them, in the order of the alphabet.
            pub const ALL: &'static [OperationName] = &[$(OperationName::$name,)*];

            /// The name on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $(OperationName::$name => stringify!($name),)* }
            }

            /// The operation of a name.
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|operation| operation.as_str() == name)
            }

            /// What a request must look like.
            pub fn shape(self) -> Shape {
                match self { $(OperationName::$name => <operation::$name as Operation>::SHAPE,)* }
            }
        }

        /// One type for each operation, for [`Handle`].
        pub mod operation {
            $(
                #[doc = concat!("`", stringify!($name), "`")]
                #[derive(Clone, Copy, Debug)]
                pub struct $name;

                impl super::Operation for $name {
                    const NAME: super::OperationName = super::OperationName::$name;
                    const SHAPE: super::Shape = super::$module::$input::SHAPE;
                    type Input = super::$module::$input;
                    type Output = super::$module::$output;
                }
            )*
        }
    };
}

/// Hands the names of all operations to a macro.
macro_rules! each_operation {
    ($then:ident) => {
        $then! { CreateActivity, CreateStateMachine, CreateStateMachineAlias, DeleteActivity, DeleteStateMachine, DeleteStateMachineAlias, DeleteStateMachineVersion, DescribeActivity, DescribeExecution, DescribeMapRun, DescribeStateMachine, DescribeStateMachineAlias, DescribeStateMachineForExecution, GetActivityTask, GetExecutionHistory, ListActivities, ListExecutions, ListMapRuns, ListStateMachineAliases, ListStateMachineVersions, ListStateMachines, ListTagsForResource, PublishStateMachineVersion, RedriveExecution, SendTaskFailure, SendTaskHeartbeat, SendTaskSuccess, StartExecution, StartSyncExecution, StopExecution, TagResource, TestState, UntagResource, UpdateMapRun, UpdateStateMachine, UpdateStateMachineAlias, ValidateStateMachineDefinition }
    };
}
pub(super) use each_operation;

operations! {
    CreateActivity: activities::CreateActivityInput => CreateActivityOutput;
    CreateStateMachine: machines::CreateStateMachineInput => CreateStateMachineOutput;
    CreateStateMachineAlias: aliases::CreateStateMachineAliasInput => CreateStateMachineAliasOutput;
    DeleteActivity: activities::DeleteActivityInput => DeleteActivityOutput;
    DeleteStateMachine: machines::DeleteStateMachineInput => DeleteStateMachineOutput;
    DeleteStateMachineAlias: aliases::DeleteStateMachineAliasInput => DeleteStateMachineAliasOutput;
    DeleteStateMachineVersion: versions::DeleteStateMachineVersionInput => DeleteStateMachineVersionOutput;
    DescribeActivity: activities::DescribeActivityInput => DescribeActivityOutput;
    DescribeExecution: executions::DescribeExecutionInput => DescribeExecutionOutput;
    DescribeMapRun: map_runs::DescribeMapRunInput => DescribeMapRunOutput;
    DescribeStateMachine: machines::DescribeStateMachineInput => DescribeStateMachineOutput;
    DescribeStateMachineAlias: aliases::DescribeStateMachineAliasInput => DescribeStateMachineAliasOutput;
    DescribeStateMachineForExecution: machines::DescribeStateMachineForExecutionInput => DescribeStateMachineForExecutionOutput;
    GetActivityTask: activities::GetActivityTaskInput => GetActivityTaskOutput;
    GetExecutionHistory: executions::GetExecutionHistoryInput => GetExecutionHistoryOutput;
    ListActivities: activities::ListActivitiesInput => ListActivitiesOutput;
    ListExecutions: executions::ListExecutionsInput => ListExecutionsOutput;
    ListMapRuns: map_runs::ListMapRunsInput => ListMapRunsOutput;
    ListStateMachineAliases: aliases::ListStateMachineAliasesInput => ListStateMachineAliasesOutput;
    ListStateMachineVersions: versions::ListStateMachineVersionsInput => ListStateMachineVersionsOutput;
    ListStateMachines: machines::ListStateMachinesInput => ListStateMachinesOutput;
    ListTagsForResource: tags::ListTagsForResourceInput => ListTagsForResourceOutput;
    PublishStateMachineVersion: versions::PublishStateMachineVersionInput => PublishStateMachineVersionOutput;
    RedriveExecution: executions::RedriveExecutionInput => RedriveExecutionOutput;
    SendTaskFailure: tasks::SendTaskFailureInput => SendTaskFailureOutput;
    SendTaskHeartbeat: tasks::SendTaskHeartbeatInput => SendTaskHeartbeatOutput;
    SendTaskSuccess: tasks::SendTaskSuccessInput => SendTaskSuccessOutput;
    StartExecution: executions::StartExecutionInput => StartExecutionOutput;
    StartSyncExecution: executions::StartSyncExecutionInput => StartSyncExecutionOutput;
    StopExecution: executions::StopExecutionInput => StopExecutionOutput;
    TagResource: tags::TagResourceInput => TagResourceOutput;
    TestState: tests::TestStateInput => TestStateOutput;
    UntagResource: tags::UntagResourceInput => UntagResourceOutput;
    UpdateMapRun: map_runs::UpdateMapRunInput => UpdateMapRunOutput;
    UpdateStateMachine: machines::UpdateStateMachineInput => UpdateStateMachineOutput;
    UpdateStateMachineAlias: aliases::UpdateStateMachineAliasInput => UpdateStateMachineAliasOutput;
    ValidateStateMachineDefinition: machines::ValidateStateMachineDefinitionInput => ValidateStateMachineDefinitionOutput;
}
