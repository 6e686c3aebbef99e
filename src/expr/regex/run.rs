//! Running a program over a text.

use super::class::{fold, is_line_end, is_word};
use super::compile::{Instruction, Program, Unit};
use super::memory::Memory;
use super::text::Text;
use super::tree::{Direction, Edge, Look};
use super::{Match, OutOfFuel, Syntax};

/// Most ways and changes that are kept to come back to.
const MAX_STACK: usize = 1 << 21;

/// A register that holds nothing.
const UNSET: usize = usize::MAX;

/// What to come back to.
enum Entry {
    /// Another way.
    Way { pc: usize, at: usize },
    /// What a register held before.
    Before { register: usize, value: usize },
    /// A run of units that can give one back, down to `least`.
    Shrink { pc: usize, least: usize, at: usize },
    /// A run of units that can take one more.
    Grow { pc: usize, at: usize, left: u32 },
    /// The start of a look around.
    Look { wants: Look, next: usize, at: usize },
}

struct Machine<'a> {
    program: &'a Program,
    text: Text<'a>,
    fuel: &'a mut u64,
    /// What those hold that hold something; others behind them hold nothing.
    registers: Vec<usize>,
    stack: Vec<Entry>,
    memory: Memory,
}

pub(super) fn find(
    program: &Program,
    text: &str,
    from: usize,
    fuel: &mut u64,
) -> Result<Option<Match>, OutOfFuel> {
    let mut start = from;
    while start < text.len() && !text.is_char_boundary(start) {
        start += 1;
    }
    if start > text.len() || (program.is_anchored && start > 0) {
        return Ok(None);
    }
    let searched = Text {
        text,
        syntax: program.syntax,
    };
    let mut machine = Machine {
        program,
        text: searched,
        fuel,
        registers: Vec::new(),
        stack: Vec::new(),
        memory: Memory::new(program, start, text.len()),
    };
    let first = program.first();
    loop {
        let is_hopeless =
            first.is_some_and(|unit| machine.take(Direction::Ahead, unit, start).is_none());
        if is_hopeless {
            machine.burn(1)?;
        } else if let Some(end) = machine.run(start)? {
            let whole_match = searched.whole(start, end);
            // Between the halves of a character nothing is nothing.
            if start < end || text.is_char_boundary(start) {
                return Ok(Some(machine.found(whole_match)));
            }
        }
        match searched.ahead(start) {
            Some((_, next)) if !program.is_anchored => start = next,
            _ => return Ok(None),
        }
    }
}

impl Machine<'_> {
    fn burn(&mut self, steps: u64) -> Result<(), OutOfFuel> {
        match self.fuel.checked_sub(steps) {
            Some(left) => {
                *self.fuel = left;
                Ok(())
            }
            None => {
                *self.fuel = 0;
                Err(OutOfFuel)
            }
        }
    }

    fn found(&self, (start, end): (usize, usize)) -> Match {
        let group = |number: usize| {
            let start = self.register(2 * number);
            let end = self.register(2 * number + 1);
            (start != UNSET && end != UNSET).then(|| self.text.whole(start, end))
        };
        Match {
            start,
            end,
            groups: (1..=self.program.groups).map(group).collect(),
        }
    }

    fn register(&self, register: usize) -> usize {
        self.registers.get(register).copied().unwrap_or(UNSET)
    }

    fn set(&mut self, register: usize, value: usize) -> Result<(), OutOfFuel> {
        let before = self.register(register);
        if before == value {
            return Ok(());
        }
        self.push(Entry::Before {
            register,
            value: before,
        })?;
        if self.registers.len() <= register {
            self.registers.resize(register + 1, UNSET);
        }
        if let Some(slot) = self.registers.get_mut(register) {
            *slot = value;
        }
        Ok(())
    }

    fn push(&mut self, entry: Entry) -> Result<(), OutOfFuel> {
        if self.stack.len() >= MAX_STACK {
            return Err(OutOfFuel);
        }
        self.stack.push(entry);
        Ok(())
    }

    /// The end of a match that starts here. The registers hold its groups.
    fn run(&mut self, start: usize) -> Result<Option<usize>, OutOfFuel> {
        self.stack.clear();
        self.registers.clear();
        let (mut pc, mut at) = (0, start);
        loop {
            self.burn(1)?;
            let step = match self.program.code.get(pc) {
                None | Some(Instruction::Match) => return Ok(Some(at)),
                Some(instruction) => self.step(instruction, pc, at)?,
            };
            match step.or_else(|| self.back()) {
                Some(next) => (pc, at) = next,
                None => return Ok(None),
            }
        }
    }

    /// Where to go on, or `None` if it fails here.
    fn step(
        &mut self,
        instruction: &Instruction,
        pc: usize,
        at: usize,
    ) -> Result<Option<(usize, usize)>, OutOfFuel> {
        let on = |is_true: bool| is_true.then_some((pc + 1, at));
        Ok(match instruction {
            Instruction::One(direction, unit) => {
                self.take(*direction, unit, at).map(|next| (pc + 1, next))
            }
            Instruction::Run { max, .. } if *max != u32::MAX && self.memory.has_failed(pc, at) => {
                None
            }
            Instruction::Run {
                direction,
                unit,
                min,
                max,
                is_greedy,
            } => self.take_run(pc, at, (*direction, unit), (*min, *max), *is_greedy)?,
            Instruction::Try { .. } | Instruction::TryElsewhere { .. }
                if self.memory.has_failed(pc, at) =>
            {
                None
            }
            Instruction::Try { otherwise } => {
                self.push(Entry::Way { pc: *otherwise, at })?;
                Some((pc + 1, at))
            }
            Instruction::TryElsewhere { first } => {
                self.push(Entry::Way { pc: pc + 1, at })?;
                Some((*first, at))
            }
            Instruction::Jump(target) => Some((*target, at)),
            Instruction::Save(register) => {
                self.set(*register, at)?;
                Some((pc + 1, at))
            }
            Instruction::Clear(first, end) => {
                for register in *first..*end {
                    self.set(register, UNSET)?;
                }
                self.burn((end - first) as u64)?;
                Some((pc + 1, at))
            }
            Instruction::Progress(place) => on(self.register(*place) != at),
            Instruction::Zero(register) => {
                self.set(*register, 0)?;
                Some((pc + 1, at))
            }
            Instruction::Count {
                register,
                min,
                max,
                is_greedy,
                exit,
            } => {
                let count = self.register(*register);
                let is_due = count < *min as usize;
                let is_possible = *max == u32::MAX || count < *max as usize;
                if !is_due && !is_possible {
                    return Ok(Some((*exit, at)));
                }
                if !is_due && !is_greedy {
                    return self.leave_first(pc, at, *exit, *register, count);
                }
                if !is_due {
                    self.push(Entry::Way { pc: *exit, at })?;
                }
                self.set(*register, count + 1)?;
                Some((pc + 1, at))
            }
            Instruction::CountedProgress { place, count, min } => {
                on(self.register(*place) != at || self.register(*count) <= *min as usize)
            }
            Instruction::Start(edge) => on(match self.text.behind(at) {
                None => true,
                Some((unit, _)) => *edge == Edge::Line && is_line_end(unit),
            }),
            Instruction::End(edge) => on(match (edge, self.text.ahead(at)) {
                (_, None) => true,
                (Edge::Text, _) => false,
                (Edge::Line, Some((unit, _))) => is_line_end(unit),
                (Edge::LastLine, Some((unit, next))) => {
                    let rest = self.text.text.get(next..);
                    is_line_end(unit) && (rest == Some("") || unit == 0x0D && rest == Some("\n"))
                }
            }),
            Instruction::Boundary => on(self.is_boundary(at)),
            Instruction::NoBoundary => on(!self.is_boundary(at)),
            Instruction::Reference {
                direction,
                group,
                ignores_case,
            } => self
                .take_again(*direction, *group, *ignores_case, at)?
                .map(|next| (pc + 1, next)),
            Instruction::Look {
                register,
                wants,
                next,
            } => {
                // The place of the entry that follows the one for the register.
                self.set(*register, UNSET)?;
                self.set(*register, self.stack.len() + 1)?;
                self.push(Entry::Look {
                    wants: *wants,
                    next: *next,
                    at,
                })?;
                Some((pc + 1, at))
            }
            Instruction::LookEnd { register, wants } => self.end_look(*register, *wants, at)?,
            Instruction::Match => Some((pc, at)),
        })
    }

    /// A lazy loop whose count is met: first the way out, then once more.
    fn leave_first(
        &mut self,
        pc: usize,
        at: usize,
        exit: usize,
        register: usize,
        count: usize,
    ) -> Result<Option<(usize, usize)>, OutOfFuel> {
        // Coming back finds the register one higher, whatever the way out did to it.
        self.set(register, count + 1)?;
        self.push(Entry::Way { pc: pc + 1, at })?;
        self.set(register, count)?;
        Ok(Some((exit, at)))
    }

    fn is_boundary(&self, at: usize) -> bool {
        let before = self.text.behind(at).is_some_and(|(unit, _)| is_word(unit));
        let after = self.text.ahead(at).is_some_and(|(unit, _)| is_word(unit));
        before != after
    }

    fn take(&self, direction: Direction, unit: &Unit, at: usize) -> Option<usize> {
        let (found, next) = match direction {
            Direction::Ahead => self.text.ahead(at),
            Direction::Behind => self.text.behind(at),
        }?;
        let is_taken = match unit {
            Unit::Is(wanted) => found == *wanted,
            Unit::IsFolded(wanted) => fold(found) == *wanted,
            Unit::Any => !is_line_end(found),
            Unit::In(class) => class.has(found),
            Unit::InFolded(class) => class.has_folded(found),
        };
        is_taken.then_some(next)
    }

    fn take_run(
        &mut self,
        pc: usize,
        at: usize,
        (direction, unit): (Direction, &Unit),
        (min, max): (u32, u32),
        is_greedy: bool,
    ) -> Result<Option<(usize, usize)>, OutOfFuel> {
        let mut place = at;
        for taken in 0..min {
            match self.take(direction, unit, place) {
                Some(next) => place = next,
                None => {
                    self.burn(u64::from(taken))?;
                    return Ok(None);
                }
            }
        }
        self.burn(u64::from(min))?;
        // Without an upper bound it makes no difference where the run began: a place that
        // another run came through counts as if each step were one of a loop.
        let is_endless = max == u32::MAX;
        if is_endless && self.memory.has_failed(pc, place) {
            return Ok(None);
        }
        let left = if max == u32::MAX { max } else { max - min };
        if !is_greedy {
            self.push(Entry::Grow {
                pc,
                at: place,
                left,
            })?;
            return Ok(Some((pc + 1, place)));
        }
        let least = place;
        let mut taken = 0;
        while taken < left {
            match self.take(direction, unit, place) {
                Some(next) if is_endless && self.memory.has_failed(pc, next) => break,
                Some(next) => place = next,
                None => break,
            }
            taken += 1;
        }
        self.burn(u64::from(taken))?;
        if place != least {
            self.push(Entry::Shrink {
                pc,
                least,
                at: place,
            })?;
        }
        Ok(Some((pc + 1, place)))
    }

    /// What a group matched, once more. Of a group that matched nothing yet JavaScript takes
    /// nothing, and Java does not get on.
    fn take_again(
        &mut self,
        direction: Direction,
        group: usize,
        ignores_case: bool,
        at: usize,
    ) -> Result<Option<usize>, OutOfFuel> {
        let (start, end) = (self.register(2 * group), self.register(2 * group + 1));
        if start == UNSET || end == UNSET {
            return Ok((self.program.syntax == Syntax::JavaScript).then_some(at));
        }
        self.burn((end - start) as u64)?;
        let is_same = |a: u32, b: u32| a == b || (ignores_case && fold(a) == fold(b));
        let mut place = at;
        let mut cursor = match direction {
            Direction::Ahead => start,
            Direction::Behind => end,
        };
        loop {
            let is_done = match direction {
                Direction::Ahead => cursor >= end,
                Direction::Behind => cursor <= start,
            };
            if is_done {
                return Ok(Some(place));
            }
            let step = match direction {
                Direction::Ahead => self.text.ahead(cursor).zip(self.text.ahead(place)),
                Direction::Behind => self.text.behind(cursor).zip(self.text.behind(place)),
            };
            match step {
                Some(((wanted, next), (found, after))) if is_same(wanted, found) => {
                    (cursor, place) = (next, after);
                }
                _ => return Ok(None),
            }
        }
    }

    /// What was looked for is there: no other way of looking counts any more, and groups
    /// keep what they matched unless it should not have been there.
    fn end_look(
        &mut self,
        register: usize,
        wants: Look,
        reached: usize,
    ) -> Result<Option<(usize, usize)>, OutOfFuel> {
        let start = self.register(register);
        self.burn(self.stack.len().saturating_sub(start) as u64)?;
        if wants == Look::IsNot {
            while self.stack.len() > start + 1 {
                if let Some(Entry::Before { register, value }) = self.stack.pop()
                    && let Some(slot) = self.registers.get_mut(register)
                {
                    *slot = value;
                }
            }
            self.stack.pop();
            return Ok(None);
        }
        let inner = self.stack.split_off(start.min(self.stack.len()));
        let mut inner = inner.into_iter();
        let Some(Entry::Look { next, at, .. }) = inner.next() else {
            return Ok(None);
        };
        self.stack
            .extend(inner.filter(|entry| matches!(entry, Entry::Before { .. })));
        Ok(Some((
            next,
            if wants == Look::Takes { reached } else { at },
        )))
    }

    /// The last other way, with the registers as they were there.
    fn back(&mut self) -> Option<(usize, usize)> {
        loop {
            match self.stack.pop()? {
                Entry::Way { pc, at } => return Some((pc, at)),
                Entry::Before { register, value } => {
                    if let Some(slot) = self.registers.get_mut(register) {
                        *slot = value;
                    }
                }
                Entry::Look { wants, next, at } => {
                    if wants == Look::IsNot {
                        return Some((next, at));
                    }
                }
                Entry::Shrink { pc, least, at } => {
                    let Some(Instruction::Run { direction, .. }) = self.program.code.get(pc) else {
                        continue;
                    };
                    let step = match direction {
                        Direction::Ahead => self.text.behind(at),
                        Direction::Behind => self.text.ahead(at),
                    };
                    if let Some((_, at)) = step {
                        if at != least {
                            self.stack.push(Entry::Shrink { pc, least, at });
                        }
                        return Some((pc + 1, at));
                    }
                }
                Entry::Grow { pc, at, left } => {
                    let Some(Instruction::Run {
                        direction, unit, ..
                    }) = self.program.code.get(pc)
                    else {
                        continue;
                    };
                    if left == 0 {
                        continue;
                    }
                    let is_endless = left == u32::MAX;
                    if let Some(at) = self.take(*direction, unit, at)
                        && !(is_endless && self.memory.has_failed(pc, at))
                    {
                        let left = if is_endless { left } else { left - 1 };
                        self.stack.push(Entry::Grow { pc, at, left });
                        return Some((pc + 1, at));
                    }
                }
            }
        }
    }
}
