//! How much of a drawing can be read at a scale.

/// What is worth drawing; each level leaves out what would be too small to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// Boxes and lines alone.
    Boxes,
    /// With names and glyphs.
    Names,
    /// With second lines, badges and the labels of edges.
    Full,
}

/// A name of 13 px is some 4 px high below this scale: a smear.
const NAMES_FROM: f64 = 0.3;
/// A label of 10.5 px is some 5 px high below this scale.
const ALL_FROM: f64 = 0.5;

impl Detail {
    /// What can be read where a canvas unit takes `scale` px.
    pub fn at(scale: f64) -> Self {
        if scale < NAMES_FROM {
            return Self::Boxes;
        }
        if scale < ALL_FROM {
            return Self::Names;
        }
        Self::Full
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_out_more_the_smaller_it_gets() {
        assert_eq!(Detail::at(3.0), Detail::Full);
        assert_eq!(Detail::at(0.5), Detail::Full);
        assert_eq!(Detail::at(0.49), Detail::Names);
        assert_eq!(Detail::at(0.3), Detail::Names);
        assert_eq!(Detail::at(0.08), Detail::Boxes);
        assert!(Detail::Boxes < Detail::Names && Detail::Names < Detail::Full);
    }
}
