//! Who may come in: programs and pages of this machine that speak the service's protocol.
//!
//! A page of another site can send requests to a port of this machine, and a name of its
//! own may lead here. So the Host must be one of this machine, and so must the Origin,
//! where there is one.

use hyper::http::{HeaderMap, Method, header};

use crate::api::MAX_BODY_BYTES;

/// The protocol's media type.
pub(super) const MEDIA_TYPE: &str = "application/x-amz-json-1.0";

/// A request that is not looked at: the HTTP status, a code and a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refusal(pub u16, pub &'static str, pub &'static str);

/// Refuses what does not come from this machine.
pub(super) fn check_sender(headers: &HeaderMap) -> Result<(), Refusal> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if !text(header::HOST).is_some_and(is_loopback_authority) {
        return Err(Refusal(
            403,
            "AccessDeniedException",
            "The Host header does not name this machine",
        ));
    }
    if headers.contains_key(header::ORIGIN) && !text(header::ORIGIN).is_some_and(is_own_origin) {
        return Err(Refusal(
            403,
            "AccessDeniedException",
            "The Origin header does not name this machine",
        ));
    }
    Ok(())
}

/// Refuses what is not a request of the protocol.
pub(super) fn check_call(method: &Method, path: &str, headers: &HeaderMap) -> Result<(), Refusal> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if path != "/" {
        return Err(Refusal(404, "UnknownOperationException", "There is only /"));
    }
    if method != Method::POST {
        return Err(Refusal(
            405,
            "UnknownOperationException",
            "Requests are sent with POST",
        ));
    }
    let media_type = text(header::CONTENT_TYPE).unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case(MEDIA_TYPE) {
        return Err(Refusal(
            415,
            "UnknownOperationException",
            "The Content-Type must be application/x-amz-json-1.0",
        ));
    }
    let length = text(header::CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
    match length.is_some_and(|length| length > MAX_BODY_BYTES as u64) {
        true => Err(TOO_LARGE),
        false => Ok(()),
    }
}

/// A body that is not read to its end.
pub(super) const TOO_LARGE: Refusal = Refusal(
    413,
    "RequestEntityTooLargeException",
    "The body is larger than any request can be",
);

/// Whether a host, with or without a port and the prefix `sync-`, is this machine.
fn is_loopback_authority(authority: &str) -> bool {
    let host = match authority.strip_prefix('[') {
        Some(rest) => return rest.split(']').next() == Some("::1"),
        None => authority.split(':').next().unwrap_or_default(),
    };
    let host = host.strip_prefix("sync-").unwrap_or(host);
    let address = host.parse::<std::net::Ipv4Addr>();
    host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}

fn is_own_origin(origin: &str) -> bool {
    let rest = origin.strip_prefix("http://");
    let rest = rest.or_else(|| origin.strip_prefix("https://"));
    rest.is_some_and(is_loopback_authority)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(change: impl FnOnce(&mut HeaderMap)) -> u16 {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, "127.0.0.1:8083".parse().unwrap());
        headers.insert(header::CONTENT_TYPE, MEDIA_TYPE.parse().unwrap());
        change(&mut headers);
        let checked = check_sender(&headers);
        let checked = checked.and_then(|()| check_call(&Method::POST, "/", &headers));
        checked.map_or_else(|refusal| refusal.0, |()| 200)
    }

    #[test]
    fn lets_in_what_is_of_this_machine() {
        for host in [
            "localhost",
            "LOCALHOST:1",
            "127.0.0.1",
            "127.1.2.3:80",
            "[::1]:8083",
            "sync-localhost:8083",
            "sync-127.0.0.1:8083",
        ] {
            assert_eq!(
                refused(|headers| {
                    headers.insert(header::HOST, host.parse().unwrap());
                }),
                200,
                "{host}"
            );
        }
        for host in [
            "example.org",
            "127.0.0.1.example.org",
            "10.0.0.1",
            "",
            "[::2]",
            "localhost.example",
        ] {
            assert_eq!(
                refused(|headers| {
                    headers.insert(header::HOST, host.parse().unwrap());
                }),
                403,
                "{host}"
            );
        }
        for (origin, status) in [
            ("http://127.0.0.1:8080", 200),
            ("https://localhost", 200),
            ("null", 403),
            ("http://example.org", 403),
            ("http://localhost.example.org", 403),
            ("file://localhost", 403),
        ] {
            let status_of = refused(|headers| {
                headers.insert(header::ORIGIN, origin.parse().unwrap());
            });
            assert_eq!(status_of, status, "{origin}");
        }
    }

    #[test]
    fn refuses_what_is_not_the_protocol() {
        let with = |name, value: &str| {
            refused(|headers| {
                headers.insert(name, value.parse().unwrap());
            })
        };
        assert_eq!(with(header::CONTENT_TYPE, "application/json"), 415);
        assert_eq!(
            with(
                header::CONTENT_TYPE,
                "application/x-amz-json-1.0; charset=utf-8"
            ),
            200
        );
        assert_eq!(with(header::CONTENT_LENGTH, "99999999999"), 413);
        assert_eq!(
            refused(|headers| {
                headers.remove(header::HOST);
            }),
            403
        );
        assert_eq!(
            refused(|headers| {
                headers.remove(header::CONTENT_TYPE);
            }),
            415
        );
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, "localhost".parse().unwrap());
        let status = |method, path| check_call(&method, path, &headers).unwrap_err().0;
        assert_eq!(status(Method::GET, "/"), 405);
        assert_eq!(status(Method::POST, "/x"), 404);
    }
}
