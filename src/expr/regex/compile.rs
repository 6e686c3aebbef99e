//! A tree as a program: a list of instructions, each with a place to go on.

use super::Syntax;
use super::class::{Class, fold};
use super::error::Reason;
use super::tree::{Direction, Edge, Look, Node, Pattern, Repeat};

/// Most instructions of a program.
const MAX_INSTRUCTIONS: usize = 60_000;

/// Repetitions of more instructions than this are counted at run time.
const MAX_UNROLLED: usize = 400;

/// What is run.
#[derive(Clone, Debug)]
pub(super) struct Program {
    pub code: Vec<Instruction>,
    pub syntax: Syntax,
    /// Number of capturing groups.
    pub groups: usize,
    /// Whether it depends on nothing but instruction and place if the search fails from
    /// there, so that failures can be remembered.
    pub is_memoryless: bool,
    /// Whether only the start of the text can be the start of a match.
    pub is_anchored: bool,
}

/// One step.
#[derive(Clone, Debug)]
pub(super) enum Instruction {
    /// Takes one unit.
    One(Direction, Unit),
    /// Takes one kind of unit several times.
    Run {
        direction: Direction,
        unit: Unit,
        min: u32,
        max: u32,
        is_greedy: bool,
    },
    /// Goes on with the next instruction or, if that fails, elsewhere.
    Try {
        otherwise: usize,
    },
    /// Goes on elsewhere or, if that fails, with the next instruction.
    TryElsewhere {
        first: usize,
    },
    Jump(usize),
    /// Keeps the place in a register.
    Save(usize),
    /// Forgets what registers hold, from the first up to the one behind the last.
    Clear(usize, usize),
    /// Fails if the place is still the one in the register.
    Progress(usize),
    /// Begins to count.
    Zero(usize),
    /// Repeats what follows while the count in the register asks for it or allows it.
    Count {
        register: usize,
        min: u32,
        max: u32,
        is_greedy: bool,
        exit: usize,
    },
    /// Fails if the place is still the one in the register and the count is beyond `min`.
    CountedProgress {
        place: usize,
        count: usize,
        min: u32,
    },
    Start(Edge),
    End(Edge),
    Boundary,
    NoBoundary,
    Reference {
        direction: Direction,
        group: usize,
        ignores_case: bool,
    },
    /// Looks around: what follows up to `LookEnd`, after which the search goes on at `next`.
    Look {
        register: usize,
        wants: Look,
        next: usize,
    },
    LookEnd {
        register: usize,
        wants: Look,
    },
    Match,
}

/// What one unit is compared with.
#[derive(Clone, Debug)]
pub(super) enum Unit {
    Is(u32),
    /// Compared without case.
    IsFolded(u32),
    Any,
    In(Class),
    /// In a class without case.
    InFolded(Class),
}

pub(super) fn compile(pattern: &Pattern) -> Result<Program, Reason> {
    let mut compiler = Compiler {
        code: Vec::new(),
        registers: 2 * (pattern.groups + 1),
        is_memoryless: true,
    };
    compiler.node(&pattern.root, Direction::Ahead)?;
    compiler.push(Instruction::Match)?;
    Ok(Program {
        is_anchored: starts_anchored(&pattern.root),
        code: compiler.code,
        syntax: pattern.syntax,
        groups: pattern.groups,
        is_memoryless: compiler.is_memoryless,
    })
}

fn starts_anchored(node: &Node) -> bool {
    match node {
        Node::Start(edge) => *edge == Edge::Text,
        Node::Sequence(nodes) => nodes.first().is_some_and(starts_anchored),
        Node::Group(_, node) => starts_anchored(node),
        Node::Choice(nodes) => nodes.iter().all(starts_anchored),
        _ => false,
    }
}

/// What a node that takes one unit compares it with.
fn unit(node: &Node) -> Option<Unit> {
    Some(match node {
        Node::Unit { unit, ignores_case } => match ignores_case {
            true => Unit::IsFolded(fold(*unit)),
            false => Unit::Is(*unit),
        },
        Node::Any => Unit::Any,
        Node::Class {
            class,
            ignores_case,
        } => match ignores_case {
            true => Unit::InFolded(class.clone().fold()),
            false => Unit::In(class.clone()),
        },
        Node::Sequence(nodes) => match nodes.as_slice() {
            [node] => return unit(node),
            _ => return None,
        },
        _ => return None,
    })
}

impl Program {
    /// What every match begins with, if that is one unit.
    pub fn first(&self) -> Option<&Unit> {
        match self.code.first()? {
            Instruction::One(Direction::Ahead, unit)
            | Instruction::Run {
                direction: Direction::Ahead,
                unit,
                min: 1..,
                ..
            } => Some(unit),
            _ => None,
        }
    }
}

struct Compiler {
    code: Vec<Instruction>,
    /// The number of registers, the ends of groups first.
    registers: usize,
    is_memoryless: bool,
}

impl Compiler {
    fn push(&mut self, instruction: Instruction) -> Result<usize, Reason> {
        if self.code.len() >= MAX_INSTRUCTIONS {
            return Err(Reason::TooLarge);
        }
        self.code.push(instruction);
        Ok(self.code.len() - 1)
    }

    fn register(&mut self) -> usize {
        self.registers += 1;
        self.registers - 1
    }

    /// Lets an instruction that was pushed go on at the end of the code.
    fn land(&mut self, at: usize) {
        let end = self.code.len();
        if let Some(
            Instruction::Try { otherwise: target }
            | Instruction::TryElsewhere { first: target }
            | Instruction::Jump(target)
            | Instruction::Count { exit: target, .. }
            | Instruction::Look { next: target, .. },
        ) = self.code.get_mut(at)
        {
            *target = end;
        }
    }

    fn node(&mut self, node: &Node, direction: Direction) -> Result<(), Reason> {
        if let Some(unit) = unit(node) {
            self.push(Instruction::One(direction, unit))?;
            return Ok(());
        }
        match node {
            Node::Empty | Node::Unit { .. } | Node::Any | Node::Class { .. } => {}
            Node::Sequence(nodes) => match direction {
                Direction::Ahead => nodes
                    .iter()
                    .try_for_each(|node| self.node(node, direction))?,
                Direction::Behind => nodes
                    .iter()
                    .rev()
                    .try_for_each(|node| self.node(node, direction))?,
            },
            Node::Choice(nodes) => self.choice(nodes, direction)?,
            Node::Group(number, node) => {
                let (first, last) = match direction {
                    Direction::Ahead => (2 * number, 2 * number + 1),
                    Direction::Behind => (2 * number + 1, 2 * number),
                };
                self.push(Instruction::Save(first))?;
                self.node(node, direction)?;
                self.push(Instruction::Save(last))?;
            }
            Node::Repeat(repeat) => self.repeat(repeat, direction)?,
            Node::Start(edge) => {
                self.push(Instruction::Start(*edge))?;
            }
            Node::End(edge) => {
                self.push(Instruction::End(*edge))?;
            }
            Node::Boundary => {
                self.push(Instruction::Boundary)?;
            }
            Node::NoBoundary => {
                self.push(Instruction::NoBoundary)?;
            }
            Node::Reference {
                group,
                ignores_case,
            } => {
                self.is_memoryless = false;
                self.push(Instruction::Reference {
                    direction,
                    group: *group,
                    ignores_case: *ignores_case,
                })?;
            }
            Node::Look {
                direction: around,
                wants,
                node,
            } => {
                let taken = *wants == Look::Takes;
                self.look(if taken { direction } else { *around }, *wants, node)?;
            }
        }
        Ok(())
    }

    fn choice(&mut self, nodes: &[Node], direction: Direction) -> Result<(), Reason> {
        let mut ends = Vec::new();
        for (index, node) in nodes.iter().enumerate() {
            if index + 1 == nodes.len() {
                self.node(node, direction)?;
                continue;
            }
            let branch = self.push(Instruction::Try { otherwise: 0 })?;
            self.node(node, direction)?;
            ends.push(self.push(Instruction::Jump(0))?);
            self.land(branch);
        }
        for end in ends {
            self.land(end);
        }
        Ok(())
    }

    fn look(&mut self, direction: Direction, wants: Look, node: &Node) -> Result<(), Reason> {
        self.is_memoryless = false;
        let register = self.register();
        let look = self.push(Instruction::Look {
            register,
            wants,
            next: 0,
        })?;
        self.node(node, direction)?;
        self.push(Instruction::LookEnd { register, wants })?;
        self.land(look);
        Ok(())
    }

    fn repeat(&mut self, repeat: &Repeat, direction: Direction) -> Result<(), Reason> {
        if repeat.max == 0 {
            return Ok(());
        }
        if let Some(unit) = unit(&repeat.node) {
            self.push(Instruction::Run {
                direction,
                unit,
                min: repeat.min,
                max: repeat.max,
                is_greedy: repeat.is_greedy,
            })?;
            return Ok(());
        }
        let start = self.code.len();
        self.iteration(repeat, direction, None)?;
        let size = self.code.len() - start;
        self.code.truncate(start);
        // What takes something each time comes back to its last iteration.
        let comes_back = repeat.max == u32::MAX && repeat.min > 0 && !repeat.node.is_nullable();
        let times = match repeat.max {
            u32::MAX => u64::from(repeat.min) + u64::from(!comes_back),
            max => u64::from(max),
        };
        if times * size as u64 > MAX_UNROLLED as u64 && times > 1 {
            return self.counted(repeat, direction);
        }
        let mut last = start;
        for _ in 0..repeat.min {
            last = self.code.len();
            self.iteration(repeat, direction, None)?;
        }
        if repeat.max == u32::MAX {
            let head = self.branch(repeat)?;
            if !comes_back {
                last = head;
                self.optional_iteration(repeat, direction)?;
            }
            self.push(Instruction::Jump(last))?;
            self.land(head);
            return Ok(());
        }
        let mut branches = Vec::new();
        for _ in repeat.min..repeat.max {
            branches.push(self.branch(repeat)?);
            self.optional_iteration(repeat, direction)?;
        }
        for branch in branches {
            self.land(branch);
        }
        Ok(())
    }

    /// Begins an iteration that need not be. A lazy one stands behind the way out.
    fn branch(&mut self, repeat: &Repeat) -> Result<usize, Reason> {
        match repeat.is_greedy {
            true => self.push(Instruction::Try { otherwise: 0 }),
            false => self.push(Instruction::TryElsewhere { first: 0 }),
        }
    }

    fn optional_iteration(&mut self, repeat: &Repeat, direction: Direction) -> Result<(), Reason> {
        let place = repeat.node.is_nullable().then(|| self.register());
        self.iteration(repeat, direction, place)
    }

    /// One repetition, which must get on if a register is given.
    fn iteration(
        &mut self,
        repeat: &Repeat,
        direction: Direction,
        place: Option<usize>,
    ) -> Result<(), Reason> {
        if let Some(place) = place {
            self.push(Instruction::Save(place))?;
        }
        self.clear_groups(repeat)?;
        self.node(&repeat.node, direction)?;
        if let Some(place) = place {
            self.push(Instruction::Progress(place))?;
        }
        Ok(())
    }

    fn clear_groups(&mut self, repeat: &Repeat) -> Result<(), Reason> {
        let (first, end) = repeat.groups;
        if first < end {
            self.push(Instruction::Clear(2 * first, 2 * end))?;
        }
        Ok(())
    }

    fn counted(&mut self, repeat: &Repeat, direction: Direction) -> Result<(), Reason> {
        self.is_memoryless = false;
        let (count, place) = (self.register(), self.register());
        self.push(Instruction::Zero(count))?;
        let head = self.push(Instruction::Count {
            register: count,
            min: repeat.min,
            max: repeat.max,
            is_greedy: repeat.is_greedy,
            exit: 0,
        })?;
        self.push(Instruction::Save(place))?;
        self.clear_groups(repeat)?;
        self.node(&repeat.node, direction)?;
        self.push(Instruction::CountedProgress {
            place,
            count,
            min: repeat.min,
        })?;
        self.push(Instruction::Jump(head))?;
        self.land(head);
        Ok(())
    }
}
