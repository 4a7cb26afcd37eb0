//! Texts without `std::fmt` and without the standard library's string searcher: those two would be the largest
//! parts of the WebAssembly module.

/// A number in decimal digits.
pub fn decimal(number: u32) -> String {
    let mut text = String::new();
    let mut unit = 1_000_000_000;
    while unit > 0 {
        let digit = char::from_digit(number / unit % 10, 10).unwrap_or('0');
        if digit != '0' || !text.is_empty() || unit == 1 {
            text.push(digit);
        }
        unit /= 10;
    }
    text
}

/// The number that digits without leading zeros stand for, up to `max`.
pub fn whole_number(digits: &str, max: u32) -> Option<u32> {
    let is_plain = digits == "0" || !digits.starts_with('0');
    if !is_plain || digits.is_empty() || digits.len() > 9 || !digits.bytes().all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let number = digits.bytes().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    (number <= max).then_some(number)
}

/// Where a text begins inside another, in bytes.
pub fn find(text: &str, wanted: &str) -> Option<usize> {
    let length = wanted.len().max(1);
    text.as_bytes().windows(length).position(|window| window == wanted.as_bytes())
}

/// Puts texts at the end of another. What holds a secret is not put together anywhere else.
pub fn append(text: &mut String, parts: &[&str]) {
    for part in parts {
        text.push_str(part);
    }
}

/// What stands before and behind the first occurrence of a text.
pub fn cut<'a>(text: &'a str, at: &str) -> Option<(&'a str, &'a str)> {
    let (before, rest) = text.split_at_checked(find(text, at)?)?;
    Some((before, rest.get(at.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn decimal_agrees_with_the_standard_library(number: u32) {
            prop_assert_eq!(decimal(number), number.to_string());
        }

        #[test]
        fn whole_number_reads_what_decimal_writes(number in 0..1_000_000_000u32, max in 0..1_000_000_000u32) {
            prop_assert_eq!(whole_number(&number.to_string(), max), (number <= max).then_some(number));
        }

        #[test]
        fn find_and_cut_agree_with_the_standard_library(text in "[ab:é]{0,12}", wanted in "[ab:é]{1,3}") {
            prop_assert_eq!(find(&text, &wanted), text.find(&wanted));
            prop_assert_eq!(cut(&text, &wanted), text.split_once(&wanted));
        }
    }

    #[test]
    fn whole_number_takes_plain_digits_only() {
        for text in ["", "-1", "+1", "01", "00", "1.0", "1e3", " 1", "9999999999"] {
            assert_eq!(whole_number(text, u32::MAX), None, "{text}");
        }
        assert_eq!(whole_number("0", 0), Some(0));
    }

    #[test]
    fn decimal_writes_zero() {
        assert_eq!(decimal(0), "0");
    }
}
