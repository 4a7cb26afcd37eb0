//! Reading JSON (RFC 8259).
//!
//! A reader of our own: serde_json brings in reading and printing of floats, which nothing here needs, and the
//! browser's `JSON.parse` would make the core depend on a browser. Property tests compare it with serde_json.

/// How deep arrays and objects may nest: far deeper than any reply, far shallower than the stack.
const MAX_DEPTH: u8 = 64;

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`, `true` or `false`.
    Word(&'static str),
    /// A number, as it was written. Nothing here calculates with them.
    Number(String),
    /// A string.
    Text(String),
    /// An array.
    Array(Vec<Self>),
    /// An object, with its members in the order of the text.
    Object(Vec<(String, Self)>),
}

impl Json {
    /// Reads a text that holds one JSON value and nothing else. `None` where it does not, or nests too deep.
    pub fn parse(text: &str) -> Option<Self> {
        let mut reader = Reader { text, at: 0 };
        let value = reader.value(MAX_DEPTH)?;
        reader.skip_space();
        (reader.at == text.len()).then_some(value)
    }

    /// The member of an object; the last one where a name is repeated, as in `JSON.parse`.
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.members().iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The members of an object; none for other values.
    pub fn members(&self) -> &[(String, Self)] {
        if let Self::Object(members) = self { members } else { &[] }
    }

    /// The elements of an array; none for other values.
    pub fn elements(&self) -> &[Self] {
        if let Self::Array(elements) = self { elements } else { &[] }
    }

    /// A string that is not blank, or a number as it was written.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) if text.bytes().any(|byte| byte > b' ') => Some(text),
            Self::Number(digits) => Some(digits),
            _ => None,
        }
    }

    /// Takes a member out of an object; `null` where there is none.
    pub fn take(&mut self, name: &str) -> Self {
        let members = if let Self::Object(members) = self { &mut members[..] } else { &mut [] };
        let member = members.iter_mut().rev().find(|(key, _)| key == name);
        member.map_or(Self::Word("null"), |(_, value)| std::mem::replace(value, Self::Word("null")))
    }

    /// Applies `change` to every string in it. Names of members are no strings.
    pub fn for_each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        match self {
            Self::Text(text) => change(text),
            Self::Array(elements) => elements.iter_mut().for_each(|element| element.for_each_text(change)),
            Self::Object(members) => members.iter_mut().for_each(|(_, value)| value.for_each_text(change)),
            Self::Word(_) | Self::Number(_) => {}
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn take(&mut self, wanted: u8) -> bool {
        let is_next = self.peek() == Some(wanted);
        self.at += usize::from(is_next);
        is_next
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn since(&self, start: usize) -> Option<&'a str> {
        self.text.get(start..self.at)
    }

    fn value(&mut self, depth: u8) -> Option<Json> {
        self.skip_space();
        match self.peek()? {
            b'{' => self.object(depth.checked_sub(1)?),
            b'[' => self.array(depth.checked_sub(1)?),
            b'"' => self.string().map(Json::Text),
            b'a'..=b'z' => self.word(),
            _ => self.number(),
        }
    }

    fn word(&mut self) -> Option<Json> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_lowercase()) {
            self.at += 1;
        }
        let word = self.since(start)?;
        ["null", "true", "false"].into_iter().find(|known| *known == word).map(Json::Word)
    }

    fn array(&mut self, depth: u8) -> Option<Json> {
        let mut elements = Vec::new();
        let mut is_open = self.opens(b']');
        while is_open {
            elements.push(self.value(depth)?);
            is_open = self.goes_on(b']')?;
        }
        Some(Json::Array(elements))
    }

    fn object(&mut self, depth: u8) -> Option<Json> {
        let mut members = Vec::new();
        let mut is_open = self.opens(b'}');
        while is_open {
            self.skip_space();
            let name = self.string()?;
            self.skip_space();
            if !self.take(b':') {
                return None;
            }
            members.push((name, self.value(depth)?));
            is_open = self.goes_on(b'}')?;
        }
        Some(Json::Object(members))
    }

    /// Passes the opening bracket; whether something stands before the closing one.
    fn opens(&mut self, close: u8) -> bool {
        self.at += 1;
        self.skip_space();
        !self.take(close)
    }

    /// Passes a comma or the closing bracket; whether it was a comma.
    fn goes_on(&mut self, close: u8) -> Option<bool> {
        self.skip_space();
        match self.next()? {
            b',' => Some(true),
            byte if byte == close => Some(false),
            _ => None,
        }
    }

    fn number(&mut self) -> Option<Json> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            let _sign = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        self.since(start).map(|number| Json::Number(number.into()))
    }

    /// Passes at least one digit.
    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    fn string(&mut self) -> Option<String> {
        if !self.take(b'"') {
            return None;
        }
        let mut text = String::new();
        loop {
            let start = self.at;
            while self.peek()? >= b' ' && !matches!(self.peek()?, b'"' | b'\\') {
                self.at += 1;
            }
            text.push_str(self.since(start)?);
            match self.next()? {
                b'"' => return Some(text),
                b'\\' => text.push(self.escape()?),
                _ => return None,
            }
        }
    }

    fn escape(&mut self) -> Option<char> {
        Some(match self.next()? {
            b'b' => '\x08',
            b'f' => '\x0c',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode_escape(),
            same @ (b'"' | b'\\' | b'/') => same.into(),
            _ => return None,
        })
    }

    // Half of a surrogate pair alone is no character: it becomes U+FFFD, as when JavaScript's strings become
    // UTF-8.
    fn unicode_escape(&mut self) -> Option<char> {
        let first = self.four_hex_digits()?;
        let behind_first = self.at;
        if (0xd800..0xdc00).contains(&first) && self.take(b'\\') && self.take(b'u') {
            let second = self.four_hex_digits()?;
            if (0xdc00..0xe000).contains(&second) {
                return char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00));
            }
        }
        self.at = behind_first;
        Some(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn four_hex_digits(&mut self) -> Option<u32> {
        let mut value = 0;
        for _ in 0..4 {
            value = value * 16 + char::from(self.next()?).to_digit(16)?;
        }
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn same(ours: &Json, theirs: &Value) -> bool {
        match (ours, theirs) {
            (Json::Word(word), Value::Null) => *word == "null",
            (Json::Word(word), Value::Bool(flag)) => *word == if *flag { "true" } else { "false" },
            (Json::Text(a), Value::String(b)) => a == b,
            (Json::Number(a), Value::Number(b)) => a.parse::<f64>().ok() == b.as_f64(),
            (Json::Array(a), Value::Array(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
            }
            (Json::Object(_), Value::Object(b)) => {
                b.iter().all(|(name, value)| ours.get(name).is_some_and(|ours| same(ours, value)))
                    && ours.members().iter().all(|(name, _)| b.contains_key(name))
            }
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
        ];
        leaf.prop_recursive(5, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map("\\PC{0,6}", inner, 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn everything_that_serde_json_writes_is_read_alike(value in any_json(), pretty: bool) {
            let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
            let ours = Json::parse(&text.unwrap());
            prop_assert!(ours.is_some_and(|ours| same(&ours, &value)));
        }

        // Pieces of JSON put together at random hit far more of the grammar than random characters.
        #[test]
        fn what_is_json_and_what_is_not_is_judged_as_serde_json_judges(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "{", "}", "[", "]", ",", ":", "\"a\"", "\"", "\\", "\\n", "\\u0041", "\\x", "null", "true",
                    "false", "nul", "0", "01", "-", "1", ".", "5e", "e+", "1.5", "-0", " ", "\n", "\u{1}", "é",
                ]),
                0..9,
            )
        ) {
            let text = pieces.concat();
            let theirs = serde_json::from_str::<Value>(&text);
            let ours = Json::parse(&text);
            prop_assert_eq!(ours.is_some(), theirs.is_ok(), "{}", text);
            if let (Some(ours), Ok(theirs)) = (ours, theirs) {
                prop_assert!(same(&ours, &theirs), "{}", text);
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,60}") {
            let _ = Json::parse(&text);
        }
    }

    #[test]
    fn surrogate_pairs_are_joined_and_halves_replaced() {
        assert_eq!(Json::parse(r#""\ud83d\ude00""#), Some(Json::Text("😀".into())));
        for half in [r#""\ud83d""#, r#""\ude00""#, r#""\ud83dx""#] {
            assert!(
                Json::parse(half).is_some_and(|text| text.text().is_some_and(|t| t.starts_with('\u{fffd}')))
            );
        }
    }

    #[test]
    fn the_last_of_repeated_members_counts() {
        let json = Json::parse(r#"{"a": 1, "a": 2}"#).unwrap();
        assert_eq!(json.get("a").and_then(Json::text), Some("2"));
    }

    #[test]
    fn deep_nesting_is_refused_and_does_not_overflow_the_stack() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(Json::parse(&nested(64)).is_some());
        assert_eq!(Json::parse(&nested(65)), None);
        assert_eq!(Json::parse(&nested(500_000)), None);
    }
}
