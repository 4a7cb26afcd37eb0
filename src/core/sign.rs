//! Signing with an access key: SDK-HMAC-SHA256, as a pure function of request, key and time.
//!
//! Source: "API Request Signing Guide", AK/SK Signing and Authentication Algorithm.

use super::ids::is_unreserved;
use super::text::{append, cut, find};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::fmt;

const ALGORITHM: &str = "SDK-HMAC-SHA256";

/// The SHA-256 of an empty body: no request of this package has one.
pub const EMPTY_BODY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// A request, as far as it is signed.
#[derive(Clone, Copy)]
pub struct Signable<'a> {
    /// The method.
    pub method: &'a str,
    /// The path of the URL as it is sent.
    pub path: &'a str,
    /// The query of the URL as it is sent, without its question mark: encoded, its parts in alphabetical order.
    pub query: &'a str,
    /// The headers that are signed: names in lower case, in alphabetical order. Among them is `x-sdk-date`.
    pub headers: &'a [(&'a str, &'a str)],
    /// The time, as `20191115T033655Z`: the value of `x-sdk-date`.
    pub date: &'a str,
    /// The SHA-256 of the body.
    pub body_hash: &'a str,
}

/// A signature, and what was signed.
pub struct Signed {
    /// The request in its canonical form.
    pub canonical_request: String,
    /// What the key was applied to.
    pub string_to_sign: String,
    /// In hexadecimal digits.
    pub signature: String,
    /// The value of the header `Authorization`.
    pub authorization: String,
}

impl fmt::Debug for Signed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Signed(***)")
    }
}

/// Signs a request. What was derived from the key is wiped when it is done.
#[inline(never)]
pub fn sign(request: &Signable<'_>, access_key: &str, secret_key: &str) -> Signed {
    let mut names = String::new();
    let mut canonical_request = String::new();
    let path = encode(request.path, b'/');
    // The canonical path ends with a slash; the path that is sent does not.
    append(&mut canonical_request, &[request.method, "\n", &path, "/\n", request.query, "\n"]);
    for (name, value) in request.headers {
        append(&mut canonical_request, &[name, ":", value, "\n"]);
        let separator = if names.is_empty() { "" } else { ";" };
        append(&mut names, &[separator, name]);
    }
    append(&mut canonical_request, &["\n", &names, "\n", request.body_hash]);
    let hash = hex(&Sha256::digest(canonical_request.as_bytes()));
    let string_to_sign = [ALGORITHM, "\n", request.date, "\n", &hash].concat();
    let signature = hex(&hmac(secret_key.as_bytes(), string_to_sign.as_bytes()));
    let authorization =
        [ALGORITHM, " Access=", access_key, ", SignedHeaders=", &names, ", Signature=", &signature].concat();
    Signed { canonical_request, string_to_sign, signature, authorization }
}

#[inline(never)]
fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    // Keys of any length are taken.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

/// A text with each byte encoded that is not unreserved (RFC 3986, section 2.3), nor `kept`.
pub fn encode(text: &str, kept: u8) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if is_unreserved(byte) || byte == kept {
            encoded.push(byte.into());
        } else {
            encoded.push('%');
            encoded.push_str(&hex(&[byte]).to_ascii_uppercase());
        }
    }
    encoded
}

fn hex(bytes: &[u8]) -> String {
    let mut digits = String::new();
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            digits.extend(char::from_digit(digit.into(), 16));
        }
    }
    digits
}

/// What time it was at the service, where it says that a signature was too old or too new: `20191115T033655Z`.
pub fn server_time(text: &str) -> Option<&str> {
    let (_, behind) = cut(text, "signature expired")?;
    cut(behind, "server time:")?.1.get(..16)
}

/// Why the service refused a signature, in its words and in ours: which of the known reasons it is, and, where the
/// service shows the request as it received it, what differs from the one that was signed.
///
/// Source: "API Request Signing Guide", Common Errors Related to IAM Authentication Information.
#[inline(never)]
pub fn explain(text: &str, canonical_request: &str) -> Option<String> {
    let says = |words| find(text, words).is_some();
    if let Some((_, received)) = cut(text, "canonicalRequest:") {
        let (mut ours, mut theirs) = (canonical_request, received);
        while !ours.is_empty() {
            let (our_line, our_rest) = cut(ours, "\n").unwrap_or((ours, ""));
            // The service writes a bar for each end of a line.
            let (their_line, their_rest) = cut(theirs, "|").unwrap_or((theirs, ""));
            if our_line != their_line {
                return Some(
                    [
                        "the request was changed on the way: \"",
                        our_line,
                        "\" was signed, \"",
                        their_line,
                        "\" received",
                    ]
                    .concat(),
                );
            }
            (ours, theirs) = (our_rest, their_rest);
        }
        return Some("the secret key does not belong to the access key".into());
    }
    let known = &[
        ("signature expired", "the signature has expired: the clock is wrong"),
        ("not exist", "the service does not know the access key"),
        ("reach the limit", "the access key is locked for some minutes, after too many failures"),
        ("decrypt token fail", "the security token is wrong or has expired"),
    ];
    known.iter().find_map(|(words, meaning)| says(words).then(|| String::from(*meaning)))
}
