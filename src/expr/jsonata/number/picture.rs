//! The picture of `$formatNumber`: splitting, checking and analysing a sub-picture as
//! sections 4.7.3 and 4.7.4 of XPath and XQuery Functions and Operators 3.1 lay down.

use super::{Error, Options};

/// What one sub-picture asks for.
#[derive(Clone, Debug)]
pub(super) struct SubPicture {
    /// Text before the number.
    pub prefix: String,
    /// Text behind the number.
    pub suffix: String,
    /// What the number is multiplied with: 1, 100 or 1000.
    pub factor: f64,
    /// Where grouping separators stand in the integer part.
    pub grouping: Grouping,
    /// Digits left of each separator in the fraction.
    pub fraction_groups: Vec<usize>,
    /// Digits that the integer part has at least.
    pub min_integer: usize,
    /// Digits of the mantissa's integer part when there is an exponent.
    pub scale: usize,
    /// Digits that the fraction has at least.
    pub min_fraction: usize,
    /// Digits that the fraction has at most.
    pub max_fraction: usize,
    /// Digits that the exponent has at least; `None` without exponent.
    pub exponent: Option<usize>,
    /// Whether the decimal separator stands in the picture.
    pub has_decimal_separator: bool,
}

/// Separators of the integer part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Grouping {
    /// One before every so many digits, however long the number.
    Every(usize),
    /// Digits right of each separator, from left to right.
    At(Vec<usize>),
}

/// The pictures of positive and negative numbers; `None` in second place if negative
/// numbers take the first with a minus sign.
pub(super) fn parse(
    picture: &str,
    options: &Options,
) -> Result<(SubPicture, Option<SubPicture>), Error> {
    let texts: Vec<&str> = match options.pattern_separator.as_str() {
        "" => vec![picture],
        separator => picture.split(separator).collect(),
    };
    let mut parts = Vec::new();
    if texts.len() > 2 {
        return Err(Error::SubPictures);
    }
    for text in texts {
        let text: Vec<char> = text.chars().collect();
        let parsed = Parts::split(&text, options).ok_or(Error::NoDigit)?;
        parsed.check(&text, options)?;
        parts.push(parsed.analyse(&text, options));
    }
    let mut parts = parts.into_iter();
    let positive = parts.next().ok_or(Error::NoDigit)?;
    Ok((positive, parts.next()))
}

/// The pieces of a sub-picture.
struct Parts<'a> {
    prefix: &'a [char],
    suffix: &'a [char],
    active: &'a [char],
    mantissa: &'a [char],
    integer: &'a [char],
    fraction: &'a [char],
    exponent: Option<&'a [char]>,
    has_decimal_separator: bool,
}

impl<'a> Parts<'a> {
    /// `None` if no character is active.
    fn split(text: &'a [char], options: &Options) -> Option<Self> {
        let is_exponent = |c: &char| Options::is(&options.exponent_separator, *c);
        let is_border = |c: &char| is_active(*c, options) && !is_exponent(c);
        let from = text.iter().position(is_border)?;
        let to = text.iter().rposition(is_border)? + 1;
        let (active, suffix) = (text.get(from..to)?, text.get(to..)?);
        // An exponent separator directly behind the last digit belongs to the number. Its
        // place counts from the start of the prefix, so JSONata drops as many digits of
        // the exponent as the prefix is long.
        let exponent_at = (from..=to).find(|at| text.get(*at).is_some_and(is_exponent));
        let (mantissa, exponent) = match exponent_at {
            Some(at) => (
                active.get(..at).unwrap_or(active),
                Some(active.get(at + 1..).unwrap_or_default()),
            ),
            None => (active, None),
        };
        let point = mantissa
            .iter()
            .position(|c| Options::is(&options.decimal_separator, *c));
        let (integer, fraction) = match point {
            Some(point) => (mantissa.get(..point)?, mantissa.get(point + 1..)?),
            None => (mantissa, &[][..]),
        };
        Some(Self {
            prefix: text.get(..from)?,
            suffix,
            active,
            mantissa,
            integer,
            fraction,
            exponent,
            has_decimal_separator: point.is_some(),
        })
    }

    /// The last rule that is broken is the one that is told.
    fn check(&self, text: &[char], options: &Options) -> Result<(), Error> {
        let is_digit = |c: &char| options.digit_value(*c).is_some();
        let is_optional = |c: &char| Options::is(&options.digit, *c);
        let is_grouping = |c: &char| Options::is(&options.grouping_separator, *c);
        let text_of: String = text.iter().collect();
        let has_percent = text_of.contains(&options.percent);
        let has_per_mille = text_of.contains(&options.per_mille);
        let ends_in_grouping = self.integer.last().is_some_and(is_grouping);
        let starts_with_grouping = self.fraction.first().is_some_and(is_grouping);
        let first_optional = self.integer.iter().position(is_optional);
        let last_optional = self.fraction.iter().rposition(is_optional);
        let has_exponent = self.exponent.is_some_and(|exponent| !exponent.is_empty());
        let rules = [
            (
                is_twice(&text_of, &options.decimal_separator),
                Error::DecimalSeparators,
            ),
            (is_twice(&text_of, &options.percent), Error::Percents),
            (is_twice(&text_of, &options.per_mille), Error::PerMilles),
            (has_percent && has_per_mille, Error::PercentAndPerMille),
            (
                !self.mantissa.iter().any(|c| is_digit(c) || is_optional(c)),
                Error::NoDigit,
            ),
            (
                !self.active.iter().all(|c| is_active(*c, options)),
                Error::PassiveCharacter,
            ),
            (
                self.has_decimal_separator && (ends_in_grouping || starts_with_grouping),
                Error::AdjacentSeparators,
            ),
            (
                !self.has_decimal_separator && ends_in_grouping,
                Error::TrailingGroupingSeparator,
            ),
            (
                text.windows(2).any(|pair| pair.iter().all(is_grouping)),
                Error::DoubledGroupingSeparator,
            ),
            (
                first_optional.is_some_and(|at| self.integer.iter().take(at).any(is_digit)),
                Error::OptionalAfterRequired,
            ),
            (
                last_optional.is_some_and(|at| self.fraction.iter().skip(at).any(is_digit)),
                Error::RequiredAfterOptional,
            ),
            (
                has_exponent && (has_percent || has_per_mille),
                Error::PercentAndExponent,
            ),
            (
                self.exponent
                    .is_some_and(|exponent| exponent.is_empty() || !exponent.iter().all(is_digit)),
                Error::BadExponent,
            ),
        ];
        let broken = rules.into_iter().rev().find(|(is_broken, _)| *is_broken);
        broken.map_or(Ok(()), |(_, error)| Err(error))
    }

    fn analyse(&self, text: &[char], options: &Options) -> SubPicture {
        let is_digit = |c: &&char| options.digit_value(**c).is_some();
        let is_place = |c: &&char| is_digit(c) || Options::is(&options.digit, **c);
        let required = |part: &[char]| part.iter().filter(is_digit).count();
        let text: String = text.iter().collect();
        let factor = if text.contains(&options.percent) {
            100.0
        } else if text.contains(&options.per_mille) {
            1000.0
        } else {
            1.0
        };
        let scale = required(self.integer);
        let mut min_integer = scale;
        let mut min_fraction = required(self.fraction);
        let mut max_fraction = self.fraction.iter().filter(is_place).count();
        let has_exponent = self.exponent.is_some();
        if min_integer == 0 && max_fraction == 0 {
            if has_exponent {
                (min_fraction, max_fraction) = (1, 1);
            } else {
                min_integer = 1;
            }
        }
        let has_optional = |part: &[char]| part.iter().any(|c| Options::is(&options.digit, *c));
        if has_exponent && min_integer == 0 && has_optional(self.integer) {
            min_integer = 1;
        }
        if min_integer == 0 && min_fraction == 0 {
            min_fraction = 1;
        }
        SubPicture {
            prefix: self.prefix.iter().collect(),
            suffix: self.suffix.iter().collect(),
            factor,
            grouping: self.integer_grouping(options),
            fraction_groups: self.fraction_groups(options),
            min_integer,
            scale,
            min_fraction,
            max_fraction,
            exponent: self.exponent.map(required),
            has_decimal_separator: self.has_decimal_separator,
        }
    }

    fn integer_grouping(&self, options: &Options) -> Grouping {
        let places = |part: &[char]| count_places(part, options);
        let groups: Vec<usize> = separators(self.integer, options)
            .map(|at| places(self.integer.get(at..).unwrap_or_default()))
            .collect();
        let size = groups.iter().copied().fold(0, gcd);
        let is_regular = size > 0 && (1..=groups.len()).all(|n| groups.contains(&(n * size)));
        if is_regular {
            Grouping::Every(size)
        } else {
            Grouping::At(groups)
        }
    }

    /// Only the first separator of the fraction counts; further ones are looked for in the
    /// integer part, at the places behind it. The specification does not mean it so, but
    /// JSONata does it.
    fn fraction_groups(&self, options: &Options) -> Vec<usize> {
        let Some(first) = separators(self.fraction, options).next() else {
            return Vec::new();
        };
        let further = separators(self.integer, options).filter(|at| *at > first);
        std::iter::once(first)
            .chain(further)
            .map(|at| count_places(self.fraction.get(..at).unwrap_or(self.fraction), options))
            .collect()
    }
}

/// Whether a character has a meaning where digits stand.
fn is_active(c: char, options: &Options) -> bool {
    options.digit_value(c).is_some()
        || [
            &options.exponent_separator,
            &options.decimal_separator,
            &options.grouping_separator,
            &options.digit,
        ]
        .into_iter()
        .any(|option| Options::is(option, c))
}

fn separators(part: &[char], options: &Options) -> impl Iterator<Item = usize> {
    part.iter()
        .enumerate()
        .filter(|(_, c)| Options::is(&options.grouping_separator, **c))
        .map(|(at, _)| at)
}

fn count_places(part: &[char], options: &Options) -> usize {
    part.iter()
        .filter(|c| options.digit_value(**c).is_some() || Options::is(&options.digit, **c))
        .count()
}

/// Whether a sign occurs more than once, as JavaScript finds it: an empty one does.
fn is_twice(text: &str, sign: &str) -> bool {
    let Some(at) = text.find(sign) else {
        return false;
    };
    let mut behind = text.get(at..).unwrap_or_default().chars();
    behind.next().is_some() && behind.as_str().contains(sign)
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}
