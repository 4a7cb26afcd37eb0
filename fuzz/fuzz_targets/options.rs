//! Accepted options give exactly the documented request; refused ones name the option at fault.
#![no_main]

use ecs_detach_volume::core::api::detach_call;
use ecs_detach_volume::core::config::{self, Config};
use ecs_detach_volume::core::error::{Effect, Error, ErrorKind};
use ecs_detach_volume::core::fields::is_record;
use ecs_detach_volume::core::goal::Goal;
use ecs_detach_volume::core::http::{HttpRequest, Method};
use ecs_detach_volume::core::json::Json;
use libfuzzer_sys::fuzz_target;
use url::Url;

const PAGE: &str = "https://console.example/app/index.html";

fuzz_target!(|text: &str| {
    let Some(options) = Json::parse(text) else { return };
    match config::parse("detachVolume", options).map(|config| *config) {
        Ok(Config { connection, goal: Goal::Accept(disk), .. }) => {
            check_request(options, &connection.request(&detach_call(&disk), None, "20191115T033655Z"));
        }
        Ok(config) => panic!("{config:?}"),
        Err(error) => check_error(options, &error),
    }
    // The others share their readers with it; none may panic.
    for function in
        ["detachVolumeAndWait", "getJob", "waitForJob", "listAttachments", "getAttachment", "findProjects"]
    {
        if let Err(error) = config::parse(function, options) {
            check_error(options, &error);
        }
    }
});

fn check_request(options: Json<'_>, request: &HttpRequest) {
    let text = |name: &str| options.get(name).and_then(Json::string).expect("a required option");
    let names: Vec<_> = request.headers.iter().map(|header| header.name.to_ascii_lowercase()).collect();
    assert!(names.iter().enumerate().all(|(index, name)| !names[..index].contains(name)), "{names:?}");
    let has_token = options.get("auth").is_some_and(|auth| is_record(auth) && auth.get("token").is_some());
    assert_eq!(names.contains(&"x-auth-token".to_owned()), has_token);
    assert_eq!(
        request.signed.is_some(),
        options.get("auth").is_some_and(|auth| is_record(auth) && auth.get("accessKey").is_some())
    );
    let is_sent =
        |value: &str| value.trim_matches([' ', '\t']) == value && !value.contains(['\r', '\n', '\0']);
    assert!(request.headers.iter().all(|header| is_sent(header.value.expose())));
    assert_eq!(request.method, Method::Delete);

    // A label in punycode can be invalid; the browser then refuses the URL and nothing is sent.
    if text("endpoint").to_ascii_lowercase().contains("xn--") {
        return;
    }
    let page = Url::parse(PAGE).expect("a page");
    let base = page.join(&text("endpoint")).expect("an accepted endpoint is a URL");
    let url = page.join(&request.url).expect("what is sent is a URL");
    let base_path = base.path().trim_end_matches('/').split('/').skip(1);
    let [project, server, volume] = ["projectId", "serverId", "volumeId"].map(text);
    let call = ["v1", &project, "cloudservers", &server, "detachvolume", &volume];
    let is_forced = options.get("force").and_then(Json::word) == Some("true");
    assert_eq!(url.origin(), base.origin());
    assert!(url.path_segments().into_iter().flatten().eq(base_path.chain(call)), "{url}");
    assert_eq!(url.query(), Some(if is_forced { "delete_flag=1" } else { "delete_flag=0" }));
    assert_eq!(url.fragment(), None);
    assert!(url.as_str().ends_with(&request.url), "{url} is sent as {}", request.url);
}

fn check_error(options: Json<'_>, error: &Error) {
    assert_eq!((error.kind, error.effect, error.course.attempts), (ErrorKind::Options, Effect::None, 0));
    assert!(error.answer.is_none());
    let message = &error.reason;
    match &error.option {
        Some(option) => assert!(!option.is_empty() && message.starts_with("option \""), "{message}"),
        None => assert!(!is_record(options), "{message}"),
    }
}
