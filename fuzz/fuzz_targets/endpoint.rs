//! An accepted endpoint is sent as it was composed, to the host that was meant.
#![no_main]

use ecs_detach_volume::core::endpoint::Endpoint;
use libfuzzer_sys::fuzz_target;
use url::{Host, Url};

const ORIGIN: &str = "https://console.example";

fuzz_target!(|text: &str| {
    let Ok(endpoint) = Endpoint::parse(text) else { return };
    // A label in punycode can be invalid; the browser then refuses the URL and nothing is sent.
    if text.to_ascii_lowercase().contains("xn--") {
        return;
    }
    let sent = endpoint.join("/v1/x");
    let page = Url::parse(ORIGIN).and_then(|origin| origin.join("/app/index.html")).expect("a page");
    let meant = page.join(text).expect("an accepted endpoint is a URL");
    let url = page.join(&sent).expect("what is sent is a URL");

    let is_path = text.starts_with('/');
    let written = if is_path { [ORIGIN, &sent].concat() } else { sent };
    assert_eq!(url.as_str(), written);
    assert_eq!(url.origin(), meant.origin());
    assert_eq!(url.path(), [meant.path().trim_end_matches('/'), "/v1/x"].concat());
    assert_eq!((url.username(), url.password()), ("", None));
    assert_eq!((url.query(), url.fragment()), (None, None));
    if is_path {
        assert_eq!(url.origin(), page.origin());
    }
    match url.scheme() {
        "https" => {}
        "http" => assert!(is_loopback(&url), "{url}"),
        scheme => panic!("{scheme}"),
    }
});

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
