//! What only reads, as a machine without I/O: one question, asked again after failures that can pass; or the same question
//! over and over, until a task has ended.
//!
//! | Question | Reply | Then |
//! |---|---|---|
//! | any | a failure that another try can mend | wait, ask again |
//! | | any other failure | end: the error |
//! | task, disks, disk | what was asked for | end with it |
//! | projects | a page | ask for the next one; end after the last |
//! | end of a task | it has succeeded | end with it |
//! | | it has failed | end: the task failed |
//! | | any other word | wait, ask again |
//! | | it is not there, in the first seconds of its life | wait, ask again |

use super::api::{
    attachment_call, attachments_call, job_call, parse_attachment, parse_attachments, parse_job,
    parse_projects, projects_call,
};
use super::detachment::Next;
use super::envelope::send_error;
use super::error::{Again, Effect, Error, ErrorKind};
use super::goal::{Detach, Disk, Goal};
use super::http::{Call, HttpResponse, Method};
use super::ids::JobId;
use super::job::{Job, JobState};
use super::outcome::{Facts, Outcome, Phase};
use super::project::Project;
use super::retry::Hint;
use super::sender::{Remedy, Seen, Sender, Unwaited};
use super::turn::{Context, Input};
use super::watch::Watch;

/// The most pages of projects that are read.
const MAX_PAGES: u32 = 100;

/// What is asked: the goal of the call, and what is known on the way to it.
#[derive(Clone, Debug, Hash)]
enum Ask {
    /// A task.
    Job(JobId),
    /// The end of a task.
    JobEnd(Watch),
    /// What the goal says, once.
    Disks,
    /// The projects of the caller: all, or those of a name.
    Projects {
        /// How many pages have been read.
        page: u32,
        /// What stood on them.
        found: Vec<Project>,
    },
}

/// The machine.
#[derive(Clone, Debug, Hash)]
pub struct Question {
    ask: Ask,
    sender: Sender,
    /// How many times the question was sent.
    attempts: u32,
}

impl Question {
    /// A question that has not been asked.
    pub fn new(goal: &Goal, seed: u32) -> Self {
        let ask = match goal {
            Goal::Job(_, job) => Ask::Job(job.clone()),
            Goal::JobDone(_, job) => Ask::JobEnd(Watch::new(job.clone())),
            Goal::Projects(_) => Ask::Projects { page: 0, found: Vec::new() },
            _ => Ask::Disks,
        };
        Self { ask, sender: Sender::new(seed), attempts: 0 }
    }

    /// Takes what happened and says what to do next.
    pub fn step(&mut self, context: &mut Context<'_>, input: Input<'_>) -> Next {
        match input {
            Input::Start => {
                self.sender.start(context.now_ms);
                if let Ask::JobEnd(watch) = &mut self.ask {
                    watch.start(context);
                }
                self.send(context)
            }
            Input::Slept => self.send(context),
            Input::Reply(reply) => {
                self.sender.ended(context, Method::Get, Some(&reply));
                self.read(context, &reply)
            }
            Input::Failed(error) => {
                self.sender.ended(context, Method::Get, None);
                let is_iam = matches!(self.ask, Ask::Projects { .. });
                let endpoint = if is_iam { "iamEndpoint" } else { "endpoint" };
                self.recover(context, send_error(error, Effect::None, endpoint))
            }
            Input::Aborted => {
                self.fail(Error::new(ErrorKind::Aborted, Effect::None, Again::Never, "the call was aborted"))
            }
        }
    }

    /// The request has left.
    pub fn sent(&mut self) {
        self.attempts += 1;
        self.sender.sent();
    }

    fn call(&self, goal: &Goal) -> Call {
        match goal {
            Goal::Job(project, job) | Goal::JobDone(project, job) => job_call(project, job),
            Goal::Attachments(project, server) => attachments_call(project, server),
            Goal::Attachment(project, server, volume)
            | Goal::Accept(Disk { project, server, volume, .. })
            | Goal::Detach(Detach { disk: Disk { project, server, volume, .. }, .. }) => {
                attachment_call(project, server, volume)
            }
            Goal::Projects(name) => {
                let page = if let Ask::Projects { page, .. } = self.ask { page } else { 0 };
                projects_call(name.as_deref(), page)
            }
        }
    }

    fn send(&mut self, context: &mut Context<'_>) -> Next {
        let has_last_look = matches!(self.ask, Ask::JobEnd(..));
        match self.sender.send(context, self.call(&context.config.goal), has_last_look) {
            Ok(output) => Next::Output(output),
            Err(_) => self.run_out(),
        }
    }

    fn read(&mut self, context: &mut Context<'_>, reply: &HttpResponse<'_>) -> Next {
        let found = match &context.config.goal {
            Goal::Job(_, job) | Goal::JobDone(_, job) => match parse_job(reply, job) {
                Ok(job) => return self.told(context, job),
                Err(error) => Err(error),
            },
            Goal::Attachments(_, server) => parse_attachments(reply, server).map(Outcome::Attachments),
            Goal::Attachment(_, server, volume)
            | Goal::Accept(Disk { server, volume, .. })
            | Goal::Detach(Detach { disk: Disk { server, volume, .. }, .. }) => {
                match parse_attachment(reply, server, volume) {
                    Err(error) if error.kind == ErrorKind::NotAttached => Ok(Outcome::Attachment(None)),
                    disk => disk.map(|disk| Outcome::Attachment(Some(disk))),
                }
            }
            Goal::Projects(_) => match parse_projects(reply) {
                Ok((page, is_last)) => return self.turn_page(context, page, is_last),
                Err(error) => Err(error),
            },
        };
        match found {
            Ok(outcome) => Next::Done(Ok(outcome)),
            Err(error) => self.recover(context, error),
        }
    }

    /// The service tells of the task.
    fn told(&mut self, context: &mut Context<'_>, job: Box<Job>) -> Next {
        self.sender.succeeded(context);
        let state = match &mut self.ask {
            Ask::JobEnd(watch) => watch.saw(context, &job),
            // One look is all.
            _ => JobState::Succeeded,
        };
        match state {
            JobState::Succeeded => Next::Done(Ok(Outcome::Job(job))),
            JobState::Failed => self.fail(Error::job_failed(job)),
            JobState::UnderWay | JobState::Unknown => self.wait(context, None),
        }
    }

    fn turn_page(&mut self, context: &mut Context<'_>, projects: Vec<Project>, is_last: bool) -> Next {
        self.sender.succeeded(context);
        let Ask::Projects { page, found, .. } = &mut self.ask else { return self.send(context) };
        *page += 1;
        found.extend(projects);
        if is_last || *page >= MAX_PAGES {
            return Next::Done(Ok(Outcome::Projects(std::mem::take(found))));
        }
        self.send(context)
    }

    /// Waits before a task is asked for again. `error` is what asks for the wait, if anything does.
    fn wait(&mut self, context: &mut Context<'_>, error: Option<Box<Error>>) -> Next {
        let Ask::JobEnd(watch) = &self.ask else { return self.run_out() };
        let hint = error.as_ref().map_or(Hint::None, |error| error.hint());
        let interval_ms = watch.next_wait_ms(context, self.sender.jitter());
        match (self.sender.wait(context, interval_ms, hint), error) {
            (Ok(output), _) => Next::Output(output),
            (Err(Unwaited::TooLong), Some(error)) => self.fail(error),
            (Err(_), _) if self.sender.owes_a_look() => self.send(context),
            (Err(_), _) => self.run_out(),
        }
    }

    fn recover(&mut self, context: &mut Context<'_>, error: Box<Error>) -> Next {
        self.sender.failed(context, Method::Get, &error);
        let is_provable = self.sender.remedy(context, &error) == Remedy::NextRequest;
        if is_provable && !context.config.limits.retry.is_off {
            return self.send(context);
        }
        if let Ask::JobEnd(watch) = &mut self.ask {
            let is_hidden = watch.missed(&error) && !watch.is_gone(context) && !watch.is_strange();
            return if is_provable || is_hidden || error.can_pass() {
                self.wait(context, Some(error))
            } else {
                self.fail(error)
            };
        }
        let output =
            if error.can_pass() { self.sender.retry(context, self.sender.failures(), &error) } else { None };
        match output {
            Some(output) => Next::Output(output),
            None => self.fail(error),
        }
    }

    fn run_out(&mut self) -> Next {
        let reason = match &self.ask {
            Ask::JobEnd(watch) => watch.run_out(),
            _ => "timeoutMs has passed".into(),
        };
        self.fail(Error::new(ErrorKind::Timeout, Effect::None, Again::Never, &reason))
    }

    fn fail(&mut self, mut error: Box<Error>) -> Next {
        error.effect = if self.facts().may_have_started { Effect::Possible } else { Effect::None };
        let task = match std::mem::replace(&mut self.ask, Ask::Disks) {
            Ask::Job(job) => (Some(job.into_text()), None),
            Ask::JobEnd(watch) => watch.into_task(),
            _ => (None, None),
        };
        self.sender.complete(&mut error, self.attempts, task, None);
        Next::Done(Err(error))
    }

    /// What is known of how far it is; `None` where the question is short.
    pub fn seen(&mut self) -> Option<(&mut Sender, Seen<'_>)> {
        let Ask::JobEnd(watch) = &self.ask else { return None };
        let seen = Seen {
            phase: Phase::Waiting,
            job_id: Some(watch.job.as_str()),
            status: watch.status.as_deref(),
            polls: watch.polls,
            attempts: self.attempts,
        };
        Some((&mut self.sender, seen))
    }

    /// What is certain of it.
    pub fn facts(&self) -> Facts<'_> {
        // Who waits for a task has had it accepted before.
        let may_have_started = matches!(self.ask, Ask::JobEnd(..));
        Facts { attempts: self.attempts, may_have_started, job_id: self.job_id(), ids: self.sender.ids() }
    }

    fn job_id(&self) -> Option<&str> {
        match &self.ask {
            Ask::Job(job) => Some(job.as_str()),
            Ask::JobEnd(watch) => Some(watch.job.as_str()),
            _ => None,
        }
    }
}
