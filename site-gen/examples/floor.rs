//! The floor of a site build: walk a folder of Markdown, parse and render each page with
//! pulldown-cmark, write it. Nothing else; what `cargo xtask bench site` measures ours against.
//!
//! usage: floor CONTENT OUT

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    let mut arguments = env::args_os().skip(1);
    let (Some(content), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err(io::Error::other("usage: floor CONTENT OUT"));
    };
    let mut page = String::new();
    walk(Path::new(&content), Path::new(&out), &mut page)
}

fn walk(folder: &Path, out: &Path, page: &mut String) -> io::Result<()> {
    fs::create_dir_all(out)?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let target = out.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            walk(&path, &target, page)?;
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let source = fs::read_to_string(&path)?;
            page.clear();
            let parser = pulldown_cmark::Parser::new_ext(&source, pulldown_cmark::Options::all());
            pulldown_cmark::html::push_html(page, parser);
            fs::write(target.with_extension("html"), &page)?;
        }
    }
    Ok(())
}
