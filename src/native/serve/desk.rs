//! The one thread that holds the service.
//!
//! It takes what is in line, performs it, lets executions run on for a slice each, keeps
//! what has changed, and only then answers. So an answer is never given for something that
//! would be lost, and a long execution holds up nobody for longer than its slice.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use tokio::sync::oneshot;

use super::super::objects;
use super::log::Log;
use crate::api::{
    Answer, Change, Progress, Request, Response, Service, Settings, Ticket, dispatch, resume,
};
use crate::execution::interpreter::Fuel;
use crate::time::Timestamp;

/// The steps of an execution between two looks at the line: a few milliseconds.
const SLICE: Fuel = Fuel(500);
/// Requests that are performed before what has changed is kept, once for all.
const BATCH: usize = 64;

/// A request in line.
pub(super) struct Call {
    pub target: String,
    pub body: Vec<u8>,
    pub reply: oneshot::Sender<Response>,
}

/// What is in line.
pub(super) enum Message {
    Call(Call),
    /// Keep what there is and stop.
    Stop,
}

/// The service, its clock and its log.
pub(super) struct Desk {
    service: Service,
    clock: Clock,
    log: Option<Log>,
    /// Where objects of S3 are written.
    folder: Option<PathBuf>,
    /// Requests whose answers come later, by the key of their tickets.
    waiting: HashMap<Arc<str>, Vec<Waiting>>,
    seeds: RandomState,
    calls: u64,
}

struct Waiting {
    ticket: Ticket,
    until: Option<Instant>,
    reply: oneshot::Sender<Response>,
}

/// What time it is.
pub(super) enum Clock {
    /// As on the wall.
    Real,
    /// It stands, but for jumps to where something happens.
    Virtual(Timestamp),
}

impl Clock {
    pub fn real() -> Self {
        Clock::Real
    }

    pub fn virtual_now() -> Self {
        Clock::Virtual(wall())
    }

    fn now(&self) -> Timestamp {
        match self {
            Clock::Real => wall(),
            Clock::Virtual(now) => *now,
        }
    }
}

fn wall() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Timestamp::from_millis(0) + since.unwrap_or_default()
}

impl Desk {
    /// A desk with the service that changes lead to.
    pub fn open(settings: Settings, changes: Vec<Change>, clock: Clock, log: Option<Log>) -> Self {
        Self {
            service: Service::restore(settings, changes),
            clock,
            log,
            folder: None,
            waiting: HashMap::new(),
            seeds: RandomState::new(),
            calls: 0,
        }
    }

    /// With a folder for the objects that executions write.
    pub fn with_folder(self, folder: Option<PathBuf>) -> Self {
        Self { folder, ..self }
    }

    /// The way to the line.
    pub fn line() -> (Sender<Message>, Receiver<Message>) {
        channel()
    }

    /// Works until it is told to stop, or nobody can call any more. An error is one of the
    /// log: what it cannot keep it does not acknowledge.
    pub fn work(mut self, line: &Receiver<Message>) -> std::io::Result<()> {
        let mut progress = Progress::More;
        loop {
            let mut calls = Vec::new();
            let mut is_over = false;
            match self.wait(line, progress) {
                Some(Message::Call(call)) => calls.push(call),
                Some(Message::Stop) => is_over = true,
                None => {}
            }
            while calls.len() < BATCH && !is_over {
                match line.try_recv() {
                    Ok(Message::Call(call)) => calls.push(call),
                    Ok(Message::Stop) => is_over = true,
                    Err(_) => break,
                }
            }
            let mut replies = Vec::new();
            for call in calls {
                let request = self.request();
                let answer = dispatch(&mut self.service, &call.target, &call.body, &request);
                self.put(answer, call.reply, &mut replies);
            }
            progress = self.service.advance(self.clock.now(), SLICE);
            if let (Clock::Virtual(now), Progress::Idle(Some(at))) = (&mut self.clock, progress) {
                *now = at.max(*now);
                progress = Progress::More;
            }
            self.ask_again(&mut replies);
            let changes = self.service.take_changes();
            self.service.take_notices();
            if let Some(log) = &mut self.log
                && !changes.is_empty()
            {
                log.keep(&changes)?;
                log.compact(&self.service)?;
            }
            self.write_objects();
            for (reply, response) in replies {
                // The client may have gone.
                let _ = reply.send(response);
            }
            if is_over {
                return Ok(());
            }
        }
    }

    /// Writes what executions have written. What cannot be is said, and the service goes on.
    fn write_objects(&mut self) {
        let written = self.service.take_written();
        let Some(folder) = &self.folder else {
            return;
        };
        for object in written {
            let done = objects::write(folder, &object.bucket, &object.key, &object.text);
            if let Err(error) = done {
                eprintln!("{error}");
            }
        }
    }

    /// The next message, or nothing when it is time to go on.
    fn wait(&self, line: &Receiver<Message>, progress: Progress) -> Option<Message> {
        let next = match progress {
            Progress::More => return line.try_recv().ok(),
            Progress::Idle(at) => at.map(|at| at.since(self.clock.now())),
        };
        let polls = self.waiting.values().flatten();
        let polls = polls.filter_map(|waiting| waiting.until).min();
        let polls = polls.map(|until| until.saturating_duration_since(Instant::now()));
        match next.into_iter().chain(polls).min() {
            // A millisecond more, as instants are whole milliseconds.
            Some(wait) => match line.recv_timeout(wait + Duration::from_millis(1)) {
                Ok(message) => Some(message),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => Some(Message::Stop),
            },
            None => Some(line.recv().unwrap_or(Message::Stop)),
        }
    }

    fn request(&mut self) -> Request {
        self.calls += 1;
        let mut hasher = self.seeds.build_hasher();
        hasher.write_u64(self.calls);
        Request {
            now: self.clock.now(),
            seed: hasher.finish(),
        }
    }

    fn put(
        &mut self,
        answer: Answer<Response>,
        reply: oneshot::Sender<Response>,
        replies: &mut Vec<(oneshot::Sender<Response>, Response)>,
    ) {
        match answer {
            Answer::Now(response) => replies.push((reply, response)),
            Answer::Later(ticket) => {
                let left = ticket.deadline().map(|at| at.since(self.clock.now()));
                let waiting = Waiting {
                    until: left.map(|left| Instant::now() + left),
                    reply,
                    ticket,
                };
                let key = waiting.ticket.key().clone();
                self.waiting.entry(key).or_default().push(waiting);
            }
        }
    }

    /// Asks again for the answers that may be there.
    fn ask_again(&mut self, replies: &mut Vec<(oneshot::Sender<Response>, Response)>) {
        let now = Instant::now();
        let mut due = self.service.take_due();
        let expired = self.waiting.iter().filter(|(_, list)| {
            let mut list = list.iter();
            list.any(|waiting| waiting.until.is_some_and(|until| until <= now))
        });
        due.extend(expired.map(|(key, _)| key.clone()));
        for key in due {
            for waiting in self.waiting.remove(&key).unwrap_or_default() {
                if waiting.reply.is_closed() {
                    continue;
                }
                let mut request = self.request();
                if waiting.until.is_some_and(|until| until <= now) {
                    let deadline = waiting.ticket.deadline().unwrap_or(request.now);
                    request.now = request.now.max(deadline);
                }
                match resume(&mut self.service, &waiting.ticket, &request) {
                    Answer::Now(response) => replies.push((waiting.reply, response)),
                    Answer::Later(_) => {
                        self.waiting.entry(key.clone()).or_default().push(waiting);
                    }
                }
            }
        }
    }
}
