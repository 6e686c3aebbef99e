//! The browser without a user interface: the web worker, its messages, and the
//! page's link to it; documents kept on this device.

pub mod reading;

pub mod assist;
pub mod assistant;
pub mod generate;
pub mod layout;
pub mod messages;
pub mod objects;
pub mod picture;
pub mod run;
mod scope;
pub mod trial;
pub mod wire;

pub mod link;
pub mod worker;

pub mod documents;
