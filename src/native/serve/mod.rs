//! `statelab serve`: the Step Functions API on loopback.
//!
//! Three parts: [`door`] speaks HTTP and lets in what comes from this machine, [`desk`] is
//! the one thread that holds the service, its clock and its log, [`log`] keeps what has
//! changed in a folder. Requests wait at the desk in a line; a slow client waits at the
//! door, where it holds up nobody.

mod desk;
mod door;
mod guard;
mod log;

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use clap::ValueEnum;

use super::answer::Answer;
use super::input::{ReadError, read};
use super::objects::{self, ObjectsError};
use crate::api::{ActionShapes, Settings, Unmocked};
use crate::execution::interpreter::{MockError, Mocks};
use crate::source::text::LineIndex;
use desk::{Clock, Desk};
use door::Door;
use log::{Log, LogError};

/// Serve the Step Functions API on this machine, as AWS SDKs and the AWS CLI speak it.
///
/// Any or no signature is accepted. Tasks get their results from a mock configuration, as
/// in Step Functions Local: start an execution of `<state machine ARN>#<test case>`.
/// Activities are polled, callbacks are answered by token, `states:startExecution` starts
/// executions of this very service; any other task without a mock fails and says so.
///
/// SDKs put `sync-` before the host for StartSyncExecution and TestState. `sync-localhost`
/// and `sync-127.0.0.1` are accepted, but most systems do not resolve them: set
/// AWS_DISABLE_HOST_PREFIX_INJECTION=true, or `inject_host_prefix=False` in boto3's Config.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: statelab serve --mock-config MockConfigFile.json --data-dir .statelab\n\
    aws stepfunctions list-state-machines --endpoint-url http://127.0.0.1:8083"
)]
pub struct Arguments {
    /// The port on 127.0.0.1; 0 for any that is free.
    #[arg(long, value_name = "PORT", default_value_t = 8083)]
    port: u16,
    /// The account that everything belongs to.
    #[arg(long, value_name = "DIGITS", default_value = "123456789012", value_parser = account)]
    account: String,
    /// The region.
    #[arg(long, value_name = "NAME", default_value = "us-east-1")]
    region: String,
    /// Mocked results, in the form of MockConfigFile.json of Step Functions Local. Without
    /// it, the file that the variable SFN_MOCK_CONFIG names.
    #[arg(long, value_name = "FILE")]
    mock_config: Option<PathBuf>,
    /// What time does: pass, or jump to where something happens next.
    #[arg(long, value_enum, default_value_t)]
    clock: Time,
    /// A folder that keeps everything over a restart.
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// Wait until the disk has what was kept, before answering.
    #[arg(long, requires = "data_dir")]
    fsync: bool,
    /// A folder with the objects of S3, as `bucket/key` files: a distributed Map reads its
    /// items there and writes its results there. It is read once, at the start.
    #[arg(long, value_name = "DIR")]
    s3: Option<PathBuf>,
    /// A folder with the playground as `trunk build` leaves it, served on the same port.
    #[arg(long, value_name = "DIST")]
    site: Option<PathBuf>,
    /// Say nothing of requests.
    #[arg(long)]
    quiet: bool,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Time {
    /// Waiting takes the time it says.
    #[default]
    Real,
    /// Waiting takes no time.
    Virtual,
}

fn account(text: &str) -> Result<String, String> {
    match text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => Ok(text.to_owned()),
        false => Err("an account has twelve digits".into()),
    }
}

/// Why nothing is served.
#[derive(Debug)]
pub enum ServeError {
    /// The mock configuration cannot be read.
    Read(ReadError),
    /// The mock configuration is none.
    Mocks(String, Vec<MockError>),
    /// The folder cannot be used.
    Log(LogError),
    /// The objects cannot be read.
    Objects(ObjectsError),
    /// The folder holds no page.
    Site(PathBuf),
    /// The port cannot be used.
    Listen(SocketAddr, io::Error),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ServeError::Read(error) => error.fmt(f),
            ServeError::Mocks(name, errors) => {
                write!(f, "{name} is no mock configuration")?;
                errors.iter().try_for_each(|error| write!(f, "\n  {error}"))
            }
            ServeError::Log(error) => error.fmt(f),
            ServeError::Objects(error) => error.fmt(f),
            ServeError::Site(path) => {
                write!(f, "{}: there is no index.html", path.display())
            }
            ServeError::Listen(address, error) => write!(f, "Cannot listen on {address}: {error}"),
        }
    }
}

impl std::error::Error for ServeError {}

/// Serves until it is interrupted.
pub fn serve(arguments: &Arguments) -> Result<Answer, ServeError> {
    if let Some(site) = &arguments.site
        && !site.join("index.html").is_file()
    {
        return Err(ServeError::Site(site.clone()));
    }
    let objects = arguments.s3.as_deref().map(objects::read).transpose();
    let objects = objects.map_err(ServeError::Objects)?;
    let settings = Settings {
        objects: Arc::new(objects.unwrap_or_default()),
        account: arguments.account.as_str().into(),
        region: arguments.region.as_str().into(),
        mocks: Arc::new(mocks(arguments)?),
        unmocked: Unmocked::Fail,
        action_shapes: ActionShapes::parse(include_str!("action-shapes.json")).map(Arc::new),
    };
    let clock = match arguments.clock {
        Time::Real => Clock::real(),
        Time::Virtual => Clock::virtual_now(),
    };
    let (log, changes) = match &arguments.data_dir {
        None => (None, Vec::new()),
        Some(folder) => {
            let (log, changes) = Log::open(folder, arguments.fsync).map_err(ServeError::Log)?;
            (Some(log), changes)
        }
    };
    let desk = Desk::open(settings, changes, clock, log).with_folder(arguments.s3.clone());
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port));
    let door = Door {
        site: arguments.site.clone(),
        talks: !arguments.quiet,
    };
    door::open(address, desk, door).map_err(|error| ServeError::Listen(address, error))?;
    Ok(Answer::default())
}

fn mocks(arguments: &Arguments) -> Result<Mocks, ServeError> {
    let named = std::env::var_os("SFN_MOCK_CONFIG").filter(|name| !name.is_empty());
    let path = arguments.mock_config.clone().or(named.map(PathBuf::from));
    let Some(path) = path else {
        return Ok(Mocks::default());
    };
    let text = read(&path).map_err(ServeError::Read)?;
    let lines = LineIndex::new(&text.text);
    Mocks::parse(&text.text).map_err(|errors| {
        let errors = errors.into_iter().map(|error| MockError {
            message: format!(
                "{}, {}",
                error.message,
                lines.position(&text.text, error.span.start as usize)
            ),
            ..error
        });
        ServeError::Mocks(path.display().to_string(), errors.collect())
    })
}
