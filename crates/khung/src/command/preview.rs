//! `khung preview`

use std::net::SocketAddr;

use clap::ArgMatches;
use site_gen::preview::{DEFAULT_EDITOR, PreviewOptions, Told};

use crate::{
    context::{self, Context},
    failure::{Exit, Failure},
};

pub(crate) fn run(arguments: &ArgMatches, context: &Context) -> Result<Exit, Failure> {
    let listen = arguments.get_one::<SocketAddr>("listen").copied();
    let editor = arguments
        .get_one::<String>("editor")
        .map_or(DEFAULT_EDITOR, String::as_str);
    let options = PreviewOptions {
        root: context.root.clone(),
        listen: listen.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 3000))),
        date: context::today()?,
        editor: editor.to_owned(),
    };
    let console = context.clone();
    site_gen::preview::run(options, move |told| match told {
        Told::Started(address) => console.progress(
            &format!("xem trước tại http://{address} (Ctrl+C để dừng)"),
            &format!("preview at http://{address} (Ctrl+C to stop)"),
        ),
        Told::Polling => console.progress(
            "hệ thống hết chỗ theo dõi tệp (fs.inotify.max_user_watches, max_user_instances): từ nay tệp được xem lại mỗi nửa giây",
            "the system has no file watches left (fs.inotify.max_user_watches, max_user_instances): from now on files are looked at every half second",
        ),
    })
    .map_err(|error| Failure {
        exit: Exit::Unusable,
        message: error.message(),
    })?;
    Ok(Exit::Done)
}
