//! awsJson1.0: a target and a body in, a status and a body out.

use super::call::{Answer, Request, Ticket};
use super::error::{ApiError, ErrorCode};
use super::operation::{Handle, Operation, OperationName, each_operation, operation};
use super::service::Service;
use super::shape::check;
use crate::source::json::{Value, Wire};

/// What comes before the name of an operation in `X-Amz-Target`.
const TARGET_PREFIX: &str = "AWSStepFunctions.";

/// The longest body that is read: a definition of a megabyte, every character of which is
/// escaped, and some room for the rest.
pub const MAX_BODY_BYTES: usize = 8 * 1024 * 1024;

/// What goes back to the client.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// JSON text.
    pub body: String,
    /// The code of the error, if it is one.
    pub error: Option<ErrorCode>,
}

impl Response {
    fn success(output: &impl Wire) -> Self {
        Self {
            status: 200,
            body: output.to_value().to_string(),
            error: None,
        }
    }
}

impl From<ApiError> for Response {
    fn from(error: ApiError) -> Self {
        Self {
            status: 400,
            body: error.to_value().to_string(),
            error: Some(error.code),
        }
    }
}

/// Performs the operation that a request names. `target` is the `X-Amz-Target` header.
pub fn dispatch(
    service: &mut Service,
    target: &str,
    body: &[u8],
    request: &Request,
) -> Answer<Response> {
    let name = target.strip_prefix(TARGET_PREFIX);
    let Some(operation) = name.and_then(OperationName::parse) else {
        let message = match target {
            "" => "The X-Amz-Target header is missing".to_owned(),
            _ => format!("There is no operation {target}"),
        };
        let error = ApiError::new(ErrorCode::UnknownOperationException, message);
        return Answer::Now(error.into());
    };
    match read(body) {
        Ok(body) => perform_by_name(operation, service, &body, request),
        Err(error) => Answer::Now(error.into()),
    }
}

/// Asks again for the answer that a ticket stands for.
pub fn resume(service: &mut Service, ticket: &Ticket, request: &Request) -> Answer<Response> {
    match ticket {
        Ticket::SyncExecution(ticket) => finish(service.resume_sync(ticket)),
        Ticket::ActivityTask(ticket) => finish(service.resume_poll(ticket, request)),
    }
}

macro_rules! perform_each {
    ($($name:ident),*) => {
        fn perform_by_name(
            name: OperationName,
            service: &mut Service,
            body: &Value,
            request: &Request,
        ) -> Answer<Response> {
            match name {
                $(OperationName::$name => perform::<operation::$name>(service, body, request),)*
            }
        }
    };
}
each_operation!(perform_each);

/// Performs an operation on a body that is JSON.
fn perform<O: Operation>(service: &mut Service, body: &Value, request: &Request) -> Answer<Response>
where
    Service: Handle<O>,
{
    if let Err(error) = check(&O::SHAPE, body) {
        return Answer::Now(error.into());
    }
    let Some(input) = O::Input::from_value(body) else {
        let message = "A member of the request is out of the range of its type";
        let error = ApiError::new(ErrorCode::SerializationException, message);
        return Answer::Now(error.into());
    };
    finish(service.handle(input, request))
}

fn finish<T: Wire>(answer: Result<Answer<T>, ApiError>) -> Answer<Response> {
    match answer {
        Ok(Answer::Now(output)) => Answer::Now(Response::success(&output)),
        Ok(Answer::Later(ticket)) => Answer::Later(ticket),
        Err(error) => Answer::Now(error.into()),
    }
}

/// A body; an empty one counts as `{}`.
fn read(body: &[u8]) -> Result<Value, ApiError> {
    let wrong = |message: String| ApiError::new(ErrorCode::SerializationException, message);
    if body.len() > MAX_BODY_BYTES {
        return Err(wrong(format!("The body exceeds {MAX_BODY_BYTES} bytes")));
    }
    let text = std::str::from_utf8(body).map_err(|_| wrong("The body is not UTF-8".into()))?;
    if text.trim().is_empty() {
        return Ok(Value::empty_object());
    }
    let value = Value::parse(text)
        .map_err(|error| wrong(format!("The body is not JSON: {}", error.kind)))?;
    match value {
        Value::Object(_) => Ok(value),
        _ => Err(wrong("The body is not a JSON object".into())),
    }
}
