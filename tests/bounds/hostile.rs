//! Expressions that want too much.

use statelab::expr::Roots;
use statelab::expr::intrinsic::Call;
use statelab::expr::jsonata::{Answer, Code, Dialect, Error, Options, compile};
use statelab::expr::jsonpath::Path;
use statelab::source::json::Value;
use statelab::time::Timestamp;

fn evaluate(expression: &str, input: Option<&Value>) -> Result<Answer, Error> {
    let expression = compile(expression, Dialect::States)?;
    let mut entropy = || 7;
    let mut options = Options::new(Timestamp::from_millis(0), &mut entropy);
    if cfg!(debug_assertions) {
        options.fuel /= 250;
    }
    expression.evaluate(input, &[], &mut options)
}

#[track_caller]
fn check_limit(expression: &str, input: Option<&Value>) {
    let error = evaluate(expression, input).expect_err(expression);
    assert_eq!(error.code(), Code::U1001, "{expression}");
}

/// Texts that nest deeply or are long are read, or refused with an error.
pub fn nested() {
    const MANY: usize = 20_000;
    for (open, middle, close) in [
        ("(", "1", ")"),
        ("[", "1", "]"),
        ("{\"a\":", "1", "}"),
        ("-", "1", ""),
        ("a.(", "b", ")"),
        ("a[", "b", "]"),
        ("$f(", "1", ")"),
        ("function(){", "1", "}"),
        ("a ? ", "b", " : c"),
        ("1 + (", "1", ")"),
        ("|a|", "{}", "|"),
        ("$x := ", "1", ""),
        ("", "1", " + 1"),
        ("", "a", ".b"),
        ("", "a", "[0]"),
        ("", "a", "^(b)"),
        ("", "a", "(1)"),
        ("", "a", " ~> b"),
        ("", "a", "{b:c}"),
        ("", "a", "@$b"),
        ("%.", "a", ""),
        ("`a`.", "b", ""),
        ("/*", "", "*/"),
        ("\"a\" & ", "\"b\"", ""),
        ("a and ", "b", ""),
    ] {
        for count in [100, 400, MANY] {
            let text = open.repeat(count) + middle + &close.repeat(count);
            // Not what it comes to, but that it comes to something.
            let _ = evaluate(&text, Some(&Value::empty_object()));
            // What is left open.
            let _ = evaluate(&open.repeat(count), None);
        }
    }
}

/// Functions that call themselves stop at the depth limit.
pub fn recursive() {
    for expression in [
        "($f := function($n){ 1 + $f($n + 1) }; $f(0))",
        "($f := function($n){ [$f($n)] }; $f(0))",
        "($f := function($n){ {\"a\": $f($n)} }; $f(0))",
        "($f := function($n){ $f($n).a }; $f(0))",
        "($f := function($n){ $n[$f($n)] }; $f(1))",
        "($f := function($n){ ($f($n); 1) }; $f(1))",
        "($f := function($n){ $map([1], $f) }; $f(1))",
        "($f := function($n){ $filter([1], $f) }; $f(1))",
        "($f := function($n){ $sort([1, 2], $f) }; $f(1))",
        "($f := function($n){ $reduce([1, 2], function($a, $b){ $f($a) }) }; $f(1))",
        "($f := function($n){ $each({\"a\": 1}, $f) }; $f(1))",
        "($f := function($n){ $sift({\"a\": 1}, $f) }; $f(1))",
        "($f := function($n){ $single([1], $f) }; $f(1))",
        "($f := function($n){ $replace(\"a\", /a/, $f) }; $f(1))",
        "($f := function($n){ [1, 2]^($f(1)) }; $f(1))",
        "($f := function($n){ {\"a\": 1} ~> |$|{\"b\": $f(1)}| }; $f(1))",
        "($f := function($n){ [1]{\"a\": $f(1)} }; $f(1))",
        "($f := function($n){ [1]@$x.($f(1)) }; $f(1))",
        "($f := function($n){ $f($n) ~> $string() }; $f(1))",
        "($f := function($n){ ($f ~> $f)($n) }; $f(1))",
        "($f := function($n){ $f($n) > 1 }; $f(1))",
        "($f := function($n){ -$f($n) }; $f(1))",
    ] {
        check_limit(expression, None);
    }
    // A chain of functions that is longer than any stack.
    let _ = evaluate(
        "$reduce([1..20000], function($f, $n){ $f ~> $string }, $string)(1)",
        None,
    );
    let _ = evaluate(
        "$reduce([1..20000], function($f, $n){ function($x){ $f($x) + 1 } }, function($x){ $x })(1)",
        None,
    );
}

/// Values that nest deeper than any text are made, compared, written and dropped.
pub fn nested_values() {
    let deep = "$reduce([1..6000], function($a, $n){ {\"a\": [$a]} }, 1)";
    for expression in [
        "$string($v)",
        "$v = $v",
        "$v = $w",
        "$v.**",
        "$v.*",
        "$boolean([$v])",
        "$not($v)",
        "$distinct([$v, $w])",
        "$merge([$v, $w])",
        "$spread($v)",
        "$keys($v)",
        "$clone($v)",
        "$v ~> |**|{\"b\": 1}|",
        "$v & \"\"",
        "$append($v, $w)",
        "$lookup($v, \"a\")",
        "$sort([$v, $w])",
        "$v.a.a.a",
        "$v in [$w]",
        "$count($v.**.a)",
        "$v",
        "$error($v)",
        "$sum([$v])",
        "$v + 1",
        "[$v]^($)",
        "$zip([$v], [$w])",
        "$exists($v)",
    ] {
        let text = format!("($v := {deep}; $w := {deep}; {expression})");
        let _ = evaluate(&text, None);
    }
    let lists = "$reduce([1..6000], function($a, $n){ [[$a]] }, 0)";
    for expression in [
        "$boolean($v)",
        "$v ? 1 : 2",
        "$v and true",
        "$v.a",
        "$v[0]",
        "$v.*",
        "$string($v)",
    ] {
        let _ = evaluate(&format!("($v := {lists}; {expression})"), None);
    }
}

/// What goes on for ever, or grows for ever, runs out of fuel.
pub fn endless() {
    for expression in [
        "($f := function(){ $f() }; $f())",
        "($f := function($n){ $n > 0 ? $f($n + 1) : 0 }; $f(1))",
        "($f := function($s){ $f($s & $s) }; $f(\"text\"))",
        "($f := function($a){ $f($append($a, $a)) }; $f([1, 2]))",
        "($f := function($a){ $f([$a, $a]) }; $f([1, 2]))",
        "($f := function($s){ $f($replace($s, /a/, \"aa\")) }; $f(\"a\"))",
        "($f := function($s){ $f($join([$s, $s], $s)) }; $f(\"a\"))",
        "($f := function($s){ $f($pad($s, $length($s) * 2)) }; $f(\"a\"))",
        "($f := function($s){ $f($string([$s])) }; $f(\"\\\"\"))",
        "($f := function($s){ $f($encodeUrlComponent($s)) }; $f(\"%\"))",
        "($f := function($s){ $f($base64encode($s)) }; $f(\"a\"))",
        "[1..1000000].[1..1000000].($ + 1)",
        "$map([1..1000000], function($n){ $map([1..1000], function($m){ $m }) })",
        "[1..10000000].$pad(\"\", 1000)",
        "($s := $pad(\"\", 1000000); [1..1000000].$uppercase($s))",
        "($s := $pad(\"\", 1000000); $join([1..1000000].\"a\", $s))",
        "($s := $pad(\"\", 1000000); [1..1000000].$substringBefore($s, \"x\"))",
        "($a := [1..1000000]; [1..1000000].($a = $append($a, 1)))",
        "($a := [1..1000000].($); $b := [1..1000000].($); [1..1000000].($a = $b))",
        "($a := [1..1000000].({\"a\": $}); [1..1000000].$count($a.a))",
        "($a := [1..1000000].(0); [1..1000000].($a ? 1 : 2))",
        "($a := [1..1000000].(0); [1..1000000].$boolean($a))",
        "[1..1000000].$string([1..1000])",
        "[1..1000000].$sort([1..1000], function($a, $b){ $a < $b })",
        "[1..1000000].$shuffle([1..1000])",
        "[1..1000000].$partition([1..1000], 2)",
        "[1..1000000].$range(1, 1000, 2)",
        "[1..1000000].$zip([1..1000], [1..1000])",
        "[1..1000000].$split($pad(\"\", 1000), \"\")",
        "[1..1000000].$formatBase(255, 2)[$length($) > 1 and $sum([1..1000]) > 1]",
    ] {
        check_limit(expression, None);
    }
}

/// Regular expressions whose naive matching takes time beyond all measure.
pub fn patterns() {
    let text = "a".repeat(200);
    let input = Value::from([("text", format!("{text}!"))]);
    for pattern in [
        "^(a+)+$",
        "^(a|a)*$",
        "^(a|aa)+$",
        "(a*)*b",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "(.*)*x",
        "^(?:a?){60}a{60}$",
        "(a+)+\\\\1$",
        "^(?=(a+))\\\\1+$",
        "(?:(?:(?:a+)+)+)+$",
        "a{1,1000}{1,1000}b",
        "(x+x+)+y",
        "\\\\b(\\\\w+)+\\\\b!?$",
    ] {
        let pattern = pattern.replace("\\\\", "\\");
        for call in ["$contains", "$match", "$split"] {
            // An answer or an error; a person would not wait for it.
            let _ = evaluate(&format!("{call}(text, /{pattern}/)"), Some(&input));
        }
        let _ = evaluate(
            &format!("$replace(text, /{pattern}/, \"$1$1\")"),
            Some(&input),
        );
    }
    let nested = format!("$match(\"a\", /{}a{}/)", "(".repeat(5000), ")".repeat(5000));
    let _ = evaluate(&nested, None);
    let counted = "$match(\"a\", /((((a{1,99}){1,99}){1,99}){1,99}){1,99}/)";
    let _ = evaluate(counted, None);
}

/// The other two languages.
pub fn paths_and_calls() {
    const MANY: usize = 20_000;
    let deep = "[".repeat(250) + &"]".repeat(250);
    let deep = Value::parse(&deep).unwrap();
    let wide = Value::parse(&format!("[{}0]", "[0,[0]],".repeat(2000))).unwrap();
    for (open, middle, close) in [
        ("$", "", "[?(@)]"),
        ("$[?(@", "", ")]"),
        ("$", "", "[?(@[0] == 1)]"),
        ("$", "", "..*"),
        ("$", "", ".a"),
        ("$[?(", "@.a", ")]"),
        ("$[?(!", "@.a", ")]"),
        ("$.length(", "$", ")"),
        ("$[?(@.a in [", "1", "])]"),
    ] {
        for count in [1, 20, 500, MANY] {
            let text = open.repeat(count.min(if open == "$" { 1 } else { count }))
                + middle
                + &close.repeat(count);
            if let Ok(path) = Path::parse(&text) {
                let _ = path.evaluate(&Roots::of(&deep));
                let _ = path.evaluate(&Roots::of(&wide));
            }
        }
    }
    for count in [10, 200, MANY] {
        let text = "States.Array(".repeat(count) + "1" + &")".repeat(count);
        if let Ok(call) = Call::parse(&text) {
            let _ = call.evaluate(&Roots::of(&deep), &mut || 1);
        }
        let text = format!("States.Format('{}', 1)", "{}".repeat(count));
        if let Ok(call) = Call::parse(&text) {
            let _ = call.evaluate(&Roots::of(&deep), &mut || 1);
        }
    }
    let path = Path::parse(r"$[?(@ =~ /^(a+)+$/)]").unwrap();
    let input = Value::parse(&format!("[\"{}!\"]", "a".repeat(5000))).unwrap();
    assert_eq!(path.evaluate(&Roots::of(&input)).unwrap().to_string(), "[]");
}
