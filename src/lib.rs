//! Statelab: a playground and visual designer for the Amazon States Language.
//!
//! A definition is text. Everything else (the tree, the model, the graph, its
//! layout, the simulation) is a pure function of that text, and of an input,
//! mocks and a seed where something runs. The page, the worker and the companion
//! command are thin drivers around this library.
//!
//! # Glossary
//!
//! The words are those of the Amazon States Language specification and of the
//! Step Functions API.
//!
//! | word | meaning |
//! |---|---|
//! | definition | the text of a state machine, right or wrong |
//! | state machine | what a definition lowers to: [`asl::StateMachine`]; also what a Parallel branch or a Map's `ItemProcessor` holds |
//! | state | one member of `States`; eight types: Task, Pass, Choice, Wait, Succeed, Fail, Parallel, Map |
//! | transition | a `Next`, `Default`, rule or Catcher that names another state |
//! | Choice Rule | an entry of `Choices` |
//! | Retrier, Catcher | an entry of `Retry`, of `Catch` |
//! | payload template | an object whose keys ending in `.$` are evaluated |
//! | Reference Path | a JSONPath that names exactly one place |
//! | context object | what `$$` shows of execution, state and iteration |
//! | execution | one run of a state machine |
//! | history event | one record of an execution, shaped as `GetExecutionHistory` returns it |
//! | mock | a result given in advance for an attempt of a Task state, in the form of `MockConfigFile.json` |
//! | pending task | a Task whose result is awaited from outside the simulation |
//! | slice | the work an execution does between two looks at the message queue |
//! | pointer | the JSON Pointer of a node, the identity of a state across edits |
//! | document | an immutable snapshot of a text with everything derived from it |
//! | target | which state machine of a text is meant, and as which type: what a document is read for |
//! | change | the text edits of one command, with their inverse: one undo step |
//!
//! Four nouns for what goes wrong, never mixed: a *diagnostic* is a definition's
//! problem, a *rejection* a refused command, a *failure* a run's end, an *API error*
//! the service's answer.
//!
//! # Code map
//!
//! Rooms in reading order. A room may name only the rooms beside it in this table;
//! `tests/architecture.rs` reads the table from here and fails on any other import.
//!
//! | room | promise | may import |
//! |---|---|---|
//! | time | timestamps and durations; reads no clock | – |
//! | source | what a file says: text, spans, the lossless tree of JSON and YAML, structural edits, diagnostics | – |
//! | expr | the expression languages: regular expressions, JSONPath, intrinsic functions, JSONata | time, source |
//! | asl | the language: lowered model, payload templates, resources, validation | time, source, expr |
//! | execution | what happens when it runs: history, interpreter, projections over a history | time, source, expr, asl |
//! | diagram | what it looks like: graph, layout, pictures | source, asl, execution |
//! | authoring | what a person does to it: documents, undo, help while typing and forms, examples, files | time, source, expr, asl, execution |
//! | api | the service: operations and their structures, performed in memory | time, source, asl, execution |
//! | web | the browser without a user interface: worker and its messages, documents kept on this device | time, source, expr, asl, execution, diagram, authoring, api |
//! | ui | the page | time, source, expr, asl, execution, diagram, authoring, api, web |
//! | native | the companion command | time, source, expr, asl, execution, diagram, authoring, api |
//!
//! Inside a room the order of its module declarations holds: what is declared first
//! knows nothing of what comes later.
//!
//! # How things move
//!
//! ```text
//! key in the editor ─┐                  ┌─> diagnostics ─> problems, underlines
//! quick fix, command ┴─> TextEdit ─> text ─parse─> tree ─lower─> model ─> graph ─layout─> scene
//!                           │                                     │
//!                           └─ inverse ─> undo                    └─> worker: interpreter ← input, mocks, seed
//!                                                                        │ HistoryEvent …
//!                                          statuses, event table, data flow <─ projections
//! ```
//!
//! * [`authoring::document::Document`] is a snapshot; an edit gives another one. The page
//!   holds one document and one undo stack ([`authoring::document::Undo`]); the editor's
//!   own history is not installed, and a change made elsewhere reaches the editor as the
//!   same small edit.
//! * The firewall between typing and layout is [`diagram::StateGraph`]: it holds what
//!   shows and nothing else, so a keystroke inside `Parameters` compares equal and lays
//!   nothing out. `tests/e2e/typing.spec.mjs` counts the layouts.
//! * What the page itself works out from a text is its tree, its model and its syntax errors.
//!   The rules of the language, the readers of YAML and templates, help while typing and what
//!   the inspector's form has to ask are the assistant's (`web::assistant`), a worker that is loaded once the page takes input. It
//!   looks for the problems of one text at a time; until they come the page shows those of the
//!   text before, and applies no fix that was made for another text.
//! * A text above 64 kB is analysed when typing pauses; until then the page shows what it
//!   knew and says so, and what was planned for the older text is not applied.
//! * A graph above 300 nodes is laid out by a second such worker; the last drawing stays
//!   until the next one comes. Only what is near the screen is in the page. Page and worker
//!   remember the drawing before (`web::layout::Draughtsman`): an edit lays out only the
//!   connected parts that it changed, and keeps the order of the others.
//! * Fixes and forms change members, elements and words by [`source::edit`], which writes them
//!   as the text around them is written, JSON or YAML; `tests/fixes.rs` holds the two against
//!   each other.
//! * `${…}` placeholders stay in the text. Their values are put in for the run alone
//!   ([`asl::substitute`]).
//! * The program of the page is two files. The first has what editor and canvas need to take
//!   input; lists, panels, dialogs and the deeds of commands are in the second, which is
//!   fetched when the first frame is painted (`ui::later`). They share memory, so the code
//!   is written as if they were one, and cut along its references after linking.
//! * The program of the worker that runs is compiled for speed (the profile `worker`): it comes
//!   with the first run, and a tenth more bytes make it twice as fast. All others are compiled
//!   for size.
//! * The interpreter ([`execution::interpreter`]) is sans-IO. The worker advances it by
//!   slices and looks at its messages in between, so Stop is a message that keeps the
//!   history. An answer to a pending task goes on where the simulation stands; by
//!   invariant 7 a repeated run with that answer as a mock gives the same bytes. The worker
//!   keeps the last run, so that expressions can be tried out against what its history says
//!   (`web::trial`); the page, which links no evaluator, only asks.
//! * The Step Functions API ([`api::Service`]) is one table of operations over one set of
//!   resources, sans-IO as well: a request and the time go in; an answer, and the changes that a
//!   log has to keep, come out. `native::serve` puts HTTP before it and a write-ahead log behind
//!   it, from which the same changes are applied at the next start.
//! * Everything the page shows of a run is a fold over its history
//!   ([`execution::projection`]), so a history fetched from the service reads the same.
//! * The text survives this very program: the editor's script mirrors it by plain
//!   JavaScript, and so does the error screen (`www/guard.js`).
//! * Documents are kept twice. The mirror has the shown one in `localStorage`: written at
//!   once, it is what the page starts from without waiting. The database has all of them,
//!   written a moment later; at the start the newer one counts
//!   (`web::documents::reconcile`). What the database refuses stays in memory, and the page
//!   says so.
//! * One tab writes a document, the one that holds its Web Lock; others follow what it
//!   saves. A lock per document and not per database, as two tabs may well work on two
//!   documents (`web::documents`).
//!
//! # Invariants
//!
//! 1. Parsing and lowering never fail: they return a value and diagnostics.
//! 2. No module but `web`, `ui::dom` and `native` does IO, reads a clock or draws
//!    randomness. `web_sys` is named only in `web` and `ui::dom`, `leptos` only in `ui`.
//! 3. Canvas coordinates are never stored: the language has none and layout is derived.
//! 4. Nothing edits the model. Only text edits change a document; undo is a list of inverses.
//! 5. Widgets do not know stores.
//! 6. A history is append-only; its ids are 1, 2, 3 …
//! 7. Equal definition, input, mocks, seed and start time give byte-equal histories.

pub mod time;

pub mod source;

pub mod expr;

pub mod asl;

pub mod execution;

pub mod diagram;

pub mod authoring;

pub mod api;

#[cfg(feature = "web")]
pub mod web;

#[cfg(feature = "ui")]
pub mod ui;

#[cfg(feature = "native")]
pub mod native;
