//! A disk of a server, as the service lists it.
//!
//! Source: ECS API reference, "Querying Disks Attached to an ECS" and "Querying a Single Disk Attached to an ECS".

use super::json::Json;

/// A disk that is attached to a server: a view of the reply, which can lack everything but the disk's id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment(pub Json);

impl Attachment {
    /// Whether a value is an attachment: it names a disk.
    pub fn is_one(json: &Json) -> bool {
        volume_id(json).is_some()
    }

    /// The disk.
    pub fn volume_id(&self) -> Option<&str> {
        volume_id(&self.0)
    }

    /// A member: a string that is not blank, or a number as it was written. Numbers come as both.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.text()
    }

    /// Whether it is the system disk: by its boot index, or, where that is missing, by the name that a root
    /// device has.
    pub fn is_system_disk(&self) -> bool {
        match self.text("bootIndex") {
            Some(index) => index == "0",
            None => matches!(self.text("device"), Some("/dev/vda" | "/dev/sda")),
        }
    }
}

/// The attachment's own id is that of the disk.
fn volume_id(json: &Json) -> Option<&str> {
    ["volumeId", "id"].iter().find_map(|name| json.get(name)?.text())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attachment(text: &str) -> Attachment {
        Attachment(Json::parse(text).unwrap())
    }

    #[test]
    fn the_boot_index_tells_the_system_disk_and_else_the_device() {
        for (text, is_system_disk) in [
            (r#"{"bootIndex":0,"device":"/dev/vdb"}"#, true),
            (r#"{"bootIndex":"0"}"#, true),
            (r#"{"bootIndex":-1,"device":"/dev/sda"}"#, false),
            (r#"{"bootIndex":null,"device":"/dev/sda"}"#, true),
            (r#"{"device":"/dev/vda"}"#, true),
            (r#"{"device":"/dev/vdb"}"#, false),
            (r#"{"device":""}"#, false),
        ] {
            assert_eq!(attachment(text).is_system_disk(), is_system_disk, "{text}");
        }
    }

    #[test]
    fn the_disk_is_named_by_its_own_id_or_by_that_of_the_attachment() {
        assert_eq!(attachment(r#"{"volumeId":"v","id":"other"}"#).volume_id(), Some("v"));
        assert_eq!(attachment(r#"{"volumeId":"","id":"v"}"#).volume_id(), Some("v"));
        assert_eq!(attachment(r#"{"device":"/dev/vdb"}"#).volume_id(), None);
    }
}
