//! Signatures: the published vectors, what is signed of our own requests, and what a refusal says.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of tests")]

#[path = "support/options.rs"]
mod support;
#[path = "support/vectors.rs"]
mod vectors;

use ecs_detach_volume::core::http::HttpRequest;
use ecs_detach_volume::core::sign::{encode, explain, server_time};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::{first_call, parse};
use url::Url;

const DATE: &str = "20191115T033655Z";

fn options(change: Value) -> Value {
    let mut options = json!({
        "endpoint": "https://ecs.example.com",
        "iamEndpoint": "https://iam.example.com",
        "projectId": "p",
        "serverId": "s",
        "volumeId": "v",
        "jobId": "j",
        "auth": { "accessKey": "marker-of-the-access-key", "secretKey": "marker-of-the-secret-key" },
    });
    for (name, value) in change.as_object().unwrap() {
        options[name] = value.clone();
    }
    options
}

/// Makes the first request of a function, and gives it to `look`.
fn with_request<T>(function: &str, options: &Value, look: impl Fn(&HttpRequest<'_>) -> T) -> T {
    let config = parse(function, options).unwrap_or_else(|error| panic!("{}", error.reason));
    look(&config.connection.request(&first_call(&config), None, DATE))
}

fn refused(change: Value) -> (Option<String>, String) {
    let error = parse("detachVolume", &options(change)).unwrap_err();
    (error.option, error.reason)
}

#[test]
fn the_published_vectors_agree_at_all_three_stages() {
    vectors::check_vectors();
}

#[test]
fn what_is_signed_is_what_is_sent() {
    for function in
        ["detachVolume", "getJob", "listAttachments", "getAttachment", "findProjects", "detachVolumeAndWait"]
    {
        let temporary = json!({ "auth": { "accessKey": "a", "secretKey": "s", "securityToken": "t" } });
        for options in [options(json!({})), options(temporary)] {
            with_request(function, &options, |request| {
                let signed = request.signed.as_ref().unwrap();
                let url = Url::parse(&request.url).unwrap();
                assert_eq!(url.as_str(), request.url, "browsers would send another URL");
                let mut headers = vec![
                    ("host".to_owned(), url.host_str().unwrap().to_owned()),
                    ("x-sdk-date".to_owned(), DATE.to_owned()),
                ];
                headers.extend(
                    request
                        .headers
                        .iter()
                        .map(|header| (header.name.to_lowercase(), header.value.expose().to_owned())),
                );
                headers.sort();
                let names: Vec<_> = headers.iter().map(|(name, _)| name.as_str()).collect();
                let lines: String = headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
                let expected = format!(
                    "{}\n{}/\n{}\n{lines}\n{}\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                    request.method.as_str(),
                    url.path(),
                    url.query().unwrap_or_default(),
                    names.join(";"),
                );
                assert_eq!(signed.canonical_request, expected, "{function}");
            });
        }
    }
}

#[test]
fn the_parts_of_a_query_are_in_the_order_in_which_they_are_signed() {
    for (function, change) in
        [("detachVolume", json!({ "force": true })), ("findProjects", json!({ "name": "a b&c=é" }))]
    {
        with_request(function, &options(change), |request| {
            let (_, query) = request.url.split_once('?').unwrap();
            let mut parts: Vec<_> = query.split('&').collect();
            parts.sort_unstable();
            assert_eq!(parts.join("&"), query);
        });
    }
}

#[test]
fn a_port_is_part_of_the_host_where_it_is_not_the_scheme_s_own() {
    for (endpoint, host) in [
        ("http://127.0.0.1:8787/base", "127.0.0.1:8787"),
        ("https://ECS.example.com:443", "ecs.example.com"),
        ("http://localhost:80/", "localhost"),
        ("https://[::1]:8443", "[::1]:8443"),
    ] {
        let line = format!("\nhost:{host}\n");
        with_request("detachVolume", &options(json!({ "endpoint": endpoint })), |request| {
            let signed = request.signed.as_ref().unwrap();
            assert!(signed.canonical_request.contains(&line), "{}", signed.canonical_request);
        });
    }
}

#[test]
fn a_base_path_is_signed_encoded_and_sent_as_it_is() {
    with_request("getJob", &options(json!({ "endpoint": "https://host/a:b/(c)" })), |request| {
        assert_eq!(request.url, "https://host/a:b/(c)/v1/p/jobs/j");
        let signed = request.signed.as_ref().unwrap();
        assert_eq!(signed.canonical_request.lines().nth(1), Some("/a%3Ab/%28c%29/v1/p/jobs/j/"));
    });
}

#[test]
fn a_token_is_not_signed_and_a_signature_has_no_token() {
    with_request("detachVolume", &options(json!({ "auth": { "token": "t" } })), |request| {
        assert!(request.signed.is_none());
        assert_eq!(request.headers.iter().map(|header| header.name).collect::<Vec<_>>(), ["X-Auth-Token"]);
    });
    with_request("detachVolume", &options(json!({})), |request| {
        assert_eq!(request.headers.iter().map(|header| header.name).collect::<Vec<_>>(), ["X-Project-Id"]);
    });
}

#[test]
fn keys_are_checked_and_never_repeated() {
    let key = |access: Value, secret: Value| json!({ "auth": { "accessKey": access, "secretKey": secret } });
    for (change, option) in [
        (key(json!("a"), json!(null)), "auth.secretKey"),
        (key(json!("a"), json!("marker marker")), "auth.secretKey"),
        (key(json!("a"), json!("m".repeat(129))), "auth.secretKey"),
        (key(json!(""), json!("marker")), "auth.accessKey"),
        (key(json!(7), json!("marker")), "auth.accessKey"),
        (json!({ "auth": { "secretKey": "marker" } }), "auth"),
        (json!({ "auth": { "token": "marker", "accessKey": "marker" } }), "auth"),
        (
            json!({ "auth": { "accessKey": "a", "secretKey": "s", "securityToken": "" } }),
            "auth.securityToken",
        ),
        (json!({ "auth": "marker" }), "auth"),
        (json!({ "endpoint": "/api/ecs" }), "endpoint"),
        (json!({ "headers": { "authorization": "marker" } }), "headers.authorization"),
    ] {
        let (found, message) = refused(change);
        assert_eq!(found.as_deref(), Some(option), "{message}");
        assert!(!message.contains("marker"), "{message}");
    }
}

#[test]
fn debug_output_shows_no_key_and_no_signature() {
    let parsed = parse("detachVolume", &options(json!({}))).unwrap();
    let shown = with_request("detachVolume", &options(json!({})), |request| format!("{request:?}"));
    assert!(shown.contains("Signed(***)"), "{shown}");
    for shown in [shown, format!("{parsed:?}")] {
        assert!(!shown.contains("marker") && !shown.contains("Signature="), "{shown}");
    }
}

#[test]
fn a_refusal_says_which_of_the_known_reasons_it_is() {
    let failed = |received: &str| format!("verify aksk signature fail, canonicalRequest:{received}");
    let ours = "DELETE\n/v1/\n\nhost:a\n\nhost\nhash";
    for (text, meaning) in [
        (failed("DELETE|/v1/||host:a||host|hash"), Some("the secret key does not belong to the access key")),
        (
            failed("DELETE|/v1/||host:b||host|hash"),
            Some("the request was changed on the way: \"host:a\" was signed, \"host:b\" received"),
        ),
        (
            failed("DELETE|/v1/"),
            Some("the request was changed on the way: \"host:a\" was signed, \"\" received"),
        ),
        ("ak A not exist".to_owned(), Some("the service does not know the access key")),
        (
            "Get secretKey failed,ak:A,err:ak not exist".to_owned(),
            Some("the service does not know the access key"),
        ),
        (
            "AK access failed to reach the limit,forbidden".to_owned(),
            Some("the access key is locked for some minutes, after too many failures"),
        ),
        (
            "signature expired, signature time:1,server time:2".to_owned(),
            Some("the signature has expired: the clock is wrong"),
        ),
        ("decrypt token fail".to_owned(), Some("the security token is wrong or has expired")),
        ("something else".to_owned(), None),
    ] {
        assert_eq!(explain(&text, ours).as_deref(), meaning, "{text}");
    }
}

#[test]
fn the_service_s_time_is_read_from_its_words() {
    let text = "signature expired, signature time:20211217T064303Z,server time:20211217T065804Z";
    assert_eq!(server_time(text), Some("20211217T065804Z"));
    for text in ["server time:20211217T065804Z", "signature expired", "signature expired,server time:2021"] {
        assert_eq!(server_time(text), None, "{text}");
    }
}

#[test]
fn projects_are_asked_for_at_no_project_and_name_their_own_endpoint() {
    with_request("findProjects", &options(json!({ "projectId": "not sent/ at all" })), |request| {
        assert!(request.headers.is_empty());
        assert!(!request.signed.as_ref().unwrap().canonical_request.contains("x-project-id"));
    });
    let error = parse("findProjects", &options(json!({ "iamEndpoint": "/iam" }))).unwrap_err();
    assert_eq!(error.option.as_deref(), Some("iamEndpoint"));
}

/// The encoding of the guide, written down in another way.
fn encoded_by_hand(text: &str) -> String {
    let unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
    let mut buffer = [0; 4];
    text.chars()
        .map(|c| match unreserved.contains(c) {
            true => c.to_string(),
            false => c.encode_utf8(&mut buffer).bytes().map(|byte| format!("%{byte:02X}")).collect(),
        })
        .collect()
}

proptest! {
    #[test]
    fn the_encoding_agrees_with_another(text in "\\PC{0,40}[ /?&=%+*'é]{0,8}") {
        prop_assert_eq!(encode(&text, b'-'), encoded_by_hand(&text));
        let path: Vec<_> = text.split('/').map(encoded_by_hand).collect();
        prop_assert_eq!(encode(&text, b'/'), path.join("/"));
    }

    #[test]
    fn a_name_arrives_as_it_was_given(name in "\\PC{1,60}") {
        let sent = with_request("findProjects", &options(json!({ "name": name })), |request| request.url.clone());
        let url = Url::parse(&sent).unwrap();
        prop_assert_eq!(url.as_str(), &sent);
        let found = url.query_pairs().find(|(key, _)| key == "name").unwrap().1.into_owned();
        prop_assert_eq!(found, name);
    }

    #[test]
    fn an_explanation_never_panics(text in "\\PC{0,30}(canonicalRequest:)?\\PC{0,30}", ours in "\\PC{0,20}") {
        let _ = explain(&text, &ours);
        let _ = server_time(&text);
    }
}
