//! A project of the caller, as the identity service lists it.
//!
//! Source: IAM API reference, "Querying Project Information Based on the Specified Criteria".

use super::json::Json;

/// A project.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Project {
    /// Its id.
    pub id: String,
    /// Its name: that of the region, with a suffix where there are several in it.
    pub name: Option<String>,
    /// The account that it belongs to.
    pub domain_id: Option<String>,
    /// Whether it is in use.
    pub enabled: bool,
}

impl Project {
    /// A project out of a reply. `None` where the value is none: it has no id.
    pub fn read(value: Json<'_>) -> Option<Self> {
        Some(Self {
            id: value.text_of("id")?,
            name: value.text_of("name"),
            domain_id: value.text_of("domain_id"),
            enabled: value.get("enabled").and_then(Json::word) != Some("false"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_is_read_under_its_names() {
        let read = |text| Project::read(Json::parse(text).unwrap());
        let text = r#"{"domain_id":"d","is_domain":false,"name":"cn-north-4","id":"p","enabled":false}"#;
        let (id, name, domain_id) = ("p".into(), Some("cn-north-4".into()), Some("d".into()));
        assert_eq!(read(text), Some(Project { id, name, domain_id, enabled: false }));
        let project = Project { id: "7".into(), name: None, domain_id: None, enabled: true };
        assert_eq!(read(r#"{"id":7,"name":" ","enabled":null}"#), Some(project));
        assert_eq!(read(r#"{"id":"","name":"a"}"#), None);
    }
}
