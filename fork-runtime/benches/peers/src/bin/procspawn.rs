//! The crate procspawn: a new process of the same program, a call in it, its end.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    procspawn::init();
    peers::serve(|| {
        let doubled = procspawn::spawn(21_u32, |number| 2 * number).join()?;
        if doubled == 42 { Ok(()) } else { Err("not the answer".into()) }
    })
}
