//! From what is mounted to what is wanted, in steps that each cost little.

use std::collections::HashSet;

/// What goes by a key: a shape as it is drawn. An even key is a whole shape, the odd one
/// after it the same shape without its small parts, for which the whole one does as well.
pub type Key = u64;

/// The key of the shape without its small parts.
pub fn plain(key: Key) -> Key {
    key | 1
}

/// The key of the whole shape.
pub fn whole(key: Key) -> Key {
    key & !1
}

/// Whether this is the key of a shape without its small parts.
pub fn is_plain(key: Key) -> bool {
    key != whole(key)
}

/// What is mounted, in the order it was. A step either takes away or adds: a list that
/// does one of the two never moves what stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mounts {
    keys: Vec<Key>,
    due: Vec<Key>,
}

/// When the next step is to follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Before anything is painted: something was taken away for what comes now.
    Now,
    /// With the next frame.
    Frame,
    /// When something else is wanted.
    Never,
}

impl Mounts {
    /// What is mounted.
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// Goes a step towards `wanted`, whose first ones come first: at most `most` shapes are
    /// added, and twice as many taken away.
    #[must_use]
    pub fn step(&self, wanted: &[Key], most: usize) -> Self {
        let set: HashSet<Key> = wanted.iter().copied().collect();
        let mounted: HashSet<Key> = self.keys.iter().copied().collect();
        let is_missing = |key: &&Key| !mounted.contains(*key) && !mounted.contains(&whole(**key));
        if !self.due.is_empty() {
            let due = self.due.iter().filter(|key| set.contains(*key));
            let due = due.filter(is_missing);
            return Self {
                keys: self.keys.iter().chain(due).copied().collect(),
                due: Vec::new(),
            };
        }
        let coming: Vec<Key> = wanted
            .iter()
            .filter(is_missing)
            .take(most)
            .copied()
            .collect();
        let replaced: HashSet<Key> = coming.iter().map(|key| plain(*key)).collect();
        let mut left = 2 * most;
        let is_kept = |key: &&Key| {
            let is_wanted = set.contains(*key) || set.contains(&plain(**key));
            // What is still to be replaced stays until its turn.
            let is_of_use = is_wanted || set.contains(&whole(**key));
            if is_of_use && !replaced.contains(*key) {
                return true;
            }
            let is_late = left == 0 && !replaced.contains(*key);
            left = left.saturating_sub(1);
            is_late
        };
        let mut keys: Vec<Key> = self.keys.iter().filter(is_kept).copied().collect();
        let is_clear = keys.len() == self.keys.len();
        if is_clear {
            keys.extend(&coming);
        }
        Self {
            keys,
            due: if is_clear { Vec::new() } else { coming },
        }
    }

    /// When the next step towards `wanted` is to follow.
    pub fn next(&self, wanted: &[Key]) -> Next {
        if !self.due.is_empty() {
            return Next::Now;
        }
        let set: HashSet<Key> = wanted.iter().copied().collect();
        let mounted: HashSet<Key> = self.keys.iter().copied().collect();
        let is_there = |key: &Key| mounted.contains(key) || mounted.contains(&whole(*key));
        let is_of_use = |key: &Key| set.contains(key) || set.contains(&plain(*key));
        if wanted.iter().all(is_there) && self.keys.iter().all(is_of_use) {
            return Next::Never;
        }
        Next::Frame
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All steps until nothing is left to do.
    fn steps(from: &Mounts, wanted: &[Key], most: usize) -> Vec<Mounts> {
        let mut steps = vec![from.clone()];
        while let Some(last) = steps.last()
            && last.next(wanted) != Next::Never
        {
            assert!(steps.len() < 1_000, "it never ends: {last:?}");
            steps.push(last.step(wanted, most));
        }
        steps
    }

    fn settled(wanted: &[Key]) -> Mounts {
        Mounts::default().step(wanted, usize::MAX / 2)
    }

    fn sorted(mounts: &Mounts) -> Vec<Key> {
        let mut keys = mounts.keys.clone();
        keys.sort_unstable();
        keys
    }

    #[test]
    fn fills_by_slices_the_first_ones_first() {
        let wanted: Vec<Key> = (0..10).map(|key| key * 2).collect();
        let steps = steps(&Mounts::default(), &wanted, 4);
        let counts: Vec<usize> = steps.iter().map(|step| step.keys.len()).collect();
        assert_eq!(counts, [0, 4, 8, 10]);
        assert_eq!(steps[1].keys, [0, 2, 4, 6]);
    }

    #[test]
    fn never_adds_and_takes_away_at_once_and_never_reorders() {
        let before = settled(&(0..50).map(|key| key * 2).collect::<Vec<_>>());
        let wanted: Vec<Key> = (30..80).map(|key| key * 2).collect();
        let steps = steps(&before, &wanted, 8);
        for pair in steps.windows(2) {
            let [from, to] = pair else { continue };
            let stays: Vec<Key> = from
                .keys
                .iter()
                .filter(|key| to.keys.contains(key))
                .copied()
                .collect();
            let is_shrinking = stays.len() < from.keys.len();
            let is_growing = stays.len() < to.keys.len();
            assert!(!(is_shrinking && is_growing));
            assert!(to.keys.starts_with(&stays));
            assert!(to.keys.len() <= from.keys.len() + 8 && to.keys.len() + 16 >= from.keys.len());
        }
        assert_eq!(steps.last().map(sorted), Some(wanted));
    }

    #[test]
    fn what_is_whole_does_for_what_may_be_plain() {
        let before = settled(&[2, 4]);
        let wanted = [plain(2), plain(4), plain(6)];
        assert_eq!(sorted(&before.step(&wanted, 8)), [2, 4, 7]);
    }

    #[test]
    fn plain_shapes_stay_until_the_whole_one_comes() {
        let before = settled(&[3, 5, 7, 9]);
        let wanted = [2, 4, 6, 8];
        let first = before.step(&wanted, 2);
        assert_eq!(
            (sorted(&first), first.next(&wanted)),
            (vec![7, 9], Next::Now)
        );
        let second = first.step(&wanted, 2);
        assert_eq!(
            (sorted(&second), second.next(&wanted)),
            (vec![2, 4, 7, 9], Next::Frame)
        );
        assert_eq!(
            steps(&before, &wanted, 2).last().map(sorted),
            Some(vec![2, 4, 6, 8])
        );
    }

    #[test]
    fn a_change_of_mind_between_two_steps_leaves_nothing_behind() {
        let before = settled(&[3, 5]);
        let half = before.step(&[2, 4], 2);
        assert_eq!(half.next(&[2, 4]), Next::Now);
        assert_eq!(steps(&half, &[8], 2).last().map(sorted), Some(vec![8]));
        assert_eq!(settled(&[2]).next(&[2]), Next::Never);
    }
}
