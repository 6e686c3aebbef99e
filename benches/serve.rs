//! How much `statelab serve` takes: starts executions of a machine with five states over
//! loopback, and reports the rate, the time of an answer and the memory of the process.
//!
//!     cargo bench --features native --bench serve -- [SECONDS] [--data-dir DIR]
//!
//! The machine that is measured runs the clients too, so the rate is a lower bound.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const CLIENTS: usize = 4;

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    let seconds = arguments.iter().find_map(|argument| argument.parse().ok());
    let length = Duration::from_secs(seconds.unwrap_or(10));
    let folder = arguments
        .iter()
        .position(|argument| argument == "--data-dir");
    let folder = folder.map(|at| arguments[at + 1].clone());
    let mut command = Command::new(env!("CARGO_BIN_EXE_statelab"));
    command.args(["serve", "--port", "0", "--quiet"]);
    if let Some(folder) = &folder {
        command.args(["--data-dir", folder]);
    }
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let address = line.trim().rsplit('/').next().unwrap().to_owned();
    let states: Vec<String> = (0..5)
        .map(|n| match n {
            4 => format!(r#""S{n}": {{"Type": "Succeed"}}"#),
            _ => format!(r#""S{n}": {{"Type": "Pass", "Next": "S{}"}}"#, n + 1),
        })
        .collect();
    let definition = format!(
        r#"{{"StartAt": "S0", "States": {{{}}}}}"#,
        states.join(", ")
    );
    let body = serde_json::json!({"name": "five", "definition": definition,
        "roleArn": "arn:aws:iam::123456789012:role/r"});
    let mut client = Client::new(&address);
    client.call("CreateStateMachine", &body.to_string());

    let begun = Instant::now();
    let threads: Vec<_> = (0..CLIENTS)
        .map(|_| {
            let mut client = Client::new(&address);
            std::thread::spawn(move || {
                let body = r#"{"stateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:five", "input": "{\"order\": 7, \"items\": [1, 2, 3]}"}"#;
                let mut times = Vec::new();
                while begun.elapsed() < length {
                    let sent = Instant::now();
                    client.call("StartExecution", body);
                    times.push(sent.elapsed());
                }
                times
            })
        })
        .collect();
    let mut times: Vec<Duration> = threads
        .into_iter()
        .flat_map(|t| t.join().unwrap())
        .collect();
    times.sort_unstable();
    let percentile = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!("executions started: {}", times.len());
    println!(
        "a second: {:.0}",
        times.len() as f64 / begun.elapsed().as_secs_f64()
    );
    println!(
        "answer, median: {:.2?}, 99 %: {:.2?}, longest: {:.2?}",
        percentile(0.5),
        percentile(0.99),
        percentile(1.0)
    );
    println!("memory: {}", memory(&child));
    let _ = child.kill();
    let _ = child.wait();
}

/// The resident memory of a process, where the system tells it.
fn memory(child: &Child) -> String {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()));
    let status = status.unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    line.map_or("unknown".into(), |line| line[6..].trim().to_owned())
}

struct Client {
    stream: TcpStream,
    reader: BufReader<TcpStream>,
}

impl Client {
    fn new(address: &str) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        let reader = BufReader::new(stream.try_clone().unwrap());
        Self { stream, reader }
    }

    fn call(&mut self, operation: &str, body: &str) {
        let request = format!(
            "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-amz-json-1.0\r\nx-amz-target: AWSStepFunctions.{operation}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        self.stream.write_all(request.as_bytes()).unwrap();
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.reader.read_line(&mut line).unwrap();
            if let Some(count) = line.to_lowercase().strip_prefix("content-length: ") {
                length = count.trim().parse().unwrap();
            }
            if line.starts_with("HTTP/1.1") {
                assert!(line.contains(" 200 "), "{line}");
            }
            if line == "\r\n" {
                break;
            }
        }
        let mut body = vec![0; length];
        self.reader.read_exact(&mut body).unwrap();
    }
}
