//! A disk of a server, as the service lists it.
//!
//! Source: ECS API reference, "Querying Disks Attached to an ECS" and "Querying a Single Disk Attached to an ECS".

use super::json::Json;
use super::text::cut;

/// What root devices are called, in lower case; a partition has a number behind it.
const ROOT_DEVICES: &[&str] = &["vda", "sda", "xvda", "hda", "nvme0n1"];

/// A disk that is attached to a server. Texts are as they came, but for those that are blank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attachment {
    /// The server.
    pub server_id: Option<String>,
    /// The disk.
    pub volume_id: String,
    /// Where the server finds it, such as `/dev/vdb`.
    pub device: Option<String>,
    /// Its size in GiB.
    pub size_gib: Option<i32>,
    /// 0 for the system disk, another number for a data disk.
    pub boot_index: Option<i32>,
    /// Whether it is the system disk: by its boot index, or, where that is missing, by the name that a root device has.
    pub is_system_disk: bool,
    /// `virtio` or `scsi`.
    pub bus: Option<String>,
    /// Such as `0000:02:01.0`.
    pub pci_address: Option<String>,
}

impl Attachment {
    /// An attachment out of a reply. `None` where the value is none: it names no disk. The attachment's own id is that
    /// of the disk.
    pub fn read(value: Json<'_>) -> Option<Self> {
        let device = value.text_of("device");
        let boot_index = number(value, "bootIndex");
        Some(Self {
            volume_id: value.text_of("volumeId").or_else(|| value.text_of("id"))?,
            server_id: value.text_of("serverId"),
            size_gib: number(value, "size"),
            boot_index,
            is_system_disk: match boot_index {
                Some(index) => index == 0,
                None => device.as_deref().is_some_and(is_root_device),
            },
            device,
            bus: value.text_of("bus"),
            pci_address: value.text_of("pciAddress"),
        })
    }
}

fn is_root_device(device: &str) -> bool {
    let device = device.trim_ascii().to_ascii_lowercase();
    let name = device.strip_prefix("/dev/").unwrap_or(&device);
    for root in ROOT_DEVICES {
        if let Some(partition) = name.strip_prefix(*root) {
            let digits = if *root == "nvme0n1" { partition.strip_prefix('p') } else { Some(partition) };
            return partition.is_empty()
                || digits.is_some_and(|digits| {
                    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
                });
        }
    }
    false
}

/// A member that is a whole number of at most nine digits. Numbers come as strings, too.
fn number(disk: Json<'_>, name: &str) -> Option<i32> {
    let text = disk.text_of(name)?;
    let text = match cut(&text, ".") {
        Some((whole, zeros)) if zeros.bytes().all(|byte| byte == b'0') => whole,
        _ => &text,
    };
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    let mut number = 0;
    for byte in digits.bytes() {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number * 10 + i32::from(byte - b'0');
    }
    Some(if digits.len() < text.len() { -number } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn read(disk: &Value) -> Option<Attachment> {
        Attachment::read(Json::parse(&disk.to_string()).unwrap())
    }

    #[test]
    fn a_disk_is_read_under_its_names() {
        let disk = json!({
            "serverId": "s", "volumeId": "v", "id": "other", "device": "/dev/vdb", "size": "40", "bootIndex": -1,
            "bus": "virtio", "pciAddress": "",
        });
        let expected = Attachment {
            server_id: Some("s".into()),
            volume_id: "v".into(),
            device: Some("/dev/vdb".into()),
            size_gib: Some(40),
            boot_index: Some(-1),
            is_system_disk: false,
            bus: Some("virtio".into()),
            pci_address: None,
        };
        assert_eq!(read(&disk), Some(expected));
    }

    #[test]
    fn what_names_no_disk_is_no_attachment() {
        for (disk, expected) in [
            (json!({ "volumeId": "v" }), Some("v")),
            (json!({ "volumeId": "", "id": "v" }), Some("v")),
            (json!({ "id": 7 }), Some("7")),
            (json!({ "volumeId": null, "id": " " }), None),
            (json!({ "device": "/dev/vdb" }), None),
            (json!("v"), None),
            (json!(["v"]), None),
        ] {
            assert_eq!(read(&disk).map(|disk| disk.volume_id).as_deref(), expected, "{disk}");
        }
    }

    #[test]
    fn the_boot_index_tells_the_system_disk_and_else_the_device() {
        for (disk, expected) in [
            (json!({ "bootIndex": 0, "device": "/dev/vdb" }), true),
            (json!({ "bootIndex": "0" }), true),
            (json!({ "bootIndex": 1, "device": "/dev/vda" }), false),
            (json!({ "bootIndex": -1, "device": "/dev/sda" }), false),
            (json!({ "bootIndex": null, "device": "/dev/sda" }), true),
            (json!({ "bootIndex": "", "device": "/dev/sda" }), true),
            (json!({ "bootIndex": "first", "device": "/dev/sda" }), true),
            (json!({}), false),
        ] {
            let mut disk = disk;
            disk["id"] = "v".into();
            assert_eq!(read(&disk).unwrap().is_system_disk, expected, "{disk}");
        }
    }

    #[test]
    fn a_root_device_is_known_by_its_name() {
        for device in [
            "/dev/vda",
            "/dev/sda",
            "/dev/xvda",
            "/dev/hda",
            "/dev/nvme0n1",
            "vda",
            "nvme0n1",
            "/dev/vda1",
            "xvda12",
            "/dev/nvme0n1p1",
            "/dev/nvme0n1p12",
            " /dev/SDA ",
            "/DEV/vda\n",
        ] {
            assert!(is_root_device(device), "{device}");
        }
        for device in [
            "/dev/vdb",
            "/dev/vdaa",
            "/dev/sdb1",
            "/dev/nvme1n1",
            "/dev/nvme0n2",
            "/dev/nvme0n11",
            "/dev/nvme0n1p",
            "/dev/nvme0n1pa",
            "/dev/vda1a",
            "/dev/",
            "",
            "a/dev/vda",
            "/dev/xvdb",
            "/dev//vda",
        ] {
            assert!(!is_root_device(device), "{device}");
        }
    }

    #[test]
    fn numbers_are_whole_and_short() {
        for (size, expected) in [
            (json!(40), Some(40)),
            (json!("040"), Some(40)),
            (json!(-2), Some(-2)),
            (json!(999_999_999), Some(999_999_999)),
            (json!(1_000_000_000), None),
            (json!(1.5), None),
            (json!("-"), None),
            (json!("4 0"), None),
            (json!("--4"), None),
            (json!(true), None),
        ] {
            assert_eq!(read(&json!({ "id": "v", "size": size })).unwrap().size_gib, expected, "{size}");
        }
    }
}
