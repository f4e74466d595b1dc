//! A search for the dearest pack that is admitted: shapes of modules, changed one number at a time for as long
//! as they get dearer.
//!
//! Bytes changed at random hardly ever make a valid module, and never a large one. So a shape is a list of
//! numbers ([`Shape`]) from which the text of a module is made: how many functions, what is repeated in
//! them and how often, how deep it stands in loops and blocks, how many locals live through it, what the
//! module declares. Admission refuses most of what is dear; the search climbs along that edge.
//!
//! What dear means is the caller's to say. `tests/cost.rs` counts the bytes that loading allocates, which are
//! the same on every machine; `examples/cost_search.rs` measures time, for a person.

use std::fmt;
use std::fmt::Write as _;
use std::str::FromStr;

use crate::mutate::Dice;

/// What can be repeated in a function: text that leaves the stack as it was. `$n` is the number of the
/// repetition among the locals.
const PIECES: &[(&str, &str)] = &[
    ("nothing", ""),
    ("add", "(local.set $n (i32.add (local.get $n) (i32.const 77)))"),
    ("divide", "(local.set $n (i32.div_s (local.get $n) (local.get 0)))"),
    ("float", "(drop (f64.div (f64.nearest (f64.const 1.7)) (f64.const 3)))"),
    ("vector", "(drop (i32x4.trunc_sat_f32x4_u (v128.const i64x2 1 2)))"),
    ("load", "(local.set $n (i32.load (local.get 0)))"),
    ("store", "(i32.store (local.get 0) (local.get $n))"),
    ("if", "(if (local.get $n) (then))"),
    ("if-set", "(if (local.get 0) (then (local.set $n (local.get 0))))"),
    (
        "if-else",
        "(local.set $n (if (result i32) (local.get 0) (then (i32.const 1)) (else (i32.const 2))))",
    ),
    ("block", "(block (br_if 0 (local.get $n)))"),
    ("loop", "(loop)"),
    ("loop-back", "(loop (br_if 0 (local.get $n)))"),
    (
        "loop-set",
        "(loop (local.set $n (i32.add (local.get $n) (i32.const 1))) (br_if 0 (local.get 0)))",
    ),
    ("values", "(block (param i32 i32 i32 i32) (result i32 i32 i32 i32) (br_if 0 (local.get 0)))"),
    (
        "loop-values",
        "(loop (param i32 i32 i32 i32) (result i32 i32 i32 i32) (br_if 0 (local.get 0)))",
    ),
    ("call", "(call $shape0 (local.get 0))"),
    ("call-values", "(call $values)"),
    ("call-table", "(call_indirect $shape (param i32) (local.get 0) (local.get $n))"),
    (
        "branches",
        "(block (block (block (br_table 0 1 2 1 0 2 1 0 2 1 0 1 2 1 0 2 (local.get $n)))))",
    ),
    ("table-get", "(drop (table.get $shape (local.get 0)))"),
    ("table-set", "(table.set $shape (local.get 0) (ref.null func))"),
    ("table-copy", "(table.copy $shape $shape (i32.const 0) (i32.const 0) (local.get 0))"),
    ("table-fill", "(table.fill $shape (i32.const 0) (ref.null func) (local.get 0))"),
    ("table-grow", "(drop (table.grow $shape (ref.null func) (local.get 0)))"),
    ("memory-copy", "(memory.copy (i32.const 0) (i32.const 0) (local.get 0))"),
    ("memory-fill", "(memory.fill (i32.const 0) (i32.const 0) (local.get 0))"),
    ("memory-grow", "(drop (memory.grow (local.get 0)))"),
    ("reference", "(drop (ref.func $shape0))"),
    ("global", "(global.set $shaped (local.get $n))"),
    ("select", "(local.set $n (select (local.get $n) (local.get 0) (i32.const 3)))"),
    ("end", "(block (unreachable))"),
];

/// The numbers of a shape: what each is called and its most.
const GENES: [(&str, u32); 13] = [
    ("functions", 4_000),
    ("times", 6_000),
    ("first", PIECES.len() as u32 - 1),
    ("second", PIECES.len() as u32 - 1),
    ("loops", 100),
    ("blocks", 1_000),
    ("locals", 900),
    ("read", 900),
    ("entries-beyond", 8_000),
    ("data-beyond", 3_000),
    ("types", 3_000),
    ("globals", 6_000),
    ("entries-kept", 8_000),
];

/// Bytes of text that a shape may come to: larger ones would take the search longer than they teach.
const TEXT_BYTES_MAX: usize = 400_000;

/// A module in numbers. Its text is one word `name=number` for each that is not 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape([u32; GENES.len()]);

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers = self.0.iter().zip(GENES).filter(|(number, _)| **number != 0);
        let words = numbers.map(|(number, (name, _))| match PIECES.get(*number as usize) {
            Some((piece, _)) if name == "first" || name == "second" => format!("{name}={piece}"),
            _ => format!("{name}={number}"),
        });
        f.write_str(&words.collect::<Vec<_>>().join(" "))
    }
}

impl FromStr for Shape {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut shape = Self([0; GENES.len()]);
        for word in text.split_whitespace() {
            let (name, number) = word.split_once('=').ok_or(word)?;
            let place = GENES.iter().position(|(gene, _)| *gene == name).ok_or(word)?;
            let piece = PIECES.iter().position(|(piece, _)| *piece == number);
            let number = match piece {
                Some(piece) if name == "first" || name == "second" => piece as u32,
                _ => number.parse().map_err(|_| word)?,
            };
            if let Some(gene) = shape.0.get_mut(place) {
                *gene = number;
            }
        }
        Ok(shape)
    }
}

impl Shape {
    /// One piece, often: where the search begins.
    pub fn beginnings() -> impl Iterator<Item = Self> {
        (0..PIECES.len() as u32).map(|piece| Self([4, 100, piece, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0]))
    }

    fn gene(&self, name: &str) -> u32 {
        let genes = self.0.iter().zip(GENES);
        genes.filter(|(_, (gene, _))| *gene == name).map(|(number, _)| *number).next().unwrap_or(0)
    }

    /// The same with one or two numbers changed.
    fn changed(&self, dice: &mut Dice) -> Self {
        let mut shape = self.clone();
        for _ in 0..1 + dice.below(2) {
            let place = dice.below(GENES.len());
            let (Some(gene), Some((_, most))) = (shape.0.get_mut(place), GENES.get(place)) else {
                continue;
            };
            let number = match dice.below(6) {
                0 => dice.below(*most as usize + 1) as u32,
                1 => *gene * 2 + 1,
                2 => *gene / 2,
                3 => *gene + *gene / 8 + 1,
                4 => (*gene).saturating_sub(*gene / 8 + 1),
                _ => 0,
            };
            *gene = number.min(*most);
        }
        shape
    }

    /// The fields of its module, beside what every pack of these tests has; `None` when that is long.
    pub fn fields(&self) -> Option<String> {
        let locals = self.gene("locals").max(1);
        let piece = |name| PIECES.get(self.gene(name) as usize).map_or("", |(_, text)| *text);
        let (first, second) = (piece("first"), piece("second"));
        let (loops, blocks) = (self.gene("loops") as usize, self.gene("blocks") as usize);
        let times = self.gene("times") as usize;
        let functions = self.gene("functions").max(1) as usize;
        if functions * (times * (first.len() + second.len() + 8) + 30 * (loops + blocks) + 20)
            > TEXT_BYTES_MAX
        {
            return None;
        }
        let mut body = String::new();
        if locals > 1 {
            let _ = write!(body, "(local {})", "i32 ".repeat(locals as usize));
        }
        body.push_str("(local.get 0) (local.get 0) (local.get 0) (local.get 0) ");
        let mut inside = String::new();
        for time in 0..times {
            let local = format!("{}", time as u32 % locals + u32::from(locals > 1));
            inside.push_str(&first.replace("$n", &local));
            inside.push_str(&second.replace("$n", &local));
        }
        body.push_str(&inside);
        body.push_str("(drop) (drop) (drop) (drop) ");
        body.push_str(&"(loop ".repeat(loops));
        body.push_str(&"(block ".repeat(blocks));
        body.push_str("(br_if 0 (local.get 0))");
        body.push_str(&")".repeat(blocks));
        body.push_str(&"(br_if 0 (local.get 0)))".repeat(loops));
        for local in 0..self.gene("read").min(locals) {
            let _ = write!(body, "(global.set $shaped (local.get {local}))");
        }
        let mut fields = String::from(
            "(func (export \"evaluate\") (type $evaluate) (call $answer (i32.const 0)))\n\
             (table $shape 10 20 funcref) (global $shaped (mut i32) (i32.const 0)) (elem declare func $shape0)\n\
             (func $values (param i32 i32 i32 i32) (result i32 i32 i32 i32) unreachable)\n",
        );
        for function in 0..functions {
            let _ = writeln!(fields, "(func $shape{function} (param i32) {body})");
        }
        let entries = |count: u32| " $shape0".repeat(count as usize);
        match self.gene("entries-beyond") {
            0 => {}
            count => {
                let _ = writeln!(
                    fields,
                    "(elem (table $shape) (i32.const 9) func{})",
                    entries(count + 1)
                );
            }
        }
        match self.gene("entries-kept") {
            0 => {}
            count => {
                let _ = writeln!(fields, "(elem func{})", entries(count));
            }
        }
        for _ in 0..self.gene("data-beyond") {
            fields.push_str("(data (i32.const 131072) \"a\")\n");
        }
        for number in 0..self.gene("types") {
            let _ = writeln!(
                fields,
                "(type (func (param{})))",
                " i64".repeat(1 + number as usize % 60)
            );
        }
        for _ in 0..self.gene("globals") {
            fields.push_str("(global funcref (ref.null func))\n");
        }
        Some(fields)
    }
}

/// What a search came to.
#[derive(Debug)]
pub struct Found {
    /// The dearest shape.
    pub shape: Shape,
    /// What it costs, in the measure's unit.
    pub cost: f64,
    /// Shapes that were tried, and those of them that were admitted.
    pub tried: usize,
    /// Admitted ones.
    pub admitted: usize,
}

/// Climbs from some shapes for a number of steps, by turns: each step changes the dearest shape of one
/// beginning and keeps what is dearer. `cost` is `None` for what is not admitted. The same seed and the
/// same costs make the same search.
pub fn climb(
    beginnings: Vec<Shape>,
    steps: usize,
    seed: u32,
    mut cost: impl FnMut(&Shape) -> Option<f64>,
) -> Option<Found> {
    let mut dice = Dice::new(seed);
    let (mut tried, mut admitted) = (0, 0);
    let mut measure = |shape: &Shape| {
        tried += 1;
        let cost = cost(shape);
        admitted += usize::from(cost.is_some());
        cost
    };
    let mut climbers: Vec<(f64, Shape)> =
        beginnings.into_iter().map(|shape| (measure(&shape).unwrap_or(0.0), shape)).collect();
    for step in 0..steps {
        // Half of the steps go to the dearest so far, the other half to each in turn.
        climbers.sort_by(|one, other| other.0.total_cmp(&one.0));
        let place = if step % 2 == 0 { dice.below(3) } else { step / 2 % climbers.len().max(1) };
        let Some((dearest, shape)) = climbers.get_mut(place) else { continue };
        let next = shape.changed(&mut dice);
        if let Some(cost) = measure(&next)
            && cost > *dearest
        {
            (*dearest, *shape) = (cost, next);
        }
    }
    let (cost, shape) = climbers.into_iter().max_by(|one, other| one.0.total_cmp(&other.0))?;
    Some(Found { shape, cost, tried, admitted })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_is_its_text() {
        let mut dice = Dice::new(1);
        let mut shape = Shape::beginnings().nth(12).unwrap();
        for _ in 0..50 {
            assert_eq!(shape.to_string().parse::<Shape>(), Ok(shape.clone()));
            shape = shape.changed(&mut dice);
        }
        assert!("first=nobody".parse::<Shape>().is_err());
    }

    #[test]
    fn every_piece_makes_a_module() {
        for shape in Shape::beginnings() {
            let text = format!(
                "(module (type $evaluate (func (result i32))) (memory 1) (func $answer (param i32) (result i32) unreachable) {})",
                shape.fields().unwrap()
            );
            let bytes = wat::parse_str(&text).unwrap_or_else(|error| panic!("{shape}: {error}"));
            wasmparser::Validator::new()
                .validate_all(&bytes)
                .unwrap_or_else(|error| panic!("{shape}: {error}"));
        }
    }

    #[test]
    fn a_search_goes_up_and_is_the_same_again() {
        let cost = |shape: &Shape| Some(f64::from(shape.gene("times")));
        let search = || climb(Shape::beginnings().take(4).collect(), 200, 7, cost).unwrap();
        let found = search();
        assert!(found.cost > 1_000.0, "{found:?}");
        assert_eq!(search().shape, found.shape);
    }
}
