//! How wide and high panes may be: arithmetic without a browser.
//!
//! What a person drags is what they *want*; what they get is [`fitted`] to the window as
//! it is now, so that a pane dragged wide comes back when the window does.

/// How much room the window gives, by its width.
///
/// `style/shell.css` knows the same limits, as a media query takes no custom property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WindowClass {
    /// Up to 640 px: one place at a time, a bar below, and sheets.
    Phone,
    /// Up to 900 px: the inspector lies over the canvas.
    Small,
    /// Up to 1100 px: canvas or code.
    Medium,
    /// Up to 1280 px: the left pane is a rail until it is asked for.
    Large,
    /// Everything side by side.
    Wide,
}

impl WindowClass {
    /// The class of a window of this width in px.
    pub fn of(width: f64) -> Self {
        match width {
            ..=640.0 => Self::Phone,
            ..=900.0 => Self::Small,
            ..=1100.0 => Self::Medium,
            ..=1280.0 => Self::Large,
            _ => Self::Wide,
        }
    }
}

/// A pane that folds, named with the border that sets its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pane {
    /// Examples and the like; its width in px.
    Left,
    /// Code and what a run needs; the canvas's share of the centre in percent.
    Side,
    /// Problems; its height in px.
    Dock,
    /// The selected state; its width in px.
    Inspector,
}

impl Pane {
    /// All of them, in reading order.
    pub const ALL: [Pane; 4] = [Pane::Left, Pane::Side, Pane::Dock, Pane::Inspector];

    /// How far a command moves its border.
    pub fn step(self) -> f64 {
        match self {
            Pane::Left | Pane::Dock | Pane::Inspector => 32.0,
            Pane::Side => 4.0,
        }
    }
}

/// The sizes of all panes, each in the unit of its [`Pane`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sizes {
    /// Width of the left pane.
    pub left: f64,
    /// Percent of the centre that the canvas takes.
    pub split: f64,
    /// Height of the dock.
    pub dock: f64,
    /// Width of the inspector.
    pub inspector: f64,
}

impl Sizes {
    /// Those of a first visit.
    pub const FIRST: Sizes = Sizes {
        left: 240.0,
        split: 54.0,
        dock: 152.0,
        inspector: 328.0,
    };

    /// The size of a pane.
    pub fn of(&self, pane: Pane) -> f64 {
        match pane {
            Pane::Left => self.left,
            Pane::Side => self.split,
            Pane::Dock => self.dock,
            Pane::Inspector => self.inspector,
        }
    }

    /// The same with another size of a pane.
    #[must_use]
    pub fn with(mut self, pane: Pane, size: f64) -> Self {
        let place = match pane {
            Pane::Left => &mut self.left,
            Pane::Side => &mut self.split,
            Pane::Dock => &mut self.dock,
            Pane::Inspector => &mut self.inspector,
        };
        *place = size;
        self
    }
}

/// The room that the panes share, and what is taken of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// Width of the window in px.
    pub width: f64,
    /// Height of the window in px.
    pub height: f64,
    /// Whether the left pane stands beside the centre, in its full width.
    pub is_left_beside: bool,
    /// Whether the inspector stands beside the centre, in its full width.
    pub is_inspector_beside: bool,
}

/// Width of a folded pane at the side, in px: the token `--rail`.
pub const RAIL: f64 = 44.0;

/// The share of the page that a sheet takes at first, in percent.
pub const SHEET: f64 = 54.0;

/// The least and the greatest share that a sheet takes.
pub const SHEET_RANGE: (f64, f64) = (25.0, 90.0);

/// A sheet that is pulled below this share is put away.
pub const SHEET_GONE: f64 = 15.0;

/// What the centre keeps in any case, in px.
const CENTRE: f64 = 320.0;

/// Bars, the head of the canvas and some of the graph, in px of height.
const ABOVE_DOCK: f64 = 240.0;

/// The least and the greatest size of a pane beside others of these sizes.
pub fn range(pane: Pane, sizes: &Sizes, room: &Room) -> (f64, f64) {
    let taken = |is_beside: bool, width: f64| if is_beside { width } else { RAIL };
    let (least, most) = match pane {
        Pane::Left if room.is_left_beside => {
            let other = taken(room.is_inspector_beside, sizes.inspector);
            (160.0, (room.width - CENTRE - other).min(480.0))
        }
        Pane::Inspector if room.is_inspector_beside => {
            let other = taken(room.is_left_beside, sizes.left);
            (240.0, (room.width - CENTRE - other).min(720.0))
        }
        // It lies over the canvas and leaves a strip of it.
        Pane::Left => (160.0, (room.width - RAIL).min(480.0)),
        Pane::Inspector => (240.0, (room.width - RAIL).min(720.0)),
        // With the events in it, it needs more.
        Pane::Dock if WindowClass::of(room.width) <= WindowClass::Medium => {
            (240.0, room.height - ABOVE_DOCK)
        }
        Pane::Dock => (96.0, room.height - ABOVE_DOCK),
        Pane::Side => (20.0, 80.0),
    };
    (least, most.max(least))
}

/// What panes of the wanted sizes get in a room: the inspector first, then the left pane.
pub fn fitted(wanted: &Sizes, room: &Room) -> Sizes {
    let least = wanted.with(Pane::Left, 160.0);
    let order = [Pane::Inspector, Pane::Left, Pane::Dock, Pane::Side];
    order.into_iter().fold(least, |sizes, pane| {
        sizes.with(pane, clamped(wanted.of(pane), pane, &sizes, room))
    })
}

/// A size that a pane may have; the first visit's for what is not a number.
pub fn clamped(size: f64, pane: Pane, sizes: &Sizes, room: &Room) -> f64 {
    let (least, most) = range(pane, sizes, room);
    let size = if size.is_finite() {
        size
    } else {
        Sizes::FIRST.of(pane)
    };
    size.clamp(least, most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(width: f64, height: f64) -> Room {
        let class = WindowClass::of(width);
        Room {
            width,
            height,
            is_left_beside: class == WindowClass::Wide,
            is_inspector_beside: class > WindowClass::Small,
        }
    }

    #[test]
    fn classes_end_where_the_notes_say() {
        let widths = [640.0, 641.0, 900.0, 901.0, 1100.0, 1101.0, 1280.0, 1281.0];
        let classes = widths.map(WindowClass::of);
        use WindowClass::{Large, Medium, Phone, Small, Wide};
        assert_eq!(
            classes,
            [Phone, Small, Small, Medium, Medium, Large, Large, Wide]
        );
    }

    #[test]
    fn the_first_sizes_fit_a_usual_window() {
        assert_eq!(fitted(&Sizes::FIRST, &room(1440.0, 900.0)), Sizes::FIRST);
    }

    #[test]
    fn whatever_is_wanted_the_centre_keeps_its_room() {
        let sizes = [
            f64::NAN,
            f64::NEG_INFINITY,
            -5.0,
            0.0,
            300.0,
            5000.0,
            f64::INFINITY,
        ];
        let windows = [
            (320.0, 256.0),
            (700.0, 400.0),
            (901.0, 700.0),
            (1101.0, 800.0),
            (1440.0, 900.0),
            (3840.0, 2160.0),
        ];
        for (width, height) in windows {
            for wanted in sizes {
                let wanted = Pane::ALL
                    .into_iter()
                    .fold(Sizes::FIRST, |sizes, pane| sizes.with(pane, wanted));
                let room = room(width, height);
                let got = fitted(&wanted, &room);
                let left = if room.is_left_beside { got.left } else { RAIL };
                let right = if room.is_inspector_beside {
                    got.inspector
                } else {
                    0.0
                };
                if room.is_inspector_beside {
                    assert!(width - left - right >= CENTRE, "{room:?} {got:?}");
                }
                assert!(got.left >= 160.0 && got.inspector >= 240.0 && got.dock >= 96.0);
                assert!((20.0..=80.0).contains(&got.split), "{got:?}");
                assert!(got.left < width && got.inspector < width && got.dock < height);
                assert_eq!(fitted(&got, &room), got, "fitting is done once");
            }
        }
    }

    #[test]
    fn a_pane_comes_back_to_its_width_with_the_window() {
        let wanted = Sizes::FIRST.with(Pane::Inspector, 700.0);
        assert!(fitted(&wanted, &room(1000.0, 800.0)).inspector < 700.0);
        assert_eq!(fitted(&wanted, &room(1600.0, 800.0)).inspector, 700.0);
    }
}
