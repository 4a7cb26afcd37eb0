//! The public types (`src/web/types.d.ts`), read as text.

use std::collections::{BTreeMap, BTreeSet};

pub(crate) const TYPES: &str = include_str!("../../src/web/types.d.ts");

/// A member of an interface: its comment, and whether it may be left out.
pub(crate) struct Member {
    pub(crate) doc: String,
    pub(crate) is_optional: bool,
}

/// What stands between two texts, the first of them once in `text`.
pub(crate) fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).expect(start);
    rest.split_once(end).expect(end).0
}

/// An interface, with what it extends.
pub(crate) fn interface(name: &str) -> BTreeMap<String, Member> {
    let plain = name.split('<').next().unwrap_or(name);
    let is_whole = |rest: &&str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    let found = TYPES.split("export interface ").filter_map(|rest| rest.strip_prefix(plain)).find(is_whole);
    // What is not ours has no members of ours.
    let rest = if plain == "Error" { "{}" } else { found.expect(name).trim_start() };
    let rest = rest.strip_prefix('<').map_or(rest, |rest| rest.split_once('>').expect(name).1);
    let (head, rest) = rest.split_once('{').expect(name);
    let body = if rest.starts_with('}') { "" } else { rest.split("\n}").next().expect(name) };
    let bases = head.trim().strip_prefix("extends ").unwrap_or_default();
    let mut members = match bases.strip_prefix("Omit<").and_then(|rest| rest.strip_suffix('>')) {
        Some(omit) => {
            let (base, omitted) = omit.split_once(", ").expect(omit);
            let mut members = interface(base);
            members.retain(|name, _| !omitted.contains(&format!("\"{name}\"")));
            members
        }
        None => bases.split(", ").filter(|base| !base.is_empty()).flat_map(interface).collect(),
    };
    let mut doc = String::new();
    for line in body.lines().map(str::trim) {
        if line.starts_with('/') || line.starts_with('*') {
            doc.push_str(line);
            doc.push('\n');
        } else if let Some((name, _)) = line.split_once(':') {
            let plain = name.trim_start_matches("readonly ").trim_end_matches('?').to_owned();
            let member = Member { doc: std::mem::take(&mut doc), is_optional: name.ends_with('?') };
            assert!(members.insert(plain, member).is_none(), "{line}");
        }
    }
    members
}

/// The texts in quotation marks that directly follow one of the starts.
pub(crate) fn literals_behind(text: &str, starts: &[&str]) -> BTreeSet<String> {
    let behind = |start| text.split(start).skip(1).filter_map(|rest: &str| rest.split('"').next());
    starts.iter().flat_map(|start| behind(*start).map(String::from)).collect()
}
