//! A task of the service, as it reports it.
//!
//! Source: ECS API reference, "Querying Task Execution Status".

use super::json::Json;

/// How deep the parts of tasks are read: deeper ones are left out. One level is documented.
const MAX_DEPTH: u32 = 8;

/// How many parts of a task are read, those of parts included. Tasks over as many servers are not documented.
const MAX_PARTS: u32 = 1000;

/// A task. Texts are as they came, but for those that are blank.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Job {
    /// Its id.
    pub job_id: Option<String>,
    /// What it does, such as `detachVolume`.
    pub job_type: Option<String>,
    /// How far it is; empty only in a part of a task that does not say.
    pub status: String,
    /// When it began, as `2016-04-25T20:04:47.591Z`.
    pub begin_time: Option<String>,
    /// When it ended.
    pub end_time: Option<String>,
    /// The code of its failure.
    pub error_code: Option<String>,
    /// The reason of its failure.
    pub fail_reason: Option<String>,
    /// What stands for `fail_reason` among the entities of a part.
    pub entity_message: Option<String>,
    /// The tasks that it consists of.
    pub sub_jobs: Vec<Self>,
    /// What it is about: the JSON text of an object, without the tasks that it consists of.
    pub entities: String,
    /// The id of the request that told of it.
    pub request_id: Option<String>,
}

/// What the status of a task means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobState {
    /// It has ended and has done what it was to do.
    Succeeded,
    /// It has ended and has not.
    Failed,
    /// It has not ended.
    UnderWay,
    /// The word is not documented.
    Unknown,
}

impl Job {
    /// A task out of a reply. `None` where the value is none: it says no status.
    pub fn read(value: Json<'_>) -> Option<Self> {
        let mut parts = MAX_PARTS;
        let job = read_within(value, 0, &mut parts);
        (!job.status.is_empty()).then_some(job)
    }

    /// What its status means, whatever the case of the letters.
    pub fn state(&self) -> JobState {
        let status = self.status.trim_ascii();
        for (word, state) in &[
            ("SUCCESS", JobState::Succeeded),
            ("FAIL", JobState::Failed),
            ("INIT", JobState::UnderWay),
            ("RUNNING", JobState::UnderWay),
            ("PENDING_PAYMENT", JobState::UnderWay),
        ] {
            if status.eq_ignore_ascii_case(word) {
                return *state;
            }
        }
        JobState::Unknown
    }

    /// Why it failed: the code and the reason, each by itself from the finest part that has one.
    pub fn failure(&self) -> (Option<&str>, Option<&str>) {
        let (mut code, mut reason) = (None, None);
        for part in &self.sub_jobs {
            if part.state() == JobState::Succeeded {
                continue;
            }
            let finer = part.failure();
            code = code.or(finer.0);
            reason = reason.or(finer.1);
        }
        (
            code.or(self.error_code.as_deref()),
            reason.or(self.fail_reason.as_deref()).or(self.entity_message.as_deref()),
        )
    }
}

/// Reads a task; `parts` is how many further ones may be read.
fn read_within(value: Json<'_>, depth: u32, parts: &mut u32) -> Job {
    let entities = value.get("entities").unwrap_or(Json::NULL);
    let mut sub_jobs = Vec::new();
    // The page of 2018 drew them beside the entities.
    for holder in &[entities, value] {
        for part in holder.get("sub_jobs").unwrap_or(Json::NULL).elements() {
            if depth == MAX_DEPTH || *parts == 0 {
                break;
            }
            *parts -= 1;
            sub_jobs.push(read_within(part, depth + 1, parts));
        }
    }
    Job {
        job_id: value.text_of("job_id"),
        job_type: value.text_of("job_type"),
        status: value.text_of("status").unwrap_or_default(),
        begin_time: value.text_of("begin_time"),
        end_time: value.text_of("end_time"),
        error_code: value.text_of("error_code"),
        fail_reason: value.text_of("fail_reason"),
        entity_message: entities.text_of("errorcode_message"),
        sub_jobs,
        entities: entities.without("sub_jobs"),
        request_id: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: &serde_json::Value) -> Option<Job> {
        Job::read(Json::parse(&value.to_string()).unwrap())
    }

    #[test]
    fn a_task_is_read_under_its_names() {
        let job = read(&json!({
            "status": "SUCCESS",
            "entities": { "sub_jobs_total": 1, "a\n": [1], "sub_jobs": [{ "status": "FAIL", "job_id": 7 }] },
            "job_id": "2c9eb2c5544cbf6101544f0602af2b4f",
            "job_type": "createServer",
            "begin_time": "2016-04-25T20:04:34.604Z",
            "end_time": " ",
            "error_code": null,
            "fail_reason": "",
            "sub_jobs": [{}],
        }));
        let part = Job { entities: "{}".into(), ..Job::default() };
        let expected = Job {
            job_id: Some("2c9eb2c5544cbf6101544f0602af2b4f".into()),
            job_type: Some("createServer".into()),
            status: "SUCCESS".into(),
            begin_time: Some("2016-04-25T20:04:34.604Z".into()),
            sub_jobs: vec![Job { status: "FAIL".into(), job_id: Some("7".into()), ..part.clone() }, part],
            entities: r#"{"a\n":[1],"sub_jobs_total":1}"#.into(),
            ..Job::default()
        };
        assert_eq!(job, Some(expected));
    }

    #[test]
    fn what_says_no_status_is_no_task() {
        for value in
            [json!({}), json!({ "status": " " }), json!({ "status": null }), json!([]), json!("INIT")]
        {
            assert_eq!(read(&value), None, "{value}");
        }
    }

    #[test]
    fn a_task_that_is_about_nothing_has_no_entities() {
        for entities in [json!(null), json!([1]), json!("text"), json!({})] {
            let job = read(&json!({ "status": "INIT", "entities": entities })).unwrap();
            assert_eq!(job.entities, "{}", "{entities}");
        }
    }

    #[test]
    fn the_status_is_known_in_every_writing() {
        for (status, state) in [
            ("SUCCESS", JobState::Succeeded),
            (" success\n", JobState::Succeeded),
            ("FAIL", JobState::Failed),
            ("Fail", JobState::Failed),
            ("INIT", JobState::UnderWay),
            ("running", JobState::UnderWay),
            ("PENDING_PAYMENT", JobState::UnderWay),
            ("FAILED", JobState::Unknown),
            ("SUCCESSFUL", JobState::Unknown),
            ("3", JobState::Unknown),
        ] {
            assert_eq!(read(&json!({ "status": status })).unwrap().state(), state, "{status:?}");
        }
    }

    #[test]
    fn code_and_reason_of_a_failure_come_each_from_the_finest_part() {
        let failure = |more: serde_json::Value| {
            let mut job = json!({ "status": "FAIL" });
            job.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            let job = read(&job).unwrap();
            let (code, reason) = job.failure();
            [code.map(String::from), reason.map(String::from)]
        };
        let told =
            |code: &str, reason: &str| [code, reason].map(|text| (!text.is_empty()).then(|| text.to_owned()));
        let part = |code: &str, reason: &str| json!({ "error_code": code, "fail_reason": reason });
        assert_eq!(failure(json!({})), told("", ""));
        assert_eq!(failure(part("Ecs.0001", "own")), told("Ecs.0001", "own"));
        assert_eq!(failure(json!({ "entities": { "errorcode_message": "text" } })), told("", "text"));
        // A code of its own, and the reason in a part.
        let parts = json!([part("", ""), { "entities": { "errorcode_message": "finer" } }, part("Ecs.0003", "later")]);
        let job = json!({ "error_code": "Ecs.0001", "entities": { "sub_jobs": parts } });
        assert_eq!(failure(job), told("Ecs.0003", "finer"));
        let job = json!({ "error_code": "Ecs.0001", "fail_reason": "own", "entities": { "sub_jobs": [part("", "finer")] } });
        assert_eq!(failure(job), told("Ecs.0001", "finer"));
        // Depth first, in either place.
        let deep = json!({ "error_code": "Ecs.0001", "sub_jobs": [{ "error_code": "Ecs.0002", "sub_jobs": [part("Ecs.0003", "")] }] });
        assert_eq!(failure(deep), told("Ecs.0003", ""));
    }

    #[test]
    fn parts_are_read_no_further_than_anybody_needs() {
        let mut job = json!({ "status": "INIT" });
        for _ in 0..20 {
            job = json!({ "status": "INIT", "sub_jobs": [job] });
        }
        let job = read(&job).unwrap();
        let levels = std::iter::successors(Some(&job), |job| job.sub_jobs.first()).count();
        assert_eq!(levels, 9);

        let parts = |count: usize| vec![json!({ "status": "INIT" }); count];
        let job = json!({ "status": "INIT", "entities": { "sub_jobs": parts(900) }, "sub_jobs": parts(900) });
        assert_eq!(read(&job).unwrap().sub_jobs.len(), 1000);
    }
}
