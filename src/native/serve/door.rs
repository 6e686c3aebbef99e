//! HTTP on loopback: requests in, answers out, one line of log for each.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::http::{HeaderValue, Method, Response as HttpResponse, header};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tower_http::services::ServeDir;

use super::desk::{Call, Desk, Message};
use super::guard::{self, MEDIA_TYPE, Refusal, TOO_LARGE};
use crate::api::MAX_BODY_BYTES;
use crate::source::json::Value;

/// How long a client may take to send the head of a request, and then its body.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long requests that are being answered may take when the process is to end.
const FAREWELL: Duration = Duration::from_secs(5);

/// What is answered, and how.
pub(super) struct Door {
    /// The folder of the page that is served beside the API.
    pub site: Option<PathBuf>,
    /// Whether each request is told in a line.
    pub talks: bool,
}

/// What a connection needs.
#[derive(Clone)]
struct Hall {
    line: Sender<Message>,
    site: Option<ServeDir>,
    talks: bool,
}

type Body = UnsyncBoxBody<Bytes, io::Error>;

/// Listens until the process is interrupted or told to terminate.
pub(super) fn open(address: SocketAddr, desk: Desk, door: Door) -> io::Result<()> {
    let (line, calls) = Desk::line();
    let worker = std::thread::Builder::new()
        .name("desk".into())
        .stack_size(16 << 20)
        .spawn(move || desk.work(&calls))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let hall = Hall {
        line,
        site: door.site.map(ServeDir::new),
        talks: door.talks,
    };
    runtime.block_on(listen(address, hall))?;
    match worker.join() {
        Ok(result) => result,
        Err(_) => Err(io::Error::other("the service has failed")),
    }
}

async fn listen(address: SocketAddr, hall: Hall) -> io::Result<()> {
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    println!("Listening on http://{address}");
    let mut connections = JoinSet::new();
    let mut stop = std::pin::pin!(stopped());
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, hall.clone()));
                }
                // Too many open files, for one: those that are open end at some time.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
            Some(_) = connections.join_next() => {}
            () = &mut stop => break,
        }
    }
    // Who was asking gets an answer; the desk performs what is in line before it stops.
    let _ = hall.line.send(Message::Stop);
    let finished = async { while connections.join_next().await.is_some() {} };
    let _ = tokio::time::timeout(FAREWELL.min(Duration::from_millis(500)), finished).await;
    connections.shutdown().await;
    Ok(())
}

/// Waits for Ctrl+C or the signal to terminate.
async fn stopped() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

async fn connection(stream: TcpStream, hall: Hall) {
    // Answers are small and wanted at once.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| {
        let hall = hall.clone();
        async move { Ok::<_, Infallible>(answer(request, hall).await) }
    });
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .keep_alive(true);
    // A client that breaks off is no concern of others.
    let _ = builder
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn answer(request: hyper::Request<Incoming>, hall: Hall) -> HttpResponse<Body> {
    let begun = Instant::now();
    let text = |name: &str| {
        let value = request.headers().get(name);
        let value = value.and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    let (target, origin) = (text("x-amz-target"), text("origin"));
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let asked = match is_read {
        true => request.uri().path().to_owned(),
        false => target.rsplit('.').next().unwrap_or_default().to_owned(),
    };
    let checked = guard::check_sender(request.headers());
    let answered = match (checked, hall.site) {
        (Err(refusal), _) => Err(refusal),
        (Ok(()), Some(site)) if is_read => Ok(file(request, site).await),
        (Ok(()), _) => perform(request, &target, hall.line)
            .await
            .map(|(status, body)| respond(status, body)),
    };
    let mut response = answered.unwrap_or_else(|Refusal(status, code, message)| {
        let body = Value::from([
            ("__type", Value::from(code)),
            ("message", Value::from(message)),
        ]);
        respond(status, body.to_string())
    });
    // A page of this machine may read the answer; others were refused.
    if let Ok(origin) = HeaderValue::from_str(&origin)
        && !origin.is_empty()
        && response.status() != 403
    {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        let any = HeaderValue::from_static("*");
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, any);
        headers.insert(header::VARY, HeaderValue::from_static("origin"));
    }
    if hall.talks {
        let asked: String = asked.chars().filter(char::is_ascii_graphic).collect();
        let millis = begun.elapsed().as_secs_f64() * 1000.0;
        eprintln!("{} {asked} {millis:.1} ms", response.status().as_u16());
    }
    response
}

/// A file of the page.
async fn file(request: hyper::Request<Incoming>, mut site: ServeDir) -> HttpResponse<Body> {
    match site.try_call(request).await {
        Ok(response) => {
            let mut response = response.map(BodyExt::boxed_unsync);
            let headers = response.headers_mut();
            let nosniff = HeaderValue::from_static("nosniff");
            headers.insert(header::X_CONTENT_TYPE_OPTIONS, nosniff);
            // The page is built anew under the same names: the browser asks whether it has changed.
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
            response
        }
        Err(error) => respond(500, Value::from(error.to_string()).to_string()),
    }
}

fn respond(status: u16, body: String) -> HttpResponse<Body> {
    let body = Full::new(Bytes::from(body)).map_err(|never| match never {});
    let mut response = HttpResponse::new(body.boxed_unsync());
    if let Ok(status) = hyper::StatusCode::from_u16(status) {
        *response.status_mut() = status;
    }
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    response
}

async fn perform(
    request: hyper::Request<Incoming>,
    target: &str,
    line: Sender<Message>,
) -> Result<(u16, String), Refusal> {
    if request.method() == Method::OPTIONS {
        return Ok((204, String::new()));
    }
    guard::check_call(request.method(), request.uri().path(), request.headers())?;
    let body = Limited::new(request.into_body(), MAX_BODY_BYTES).collect();
    let body = match tokio::time::timeout(PATIENCE, body).await {
        Ok(Ok(body)) => body.to_bytes().to_vec(),
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => return Err(TOO_LARGE),
        Ok(Err(_)) => {
            return Err(Refusal(
                400,
                "SerializationException",
                "The body could not be read",
            ));
        }
        Err(_) => {
            return Err(Refusal(
                408,
                "RequestTimeoutException",
                "The body did not come in time",
            ));
        }
    };
    let (reply, answered) = oneshot::channel();
    let call = Call {
        target: target.to_owned(),
        body,
        reply,
    };
    let away = Refusal(503, "ServiceUnavailable", "The service is stopping");
    line.send(Message::Call(call)).map_err(|_| away)?;
    let response = answered.await.map_err(|_| away)?;
    Ok((response.status, response.body))
}
