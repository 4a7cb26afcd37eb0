//! What JavaScript calls: the table of functions of the README, as `types.d.ts` describes it. `pkg/loader/client.js`
//! loads the module, takes down the options, and calls one of these.

use super::call::{begin, flaw};
use super::host::{Caller, now};
use crate::core::pace::Shared;
use js_sys::Promise;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// Asks the service to detach a disk.
#[wasm_bindgen(js_name = detachVolume, unchecked_return_type = "Promise<DetachTask>")]
pub fn detach_volume(options: Caller) -> Promise {
    begin("detachVolume", options, Rc::new(Cell::new(Shared::ALONE)))
}

/// Detaches a disk, and waits until it is off the server.
#[wasm_bindgen(js_name = detachVolumeAndWait, unchecked_return_type = "Promise<DetachOutcome>")]
pub fn detach_volume_and_wait(options: Caller) -> Promise {
    begin(AND_WAIT, options, Rc::new(Cell::new(Shared::ALONE)))
}

/// Asks for a task.
#[wasm_bindgen(js_name = getJob, unchecked_return_type = "Promise<Job>")]
pub fn get_job(options: Caller) -> Promise {
    begin("getJob", options, Rc::new(Cell::new(Shared::ALONE)))
}

/// Follows a task to its end.
#[wasm_bindgen(js_name = waitForJob, unchecked_return_type = "Promise<Job>")]
pub fn wait_for_job(options: Caller) -> Promise {
    begin("waitForJob", options, Rc::new(Cell::new(Shared::ALONE)))
}

/// Lists the disks of a server.
#[wasm_bindgen(js_name = listAttachments, unchecked_return_type = "Promise<Attachment[]>")]
pub fn list_attachments(options: Caller) -> Promise {
    begin("listAttachments", options, Rc::new(Cell::new(Shared::ALONE)))
}

/// Asks for one disk of a server.
#[wasm_bindgen(js_name = getAttachment, unchecked_return_type = "Promise<Attachment | null>")]
pub fn get_attachment(options: Caller) -> Promise {
    begin("getAttachment", options, Rc::new(Cell::new(Shared::ALONE)))
}

/// Lists the projects of the caller.
#[wasm_bindgen(js_name = findProjects, unchecked_return_type = "Promise<Project[]>")]
pub fn find_projects(options: Caller) -> Promise {
    begin("findProjects", options, Rc::new(Cell::new(Shared::ALONE)))
}

/// Says what is wrong with the options of a function, by its public name: an error, or `null`.
#[wasm_bindgen(unchecked_return_type = "OptionsError | null")]
pub fn check(function: &str, options: Caller) -> JsValue {
    flaw(function, &options)
}

/// What the disks of `detachVolumes` share: the pace of their requests. Which of them is next, `pkg/loader/batch.js` says.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Batch {
    shared: Rc<Cell<Shared>>,
}

#[wasm_bindgen]
impl Batch {
    /// A pace that is to be found.
    #[wasm_bindgen(constructor)]
    #[expect(clippy::new_without_default, reason = "it begins now")]
    pub fn new() -> Self {
        Self { shared: Rc::new(Cell::new(Shared::paced(now()))) }
    }

    /// Detaches one of the disks.
    #[wasm_bindgen(js_name = detachVolumeAndWait, unchecked_return_type = "Promise<DetachOutcome>")]
    pub fn detach_volume_and_wait(&self, options: Caller) -> Promise {
        begin(AND_WAIT, options, Rc::clone(&self.shared))
    }
}

const AND_WAIT: &str = "detachVolumeAndWait";
