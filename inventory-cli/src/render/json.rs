//! JSON, and one JSON object a line.

use std::io::{self, Write};

use serde_json::json;

use crate::model::Snapshot;

/// The schema of the JSON output.
pub const SCHEMA: &str = include_str!("../../schema/inventory.schema.json");

/// The whole snapshot as one object.
///
/// # Errors
///
/// Those of writing.
pub fn whole(snapshot: &Snapshot, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, snapshot)?;
    out.write_all(b"\n")
}

/// One object a line: what was looked at, each process, each open file description, each finding, by `type`.
///
/// # Errors
///
/// Those of writing.
pub fn lines(snapshot: &Snapshot, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
    let mut line = |kind: &str, value: serde_json::Value| -> io::Result<()> {
        let mut object = json!({ "type": kind });
        if let (Some(object), serde_json::Value::Object(fields)) = (object.as_object_mut(), value) {
            object.extend(fields);
        }
        serde_json::to_writer(&mut *out, &object)?;
        out.write_all(b"\n")
    };
    let look = json!({
        "schema_version": snapshot.schema_version,
        "tool_version": snapshot.tool_version,
        "taken_at": snapshot.taken_at,
        "kernel": snapshot.kernel,
        "looked_as": snapshot.looked_as,
        "live": snapshot.live,
        "cut": snapshot.cut,
    });
    line("snapshot", look)?;
    for process in &snapshot.processes {
        line("process", serde_json::to_value(process)?)?;
    }
    for (id, file) in snapshot.files.iter().enumerate() {
        let mut value = serde_json::to_value(file)?;
        value.as_object_mut().map(|o| o.insert("id".into(), id.into()));
        line("file", value)?;
    }
    for finding in &snapshot.findings {
        line("finding", serde_json::to_value(finding)?)?;
    }
    Ok(())
}
