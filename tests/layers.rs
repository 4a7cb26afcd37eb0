//! Who may import whom: the modules keep to the rows that `core/mod.rs` and `web/mod.rs` print.
#![expect(clippy::unwrap_used, clippy::panic, clippy::string_slice, reason = "helpers of tests")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const AREAS: [&str; 2] = ["core", "web"];
const BROWSER_CRATES: [&str; 8] = [
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "js_sys",
    "web_sys",
    "gloo_net",
    "gloo_utils",
    "serde_wasm_bindgen",
    "lol_alloc",
];
const MAX_CODE_LINES: usize = 400;
const MAX_FUNCTION_LINES: usize = 60;

/// The files of a folder of `src`, by name.
fn files(folder: &str) -> BTreeMap<String, String> {
    files_in(&["src/", folder].concat())
}

/// The files of a folder of the project, by name.
fn files_in(folder: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.is_file());
    files
        .map(|path| {
            (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap())
        })
        .collect()
}

/// The modules of an area and their text.
fn modules(area: &str) -> BTreeMap<String, String> {
    let sources = files(area).into_iter().filter(|(name, _)| name.ends_with(".rs") && name != "mod.rs");
    sources.map(|(name, text)| (name.trim_end_matches(".rs").to_owned(), text)).collect()
}

/// The row of each module in a table such as `//! | 2 | [`error`], [`text`] |`.
fn rows(module_docs: &str) -> BTreeMap<String, u32> {
    let mut rows = BTreeMap::new();
    for line in module_docs.lines().filter_map(|line| line.strip_prefix("//! |")) {
        let Some((row, names)) = line.split_once('|') else { continue };
        let Ok(row) = row.trim().parse() else { continue };
        for name in names.split('`').skip(1).step_by(2) {
            assert_eq!(rows.insert(name.to_owned(), row), None, "{name} stands in two rows");
        }
    }
    rows
}

/// The code of a file: no comments, no unit tests.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    let is_code =
        |line: &str| !line.is_empty() && !line.starts_with("/**") && !line.starts_with("* ") && line != "*";
    lines.filter(|line| is_code(line.trim()) && line.trim() != "*/").flat_map(|line| [line, "\n"]).collect()
}

/// The words of a text: identifiers, keywords and numbers.
fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// `a::{b, c::d}` as `a::b` and `a::c::d`.
fn expand(tree: &str) -> Vec<String> {
    let Some(open) = tree.find('{') else { return vec![tree.to_owned()] };
    let mut paths = Vec::new();
    let (mut depth, mut part) = (0, String::new());
    for character in tree[open..].chars() {
        depth += i32::from(character == '{') - i32::from(character == '}');
        match (character, depth) {
            ('{', 1) => {}
            (',', 1) | ('}', 0) => {
                paths.extend(expand(&[&tree[..open], std::mem::take(&mut part).trim()].concat()));
            }
            _ => part.push(character),
        }
    }
    paths
}

/// The modules of ours that a module of `area` names, as (area, module), in `use` lines and elsewhere.
fn imports(area: &str, code: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for statement in code.split(';') {
        let uses = statement.split_once("use ").filter(|(before, _)| before.trim().is_empty());
        let paths = match uses {
            Some((_, tree)) => expand(tree),
            None => ["super::", "crate::"].iter().flat_map(|root| inline_paths(statement, root)).collect(),
        };
        for path in paths {
            let parts: Vec<_> = path.trim().split("::").map(str::trim).collect();
            match parts[..] {
                ["super", "super", ..] => panic!("write crate:: instead of {path}"),
                ["super", module, ..] => found.push((area.to_owned(), module.to_owned())),
                ["crate", other, module, ..] => found.push((other.to_owned(), module.to_owned())),
                ["crate", ..] => panic!("{path} imports a whole area"),
                _ => {}
            }
        }
    }
    found
}

fn inline_paths(statement: &str, root: &str) -> Vec<String> {
    let is_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':');
    statement
        .match_indices(root)
        .map(|(at, _)| {
            let path = &statement[at..];
            path[..path.find(|c| !is_path(c)).unwrap_or(path.len())].to_owned()
        })
        .collect()
}

#[test]
fn every_module_stands_in_the_table_of_its_area_and_is_declared() {
    for area in AREAS {
        let docs = &files(area)["mod.rs"];
        let table: Vec<_> = rows(docs).into_keys().collect();
        let found: Vec<_> = modules(area).into_keys().collect();
        assert_eq!(table, found, "the table in src/{area}/mod.rs and the files beside it");
        let declared = code(docs);
        for module in found {
            assert!(declared.contains(&format!("mod {module};")), "src/{area}/{module}.rs is not compiled");
        }
    }
}

#[test]
fn a_module_imports_only_from_rows_below_its_own() {
    let tables: BTreeMap<_, _> = AREAS.into_iter().map(|area| (area, rows(&files(area)["mod.rs"]))).collect();
    for area in AREAS {
        for (module, text) in modules(area) {
            let Some(&row) = tables[area].get(&module) else { panic!("{area}::{module} stands in no row") };
            for (other, import) in imports(area, &code(&text)) {
                let table = tables.get(other.as_str());
                let import_row = table.and_then(|table| table.get(&import));
                let import_row = *import_row.unwrap_or_else(|| {
                    panic!("src/{area}/{module}.rs imports {other}::{import}, which is no module")
                });
                let is_below = if area == other { import_row < row } else { other == "core" };
                assert!(is_below, "src/{area}/{module}.rs (row {row}) imports {other}::{import}");
            }
        }
    }
}

#[test]
fn core_mentions_neither_a_browser_crate_nor_web() {
    for (file, text) in files("core") {
        for word in words(&code(&text)) {
            assert!(!BROWSER_CRATES.contains(&word), "src/core/{file} mentions {word}");
        }
        assert!(!code(&text).contains("crate::web"), "src/core/{file} imports from web");
    }
}

#[test]
fn no_file_is_too_long_to_read() {
    for folder in [".", "core", "web"] {
        for (file, text) in files(folder) {
            let lines = code(&text).lines().count();
            assert!(lines <= MAX_CODE_LINES, "src/{folder}/{file} has {lines} lines of code");
        }
    }
}

/// The functions of a file as it is formatted, each with its number of lines.
fn functions(code: &str) -> Vec<(&str, usize)> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let lines: Vec<_> = code.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let head = line.split('(').next().unwrap_or_default();
        if !words(head).any(|word| word == "fn") || line.ends_with(['}', ';']) {
            continue;
        }
        let is_end = |other: &&str| other.trim() == "}" && indent(other) == indent(line);
        let length = lines.iter().skip(start).position(is_end).unwrap() + 1;
        found.push((head.trim(), length));
    }
    found
}

#[test]
fn no_function_is_too_long_to_read() {
    let mut count = 0;
    for folder in
        ["src", "src/core", "src/web", "tests", "tests/support", "tests/real_life", "fuzz/fuzz_targets"]
    {
        for (file, text) in files_in(folder).into_iter().filter(|(name, _)| name.ends_with(".rs")) {
            for (name, lines) in functions(&code(&text)) {
                assert!(lines <= MAX_FUNCTION_LINES, "{folder}/{file}: {name} has {lines} lines");
                count += 1;
            }
        }
    }
    assert!(count > 200, "{count} functions were found");
}

#[test]
fn this_file_finds_functions() {
    let code = "pub const fn a<T>(\n    x: T,\n) {\n}\nimpl X {\n    fn b(&self);\n    fn c() {\n        d()\n    }\n    fn e() {}\n}\nlet fn_like = f(\n";
    assert_eq!(functions(code), [("pub const fn a<T>", 4), ("fn c", 3)]);
}

#[test]
fn the_folders_of_src_are_the_two_areas() {
    for folder in [".", "core", "web"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder);
        let mut folders: Vec<_> = fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.path().is_dir())
            .map(|entry| entry.file_name().into_string().unwrap())
            .collect();
        folders.sort();
        assert_eq!(folders, if folder == "." { &AREAS[..] } else { &[] }, "under src/{folder}");
    }
}

#[test]
fn this_file_reads_use_trees_right() {
    let code = code(
        "use super::{a::X, b::{Y, Z}}; // use super::c::W;\nuse crate::core::{d, e::V};\nfn f() { super::g::h() }",
    );
    let found = imports("web", &code);
    let found: Vec<_> = found.iter().map(|(area, module)| format!("{area}::{module}")).collect();
    assert_eq!(found, ["web::a", "web::b", "web::b", "core::d", "core::e", "web::g"]);
}
