//! Map states: what they iterate over, and where the iterations run.

use std::sync::Arc;

use super::error_handling::{Catcher, Retrier};
use super::expression::{Expression, Setting};
use super::machine::StateMachine;
use super::template::Template;
use super::workflow_type::WorkflowType;

/// Where a Map state runs its iterations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MapMode {
    /// In the execution itself.
    #[default]
    Inline,
    /// As child executions of a Map Run.
    Distributed,
}

/// The fields of a Map state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map {
    /// `ItemProcessor`, or `Iterator` as it was called before.
    pub item_processor: Option<Arc<StateMachine>>,
    /// `ProcessorConfig.Mode`
    pub mode: MapMode,
    /// `ProcessorConfig.ExecutionType`: what the child executions of a distributed Map are.
    pub execution_type: WorkflowType,
    /// `ItemsPath`
    pub items_path: Option<Expression>,
    /// `Items` (JSONata)
    pub items: Option<Template>,
    /// `ItemSelector`, or `Parameters` as it was called before.
    pub item_selector: Option<Template>,
    /// `MaxConcurrency` or `MaxConcurrencyPath`; 0 is no limit.
    pub max_concurrency: Option<Setting<u64>>,
    /// `ToleratedFailureCount` or `ToleratedFailureCountPath`
    pub tolerated_failure_count: Option<Setting<u64>>,
    /// `ToleratedFailurePercentage` or `ToleratedFailurePercentagePath`
    pub tolerated_failure_percentage: Option<Setting<f64>>,
    /// `Label`
    pub label: Option<Arc<str>>,
    /// `ItemReader`
    pub item_reader: Option<Box<ItemReader>>,
    /// `ItemBatcher`
    pub item_batcher: Option<Box<ItemBatcher>>,
    /// `ResultWriter`
    pub result_writer: Option<Box<ResultWriter>>,
    /// `Retry`
    pub retry: Vec<Retrier>,
    /// `Catch`
    pub catch: Vec<Catcher>,
}

/// Where a distributed Map finds its items.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ItemReader {
    /// `Resource`
    pub resource: Option<Arc<str>>,
    /// `Parameters`, in JSONata `Arguments`
    pub arguments: Option<Template>,
    /// `ReaderConfig`
    pub config: ReaderConfig,
}

/// How the items of an [`ItemReader`] are read. Names stand as they are written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReaderConfig {
    /// `InputType`
    pub input_type: Option<Arc<str>>,
    /// `ManifestType`
    pub manifest_type: Option<Arc<str>>,
    /// `CSVHeaderLocation`
    pub csv_header_location: Option<Arc<str>>,
    /// `CSVHeaders`
    pub csv_headers: Option<Vec<Arc<str>>>,
    /// `CSVDelimiter`
    pub csv_delimiter: Option<Arc<str>>,
    /// `ItemsPointer`
    pub items_pointer: Option<Arc<str>>,
    /// `MaxItems` or `MaxItemsPath`; 0 is no limit.
    pub max_items: Option<Setting<u64>>,
}

/// Several items for one child execution.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ItemBatcher {
    /// `MaxItemsPerBatch` or `MaxItemsPerBatchPath`; 0 is no limit.
    pub max_items_per_batch: Option<Setting<u64>>,
    /// `MaxInputBytesPerBatch` or `MaxInputBytesPerBatchPath`; 0 is no limit.
    pub max_input_bytes_per_batch: Option<Setting<u64>>,
    /// `BatchInput`
    pub batch_input: Option<Template>,
}

/// Where the results of a distributed Map go.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResultWriter {
    /// `Parameters`, in JSONata `Arguments`
    pub arguments: Option<Template>,
    /// `WriterConfig.Transformation`, as it is written.
    pub transformation: Option<Arc<str>>,
    /// `WriterConfig.OutputType`, as it is written.
    pub output_type: Option<Arc<str>>,
}
