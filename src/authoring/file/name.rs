//! Names of documents and of their files.

/// What a file is called whose name says nothing.
const UNTITLED: &str = "untitled";

/// The longest name of a document, in characters; the service takes 80 as well.
const MAX_CHARS: usize = 80;

const ENDINGS: [&str; 9] = [
    ".asl.json",
    ".asl.yaml",
    ".asl.yml",
    ".json",
    ".yaml",
    ".yml",
    ".asl",
    ".tf",
    ".txt",
];

/// The document's name for a file: without folder and ending.
pub fn document_name(file_name: &str) -> String {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    let name: String = stem(name).trim().chars().take(MAX_CHARS).collect();
    if name.is_empty() {
        return UNTITLED.to_owned();
    }
    name
}

/// A file's name without the ending of a definition.
pub fn stem(file_name: &str) -> &str {
    let ends_with = |ending: &&str| {
        let at = file_name.len().checked_sub(ending.len());
        let tail = at.and_then(|at| file_name.get(at..));
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(ending))
    };
    let ending = ENDINGS.iter().find(|ending| ends_with(ending));
    let end = ending.map_or(file_name.len(), |ending| file_name.len() - ending.len());
    file_name.get(..end).unwrap_or(file_name)
}

/// The ending of a file with a text: what is written in it.
pub fn ending(text: &str) -> &'static str {
    let begins = text.trim_start_matches('\u{feff}').trim_start();
    let has_line = |start: &str| text.lines().any(|line| line.starts_with(start));
    if begins.is_empty() || begins.starts_with(['{', '[']) {
        ".asl.json"
    } else if has_line("resource \"") {
        ".tf"
    } else if has_line("StartAt:") || has_line("States:") {
        ".asl.yaml"
    } else if has_line("Resources:") || has_line("stepFunctions:") || has_line("stateMachines:") {
        ".yaml"
    } else {
        ".asl.json"
    }
}

/// The name of a file for a document, in letters that every file system takes.
pub fn file_name(document_name: &str, ending: &str) -> String {
    let is_refused = |char: char| char.is_control() || "/\\:*?\"<>|".contains(char);
    let name: String = stem(document_name)
        .chars()
        .map(|char| if is_refused(char) { '-' } else { char })
        .collect();
    let name = name.trim_matches(|char: char| char == '.' || char.is_whitespace());
    let name = if name.is_empty() { UNTITLED } else { name };
    format!("{name}{ending}")
}

/// The wanted name, or the first of “name 2”, “name 3” … that is not taken.
pub fn unused_name(wanted: &str, is_taken: impl Fn(&str) -> bool) -> String {
    if !is_taken(wanted) {
        return wanted.to_owned();
    }
    let base = match wanted.rsplit_once(' ') {
        Some((base, number)) if number.parse::<u32>().is_ok_and(|number| number > 1) => base,
        _ => wanted,
    };
    let numbered = (2_u32..).map(|number| {
        let number = number.to_string();
        let room = MAX_CHARS - 1 - number.len();
        let base: String = base.chars().take(room).collect();
        format!("{base} {number}")
    });
    let mut free = numbered.filter(|name| !is_taken(name));
    free.next().unwrap_or_else(|| wanted.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_name_documents_and_documents_name_files() {
        let cases = [
            ("order.asl.json", "order"),
            ("order.json", "order"),
            ("order.asl.yml", "order"),
            ("template.yaml", "template"),
            ("order.ASL", "order"),
            ("Order.v2.asl.json", "Order.v2"),
            ("machines/order.asl.json", "order"),
            ("C:\\machines\\order.json", "order"),
            ("order", "order"),
            (".asl.json", "untitled"),
            ("  ", "untitled"),
            ("ß.json", "ß"),
        ];
        for (file, document) in cases {
            assert_eq!(document_name(file), document, "{file}");
        }
        assert_eq!(document_name(&"x".repeat(200)).len(), 80);
        let cases = [
            ("order", "order.asl.json"),
            ("order.asl.json", "order.asl.json"),
            ("a/b: \"c\"?", "a-b- -c--.asl.json"),
            ("..", "untitled.asl.json"),
            ("Prüfung 2", "Prüfung 2.asl.json"),
        ];
        for (document, file) in cases {
            assert_eq!(file_name(document, ".asl.json"), file, "{document}");
        }
    }

    #[test]
    fn endings_say_what_is_written() {
        for (text, expected) in [
            ("", ".asl.json"),
            (" {\"StartAt\": 1}", ".asl.json"),
            ("Comment: x\nStartAt: A\n", ".asl.yaml"),
            ("States:\r\n  A: {}\r\n", ".asl.yaml"),
            ("Transform: x\nResources:\n  M: {}\n", ".yaml"),
            ("resource \"aws_sfn_state_machine\" \"m\" {\n}\n", ".tf"),
            ("\"StartAt\": 1", ".asl.json"),
        ] {
            assert_eq!(ending(text), expected, "{text}");
            assert_eq!(stem(&file_name("order", ending(text))), "order");
        }
    }

    #[test]
    fn copies_count_on() {
        let cases: [(&str, &[&str], &str); 7] = [
            ("order", &[], "order"),
            ("order", &["order"], "order 2"),
            ("order", &["order", "order 2"], "order 3"),
            ("order 2", &["order", "order 2"], "order 3"),
            ("order 1", &["order 1"], "order 1 2"),
            ("order 2", &["order 2"], "order 3"),
            ("a b", &["a b", "a b 2", "a b 4"], "a b 3"),
        ];
        for (wanted, taken, name) in cases {
            // A copy of “order 2” is “order 3” even if “order” is free.
            let is_taken = |name: &str| taken.contains(&name);
            assert_eq!(unused_name(wanted, is_taken), name, "{wanted}");
        }
        let long = "x".repeat(MAX_CHARS);
        assert_eq!(unused_name(&long, |name| name == long).len(), MAX_CHARS);
    }
}
