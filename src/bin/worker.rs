//! The web worker: runs simulations off the page's thread.

fn main() {
    statelab::web::worker::start();
}
