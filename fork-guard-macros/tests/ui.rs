//! What the compiler says: each file in `tests/ui/fail` with its errors beside it. What compiles is in `tests/expansion`.

#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/fail/*.rs");
}
