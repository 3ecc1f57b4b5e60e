//! The crate zygote: a new sibling process, a call in it, its end.

use std::error::Error;
use zygote::Zygote;

fn main() -> Result<(), Box<dyn Error>> {
    Zygote::init();
    peers::serve(|| {
        let own = Zygote::global().spawn();
        let doubled: u32 = own.run(|number: u32| 2 * number, 21);
        if doubled == 42 { Ok(()) } else { Err("not the answer".into()) }
    })
}
