use super::*;

fn rendered(report: &Report, human: Human) -> String {
    let mut out = Vec::new();
    human.render(report, &mut out).expect("a vector takes all");
    String::from_utf8(out).expect("text")
}

#[test]
fn narrow_and_plain() {
    expect_file("narrow.txt", &rendered(&everything(), Human { width: Some(80), ..Human::default() }));
}

#[test]
fn whole_lines_with_notes() {
    expect_file("whole.txt", &rendered(&everything(), Human { notes: true, verbose: true, ..Human::default() }));
}

#[test]
fn coloured() {
    let text =
        rendered(&report(vec![through_a_dependency()]), Human { colour: true, width: Some(120), ..Human::default() });
    assert!(text.contains("\u{1b}[1m\u{1b}[91merror") || text.contains("\u{1b}[91m"), "{text:?}");
    let mut plain = String::new();
    let mut control = false;
    for c in text.chars() {
        match c {
            '\u{1b}' => control = true,
            'm' if control => control = false,
            _ if control => {}
            _ => plain.push(c),
        }
    }
    let same = rendered(&report(vec![through_a_dependency()]), Human { width: Some(120), ..Human::default() });
    assert_eq!(plain, same, "colours change nothing else");
}

#[test]
fn quiet_shows_findings_alone() {
    let text = rendered(&everything(), Human { quiet: true, ..Human::default() });
    assert!(
        text.contains("error[fd-without-cloexec]") && !text.contains("fork-lint:") && !text.contains("go online"),
        "{text}"
    );
    assert_eq!(rendered(&report(Vec::new()), Human { quiet: true, ..Human::default() }), "");
}

#[test]
fn controls_in_messages_do_not_reach_the_terminal() {
    let finding = Finding { message: "bad \u{1b}[31m name".into(), label: "x\u{7}y".into(), ..repairable() };
    let text = rendered(&report(vec![finding]), Human::default());
    assert!(!text.contains('\u{1b}') && !text.contains('\u{7}'), "{text:?}");
}

#[test]
fn any_span_on_any_text_is_drawn() {
    let texts = ["", "\n", "a", "ü\r\n\t日本", "a\n\n\nb\u{feff}", "\u{feff}x\ny"];
    let numbers = [0, 1, 2, 4, u32::MAX];
    for (n, text) in texts.into_iter().enumerate() {
        let file = format!("/work place/shop/src/odd{n}.rs");
        for line in numbers {
            for column in numbers {
                for (end_line, end_column) in
                    [(line, column), (1, 1), (line.saturating_add(1), 2), (u32::MAX, u32::MAX)]
                {
                    let odd = Span { file: Sym::new(&file), line, column, end_line, end_column };
                    let finding = Finding {
                        span: odd,
                        steps: vec![step(odd, "a"), step(span(MAIN_FILE, 1, 1, 1), "b")],
                        ..latent()
                    };
                    let fix = Some(Fix { title: "t".into(), edits: vec![Edit { span: odd, text: "new".into() }] });
                    let report = report(vec![Finding { level: Level::Error, fix, ..finding }]);
                    report.sources.insert(Sym::new(&file), text);
                    assert!(rendered(&report, Human { width: Some(80), ..Human::default() }).contains("latent"));
                    let mut out = Vec::new();
                    json(&report, &mut out).and_then(|()| sarif(&report, &mut out)).expect("a vector takes all");
                }
            }
        }
    }
}
