//! Writes the JavaScript beside a module: `bindgen FOLDER MODULE [--keep-names]`.

use std::env;
use std::error::Error;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let (folder, module, is_stripped) = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [folder, module] => (folder, module, true),
        [folder, module, "--keep-names"] => (folder, module, false),
        _ => return Err("expected a folder, a module and at most --keep-names".into()),
    };
    Bindgen::new()
        .input_path(module)
        .web(true)?
        .omit_default_module_path(true)
        .typescript(false)
        .remove_name_section(is_stripped)
        .remove_producers_section(is_stripped)
        .generate(folder)?;
    Ok(())
}
