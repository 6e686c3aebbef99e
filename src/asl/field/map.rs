//! Fields of Map states and of what belongs to a Distributed Map.

use super::{Field, FieldKind, Owner, PathForm};
use crate::asl::state::StateType;

const MAP: &[Owner] = &[Owner::State(StateType::Map)];
const READER: &[Owner] = &[Owner::ItemReader];
const READER_CONFIG: &[Owner] = &[Owner::ReaderConfig];
const BATCHER: &[Owner] = &[Owner::ItemBatcher];
const WRITER: &[Owner] = &[Owner::ResultWriter];
const WRITER_CONFIG: &[Owner] = &[Owner::WriterConfig];

/// The largest number of items that a Map Run can process.
const MAX_ITEMS: u64 = 100_000_000;
/// The largest number that the service reads for a count.
const MAX_COUNT: u64 = i64::MAX as u64;

pub(super) const FIELDS: &[Field] = &[
    Field::new(
        "ItemProcessor",
        MAP,
        FieldKind::Object(Owner::ItemProcessor),
        "The state machine that runs once for every item or batch.",
    )
    .one_of(&["ItemProcessor", "Iterator"]),
    Field::new(
        "Iterator",
        MAP,
        FieldKind::Object(Owner::ItemProcessor),
        "The old name of ItemProcessor.",
    )
    .legacy("ItemProcessor"),
    Field::new(
        "ItemsPath",
        MAP,
        FieldKind::Path(PathForm::Reading),
        "Where the array of items is in the input; all of it by default. A Distributed Map takes \
         an object too.",
    )
    .json_path(),
    Field::new(
        "Items",
        MAP,
        FieldKind::Template,
        "The items: an array, an object for a Distributed Map, or an expression that gives one. \
         All of the input by default.",
    )
    .jsonata(),
    Field::new(
        "ItemReader",
        MAP,
        FieldKind::Object(Owner::ItemReader),
        "Where a Distributed Map reads its items from, if not from its input.",
    ),
    Field::new(
        "ItemSelector",
        MAP,
        FieldKind::Template,
        "The input of each iteration, made from the item and its index in the context object; the \
         item itself by default.",
    ),
    Field::new(
        "Parameters",
        MAP,
        FieldKind::Template,
        "The old name of ItemSelector.",
    )
    .json_path()
    .legacy("ItemSelector"),
    Field::new(
        "ItemBatcher",
        MAP,
        FieldKind::Object(Owner::ItemBatcher),
        "Makes batches of items, so that a child execution of a Distributed Map gets several.",
    ),
    Field::new(
        "MaxConcurrency",
        MAP,
        FieldKind::Integer { min: 0, max: MAX_COUNT },
        "How many iterations run at once; 0, the default, for as many as possible, 1 for one \
         after the other.",
    )
    .excludes(&["MaxConcurrencyPath"])
    .evaluated(),
    Field::new(
        "MaxConcurrencyPath",
        MAP,
        FieldKind::Path(PathForm::Reading),
        "Where to read how many iterations run at once.",
    )
    .json_path()
    .excludes(&["MaxConcurrency"]),
    Field::new(
        "ToleratedFailurePercentage",
        MAP,
        FieldKind::Number { min: 0.0, max: 100.0 },
        "The share of items in percent that may fail before a Distributed Map fails; 0 by default.",
    )
    .excludes(&["ToleratedFailurePercentagePath"])
    .evaluated(),
    Field::new(
        "ToleratedFailurePercentagePath",
        MAP,
        FieldKind::Path(PathForm::Reading),
        "Where to read the share of items that may fail.",
    )
    .json_path()
    .excludes(&["ToleratedFailurePercentage"]),
    Field::new(
        "ToleratedFailureCount",
        MAP,
        FieldKind::Integer { min: 0, max: MAX_COUNT },
        "The number of items that may fail before a Distributed Map fails; 0 by default.",
    )
    .excludes(&["ToleratedFailureCountPath"])
    .evaluated(),
    Field::new(
        "ToleratedFailureCountPath",
        MAP,
        FieldKind::Path(PathForm::Reading),
        "Where to read the number of items that may fail.",
    )
    .json_path()
    .excludes(&["ToleratedFailureCount"]),
    Field::new(
        "Label",
        MAP,
        FieldKind::Text,
        "A name for the Map Run of a Distributed Map that stands in its ARN: at most 40 \
         characters, once in the definition. Made up by default.",
    ),
    Field::new(
        "ResultWriter",
        MAP,
        FieldKind::Object(Owner::ResultWriter),
        "Where a Distributed Map writes the results of its child executions, and how they look.",
    ),
    Field::new(
        "Resource",
        READER,
        FieldKind::StorageResource,
        "The call that reads: s3:getObject for a file, s3:listObjectsV2 for the objects of a bucket.",
    )
    .required(),
    Field::new(
        "Parameters",
        READER,
        FieldKind::Template,
        "Which bucket, key or prefix to read.",
    )
    .json_path(),
    Field::new(
        "Arguments",
        READER,
        FieldKind::Template,
        "Which bucket, key or prefix to read.",
    )
    .jsonata(),
    Field::new(
        "ReaderConfig",
        READER,
        FieldKind::Object(Owner::ReaderConfig),
        "What the file is, and how much of it to read.",
    ),
    Field::new(
        "InputType",
        READER_CONFIG,
        FieldKind::Word(&["CSV", "JSON", "JSONL", "PARQUET", "MANIFEST"]),
        "The format of the file; s3:getObject needs it.",
    ),
    Field::new(
        "Transformation",
        READER_CONFIG,
        FieldKind::Word(&["NONE", "LOAD_AND_FLATTEN"]),
        "NONE, the default, makes an item of every listed object; LOAD_AND_FLATTEN reads the \
         objects and makes items of what is in them.",
    ),
    Field::new(
        "ManifestType",
        READER_CONFIG,
        FieldKind::Word(&["ATHENA_DATA", "S3_INVENTORY"]),
        "What the manifest lists: the data files of an Athena query, or an S3 inventory.",
    ),
    Field::new(
        "CSVDelimiter",
        READER_CONFIG,
        FieldKind::Word(&["COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"]),
        "What stands between two values of a line of a CSV file; COMMA by default.",
    ),
    Field::new(
        "CSVHeaderLocation",
        READER_CONFIG,
        FieldKind::Word(&["FIRST_ROW", "GIVEN"]),
        "Where the names of a CSV file's columns are: in its first line, or in CSVHeaders.",
    ),
    Field::new(
        "CSVHeaders",
        READER_CONFIG,
        FieldKind::Texts,
        "The names of a CSV file's columns, for CSVHeaderLocation GIVEN.",
    ),
    Field::new(
        "ItemsPointer",
        READER_CONFIG,
        FieldKind::Text,
        "A JSON Pointer to the array or object of a JSON file whose elements are the items.",
    ),
    Field::new(
        "MaxItems",
        READER_CONFIG,
        FieldKind::Integer { min: 0, max: MAX_ITEMS },
        "How many items to read at most.",
    )
    .excludes(&["MaxItemsPath"])
    .evaluated(),
    Field::new(
        "MaxItemsPath",
        READER_CONFIG,
        FieldKind::Path(PathForm::Reading),
        "Where to read how many items to read at most.",
    )
    .json_path()
    .excludes(&["MaxItems"]),
    Field::new(
        "MaxItemsPerBatch",
        BATCHER,
        FieldKind::Integer { min: 0, max: MAX_ITEMS },
        "How many items a batch has at most.",
    )
    .excludes(&["MaxItemsPerBatchPath"])
    .evaluated(),
    Field::new(
        "MaxItemsPerBatchPath",
        BATCHER,
        FieldKind::Path(PathForm::Reading),
        "Where to read how many items a batch has at most.",
    )
    .json_path()
    .excludes(&["MaxItemsPerBatch"]),
    Field::new(
        "MaxInputBytesPerBatch",
        BATCHER,
        FieldKind::Integer { min: 0, max: 262_144 },
        "How many bytes a batch has at most; the service allows 262,144.",
    )
    .excludes(&["MaxInputBytesPerBatchPath"])
    .evaluated(),
    Field::new(
        "MaxInputBytesPerBatchPath",
        BATCHER,
        FieldKind::Path(PathForm::Reading),
        "Where to read how many bytes a batch has at most.",
    )
    .json_path()
    .excludes(&["MaxInputBytesPerBatch"]),
    Field::new(
        "BatchInput",
        BATCHER,
        FieldKind::Template,
        "What every batch gets beside its items.",
    ),
    Field::new(
        "Resource",
        WRITER,
        FieldKind::StorageResource,
        "The call that writes: s3:putObject.",
    ),
    Field::new(
        "Parameters",
        WRITER,
        FieldKind::Template,
        "Which bucket and prefix to write to.",
    )
    .json_path(),
    Field::new(
        "Arguments",
        WRITER,
        FieldKind::Template,
        "Which bucket and prefix to write to.",
    )
    .jsonata(),
    Field::new(
        "WriterConfig",
        WRITER,
        FieldKind::Object(Owner::WriterConfig),
        "How the results are written.",
    ),
    Field::new(
        "Transformation",
        WRITER_CONFIG,
        FieldKind::Word(&["NONE", "COMPACT", "FLATTEN"]),
        "NONE keeps what is known of each child execution, COMPACT keeps the outputs alone, \
         FLATTEN also joins outputs that are arrays.",
    ),
    Field::new(
        "OutputType",
        WRITER_CONFIG,
        FieldKind::Word(&["JSON", "JSONL"]),
        "JSON writes one array, JSONL one result a line.",
    ),
];
