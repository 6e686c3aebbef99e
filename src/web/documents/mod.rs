//! Documents on this device: what a kept one holds, the database, and how tabs agree on
//! who writes.
//!
//! One tab writes a document at a time, the one that holds its Web Lock. The lock is per
//! document, not per database: two tabs work on two documents at once, and all that
//! touches several of them is one transaction each. A tab that takes a document over asks
//! its writer to save and to let go ([`channel`]), and takes the lock from it by force
//! only when there is no answer.
//!
//! The latest state of the shown document is also in a mirror outside of the database,
//! which is written at once and read at the start; [`reconcile()`] says which one counts.

pub mod channel;
pub mod lock;
pub mod reconcile;
pub mod record;
pub mod shelf;

mod browser;

pub use browser::{pixels, zip};
pub use reconcile::reconcile;
