//! JSON, read where it stands: a cursor over the text of a document.
//!
//! Nothing is copied but strings with escapes, and there is no tree: a value is the text from its beginning on. The
//! whole document is checked once, by the rules of RFC 8259 and a little more strictly:
//!
//! - at most [`MAX_DEPTH`] arrays and objects stand inside each other;
//! - no escape stands for half of a surrogate pair, which no Rust string could hold.
//!
//! Of members with the same name the last one counts, as in `JSON.parse`. `tests/fixtures/json/vectors.json` says what
//! is accepted and what is not; Rust and JavaScript are tested with it.

use std::borrow::Cow;

/// How many arrays and objects may stand inside each other: as many as `serde_json` takes.
pub const MAX_DEPTH: u32 = 127;

/// A value in a document that has been checked: the text from its beginning on.
#[derive(Clone, Copy, Debug)]
pub struct Json<'a>(&'a str);

impl<'a> Json<'a> {
    /// `null`.
    pub const NULL: Self = Json("null");

    /// Checks a document and gives its value. `None` where the text is not exactly one document, with nothing but white
    /// space around it.
    pub fn parse(text: &'a str) -> Option<Self> {
        let bytes = text.as_bytes();
        let start = skip_space(bytes, 0);
        let end = value_end(bytes, start)?;
        if skip_space(bytes, end) < bytes.len() {
            return None;
        }
        text.get(start..).map(Self)
    }

    /// The member of an object; the last one where several have the name.
    pub fn get(self, name: &str) -> Option<Self> {
        let mut found = None;
        for (key, value) in self.members() {
            if key == name {
                found = Some(value);
            }
        }
        found
    }

    /// The members of an object, as they are written; none for other values.
    pub fn members(self) -> Members<'a> {
        Members(self.inside(b'{'))
    }

    /// The elements of an array; none for other values.
    pub fn elements(self) -> Elements<'a> {
        Elements(self.inside(b'['))
    }

    /// A string that is not blank, or the characters of a number. Blank is what has white space and control characters
    /// only.
    pub fn text(self) -> Option<Cow<'a, str>> {
        if let Some(number) = self.number() {
            return Some(Cow::Borrowed(number));
        }
        self.string().filter(|text| text.bytes().any(|byte| byte > b' '))
    }

    /// The text of a member, copied.
    #[inline(never)]
    pub fn text_of(self, name: &str) -> Option<String> {
        self.get(name)?.text().map(Cow::into_owned)
    }

    /// A string.
    pub fn string(self) -> Option<Cow<'a, str>> {
        if self.first() == b'"' { self.raw().get(1..)?.strip_suffix('"').map(unescape) } else { None }
    }

    /// Whether it is that string.
    pub fn is(self, text: &str) -> bool {
        self.string().as_deref() == Some(text)
    }

    /// A number, as it is written.
    pub fn number(self) -> Option<&'a str> {
        matches!(self.first(), b'-' | b'0'..=b'9').then(|| self.raw())
    }

    /// `null`, `true` or `false`.
    pub fn word(self) -> Option<&'a str> {
        self.first().is_ascii_lowercase().then(|| self.raw())
    }

    /// The text of the value, as it is written.
    pub fn raw(self) -> &'a str {
        self.0.get(..self.end()).unwrap_or_default()
    }

    /// The text of an object without the members of a name; `{}` for other values.
    pub fn without(self, name: &str) -> String {
        let mut text = String::from("{");
        let mut rest = self.inside(b'{');
        while let (Some(key), Some(value)) = (next(&mut rest), next(&mut rest)) {
            if key.string().as_deref() != Some(name) {
                if text.len() > 1 {
                    text.push(',');
                }
                for part in &[key.raw(), ":", value.raw()] {
                    text.push_str(part);
                }
            }
        }
        text.push('}');
        text
    }

    /// Whether it is an object.
    pub fn is_object(self) -> bool {
        self.first() == b'{'
    }

    /// Whether it is an array.
    pub fn is_array(self) -> bool {
        self.first() == b'['
    }

    /// Whether it is `null`.
    pub fn is_null(self) -> bool {
        self.first() == b'n'
    }

    fn first(self) -> u8 {
        byte(self.0.as_bytes(), 0)
    }

    fn end(self) -> usize {
        value_end(self.0.as_bytes(), 0).unwrap_or_default()
    }

    /// What follows the bracket, where the value begins with that one.
    fn inside(self, bracket: u8) -> &'a str {
        if self.first() == bracket { self.0.get(1..).unwrap_or_default() } else { "" }
    }
}

/// The members of an object: each name with its value.
#[derive(Clone, Debug)]
pub struct Members<'a>(&'a str);

impl<'a> Iterator for Members<'a> {
    type Item = (Cow<'a, str>, Json<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let name = next(&mut self.0)?.string()?;
        Some((name, next(&mut self.0)?))
    }
}

/// The elements of an array.
#[derive(Clone, Debug)]
pub struct Elements<'a>(&'a str);

impl<'a> Iterator for Elements<'a> {
    type Item = Json<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        next(&mut self.0)
    }
}

/// The value that comes next inside an array or object, names of members included; `None` at its end.
fn next<'a>(rest: &mut &'a str) -> Option<Json<'a>> {
    let bytes = rest.as_bytes();
    let mut start = 0;
    // The document has been checked: the separators stand where they must.
    while is_space(byte(bytes, start)) || matches!(byte(bytes, start), b',' | b':') {
        start += 1;
    }
    let value = Json(rest.get(start..)?);
    let end = value.end();
    *rest = value.0.get(end..)?;
    (end > 0).then_some(value)
}

/// The byte at a position; 0 behind the end, which stands nowhere in a document.
fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    while is_space(byte(bytes, at)) {
        at += 1;
    }
    at
}

/// Where the value ends that begins at a position; `None` where none does.
fn value_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut depth = 0;
    // Of what is open, the innermost last: whether it is an object.
    let mut objects = 0_u128;
    loop {
        let first = byte(bytes, at);
        let mut is_open = false;
        match first {
            b'{' | b'[' => {
                if depth == MAX_DEPTH {
                    return None;
                }
                depth += 1;
                objects = objects << 1 | u128::from(first == b'{');
                at += 1;
                is_open = true;
            }
            b'"' => at = string_end(bytes, at)?,
            b'-' | b'0'..=b'9' => at = number_end(bytes, at)?,
            _ => at = word_end(bytes, at)?,
        }
        loop {
            if depth == 0 {
                return Some(at);
            }
            at = skip_space(bytes, at);
            let is_object = objects & 1 == 1;
            if byte(bytes, at) == if is_object { b'}' } else { b']' } {
                at += 1;
                depth -= 1;
                objects >>= 1;
                is_open = false;
                continue;
            }
            if !is_open {
                if byte(bytes, at) != b',' {
                    return None;
                }
                at = skip_space(bytes, at + 1);
            }
            if is_object {
                at = skip_space(bytes, string_end(bytes, at)?);
                if byte(bytes, at) != b':' {
                    return None;
                }
                at = skip_space(bytes, at + 1);
            }
            break;
        }
    }
}

fn word_end(bytes: &[u8], at: usize) -> Option<usize> {
    let word = match byte(bytes, at) {
        b'n' => "null",
        b't' => "true",
        _ => "false",
    };
    let end = at + word.len();
    (bytes.get(at..end)? == word.as_bytes()).then_some(end)
}

fn number_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    if byte(bytes, at) == b'-' {
        at += 1;
    }
    at = if byte(bytes, at) == b'0' { at + 1 } else { digits_end(bytes, at)? };
    if byte(bytes, at) == b'.' {
        at = digits_end(bytes, at + 1)?;
    }
    if matches!(byte(bytes, at), b'e' | b'E') {
        at += 1;
        if matches!(byte(bytes, at), b'+' | b'-') {
            at += 1;
        }
        at = digits_end(bytes, at)?;
    }
    Some(at)
}

/// Where digits end, of which there must be one.
fn digits_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    while byte(bytes, at).is_ascii_digit() {
        at += 1;
    }
    (at > start).then_some(at)
}

/// Where a string ends that must begin there.
fn string_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    if byte(bytes, at) != b'"' {
        return None;
    }
    at += 1;
    loop {
        match byte(bytes, at) {
            b'"' => return Some(at + 1),
            b'\\' => at = escape(bytes, at + 1)?.1,
            0..b' ' => return None,
            _ => at += 1,
        }
    }
}

/// The string that stands between quotation marks.
fn unescape(raw: &str) -> Cow<'_, str> {
    let bytes = raw.as_bytes();
    let mut text = String::new();
    let (mut start, mut at) = (0, 0);
    while at < bytes.len() {
        if byte(bytes, at) != b'\\' {
            at += 1;
            continue;
        }
        text.push_str(raw.get(start..at).unwrap_or_default());
        let Some((character, end)) = escape(bytes, at + 1) else { break };
        text.push(character);
        at = end;
        start = end;
    }
    if start == 0 {
        return Cow::Borrowed(raw);
    }
    text.push_str(raw.get(start..).unwrap_or_default());
    Cow::Owned(text)
}

/// The character that an escape stands for, and where the escape ends. It begins behind the backslash.
fn escape(bytes: &[u8], at: usize) -> Option<(char, usize)> {
    let character = match byte(bytes, at) {
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        itself @ (b'"' | b'\\' | b'/') => char::from(itself),
        b'u' => {
            let unit = code_unit(bytes, at + 1)?;
            if !(0xd800..0xdc00).contains(&unit) {
                // Of the second half of a pair, no character is made.
                return Some((char::from_u32(unit)?, at + 5));
            }
            let low = code_unit(bytes, at + 7)?;
            let is_pair = bytes.get(at + 5..at + 7) == Some(b"\\u") && (0xdc00..0xe000).contains(&low);
            let code = 0x1_0000 + ((unit - 0xd800) << 10) + (low & 0x3ff);
            return char::from_u32(code).filter(|_| is_pair).map(|character| (character, at + 11));
        }
        _ => return None,
    };
    Some((character, at + 1))
}

/// What four hexadecimal digits stand for.
fn code_unit(bytes: &[u8], at: usize) -> Option<u32> {
    let mut unit = 0;
    for index in at..at + 4 {
        unit = unit << 4 | char::from(byte(bytes, index)).to_digit(16)?;
    }
    Some(unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn same(ours: Json<'_>, theirs: &Value) -> bool {
        match theirs {
            Value::Null => ours.is_null() && ours.word() == Some("null"),
            Value::Bool(flag) => ours.word() == Some(if *flag { "true" } else { "false" }),
            Value::String(text) => ours.string().as_deref() == Some(text),
            // serde_json writes an exponent in its own way.
            Value::Number(number) => {
                ours.number().map(|text| text.to_lowercase().replace("e+", "e"))
                    == Some(number.to_string().to_lowercase().replace("e+", "e"))
            }
            Value::Array(elements) => {
                ours.is_array()
                    && ours.elements().count() == elements.len()
                    && ours.elements().zip(elements).all(|(ours, theirs)| same(ours, theirs))
            }
            Value::Object(members) => {
                ours.is_object()
                    && ours.members().all(|(name, _)| members.contains_key(&*name))
                    && members
                        .iter()
                        .all(|(name, theirs)| ours.get(name).is_some_and(|ours| same(ours, theirs)))
            }
        }
    }

    fn agrees(text: &str) -> bool {
        let theirs = serde_json::from_str::<Value>(text);
        match (Json::parse(text), &theirs) {
            (Some(ours), Ok(theirs)) => {
                same(ours, theirs) && ours.raw() == text.trim_matches([' ', '\t', '\n', '\r'])
            }
            (None, Err(_)) => true,
            _ => false,
        }
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            "\\PC{0,12}[\\x00-\\x1f\"\\\\\u{1f600}]{0,4}".prop_map(Value::from),
            Just(Value::from(r#"{"a":["{\"b\":1}",2]}"#)),
        ];
        leaf.prop_recursive(5, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map("[\\PC\"\\\\\n]{0,6}", inner, 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn every_value_is_found_as_it_was_written(value in any_json(), is_pretty: bool) {
            let text = if is_pretty { format!(" {value:#}\r\n") } else { value.to_string() };
            prop_assert!(Json::parse(&text).is_some_and(|ours| same(ours, &value)), "{}", text);
        }

        #[test]
        fn a_document_with_a_flaw_is_judged_as_by_serde_json(
            value in any_json(),
            at: prop::sample::Index,
            flaw in prop_oneof!["[\\[\\]{}\",:\\\\0-9eE.+ \\-untrfalsbD]{0,3}", "[\\x00-\\x7fé]"],
            removed in 0..3_usize,
        ) {
            let mut characters: Vec<char> = value.to_string().chars().collect();
            let start = at.index(characters.len() + 1);
            let end = (start + removed).min(characters.len());
            characters.splice(start..end, flaw.chars());
            let text: String = characters.into_iter().collect();
            prop_assert!(agrees(&text), "{}", text);
        }

        #[test]
        fn strings_and_numbers_of_any_writing_are_judged_as_by_serde_json(
            string in "\"(\\\\u[dD][89a-fA-F][0-9a-f]{2}|\\\\u[0-9A-Fa-f]{3,4}|\\\\[bfnrt/u\"\\\\x]|[ -~]){0,6}\"?",
            number in "-?[0-9]{0,3}(\\.[0-9]{0,2})?([eE][+-]?[0-9]{0,2})?",
        ) {
            prop_assert!(agrees(&string), "{}", string);
            prop_assert!(agrees(&number), "{}", number);
        }

        #[test]
        fn no_text_makes_it_panic_or_go_on_for_ever(text in "[\\[\\]{}\",:\\\\ua1 é]{0,40}") {
            prop_assert!(agrees(&text), "{}", text);
        }
    }

    #[test]
    fn a_text_is_what_says_something() {
        for (json, text) in [
            (r#"" a ""#, Some(" a ")),
            (r#""\u0009 \n""#, None),
            (r#""""#, None),
            ("-1.50E+3", Some("-1.50E+3")),
            ("true", None),
            ("[1]", None),
        ] {
            assert_eq!(Json::parse(json).unwrap().text().as_deref(), text, "{json}");
        }
    }

    #[test]
    fn strings_are_copied_only_where_they_must_be() {
        let value = Json::parse(r#"["plain é","with\nescape"]"#).unwrap();
        let strings: Vec<_> = value.elements().filter_map(Json::string).collect();
        assert!(matches!(strings[..], [Cow::Borrowed("plain é"), Cow::Owned(_)]));
        assert_eq!(strings[1], "with\nescape");
    }

    #[test]
    fn the_last_of_several_members_counts_however_its_name_is_written() {
        let object = Json::parse(r#"{"a":1,"b":2,"\u0061":[3]}"#).unwrap();
        assert_eq!(object.get("a").map(Json::raw), Some("[3]"));
        assert_eq!(object.members().count(), 3);
        assert_eq!(["a", "b", "c"].map(|name| object.text_of(name)), [None, Some("2".into()), None]);
        assert!(object.get("c").is_none() && Json::NULL.get("a").is_none());
    }

    #[test]
    fn an_object_is_copied_without_one_of_its_names() {
        for (object, rest) in [
            (r#"{"a":1,"x":{"a":2},"b":"c"}"#, r#"{"a":1,"b":"c"}"#),
            (r#"{ "x" : 1 , "\u0078":[], "a" : [ {"x":1} ] }"#, r#"{"a":[ {"x":1} ]}"#),
            (r#"{"x":1}"#, "{}"),
            ("{}", "{}"),
            ("[1]", "{}"),
            ("null", "{}"),
        ] {
            assert_eq!(Json::parse(object).unwrap().without("x"), rest, "{object}");
        }
    }

    #[test]
    fn deep_nesting_is_refused_and_does_not_overflow_the_stack() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(agrees(&nested(127)) && Json::parse(&nested(127)).is_some());
        assert!(agrees(&nested(128)) && Json::parse(&nested(128)).is_none());
        assert!(Json::parse(&"[{\"a\":".repeat(500_000)).is_none());
    }
}
