//! Macros as real crates have them, and what their invocations expand to.

use super::expansion::check;

#[test]
fn macros_of_real_crates() {
    // A system call that turns -1 into the last error.
    check(
        "macro_rules! syscall { ($fn:ident ( $($arg:expr),* $(,)* ) ) => {{
            let res = unsafe { libc::$fn($($arg, )*) };
            if res == -1 { Err(std::io::Error::last_os_error()) } else { Ok(res) }
        }}; }",
        "syscall!(dup2(fd, 1 + 1))",
        "{ let res = unsafe { libc::dup2(fd, invisible!(1 + 1), ) };
           if res == -1 { Err(std::io::Error::last_os_error()) } else { Ok(res) } }",
    );
    // A message and the end of the process.
    check(
        "macro_rules! die { ($($arg:tt)*) => {{ log::error!($($arg)*); std::process::exit(1) }}; }",
        "die!(\"bad {}\", x)",
        "{ log::error!(\"bad {}\", x); std::process::exit(1) }",
    );
    // Items under a condition, by accumulation.
    check(
        "macro_rules! cfg_if {
            ($(if #[cfg($meta:meta)] { $($tokens:tt)* }) else * else { $($tokens2:tt)* }) => {
                cfg_if! { @__items () ; $( ( ($meta) ($($tokens)*) ), )* ( () ($($tokens2)*) ), }
            };
            (@__items ($($not:meta,)*) ; ) => {};
            (@__items ($($not:meta,)*) ; ( ($($m:meta),*) ($($tokens:tt)*) ), $($rest:tt)*) => {
                #[cfg(all($($m,)* not(any($($not),*))))] cfg_if! { @__identity $($tokens)* }
                cfg_if! { @__items ($($not,)* $($m,)*) ; $($rest)* }
            };
            (@__identity $($tokens:tt)*) => { $($tokens)* };
        }",
        "cfg_if! { if #[cfg(unix)] { fn a() {} } else if #[cfg(windows)] { fn b() {} } else { fn c() {} } }",
        "#[cfg(all(unix, not(any())))] fn a() {} #[cfg(all(windows, not(any(unix))))] fn b() {}
         #[cfg(all(not(any(unix, windows))))] fn c() {}",
    );
    // A lazy static, with visibility and attributes.
    check(
        "macro_rules! lazy {
            ($(#[$attr:meta])* static ref $N:ident : $T:ty = $e:expr; $($t:tt)*) => { lazy!(@make ($(#[$attr])*) () $N : $T = $e); lazy!($($t)*); };
            ($(#[$attr:meta])* pub static ref $N:ident : $T:ty = $e:expr; $($t:tt)*) => { lazy!(@make ($(#[$attr])*) (pub) $N : $T = $e); lazy!($($t)*); };
            (@make ($($attr:tt)*) ($($vis:tt)*) $N:ident : $T:ty = $e:expr) => { $($attr)* $($vis)* static $N: Lazy<$T> = Lazy::new(|| $e); };
            () => ()
        }",
        "lazy! { /// Doc.\n pub static ref A: Vec<u8> = vec![1]; static ref B: u8 = 1; }",
        "/// Doc.\n pub static A: Lazy<invisible!(Vec<u8>)> = Lazy::new(|| invisible!(vec![1]));;
         static B: Lazy<u8> = Lazy::new(|| 1);;;;",
    );
    // A wrapper that ends in an expression, called in a statement and in an expression.
    check(
        "macro_rules! retry { ($e:expr) => { loop { match $e { Err(Error::EINTR) => continue, other => break other } } }; }",
        "let x = retry!(wait(pid)); retry!(f());",
        "let x = loop { match invisible!(wait(pid)) { Err(Error::EINTR) => continue, other => break other } };
         loop { match invisible!(f()) { Err(Error::EINTR) => continue, other => break other } };",
    );
    // Implementations for many types.
    check(
        "macro_rules! implement { ($($t:ty => $n:literal),+ $(,)?) => { $(impl Size for $t { const N: usize = $n; })+ }; }",
        "implement!(u8 => 1, [u8; 2] => 2,)",
        "impl Size for u8 { const N: usize = 1; } impl Size for invisible!([u8; 2]) { const N: usize = 2; }",
    );
    // A whole module.
    check(
        "macro_rules! module { ($vis:vis mod $name:ident { $($item:item)* }) => { $vis mod $name { use super::*; $($item)* } }; }",
        "module!(pub mod m { fn a() {} struct S; })",
        "pub mod m { use super::*; fn a() {} struct S; }",
    );
    // A function with its own attributes, generics left as tokens.
    check(
        "macro_rules! wrap { ($(#[$m:meta])* $v:vis unsafe fn $n:ident($($a:ident: $t:ty),*) -> $r:ty $b:block) => {
            $(#[$m])* $v unsafe fn $n($($a: $t),*) -> $r { log($n); $b } }; }",
        "wrap!(#[inline] pub unsafe fn f(a: u8, b: *mut u8) -> i32 { g(a) })",
        "#[inline] pub unsafe fn f(a: u8, b: invisible!(*mut u8)) -> i32 { log(f); { g(a) } }",
    );
    // Captured names are the caller's, as written.
    check(
        "macro_rules! with { ($guard:ident = $lock:expr, $body:block) => { { let $guard = $lock.lock().unwrap(); $body } }; }",
        "with!(g = self.state, { *g += 1; })",
        "{ let g = invisible!(self.state).lock().unwrap(); { *g += 1; } }",
    );
    // Key and value pairs to a map.
    check(
        "macro_rules! map { ($($k:expr => $v:expr),* $(,)?) => {{ let mut m = Map::new(); $(m.insert($k, $v);)* m }}; }",
        "map! { \"a\" => 1, b + c => d }",
        "{ let mut m = Map::new(); m.insert(\"a\", 1); m.insert(invisible!(b + c), d); m }",
    );
    // An enum with names of its variants.
    check(
        "macro_rules! names { ($(#[$m:meta])* $v:vis enum $n:ident { $($var:ident $(= $d:expr)?),* $(,)? }) => {
            $(#[$m])* $v enum $n { $($var $(= $d)?),* } impl $n { fn name(&self) -> &str { match self { $($n::$var => stringify!($var)),* } } } }; }",
        "names! { #[derive(Clone)] pub enum E { A, B = 2, } }",
        "#[derive(Clone)] pub enum E { A, B = 2 } impl E { fn name(&self) -> &str { match self { E::A => stringify!(A), E::B => stringify!(B) } } }",
    );
    // A table of flags.
    check(
        "macro_rules! flags { ($(#[$o:meta])* pub struct $N:ident: $T:ty { $($(#[$i:meta])* const $F:ident $(= $v:expr)?;)+ }) => {
            flags! { @one $N $T; $($F $(, $v)?;)+ } };
            (@one $N:ident $T:ty; $($F:ident $(, $v:expr)?;)+) => { pub struct $N($T); impl $N { $($(pub const $F: $N = $N($v);)?)+ } }; }",
        "flags! { /// Flags.\n pub struct Flags: c_int { const A = 1; #[cfg(x)] const B = libc::B as i32; } }",
        "pub struct Flags(c_int); impl Flags { pub const A: Flags = Flags(1); pub const B: Flags = Flags(invisible!(libc::B as i32)); }",
    );
    // A select between branches.
    check(
        "macro_rules! either { ($($p:pat = $f:expr => $b:block)+) => { $(if let $p = poll($f) $b)+ }; }",
        "either! { Some(x) = a.next() => { x } _ = b => {} }",
        "if let Some(x) = poll(invisible!(a.next())) { x } if let _ = poll(b) {}",
    );
    // Callbacks: one macro gives its list to another.
    check(
        "macro_rules! list { ($then:ident) => { $then!(a, b) }; } macro_rules! sum { ($x:ident, $($r:ident),+) => { $x $(+ $r)+ }; }",
        "list!(sum)",
        "a + b",
    );
    // A macro with braces, brackets and a trailing condition.
    check(
        "macro_rules! ensure { ($cond:expr, $($msg:tt)+) => { if !$cond { return Err(err!($($msg)+)); } };
            ($cond:expr) => { ensure!($cond, concat!(\"failed: \", stringify!($cond))) }; }",
        "ensure!(a == b); ensure!(c, \"x {}\", y)",
        "if !invisible!(a == b) { return Err(err!(concat!(\"failed: \", stringify!(invisible!(a == b))))); };
         if !c { return Err(err!(\"x {}\", y)); }",
    );
}
