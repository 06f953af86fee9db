//! `khung serve`

use std::{net::SocketAddr, path::PathBuf};

use clap::ArgMatches;
use site_gen::BuildOptions;
use validator::config::Settings;

use crate::{
    command::build,
    context::{self, Context},
    desk::Desk,
    failure::{Exit, Failure},
};

pub(crate) fn run(arguments: &ArgMatches, context: &Context) -> Result<Exit, Failure> {
    let flags = Settings {
        listen: arguments.get_one::<SocketAddr>("listen").copied(),
        ..Settings::default()
    };
    let file = arguments.get_one::<PathBuf>("config");
    let resolved = validator::config::resolve(file.map(PathBuf::as_path), std::env::vars(), flags)
        .map_err(|error| Failure {
            exit: Exit::Unusable,
            message: error.message(),
        })?;
    for name in &resolved.unknown_variables {
        context.progress(
            &format!("biến môi trường {name} không phải là thiết lập nào"),
            &format!("the environment variable {name} is no setting"),
        );
    }
    if ensure_site(context)? == Exit::Found {
        return Ok(Exit::Found);
    }
    let root = context.root.clone();
    let rule_sources = [
        "rules",
        "content/catalogue",
        "content/vi/framework",
        "content/en/framework",
    ];
    let parts = validator::Parts {
        public: context.public(),
        load_rules: Box::new(move || Desk::judge(&root)),
        rule_sources: rule_sources
            .map(|folder| context.root.join(folder))
            .to_vec(),
    };
    validator::serve(resolved.config, parts, |address| {
        context.progress(
            &format!("trang và dịch vụ kiểm tra tại http://{address} (Ctrl+C để dừng)"),
            &format!("site and validator at http://{address} (Ctrl+C to stop)"),
        );
    })
    .map_err(|error| Failure {
        exit: Exit::Unusable,
        message: error.message(),
    })?;
    Ok(Exit::Done)
}

/// Builds the site when it is missing or older than its sources. A build with nothing changed costs
/// little, so "older" needs no guess from clocks: the build itself compares.
fn ensure_site(context: &Context) -> Result<Exit, Failure> {
    let sources = context.root.join("content");
    if !sources.is_dir() && context.public().is_dir() {
        // A folder with nothing but the built site and the rules, as on a server.
        return Ok(Exit::Done);
    }
    let options = BuildOptions {
        root: context.root.clone(),
        out: context.public(),
        base_url: None,
        date: context::today()?,
        strict: false,
        compress: true,
    };
    match build::build(&options, context) {
        Ok((_, exit)) => Ok(exit),
        // A folder that cannot be written to, as in a container: a finished site is served as it is.
        Err(failure) if context.public().join(site_gen::manifest::PATH).is_file() => {
            context.progress(&failure.message.vi, &failure.message.en);
            Ok(Exit::Done)
        }
        Err(failure) => Err(failure),
    }
}
