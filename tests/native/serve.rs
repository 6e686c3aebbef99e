//! `statelab serve` from outside: over sockets, through kills and restarts.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

const ROLE: &str = "arn:aws:iam::123456789012:role/r";
const MACHINES: &str = "arn:aws:states:us-east-1:123456789012:stateMachine";
const EXECUTIONS: &str = "arn:aws:states:us-east-1:123456789012:execution";

/// A running service; killed when it is dropped.
struct Served {
    child: Child,
    address: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An HTTP answer.
#[derive(Debug)]
struct Got {
    status: u16,
    head: String,
    body: String,
}

impl Got {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

fn serve(arguments: &[&str], environment: &[(&str, &str)]) -> Served {
    let mut child = Command::new(env!("CARGO_BIN_EXE_statelab"))
        .args(["serve", "--port", "0", "--quiet"])
        .args(arguments)
        .envs(environment.iter().copied())
        .env_remove("RUST_BACKTRACE")
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let out = child.stdout.take().unwrap();
    BufReader::new(out).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("Listening on http://");
    let address = address.unwrap_or_else(|| panic!("{line}")).to_owned();
    Served { child, address }
}

impl Served {
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(100)))
            .unwrap();
        stream
    }

    fn send(&self, head: &str, body: &[u8]) -> Got {
        let mut stream = self.connect();
        write!(stream, "{head}\r\ncontent-length: {}\r\n\r\n", body.len()).unwrap();
        // A service that refuses the head need not read the body.
        let _ = stream.write_all(body);
        receive(&mut BufReader::new(stream)).unwrap()
    }

    fn call(&self, operation: &str, body: Value) -> Got {
        self.send(&head(operation), body.to_string().as_bytes())
    }

    fn good(&self, operation: &str, body: Value) -> Value {
        let got = self.call(operation, body);
        assert_eq!(got.status, 200, "{operation}: {}", got.body);
        got.json()
    }

    fn create(&self, name: &str, definition: Value) {
        let definition = definition.to_string();
        let body = json!({"name": name, "definition": definition, "roleArn": ROLE});
        self.good("CreateStateMachine", body);
    }

    /// The description of an execution once it has ended.
    fn ended(&self, machine: &str, name: &str) -> Value {
        let arn = format!("{EXECUTIONS}:{machine}:{name}");
        let begun = Instant::now();
        loop {
            let found = self.good("DescribeExecution", json!({"executionArn": arn}));
            if found["status"] != "RUNNING" {
                return found;
            }
            assert!(begun.elapsed() < Duration::from_secs(60), "{found}");
            std::thread::yield_now();
        }
    }
}

fn head(operation: &str) -> String {
    format!(
        "POST / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/x-amz-json-1.0\r\nx-amz-target: AWSStepFunctions.{operation}"
    )
}

/// An answer; `None` where the connection ends before one is whole.
fn receive(reader: &mut impl BufRead) -> Option<Got> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let length = head.to_lowercase();
    let length = length.split("content-length: ").nth(1);
    let length = length.map_or(0, |rest| rest.split('\r').next().unwrap().parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let body = String::from_utf8(body).unwrap();
    Some(Got { status, head, body })
}

fn folder(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join("serve")
        .join(name);
    let _ = std::fs::remove_dir_all(&folder);
    folder.to_str().unwrap().to_owned()
}

fn pass() -> Value {
    json!({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}})
}

#[test]
fn serves_the_protocol_on_loopback_only() {
    let served = serve(&[], &[]);
    assert!(served.address.starts_with("127.0.0.1:"));
    served.create("m", pass());
    let start = json!({"stateMachineArn": format!("{MACHINES}:m"), "name": "e"});
    served.good("StartExecution", start);
    assert_eq!(served.ended("m", "e")["status"], "SUCCEEDED");
    let got = served.call("DescribeStateMachine", json!({"stateMachineArn": "x"}));
    assert_eq!(got.status, 400);
    assert!(
        got.head.contains("application/x-amz-json-1.0"),
        "{}",
        got.head
    );
    let kind = got.json()["__type"].as_str().unwrap().to_owned();
    assert!(kind.ends_with("#InvalidArn"), "{kind}");

    let with = |from: &str, to: &str| {
        served
            .send(&head("ListStateMachines").replace(from, to), b"{}")
            .status
    };
    assert_eq!(with("host: localhost", "host: sync-127.0.0.1:8083"), 200);
    assert_eq!(with("host: localhost", "host: example.org"), 403);
    assert_eq!(
        with("connection", "origin: http://example.org\r\nconnection"),
        403
    );
    assert_eq!(
        with("connection", "origin: http://localhost:8080\r\nconnection"),
        200
    );
    assert_eq!(with("amz-json-1.0", "amz-json-1.1"), 415);
    assert_eq!(with("POST /", "GET /"), 405);
    assert_eq!(with("POST /", "POST /else"), 404);
    let authorization = "authorization: AWS4-HMAC-SHA256 nonsense\r\nconnection";
    assert_eq!(with("connection", authorization), 200);
    assert_eq!(served.send(&head("Nothing"), b"{}").status, 400);
    assert_eq!(served.send(&head("ListStateMachines"), b"{").status, 400);
}

#[test]
fn the_page_is_served_beside_the_api() {
    let site = folder("site");
    let missing = super::call(&["serve", "--port", "0", "--site", &site]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("index.html"), "{}", missing.err);
    let inside = PathBuf::from(&site).join("dist");
    std::fs::create_dir_all(&inside).unwrap();
    std::fs::write(PathBuf::from(&site).join("secret.html"), "no").unwrap();
    std::fs::write(inside.join("index.html"), "<title>Page</title>").unwrap();
    std::fs::write(inside.join("worker.wasm"), "asm").unwrap();
    let served = serve(&["--site", inside.to_str().unwrap()], &[]);
    let get = |path: &str, host: &str| {
        let head = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close");
        served.send(&head, b"")
    };
    let page = get("/", "localhost");
    assert_eq!(
        (page.status, page.body.as_str()),
        (200, "<title>Page</title>")
    );
    assert!(
        page.head.contains("content-type: text/html"),
        "{}",
        page.head
    );
    let program = get("/worker.wasm", "127.0.0.1");
    assert!(
        program.head.contains("content-type: application/wasm"),
        "{}",
        program.head
    );
    for path in [
        "/nothing",
        "/../secret.html",
        "/%2e%2e/secret.html",
        "/..%2fsecret.html",
    ] {
        assert_eq!(get(path, "localhost").status, 404, "{path}");
    }
    assert_eq!(get("/", "example.org").status, 403);
    served.create("m", pass());
}

#[test]
fn large_bodies_are_refused_before_they_are_read() {
    let served = serve(&[], &[]);
    let mut stream = served.connect();
    let head = head("CreateStateMachine");
    write!(stream, "{head}\r\ncontent-length: 99999999999\r\n\r\n").unwrap();
    let got = receive(&mut BufReader::new(stream)).unwrap();
    assert_eq!(got.status, 413);
    // The same without saying so beforehand.
    let mut stream = served.connect();
    write!(stream, "{head}\r\ntransfer-encoding: chunked\r\n\r\n").unwrap();
    let chunk = vec![b'x'; 1 << 20];
    for _ in 0..9 {
        let sent = write!(stream, "{:x}\r\n", chunk.len())
            .and_then(|()| stream.write_all(&chunk))
            .and_then(|()| stream.write_all(b"\r\n"));
        if sent.is_err() {
            break;
        }
    }
    let got = receive(&mut BufReader::new(stream));
    assert!(got.is_none_or(|got| got.status == 413));
    served.create("still", pass());
}

#[test]
fn slow_clients_and_long_executions_hold_up_nobody() {
    let served = serve(&[], &[]);
    let slow: Vec<TcpStream> = (0..100)
        .map(|_| {
            let mut stream = served.connect();
            stream.write_all(b"POST / HTTP/1.1\r\nhost: local").unwrap();
            stream
        })
        .collect();
    let count = json!({"StartAt": "Loop", "States": {
        "Loop": {"Type": "Pass", "Parameters": {"n.$": "States.MathAdd($.n, 1)"}, "Next": "More"},
        "More": {"Type": "Choice", "Default": "Loop", "Choices": [
            {"Variable": "$.n", "NumericLessThan": 0, "Next": "Done"}]},
        "Done": {"Type": "Succeed"}}});
    served.create("loop", count);
    let start =
        json!({"stateMachineArn": format!("{MACHINES}:loop"), "name": "e", "input": "{\"n\":0}"});
    served.good("StartExecution", start);
    served.create("m", pass());
    let start = json!({"stateMachineArn": format!("{MACHINES}:m"), "name": "e"});
    served.good("StartExecution", start);
    assert_eq!(served.ended("m", "e")["status"], "SUCCEEDED");
    // The history of the loop is full at last.
    assert_eq!(served.ended("loop", "e")["status"], "FAILED");
    drop(slow);
}

#[test]
fn waiting_takes_its_time_or_none() {
    let wait =
        json!({"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 500_000, "End": true}}});
    let start = json!({"stateMachineArn": format!("{MACHINES}:m"), "name": "e"});
    let served = serve(&["--clock", "virtual"], &[]);
    served.create("m", wait.clone());
    served.good("StartExecution", start.clone());
    let ended = served.ended("m", "e");
    let seconds = ended["stopDate"].as_f64().unwrap() - ended["startDate"].as_f64().unwrap();
    assert_eq!(seconds, 500_000.0);

    let served = serve(&[], &[]);
    served.create("m", wait);
    served.good("StartExecution", start);
    let arn = format!("{EXECUTIONS}:m:e");
    let found = served.good("DescribeExecution", json!({"executionArn": arn}));
    assert_eq!(found["status"], "RUNNING");
    served.good("StopExecution", json!({"executionArn": arn}));
    assert_eq!(served.ended("m", "e")["status"], "ABORTED");
}

#[test]
fn mocks_come_from_a_file_by_test_case() {
    let mocks = r#"{"StateMachines": {"m": {"TestCases": {"Good": {"T": "good"}, "Bad": {"T": "bad"}}}},
        "MockedResponses": {"good": {"0": {"Return": {"n": 7}}}, "bad": {"0": {"Throw": {"Error": "E", "Cause": "c"}}}}}"#;
    let path = super::file("serve-mocks.json", mocks);
    let task = json!({"StartAt": "T", "States": {"T": {"Type": "Task", "End": true,
        "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f"}}});
    for served in [
        serve(&["--mock-config", &path], &[]),
        serve(&[], &[("SFN_MOCK_CONFIG", &path)]),
    ] {
        served.create("m", task.clone());
        for (case, status) in [("Good", "SUCCEEDED"), ("Bad", "FAILED"), ("None", "FAILED")] {
            let machine = format!("{MACHINES}:m#{case}");
            served.good(
                "StartExecution",
                json!({"stateMachineArn": machine, "name": case}),
            );
            assert_eq!(served.ended("m", case)["status"], status, "{case}");
        }
        assert_eq!(served.ended("m", "Good")["output"], "{\"n\":7}");
        let cause = served.ended("m", "None")["cause"]
            .as_str()
            .unwrap()
            .to_owned();
        assert!(cause.contains("the state 'T'"), "{cause}");
    }
    let broken = super::file("serve-mocks-broken.json", "[]");
    let called = super::call(&["serve", "--mock-config", &broken]);
    assert_eq!(called.code, 2);
    assert!(
        called.err.contains("is no mock configuration"),
        "{}",
        called.err
    );
}

#[test]
fn what_is_kept_outlives_the_process() {
    let folder = folder("kept");
    let arguments = ["--data-dir", folder.as_str(), "--fsync"];
    let wait = json!({"StartAt": "T", "States": {"T": {"Type": "Task", "End": true,
        "Resource": "arn:aws:states:us-east-1:123456789012:activity:work"}}});
    let activity = "arn:aws:states:us-east-1:123456789012:activity:work";
    let served = serve(&arguments, &[]);
    served.good("CreateActivity", json!({"name": "work"}));
    served.create("m", wait);
    for name in ["taken", "waiting"] {
        let start = json!({"stateMachineArn": format!("{MACHINES}:m"), "name": name});
        served.good("StartExecution", start);
    }
    let taken = served.good("GetActivityTask", json!({"activityArn": activity}));
    let second = super::call(&["serve", "--port", "0", "--data-dir", &folder]);
    assert_eq!(second.code, 2);
    assert!(second.err.contains("another process"), "{}", second.err);
    drop(served);

    let served = serve(&arguments, &[]);
    let answer = json!({"taskToken": taken["taskToken"], "output": "1"});
    served.good("SendTaskSuccess", answer);
    assert_eq!(served.ended("m", "taken")["output"], "1");
    let other = served.good("GetActivityTask", json!({"activityArn": activity}));
    let answer = json!({"taskToken": other["taskToken"], "output": "2"});
    served.good("SendTaskSuccess", answer);
    assert_eq!(served.ended("m", "waiting")["output"], "2");
    drop(served);

    let served = serve(&arguments, &[]);
    let arn = format!("{EXECUTIONS}:m:waiting");
    let history = served.good("GetExecutionHistory", json!({"executionArn": arn}));
    assert_eq!(history["events"].as_array().unwrap().len(), 7);
}

#[test]
fn it_ends_when_it_is_told_to() {
    let mut served = serve(&[], &[]);
    let activity = "arn:aws:states:us-east-1:123456789012:activity:idle";
    served.good("CreateActivity", json!({"name": "idle"}));
    let mut poll = served.connect();
    let body = json!({"activityArn": activity}).to_string();
    let head = head("GetActivityTask");
    write!(
        poll,
        "{head}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let id = served.child.id().to_string();
    let killed = Command::new("kill").args(["-TERM", &id]).status().unwrap();
    assert!(killed.success());
    assert_eq!(served.child.wait().unwrap().code(), Some(0));
}

#[test]
fn nothing_acknowledged_is_lost_by_a_kill() {
    kill_again_and_again("kill", 20);
}

#[test]
#[ignore = "takes long"]
fn nothing_acknowledged_is_lost_by_two_hundred_kills() {
    kill_again_and_again("kill-long", 200);
}

/// Starts executions until the process is killed in the middle, and looks for every one
/// that was acknowledged, in a process after it.
fn kill_again_and_again(name: &str, times: usize) {
    let folder = folder(name);
    let arguments = ["--data-dir", folder.as_str()];
    let served = serve(&arguments, &[]);
    served.create("m", pass());
    drop(served);
    let mut acknowledged: Vec<String> = Vec::new();
    for round in 0..times {
        let mut served = serve(&arguments, &[]);
        for name in acknowledged.iter().rev().take(50) {
            assert_eq!(served.ended("m", name)["status"], "SUCCEEDED", "{name}");
        }
        let mut stream = served.connect();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let head = head("StartExecution").replace("connection: close", "connection: keep-alive");
        // A different moment each time: so many are sent before the answers are read.
        let ahead = round % 17 + 1;
        for count in 0..ahead {
            let body = json!({"stateMachineArn": format!("{MACHINES}:m"), "name": format!("{round}-{count}")});
            let body = body.to_string();
            write!(
                stream,
                "{head}\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            )
            .unwrap();
        }
        for count in 0..ahead {
            if count == ahead / 2 {
                served.child.kill().unwrap();
            }
            match receive(&mut reader) {
                Some(got) if got.status == 200 => acknowledged.push(format!("{round}-{count}")),
                Some(got) => panic!("{got:?}"),
                None => break,
            }
        }
    }
    assert!(acknowledged.len() >= times / 2);
    let served = serve(&arguments, &[]);
    for name in &acknowledged {
        assert_eq!(served.ended("m", name)["status"], "SUCCEEDED", "{name}");
    }
}
