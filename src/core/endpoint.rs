//! Where the API is: an absolute base URL, or a base path on the page's own origin.

use super::ids::is_unreserved;
use super::text::{cut, find, whole_number};

/// The longest endpoint that is accepted, in bytes.
const MAX_ENDPOINT_BYTES: usize = 2048;

/// A base to which paths are appended. It is written as browsers write URLs, so what is composed here is byte
/// for byte what is sent. The default is the root of the page's own origin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Endpoint(String);

impl Endpoint {
    /// Checks an endpoint: `https:`, or `http:` to a loopback host, or a path from the root of the origin.
    ///
    /// # Errors
    /// What is wrong, in words that fit behind "got".
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let length = text.len();
        if length == 0 {
            return Err("an empty string");
        }
        if length > MAX_ENDPOINT_BYTES {
            return Err("more than 2048 characters");
        }
        for (mark, found) in &[("?", "a query"), ("#", "a fragment"), ("@", "user info")] {
            if find(text, mark).is_some() {
                return Err(found);
            }
        }
        if text.starts_with('/') {
            return base_path(text).map(|path| Self(path.into()));
        }
        let (scheme, rest) = cut(text, "://").ok_or("neither a scheme nor a leading slash")?;
        let is_secure = scheme.eq_ignore_ascii_case("https");
        if !is_secure && !scheme.eq_ignore_ascii_case("http") {
            return Err("another scheme");
        }
        let (authority, path) =
            rest.split_at_checked(find(rest, "/").unwrap_or(rest.len())).unwrap_or((rest, ""));
        let authority = authority.to_ascii_lowercase();
        let (host, port) = host_and_port(&authority)?;
        if !is_secure && !is_loopback(host) {
            return Err("plain http for a host that is not a loopback address");
        }
        // Browsers leave the scheme's own port out of the URL and of `Host`.
        let (scheme, default_port) = if is_secure { ("https://", "443") } else { ("http://", "80") };
        let (colon, port) = if port.is_empty() || port == default_port { ("", "") } else { (":", port) };
        Ok(Self([scheme, host, colon, port, base_path(path)?].concat()))
    }

    /// Whether it names a host, and not a path on the page's own origin.
    pub fn is_absolute(&self) -> bool {
        !self.0.is_empty() && !self.0.starts_with('/')
    }

    /// The URL of a path, which begins with a slash.
    pub fn join(&self, path: &str) -> String {
        [&self.0, path].concat()
    }
}

fn host_and_port(authority: &str) -> Result<(&str, &str), &'static str> {
    let port_at = if authority.starts_with('[') { "]:" } else { ":" };
    let (host, port) =
        match find(authority, port_at).and_then(|at| authority.split_at_checked(at + port_at.len())) {
            Some((host, port)) if is_port(port) => (host.get(..host.len() - 1).unwrap_or(host), port),
            Some(_) => return Err("an invalid port"),
            None => (authority, ""),
        };
    if host.is_empty() {
        return Err("no host");
    }
    if host == "[::1]" || is_host_name(host) { Ok((host, port)) } else { Err("an invalid host") }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host == "[::1]"
        || host.ends_with(".localhost")
        || (host.starts_with("127.") && is_ipv4(host))
}

// Labels of letters, digits, hyphens and underscores. A last label that begins with a digit makes browsers read
// the whole as an IPv4 address, in notations such as 127.1 or 0x7f000001: only the plain one is accepted.
fn is_host_name(host: &str) -> bool {
    let is_label = |label: &[u8]| {
        !label.is_empty()
            && label.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let labels = || host.as_bytes().split(|byte| *byte == b'.');
    let ends_in_digit_label =
        labels().next_back().is_some_and(|label| label.first().is_some_and(u8::is_ascii_digit));
    host.len() <= 253 && labels().all(is_label) && (!ends_in_digit_label || is_ipv4(host))
}

fn is_ipv4(host: &str) -> bool {
    let mut rest = host;
    for _ in 0..3 {
        let Some((part, behind)) = cut(rest, ".") else { return false };
        if whole_number(part, 255).is_none() {
            return false;
        }
        rest = behind;
    }
    whole_number(rest, 255).is_some()
}

fn is_port(port: &str) -> bool {
    whole_number(port, 65_535).is_some_and(|port| port > 0)
}

/// A path without its trailing slash.
fn base_path(path: &str) -> Result<&str, &'static str> {
    let path = path.strip_suffix('/').unwrap_or(path);
    for segment in path.as_bytes().split(|byte| *byte == b'/').skip(1) {
        match segment {
            b"" => return Err("an empty path segment (//)"),
            b"." | b".." => return Err("a relative path segment"),
            _ if segment.iter().all(|byte| is_in_segment(*byte)) => {}
            _ => return Err("a path with characters other than A-Z a-z 0-9 - . _ ~ ! $ & ( ) * + , ; = :"),
        }
    }
    Ok(path)
}

/// What RFC 3986 allows in a segment and browsers leave alone. Percent-encoding is left out: %2e%2e is a relative segment,
/// too, and no real base path needs it.
const fn is_in_segment(byte: u8) -> bool {
    is_unreserved(byte) || matches!(byte, b'!' | b'$' | b'&' | b'('..=b',' | b';' | b'=' | b':')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use url::Url;

    fn joined(endpoint: &str) -> Result<String, &'static str> {
        Endpoint::parse(endpoint).map(|endpoint| endpoint.join("/v1/x"))
    }

    #[test]
    fn base_paths_and_trailing_slashes_are_kept_right() {
        let cases = [
            ("https://ecs.cn-north-4.myhuaweicloud.com", "https://ecs.cn-north-4.myhuaweicloud.com/v1/x"),
            ("https://ecs.cn-north-4.myhuaweicloud.com/", "https://ecs.cn-north-4.myhuaweicloud.com/v1/x"),
            ("HTTPS://ECS.Example.COM:443/a/b/", "https://ecs.example.com/a/b/v1/x"),
            ("https://my_proxy:8443", "https://my_proxy:8443/v1/x"),
            ("http://localhost:8080/ecs", "http://localhost:8080/ecs/v1/x"),
            ("http://127.0.0.1:80", "http://127.0.0.1/v1/x"),
            ("http://[::1]:3000/", "http://[::1]:3000/v1/x"),
            ("http://app.localhost", "http://app.localhost/v1/x"),
            ("/", "/v1/x"),
            ("/api/ecs", "/api/ecs/v1/x"),
            ("/api/ecs/", "/api/ecs/v1/x"),
        ];
        for (endpoint, url) in cases {
            assert_eq!(joined(endpoint).as_deref(), Ok(url), "{endpoint}");
        }
    }

    #[test]
    fn what_could_send_the_request_elsewhere_is_refused() {
        let cases = [
            ("", "an empty string"),
            ("https://user:pw@host", "user info"),
            ("/api/@x", "user info"),
            ("https://host/?a=1", "a query"),
            ("https://host#a", "a fragment"),
            ("ftp://host", "another scheme"),
            ("javascript:alert(1)", "neither a scheme nor a leading slash"),
            ("host.example.com", "neither a scheme nor a leading slash"),
            ("http://host.example.com", "plain http for a host that is not a loopback address"),
            ("http://127.0.0.1.example.com", "plain http for a host that is not a loopback address"),
            ("http://127.a1", "plain http for a host that is not a loopback address"),
            ("http://127.1", "an invalid host"),
            ("http://0x7f000001", "an invalid host"),
            ("https://", "no host"),
            ("https:///path", "no host"),
            ("https://host:0", "an invalid port"),
            ("https://host:65536", "an invalid port"),
            ("https://host:08", "an invalid port"),
            ("https://host:", "an invalid port"),
            ("https://ho st", "an invalid host"),
            ("https://host\\@evil.example", "user info"),
            ("https://host\n.example", "an invalid host"),
            ("https://[::2]", "an invalid host"),
            ("//evil.example/x", "an empty path segment (//)"),
            ("/api//ecs", "an empty path segment (//)"),
            ("/../ecs", "a relative path segment"),
        ];
        for (endpoint, found) in cases {
            assert_eq!(joined(endpoint), Err(found), "{endpoint}");
        }
        for endpoint in ["/%2e%2e/ecs", "/\\evil.example", "https://host/a%2fb", "/a b", "/a\tb"] {
            assert!(joined(endpoint).is_err(), "{endpoint}");
        }
    }

    proptest! {
        // The oracle is the reference implementation of the URL standard: what we compose must be a URL already
        // written as browsers write it, to the host that was meant.
        #[test]
        fn every_accepted_endpoint_is_sent_as_composed(
            endpoint in "(https|http|HTTPS)://([a-zA-Z0-9._-]{1,20}|localhost|127\\.0\\.0\\.[0-9]{1,3}|[0-9.x]{1,12}|\\[::1\\])(:[0-9]{0,6})?(/[a-zA-Z0-9._~!$&()*+,;=:@'%\\\\-]{0,8}){0,4}"
        ) {
            // A label in punycode can be invalid; the browser then refuses the URL and nothing is sent.
            prop_assume!(!endpoint.to_ascii_lowercase().contains("xn--"));
            if let Ok(url) = joined(&endpoint) {
                let parsed = Url::parse(&url);
                prop_assert!(parsed.is_ok(), "{endpoint} gave {url}");
                let parsed = parsed.unwrap();
                prop_assert_eq!(parsed.as_str(), url.as_str());
                let meant = Url::parse(&endpoint).unwrap();
                prop_assert_eq!(parsed.host_str(), meant.host_str());
            }
        }

        #[test]
        fn no_base_path_leaves_the_origin(path in "/[a-z/.%\\\\@:;?#\\x00-\\x20]{0,12}") {
            if let Ok(path) = joined(&path) {
                let page = Url::parse("https://console.example/app/").unwrap();
                let url = page.join(&path).unwrap();
                prop_assert_eq!(url.as_str(), ["https://console.example", &path].concat());
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,40}") {
            let _ = joined(&text);
        }
    }
}
