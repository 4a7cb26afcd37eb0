//! A cloud with one disk, as small as it can be and as bad as it may be: what it can answer to a request, and what is true
//! in it afterwards.
//!
//! It makes up its mind as late as possible: a task has ended, and the disk has come off, when an answer first says so. So
//! every course of a task is among the answers, and few states stand for many moments.

use crate::replies::{kept, reply};
use ecs_detach_volume::core::http::{HttpResponse, SendError};
use serde_json::json;

/// What is asked of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Request {
    Delete,
    Task,
    Disk,
}

/// What comes of a request, in the service and on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Fate {
    /// The DELETE: a task is there, and the answer names it.
    Accepted,
    /// What the service says of the disk or of the task.
    Attached,
    Absent,
    Running,
    Success,
    Fail,
    OddWord,
    /// A task that is not visible yet, or not any more; a server that is not there.
    NotFound,
    /// Something is wrong. `true`: the DELETE had taken effect before.
    Lost(bool),
    Hangs(bool),
    BadGateway(bool),
    /// A reply of success that is about something else.
    Other(bool),
    /// The connection broke, and the browser has sent the request again: the second copy met what the first had done.
    Busy(bool),
    NotAttached(bool),
    Throttled,
    /// A limit that wants to be left alone for an hour.
    ThrottledForLong,
    /// The token has ended.
    Unproved,
    Forbidden,
    /// The function in option `auth` fails: nothing is sent.
    NoCredentials,
    /// The caller gives up.
    Aborted(bool),
}

/// What arrives at the caller.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Arrival {
    Reply(HttpResponse<'static>),
    Nothing(SendError),
    /// Nothing, and all the time that the exchange may take.
    TimeOut,
    Abort,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Task {
    None,
    /// It works on for as long as it likes: its caller knows of it.
    Known,
    /// Nobody knows of it. The disk comes off in time, or the task has failed by then: so many more looks see it attached.
    Unknown {
        looks: u8,
    },
    Succeeded,
    Failed,
}

/// What is true.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SmallCloud {
    is_attached: bool,
    task: Task,
    /// DELETEs that have taken effect, but for those whose task has failed.
    pub(crate) effects: u8,
    /// A DELETE was accepted, whatever became of it.
    pub(crate) has_begun: bool,
}

/// Three looks in a row make a DELETE count as lost: this is how many may err.
const LOOKS_THAT_ERR: u8 = 2;

impl SmallCloud {
    pub(crate) fn new(is_attached: bool, has_task: bool) -> Self {
        let task = if has_task { Task::Known } else { Task::None };
        Self { is_attached, task, effects: u8::from(has_task), has_begun: has_task }
    }

    pub(crate) const fn is_attached(&self) -> bool {
        self.is_attached
    }

    /// Everything that can come of a request.
    pub(crate) fn fates(&self, request: Request) -> Vec<Fate> {
        use Fate::{
            Aborted, Absent, Accepted, Attached, BadGateway, Busy, Fail, Forbidden, Hangs, Lost,
            NoCredentials, NotAttached, NotFound, OddWord, Other, Running, Success, Throttled,
            ThrottledForLong, Unproved,
        };
        let mut fates = vec![Throttled, ThrottledForLong, Unproved, Forbidden, NoCredentials];
        fates.extend([Lost(false), Hangs(false), BadGateway(false), Other(false), Aborted(false)]);
        match request {
            Request::Delete => {
                fates.push(Busy(false));
                if self.is_attached {
                    fates.extend([Accepted, Lost(true), Hangs(true), BadGateway(true), Other(true)]);
                    fates.extend([Aborted(true), Busy(true), NotAttached(true)]);
                } else {
                    fates.push(NotAttached(false));
                }
            }
            Request::Task => {
                fates.push(NotFound);
                match self.task {
                    Task::Known | Task::Unknown { .. } => fates.extend([Running, OddWord, Success, Fail]),
                    Task::Succeeded => fates.extend([OddWord, Success]),
                    Task::Failed => fates.push(Fail),
                    Task::None => {}
                }
            }
            Request::Disk => {
                let may_be_attached = self.is_attached && self.task != Task::Unknown { looks: 0 };
                let may_be_absent = !self.is_attached || !matches!(self.task, Task::None | Task::Failed);
                fates.extend(may_be_attached.then_some(Attached));
                fates.extend(may_be_absent.then_some(Absent));
                // The task of which nobody knows has failed.
                fates.extend(matches!(self.task, Task::Unknown { .. }).then_some(Fail));
            }
        }
        fates
    }

    /// Makes it true, and says what arrives.
    pub(crate) fn answer(&mut self, request: Request, fate: Fate, replies: &Replies) -> Arrival {
        let unknown = Task::Unknown { looks: LOOKS_THAT_ERR };
        let fails = |cloud: &mut Self| {
            cloud.effects -= u8::from(cloud.task != Task::Failed);
            cloud.task = Task::Failed;
        };
        let arrival = match fate {
            Fate::Accepted => self.accept(Task::Known, replies.accepted),
            Fate::Busy(true) => self.accept(unknown, replies.busy),
            Fate::Other(true) => self.accept(unknown, replies.strange_id),
            Fate::Other(false) if request == Request::Delete => replies.strange_id,
            Fate::BadGateway(true) => self.accept(unknown, replies.bad_gateway),
            Fate::NotAttached(true) => {
                self.is_attached = false;
                self.accept(Task::Succeeded, replies.absent)
            }
            Fate::Lost(is_taken) | Fate::Hangs(is_taken) | Fate::Aborted(is_taken) => {
                if is_taken {
                    self.accept(unknown, replies.accepted);
                }
                match fate {
                    Fate::Lost(_) => return Arrival::Nothing(SendError::NoReply),
                    Fate::Hangs(_) => return Arrival::TimeOut,
                    _ => return Arrival::Abort,
                }
            }
            Fate::NoCredentials => return Arrival::Nothing(SendError::NoCredentials),
            Fate::Attached => {
                if let Task::Unknown { looks } = &mut self.task {
                    *looks -= 1;
                }
                replies.attached
            }
            Fate::Absent => {
                self.is_attached = false;
                if matches!(self.task, Task::Known | Task::Unknown { .. }) {
                    self.task = Task::Succeeded;
                }
                replies.absent
            }
            Fate::Success => {
                self.task = Task::Succeeded;
                replies.success
            }
            Fate::Fail => {
                fails(self);
                if request == Request::Disk { replies.attached } else { replies.fail }
            }
            _ => replies.plain(fate),
        };
        Arrival::Reply(arrival)
    }

    const fn accept(&mut self, task: Task, reply: HttpResponse<'static>) -> HttpResponse<'static> {
        self.task = task;
        self.effects += 1;
        self.has_begun = true;
        reply
    }
}

/// All that it can say.
pub(crate) struct Replies {
    accepted: HttpResponse<'static>,
    attached: HttpResponse<'static>,
    absent: HttpResponse<'static>,
    running: HttpResponse<'static>,
    success: HttpResponse<'static>,
    fail: HttpResponse<'static>,
    odd_word: HttpResponse<'static>,
    not_found: HttpResponse<'static>,
    bad_gateway: HttpResponse<'static>,
    other: HttpResponse<'static>,
    strange_id: HttpResponse<'static>,
    busy: HttpResponse<'static>,
    throttled: HttpResponse<'static>,
    throttled_for_long: HttpResponse<'static>,
    unproved: HttpResponse<'static>,
    forbidden: HttpResponse<'static>,
}

impl Replies {
    pub(crate) fn new() -> Self {
        let error = |status, code: &str| {
            reply(status, &json!({ "error": { "code": code, "message": "text" } }).to_string())
        };
        let task = |word: &str| reply(200, &json!({ "status": word, "job_id": "ff8080" }).to_string());
        let disk = json!({ "volumeId": "v", "serverId": "s", "bootIndex": -1, "device": "/dev/vdb" });
        Self {
            accepted: reply(200, r#"{"job_id":"ff8080"}"#),
            attached: reply(200, &json!({ "volumeAttachment": disk }).to_string()),
            absent: error(400, "Ecs.0111"),
            running: task("RUNNING"),
            success: task("SUCCESS"),
            fail: task("FAIL"),
            odd_word: task("SETTLING"),
            not_found: error(404, "Ecs.0114"),
            bad_gateway: reply(502, kept("<html>")),
            other: reply(200, r#"{"status":"SUCCESS","job_id":"another"}"#),
            strange_id: reply(200, r#"{"job_id":"../x"}"#),
            busy: error(409, "Ecs.0603"),
            throttled: error(429, "APIGW.0308"),
            throttled_for_long: HttpResponse { retry_after_ms: Some(3_600_000), ..error(429, "APIGW.0308") },
            unproved: error(401, "APIGW.0301"),
            forbidden: error(403, "Ecs.0003"),
        }
    }

    /// What says nothing new about the truth.
    fn plain(&self, fate: Fate) -> HttpResponse<'static> {
        match fate {
            Fate::Running => self.running,
            Fate::OddWord => self.odd_word,
            Fate::NotFound => self.not_found,
            Fate::BadGateway(_) => self.bad_gateway,
            Fate::Busy(_) => self.busy,
            Fate::NotAttached(_) => self.absent,
            Fate::Throttled => self.throttled,
            Fate::ThrottledForLong => self.throttled_for_long,
            Fate::Unproved => self.unproved,
            Fate::Forbidden => self.forbidden,
            _ => self.other,
        }
    }
}
