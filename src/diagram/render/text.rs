//! Texts in a picture: cut to what fits, and safe in XML.

/// The text, or as much of its beginning and end as fits around an ellipsis.
pub fn fit(text: &str, room: f64, width: &dyn Fn(&str) -> f64) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let cut = |kept: usize| {
        let head = kept.div_ceil(2);
        let tail = kept - head;
        let head = chars.iter().take(head);
        let tail = chars.iter().skip(chars.len() - tail);
        head.chain(std::iter::once(&'…'))
            .chain(tail)
            .collect::<String>()
    };
    let (mut fits, mut too_long) = (0, chars.len());
    while too_long - fits > 1 {
        let middle = (fits + too_long) / 2;
        if width(&cut(middle)) <= room {
            fits = middle;
        } else {
            too_long = middle;
        }
    }
    if fits == 0 { String::new() } else { cut(fits) }
}

/// The text as content of an element or an attribute. Characters that XML 1.0 cannot hold,
/// not even as references, become replacement characters.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => escaped.push('\u{FFFD}'),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_the_middle() {
        let width = |text: &str| text.chars().count() as f64;
        assert_eq!(fit("abcdef", 6.0, &width), "abcdef");
        assert_eq!(fit("abcdefgh", 5.0, &width), "ab…gh");
        assert_eq!(fit("abcdef", 1.0, &width), "");
        assert_eq!(fit("", 0.0, &width), "");
    }

    #[test]
    fn xml_stays_xml() {
        assert_eq!(escaped("a<b>&\"c\""), "a&lt;b&gt;&amp;&quot;c&quot;");
        assert_eq!(escaped("a\u{1}\nb\u{FFFF}"), "a\u{FFFD} b\u{FFFD}");
    }
}
