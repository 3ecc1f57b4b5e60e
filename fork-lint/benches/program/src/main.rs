//! A small service over many crates: what the speed benchmark reads. It is never run.

use std::os::unix::process::CommandExt;
use std::process::Command;

use axum::Router;
use axum::routing::get;
use clap::Parser;
use nix::unistd::{ForkResult, fork};

#[derive(Parser)]
struct Options {
    /// Where to listen
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: String,
    /// Stay in the foreground
    #[arg(long)]
    foreground: bool,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    tracing_subscriber::fmt().json().init();
    if !options.foreground {
        background()?;
    }
    let listener = tokio::net::TcpListener::bind(&options.listen).await?;
    let app = Router::new().route("/", get(upstream)).route("/jobs", get(job));
    axum::serve(listener, app).await?;
    Ok(())
}

/// Forks with the runtime's threads alive.
fn background() -> anyhow::Result<()> {
    // SAFETY: none; this is what the linter is there to find.
    match unsafe { fork() }? {
        ForkResult::Child => tracing::info!("in the background"),
        ForkResult::Parent { .. } => std::process::exit(0),
    }
    Ok(())
}

async fn upstream() -> String {
    match reqwest::get("http://upstream.example/").await {
        Ok(response) => response.text().await.unwrap_or_default(),
        Err(error) => error.to_string(),
    }
}

async fn job() -> String {
    let mut command = Command::new("job");
    // SAFETY: none, as above.
    unsafe {
        command.pre_exec(|| {
            println!("starting");
            Ok(())
        })
    };
    command.spawn().map_or_else(|error| error.to_string(), |child| child.id().to_string())
}
