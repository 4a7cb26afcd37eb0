//! Values as `pkg/loader/flat.js` writes them, for tests that have no loader.

use serde_json::Value;

/// The form in which `core::json` reads a value.
pub(crate) fn flat(value: &Value) -> String {
    match value {
        Value::String(text) => {
            let is_document = text.starts_with('{');
            let document = is_document.then(|| serde_json::from_str::<Value>(text).ok()).flatten();
            document.map_or_else(
                || ["\u{1}", &plain(text)].concat(),
                |document| ["\u{6}", &plain(text), &flat(&document)].concat(),
            )
        }
        Value::Number(number) => format!("\u{2}{number}"),
        Value::Array(elements) => {
            let elements: String = elements.iter().map(flat).collect();
            ["\u{4}", &elements, "\0"].concat()
        }
        Value::Object(members) => {
            let members: String =
                members.iter().map(|(name, value)| ["\u{1}", &plain(name), &flat(value)].concat()).collect();
            ["\u{5}", &members, "\0"].concat()
        }
        word => format!("\u{3}{word}"),
    }
}

fn plain(text: &str) -> String {
    text.replace(|character| character <= '\u{6}', "\u{fffd}")
}
