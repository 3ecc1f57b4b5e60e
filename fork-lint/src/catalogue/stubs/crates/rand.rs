//! rand: generators in user space. Since 0.9 nothing reseeds them after a fork (rust-random/rand#1379).
//! source: rand 0.9 src/rngs
pub mod rngs { pub mod thread { #[role(class = "rng")] pub struct ThreadRng; } pub use thread::ThreadRng; pub mod std { #[role(class = "rng")] pub struct StdRng; } pub use self::std::StdRng; pub mod small { #[role(class = "rng")] pub struct SmallRng; } pub use small::SmallRng; #[role(class = "rng")] pub struct ReseedingRng<R, Rsdr>; }
pub fn thread_rng() -> rngs::ThreadRng {}
pub fn rng() -> rngs::ThreadRng {}
