//! A client of a service under a virtual clock.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use serde_json::Value;
use statelab::api::{
    ActionShapes, Answer, Progress, Request, Response, Service, Settings, dispatch, resume,
};
use statelab::execution::interpreter::Fuel;
use statelab::time::Timestamp;

/// A service, its clock, and how many calls it has had.
pub struct Client {
    pub service: Service,
    pub now: Timestamp,
    calls: u64,
}

impl Client {
    pub fn new(account: &str) -> Self {
        static SHAPES: OnceLock<Arc<ActionShapes>> = OnceLock::new();
        let shapes = SHAPES.get_or_init(|| {
            let text = include_str!("../../src/native/serve/action-shapes.json");
            Arc::new(ActionShapes::parse(text).unwrap())
        });
        let settings = Settings {
            account: account.into(),
            action_shapes: Some(shapes.clone()),
            ..Settings::default()
        };
        Self {
            service: Service::new(settings),
            now: Timestamp::from_millis(1_700_000_000_000),
            calls: 0,
        }
    }

    /// Calls an operation by its name in Python and waits for its answer.
    pub fn call(&mut self, operation: &str, body: &Value) -> Response {
        self.call_text(&camel(operation), &body.to_string())
    }

    /// Calls an operation with a body that need not be JSON.
    pub fn call_text(&mut self, operation: &str, body: &str) -> Response {
        let target = format!("AWSStepFunctions.{operation}");
        self.now = self.now + Duration::from_millis(10);
        let request = self.request();
        let mut answer = dispatch(&mut self.service, &target, body.as_bytes(), &request);
        loop {
            match answer {
                Answer::Now(response) => return response,
                Answer::Later(ticket) => {
                    let limit = ticket.deadline();
                    self.go_on(limit.unwrap_or(self.now + Duration::from_secs(400)));
                    let is_due = self.service.take_due().contains(ticket.key());
                    if !is_due && let Some(limit) = limit {
                        self.now = self.now.max(limit);
                    }
                    let request = self.request();
                    answer = resume(&mut self.service, &ticket, &request);
                }
            }
        }
    }

    fn request(&mut self) -> Request {
        self.calls += 1;
        Request {
            now: self.now,
            seed: self.calls,
        }
    }

    /// Lets all executions run on, as far as they get by a time.
    pub fn go_on(&mut self, until: Timestamp) {
        loop {
            match self.service.advance(self.now, Fuel(100)) {
                Progress::More => {}
                Progress::Idle(Some(at)) if at <= until => self.now = self.now.max(at),
                Progress::Idle(_) => return,
            }
        }
    }

    /// Lets all executions run on for as long as it takes, within a day.
    pub fn settle(&mut self) {
        self.go_on(self.now + Duration::from_secs(24 * 3600));
    }
}

/// `create_state_machine` as `CreateStateMachine`.
fn camel(name: &str) -> String {
    let words = name.split('_');
    let capital = |word: &str| {
        let (first, rest) = word.split_at(1);
        format!("{}{rest}", first.to_uppercase())
    };
    words.map(capital).collect()
}
