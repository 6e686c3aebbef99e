//! The browser without a user interface: the web worker, its messages, and the
//! page's link to it.

pub mod generate;
pub mod link;
pub mod messages;
pub mod run;
pub mod worker;
