//! A task of the service, as it reports it.
//!
//! Source: ECS API reference, "Querying Task Execution Status".

use super::json::Json;

/// A task, and how far it is: a view of the reply, which can lack everything but the status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job(pub Json);

impl Job {
    /// `INIT`, `RUNNING`, `SUCCESS` or `FAIL`; others are documented and not met here. Whatever is neither of the last
    /// two is under way. Empty where the reply has none.
    pub fn status(&self) -> &str {
        text_of(&self.0, "status").unwrap_or_default()
    }

    /// Why it failed: the code and the text of the task itself, or of the first sub-job that has one.
    pub fn failure(&self) -> (Option<&str>, Option<&str>) {
        failure(&self.0)
    }
}

/// The tasks that a task consists of.
pub fn sub_jobs(job: &Json) -> impl Iterator<Item = &Json> {
    // The page of 2018 drew them at the top.
    let holders = [job.get("entities"), Some(job)].into_iter().flatten();
    holders.flat_map(|holder| holder.get("sub_jobs").map_or(&[][..], Json::elements))
}

fn text_of<'a>(json: &'a Json, name: &str) -> Option<&'a str> {
    json.get(name)?.text()
}

fn failure(job: &Json) -> (Option<&str>, Option<&str>) {
    let code = text_of(job, "error_code");
    let message = || text_of(job.get("entities")?, "errorcode_message");
    let reason = text_of(job, "fail_reason").or_else(message);
    if code.is_none() {
        for (code, finer) in sub_jobs(job).map(failure) {
            if code.is_some() || finer.is_some() {
                return (code, finer.or(reason));
            }
        }
    }
    (code, reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sub_jobs_are_found_in_both_places() {
        for text in [
            r#"{"status":"FAIL","entities":{"sub_jobs":[{"status":"FAIL"},{}]}}"#,
            r#"{"status":"FAIL","entities":{"server_id":"s"},"sub_jobs":[{"status":"FAIL"},{}]}"#,
        ] {
            assert_eq!(sub_jobs(&Json::parse(text).unwrap()).count(), 2);
        }
    }

    #[test]
    fn the_reason_of_a_failure_is_the_task_s_own_or_that_of_a_sub_job() {
        let sub = r#"{"status":"FAIL","error_code":"Ecs.1","fail_reason":"deep"}"#;
        let message = r#"{"status":"FAIL","error_code":"Ecs.1","entities":{"errorcode_message":"deep"}}"#;
        let ok = r#"{"status":"SUCCESS"}"#;
        for (top, subs, code, reason) in [
            (r#""error_code":"Ecs.0","fail_reason":"top""#, sub, Some("Ecs.0"), Some("top")),
            (r#""fail_reason":"top""#, sub, Some("Ecs.1"), Some("deep")),
            (r#""error_code":null"#, message, Some("Ecs.1"), Some("deep")),
            (r#""fail_reason":"top""#, ok, None, Some("top")),
            (r#""error_code":null"#, ok, None, None),
        ] {
            let text = format!(r#"{{"status":"FAIL",{top},"entities":{{"sub_jobs":[{ok},{subs}]}}}}"#);
            assert_eq!(Job(Json::parse(&text).unwrap()).failure(), (code, reason), "{text}");
        }
    }
}
