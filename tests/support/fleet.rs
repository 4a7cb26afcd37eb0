//! Many disks at once, in virtual time: the order in which `detachVolumes` takes them, and a cloud behind a gateway with a
//! limit.

use ecs_detach_volume::core::config::{Config, parse};
use ecs_detach_volume::core::error::Error;
use ecs_detach_volume::core::http::{BodyEnd, HttpResponse, Method};
use ecs_detach_volume::core::json::Json;
use ecs_detach_volume::core::operation::{Operation, Step};
use ecs_detach_volume::core::outcome::Outcome;
use ecs_detach_volume::core::pace::Shared;
use ecs_detach_volume::core::turn::{Context, Exchange, Input, Output};
use serde_json::json;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// How long a request and its answer take.
const LATENCY_MS: u32 = 40;
/// Any clock will do, also one that wraps around in the middle.
const CLOCK_START: u32 = u32::MAX - 3_000;

/// Status, body and `Retry-After` of an answer that is not the cloud's, if there is one to a request about a disk at a time.
pub(crate) type Fault = fn(disk: usize, path: &str, now_ms: u32) -> Option<(u16, &'static str, Option<u32>)>;

/// What is to be done, and where.
pub(crate) struct Fleet {
    pub(crate) servers: usize,
    pub(crate) disks_each: usize,
    pub(crate) concurrency: usize,
    /// How long the tasks of the disks take, over and over.
    pub(crate) tasks_ms: Vec<u32>,
    /// How many requests the gateway takes in each second.
    pub(crate) limit: Option<u32>,
    /// Whether the calls share a pace, as those of a batch do.
    pub(crate) is_paced: bool,
    pub(crate) seed: u32,
    pub(crate) fault: Fault,
}

/// What became of a disk.
pub(crate) struct Ending {
    pub(crate) ended_ms: u32,
    pub(crate) outcome: Result<Outcome, Box<Error>>,
}

/// What it took.
#[derive(Default)]
pub(crate) struct Bill {
    pub(crate) elapsed_ms: u32,
    pub(crate) requests: u32,
    pub(crate) polls: u32,
    /// By the limit.
    pub(crate) refused: u32,
    /// Answers that were not the cloud's.
    pub(crate) faults: u32,
    /// In the order of the disks.
    pub(crate) endings: Vec<Option<Ending>>,
}

impl Bill {
    /// Every disk's end.
    pub(crate) fn endings(&self) -> impl Iterator<Item = &Ending> {
        self.endings.iter().map(|ending| ending.as_ref().expect("every call ends"))
    }

    #[track_caller]
    pub(crate) fn assert_done(&self) {
        for (disk, ending) in self.endings().enumerate() {
            assert!(matches!(ending.outcome, Ok(Outcome::Detached(_))), "{disk}: {:?}", ending.outcome);
        }
    }
}

/// A call in the middle of something, and when that ends.
struct Call {
    operation: Operation,
    /// The request that is on its way; else it waits.
    asks: Option<Exchange>,
}

struct Run<'a> {
    fleet: &'a Fleet,
    config: Config,
    shared: Shared,
    agenda: BinaryHeap<Reverse<(u32, usize, usize)>>,
    calls: Vec<Option<Call>>,
    /// When the task of a disk ends.
    task_ends: Vec<Option<u32>>,
    window: (u32, u32),
    order: usize,
    next_server: usize,
    now: u32,
    bill: Bill,
}

impl Fleet {
    /// A batch without a limit, with the concurrency that is the default.
    pub(crate) fn new(servers: usize, disks_each: usize, tasks_ms: Vec<u32>, seed: u32) -> Self {
        let (limit, is_paced, fault) = (None, true, |_, _: &str, _| None);
        Self { servers, disks_each, concurrency: 20, tasks_ms, limit, is_paced, seed, fault }
    }

    /// The requests that nobody could do without: a look at the disk, the DELETE, a last look, one after the other.
    pub(crate) fn ideal_ms(&self) -> u32 {
        let tasks = self.tasks_ms.iter().cycle().take(self.disks_each);
        tasks.map(|task_ms| task_ms + 3 * LATENCY_MS).sum()
    }

    pub(crate) fn run(&self) -> Bill {
        let options =
            json!({ "endpoint": "/", "projectId": "p", "serverId": "s", "volumeId": "v" }).to_string();
        let config = parse("detachVolumeAndWait", Json::parse(&options).unwrap()).unwrap();
        let disks = self.servers * self.disks_each;
        let mut run = Run {
            fleet: self,
            config: *config,
            shared: if self.is_paced { Shared::paced(CLOCK_START) } else { Shared::ALONE },
            agenda: BinaryHeap::new(),
            calls: (0..disks).map(|_| None).collect(),
            task_ends: vec![None; disks],
            window: (0, 0),
            order: 0,
            next_server: self.concurrency.min(self.servers),
            now: 0,
            bill: Bill { endings: (0..disks).map(|_| None).collect(), ..Bill::default() },
        };
        for server in 0..run.next_server {
            run.begin(server * self.disks_each);
        }
        while let Some(Reverse((now, _, disk))) = run.agenda.pop() {
            run.now = now;
            run.go_on(disk);
        }
        run.bill.elapsed_ms = run.now;
        run.bill
    }
}

impl Run<'_> {
    fn begin(&mut self, disk: usize) {
        // Neighbouring seeds, well mixed.
        let seed = (self.fleet.seed.wrapping_mul(65_537) + disk as u32 + 1).wrapping_mul(2_654_435_769);
        let operation = Operation::new(&self.config, seed);
        self.calls[disk] = Some(Call { operation, asks: None });
        self.feed(disk, Input::Start);
    }

    fn go_on(&mut self, disk: usize) {
        let Some(exchange) = self.calls[disk].as_mut().unwrap().asks.take() else {
            return self.feed(disk, Input::Slept);
        };
        let (status, text, retry_after_ms) = self.answer(disk, &exchange);
        let reply = HttpResponse { retry_after_ms, ..HttpResponse::new(status, &text, BodyEnd::Complete) };
        self.feed(disk, Input::Reply(reply));
    }

    fn feed(&mut self, disk: usize, input: Input<'_>) {
        let Call { operation, .. } = self.calls[disk].take().unwrap();
        let now_ms = CLOCK_START.wrapping_add(self.now);
        let mut context = Context { config: &self.config, shared: &mut self.shared, now_ms };
        let (mut operation, output) = match operation.step(&mut context, input) {
            Step::Next(operation, output) => (operation, output),
            Step::Done(outcome) => {
                self.bill.endings[disk] = Some(Ending { ended_ms: self.now, outcome });
                return self.take_next(disk);
            }
        };
        let (wait_ms, asks) = match output {
            Output::Sleep(ms) => (ms, None),
            Output::Send(exchange) => {
                operation.sent();
                (LATENCY_MS, Some(exchange))
            }
        };
        self.calls[disk] = Some(Call { operation, asks });
        self.order += 1;
        self.agenda.push(Reverse((self.now + wait_ms, self.order, disk)));
    }

    /// One disk of a server after the other, then the next server that nobody has taken.
    fn take_next(&mut self, disk: usize) {
        let Fleet { servers, disks_each, .. } = *self.fleet;
        if !(disk + 1).is_multiple_of(disks_each) {
            return self.begin(disk + 1);
        }
        if self.next_server < servers {
            self.next_server += 1;
            self.begin((self.next_server - 1) * disks_each);
        }
    }

    fn answer(&mut self, disk: usize, exchange: &Exchange) -> (u16, String, Option<u32>) {
        let (path, now) = (&exchange.call.path, self.now);
        let is_poll = path.contains("/jobs/");
        self.bill.requests += 1;
        self.bill.polls += u32::from(is_poll);
        if let Some((status, text, retry_after_ms)) = (self.fleet.fault)(disk, path, now) {
            self.bill.faults += 1;
            return (status, text.into(), retry_after_ms);
        }
        if self.is_over_limit() {
            self.bill.refused += 1;
            let message = "The throttling threshold has been reached: policy user over ratelimit,limit:200,time:1 second";
            return (429, json!({ "error_code": "APIGW.0308", "error_msg": message }).to_string(), None);
        }
        if exchange.call.method == Method::Delete {
            self.task_ends[disk] = Some(now + self.fleet.tasks_ms[disk % self.fleet.tasks_ms.len()]);
            return (200, r#"{"job_id":"t"}"#.into(), None);
        }
        let is_over = self.task_ends[disk].is_some_and(|end| now >= end);
        if is_poll {
            let status = if is_over { "SUCCESS" } else { "RUNNING" };
            return (200, json!({ "job_id": "t", "status": status }).to_string(), None);
        }
        if is_over {
            return (400, r#"{"error":{"code":"Ecs.0111","message":"not attached"}}"#.into(), None);
        }
        let disk = json!({ "volumeId": "v", "serverId": "s", "bootIndex": -1, "device": "/dev/vdb" });
        (200, json!({ "volumeAttachment": disk }).to_string(), None)
    }

    /// Windows of a second follow one another; when they begin is the gateway's matter.
    fn is_over_limit(&mut self) -> bool {
        let Some(limit) = self.fleet.limit else { return false };
        let second = (self.now + self.fleet.seed * 137) / 1000;
        self.window = (second, if self.window.0 == second { self.window.1 + 1 } else { 1 });
        self.window.1 > limit
    }
}
