//! The published vectors of signatures, at all three stages.

use ecs_detach_volume::core::sign::{EMPTY_BODY, Signable, encode, sign};
use serde_json::Value;
use sha2::{Digest, Sha256};

const VECTORS: &str = include_str!("../fixtures/signing/sig_vectors.json");

/// Signs the request of every vector and compares.
pub(crate) fn check_vectors() {
    let vectors: Vec<Value> = serde_json::from_str(VECTORS).unwrap();
    assert_eq!(vectors.len(), 10);
    for vector in &vectors {
        let text = |name: &str| vector[name].as_str().unwrap_or_default();
        let mut headers: Vec<_> = vector["signed_headers"].as_object().unwrap().iter().collect();
        headers.sort_by_key(|(name, _)| name.to_lowercase());
        let headers: Vec<_> =
            headers.into_iter().map(|(name, value)| (name.to_lowercase(), value.as_str().unwrap())).collect();
        let headers: Vec<_> = headers.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        let body_hash: String =
            Sha256::digest(text("body")).iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(!text("body").is_empty() || body_hash == EMPTY_BODY);
        let mut query: Vec<_> = vector["query"].as_array().unwrap().iter().map(part).collect();
        query.sort();
        let (path, date) = (text("path"), text("date"));
        let (method, query) = (text("method"), query.join("&"));
        let request =
            Signable { method, path, query: &query, headers: &headers, date, body_hash: &body_hash };
        let signed = sign(&request, text("access_key"), text("secret_key"));
        let name = text("name");
        assert_eq!(signed.canonical_request, text("canonical_request"), "{name}");
        assert_eq!(signed.string_to_sign, text("string_to_sign"), "{name}");
        assert_eq!(signed.signature, text("signature"), "{name}");
        assert_eq!(signed.authorization, text("authorization"), "{name}");
    }
}

fn part(pair: &Value) -> String {
    let [name, value] = [0, 1].map(|index| encode(pair[index].as_str().unwrap(), b'-'));
    format!("{name}={value}")
}
