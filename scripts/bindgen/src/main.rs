//! Writes the JavaScript beside a module: `bindgen FOLDER MODULE [--keep-names]`.

use std::collections::HashSet;
use std::env;
use std::error::Error;

use walrus::{ElementItems, ExportItem, FunctionBuilder, Module};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let (folder, module, is_stripped) = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [folder, module] => (folder, module, true),
        [folder, module, "--keep-names"] => (folder, module, false),
        _ => return Err("expected a folder, a module and at most --keep-names".into()),
    };
    let mut output = Bindgen::new()
        .input_path(module)
        .web(true)?
        .omit_default_module_path(true)
        .typescript(false)
        .remove_name_section(is_stripped)
        .remove_producers_section(is_stripped)
        .generate_output()?;
    forget_unused_closures(output.wasm_mut());
    output.emit(folder)?;
    Ok(())
}

/// Takes out of the table what only the JavaScript could call, and does not: wasm-bindgen's functions that call closures,
/// one for each type of closure in all of js-sys. Those that are used are exported. The table would keep the others:
/// 470 bytes after brotli.
fn forget_unused_closures(module: &mut Module) {
    let exported: HashSet<_> = module
        .exports
        .iter()
        .filter_map(|export| if let ExportItem::Function(id) = export.item { Some(id) } else { None })
        .collect();
    let unused: HashSet<_> = module
        .funcs
        .iter()
        .filter(|function| {
            function.name.as_deref().is_some_and(|name| name.contains("::convert::closures::_::invoke::<"))
        })
        .map(|function| function.id())
        .filter(|id| !exported.contains(id))
        .collect();
    let mut trap = FunctionBuilder::new(&mut module.types, &[], &[]);
    trap.func_body().unreachable();
    let trap = trap.finish(Vec::new(), &mut module.funcs);
    for element in module.elements.iter_mut() {
        let ElementItems::Functions(functions) = &mut element.items else { continue };
        for function in functions.iter_mut().filter(|function| unused.contains(function)) {
            *function = trap;
        }
    }
}
