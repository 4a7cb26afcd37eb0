//! A disk of a server, as the service lists it.
//!
//! Source: ECS API reference, "Querying Disks Attached to an ECS" and "Querying a Single Disk Attached to an ECS".

use super::flat::Json;

/// How far a task is. `None` where the value is no task.
pub fn status<'a>(job: Json<'a>) -> Option<&'a str> {
    job.get("status")?.text()
}

/// Whether a value is an attachment: it names a disk. The attachment's own id is that of the disk.
pub fn is_attachment(disk: Json<'_>) -> bool {
    ["volumeId", "id"].iter().any(|name| text(disk, name).is_some())
}

/// Whether an attachment is the system disk: by its boot index, or, where that is missing, by the name that a root
/// device has.
pub fn is_system_disk(disk: Json<'_>) -> bool {
    match text(disk, "bootIndex") {
        Some(index) => index == "0",
        None => matches!(text(disk, "device"), Some("/dev/vda" | "/dev/sda")),
    }
}

// Numbers come as strings, too.
fn text<'a>(disk: Json<'a>, name: &str) -> Option<&'a str> {
    disk.get(name)?.text()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::flat::written::flat;
    use serde_json::json;

    #[test]
    fn the_boot_index_tells_the_system_disk_and_else_the_device() {
        for (disk, expected) in [
            (json!({ "bootIndex": 0, "device": "/dev/vdb" }), true),
            (json!({ "bootIndex": "0" }), true),
            (json!({ "bootIndex": -1, "device": "/dev/sda" }), false),
            (json!({ "bootIndex": null, "device": "/dev/sda" }), true),
            (json!({ "device": "/dev/vda" }), true),
            (json!({ "device": "/dev/vdb" }), false),
            (json!({ "device": "" }), false),
        ] {
            assert_eq!(is_system_disk(Json::new(&flat(&disk))), expected, "{disk}");
        }
    }

    #[test]
    fn what_names_no_disk_is_no_attachment() {
        for (disk, expected) in [
            (json!({ "volumeId": "v" }), true),
            (json!({ "volumeId": "", "id": "v" }), true),
            (json!({ "device": "/dev/vdb" }), false),
            (json!("v"), false),
        ] {
            assert_eq!(is_attachment(Json::new(&flat(&disk))), expected, "{disk}");
        }
    }
}
