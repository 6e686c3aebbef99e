//! The page: mounts the application.

use statelab::ui::later::Parts;

fn main() {
    statelab::ui::mount(|| Box::pin(async { Some(Parts::all()) }));
}
