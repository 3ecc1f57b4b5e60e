use serde_json::Value;

use super::*;

fn written(of: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    of(&mut out).expect("a vector takes all");
    String::from_utf8(out).expect("text")
}

#[test]
fn json_lines_are_cargos() {
    let report = everything();
    let text = written(|out| json(&report, out));
    expect_file("messages.json", &text);
    let mut messages = 0;
    for line in text.lines() {
        match serde_json::from_str::<cargo_metadata::Message>(line) {
            Ok(cargo_metadata::Message::CompilerMessage(message)) => {
                messages += 1;
                assert!(message.message.rendered.is_some());
            }
            Ok(other) => panic!("{other:?}"),
            Err(_) => assert!(line.contains("\"reason\":\"fork-lint-summary\""), "{line}"),
        }
    }
    assert_eq!(messages, 5, "four findings count, one gap is the user's");
    assert!(text.lines().last().is_some_and(|l| l.contains("fork-lint-summary")));
}

/// The schema, with formats checked. One pattern in it has a bracket too many, which no regular expression may have.
fn schema() -> jsonschema::Validator {
    let text = include_str!("../../../tests/data/sarif-2.1.0.schema.json");
    let odd = "[a-zA-Z]{2}]?$";
    assert!(text.contains(odd));
    let schema: Value = serde_json::from_str(&text.replace(odd, "[a-zA-Z]{2}$")).expect("JSON");
    jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema")
}

#[test]
fn sarif_is_valid() {
    let report = everything();
    let text = written(|out| sarif(&report, out));
    let value: Value = serde_json::from_str(&text).expect("JSON");
    let errors: Vec<String> = schema().iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    // Rule documentation changes with the rules; what surrounds it does not.
    let mut stable = value;
    for rule in stable["runs"][0]["tool"]["driver"]["rules"].as_array_mut().expect("rules") {
        assert!(rule["help"]["markdown"].as_str().is_some_and(|m| m.contains("## What it does")));
        rule["help"] = Value::Null;
    }
    expect_file("log.sarif", &format!("{stable:#}\n"));
}

#[test]
fn the_schema_refuses_what_is_not_sarif() {
    let tool = serde_json::json!({"driver": {"name": "x"}});
    let log = |run: Value| serde_json::json!({"version": "2.1.0", "runs": [run]});
    assert!(schema().is_valid(&log(serde_json::json!({"tool": tool}))));
    assert!(!schema().is_valid(&log(serde_json::json!({"results": []}))));
    let uri = serde_json::json!({"driver": {"name": "x", "informationUri": "not a uri"}});
    assert!(!schema().is_valid(&log(serde_json::json!({"tool": uri}))));
}

#[test]
fn fingerprints_do_not_depend_on_lines() {
    let print = |findings: Vec<Finding>, ordinal| {
        let mut report = report(findings);
        report.findings[0].ordinal = ordinal;
        let value: Value = serde_json::from_str(&written(|out| sarif(&report, out))).expect("JSON");
        value["runs"][0]["results"][0]["partialFingerprints"].to_string()
    };
    let moved = Finding { span: span(MAIN_FILE, 1, 1, 2), ..repairable() };
    assert_eq!(print(vec![repairable()], 0), print(vec![moved], 0));
    assert_ne!(print(vec![repairable()], 0), print(vec![repairable()], 1));
    assert_ne!(print(vec![repairable()], 0), print(vec![Finding { subject: "other".into(), ..repairable() }], 0));
}

#[test]
fn github_commands() {
    let mut report = everything();
    let in_dependency = Finding { span: span(DEPENDENCY_FILE, 2, 5, 23), ..through_a_dependency() };
    report.findings.push(Reported { finding: in_dependency, ..report.findings[0].clone() });
    expect_file("github.txt", &written(|out| github(&report, Path::new("/work place"), false, out)));
}
