//! Credentials that a function of the caller gives.

mod support;

use ecs_detach_volume::core::auth::Credentials;
use ecs_detach_volume::core::config::parse_credentials;
use ecs_detach_volume::core::connection::Auth;
use ecs_detach_volume::core::endpoint::Endpoint;
use ecs_detach_volume::core::http::{Call, Method};
use ecs_detach_volume::core::json::Json;
use serde_json::{Value, json};
use support::config;

fn foreign(word: &str) -> Value {
    json!({ "typeof": word })
}

#[test]
fn a_function_gives_credentials_that_fit_the_connection() {
    let config =
        config("getJob", &json!({ "auth": foreign("function"), "headers": [["authorization", "a"]] }));
    assert_eq!((config.connection.can_renew(), config.connection.auth), (true, Auth::Function));
    let headers = &config.connection.headers;
    let given = |function: &str, auth: Value, endpoint: &str| {
        let endpoint = Endpoint::parse(endpoint).unwrap();
        parse_credentials(function, Json::parse(&auth.to_string()).unwrap(), &endpoint, headers)
    };
    assert!(matches!(given("getJob", json!({ "token": "t" }), "/api"), Ok(Credentials::Token(_))));
    let keys = json!({ "accessKey": "a", "secretKey": "s" });
    for (function, auth, endpoint, option) in [
        ("getJob", keys.clone(), "/api", "endpoint"),
        ("findProjects", keys.clone(), "/api", "iamEndpoint"),
        ("getJob", keys, "https://host", "headers.authorization"),
        ("getJob", json!(null), "/api", "auth"),
        ("getJob", foreign("function"), "/api", "auth"),
    ] {
        assert_eq!(given(function, auth, endpoint).unwrap_err().option.as_deref(), Some(option));
    }
}

#[test]
fn what_a_function_gave_counts_only_where_there_is_a_function() {
    let call = Call { method: Method::Get, path: "/v1".into() };
    let text = r#"{"token":"given"}"#;
    let given = Credentials::read(Json::parse(text).unwrap(), &mut None);
    for (auth, expected) in [(foreign("function"), vec!["given"]), (json!({ "token": "own" }), vec!["own"])] {
        let connection = config("getJob", &json!({ "auth": auth })).connection;
        let request = connection.request(&call, Some(&given), "");
        let sent: Vec<_> = request.headers.iter().map(|header| header.value.expose()).collect();
        assert_eq!(sent, expected);
    }
    let connection = config("getJob", &json!({})).connection;
    assert!(connection.request(&call, Some(&given), "").headers.is_empty());
}
