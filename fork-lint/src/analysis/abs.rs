//! Values as one side of a fork sees them, and which patterns they fit.

use crate::catalogue::Shape;
use crate::facts::{CmpOp, Pat, Sym};

/// What is known of a value while a body is walked as one process.
#[derive(Clone, Debug, PartialEq)]
pub enum Abs {
    /// Nothing.
    Any,
    /// What a fork gives the child.
    Child(Shape),
    /// What a fork that succeeded gives the parent.
    Parent(Shape),
    /// Success of a call that returns in the child only.
    Done,
    /// This integer.
    Int(i64),
    /// A tuple struct, variant or tuple; the name is its last segment, empty for a tuple.
    Ctor(Sym, Vec<Abs>),
}

/// Whether a pattern fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fits {
    /// Certainly.
    Yes,
    /// Certainly not.
    No,
    /// It may.
    Maybe,
}

impl Fits {
    fn not(self) -> Fits {
        match self {
            Fits::Yes => Fits::No,
            Fits::No => Fits::Yes,
            Fits::Maybe => Fits::Maybe,
        }
    }

    fn and(self, other: Fits) -> Fits {
        match (self, other) {
            (Fits::No, _) | (_, Fits::No) => Fits::No,
            (Fits::Yes, Fits::Yes) => Fits::Yes,
            _ => Fits::Maybe,
        }
    }

    fn or(self, other: Fits) -> Fits {
        self.not().and(other.not()).not()
    }

    fn of(yes: bool) -> Fits {
        if yes { Fits::Yes } else { Fits::No }
    }
}

impl Abs {
    /// A variant without fields.
    pub fn variant(name: &str) -> Abs {
        Abs::Ctor(Sym::new(name), Vec::new())
    }

    /// The value inside, after `?`, `unwrap` or a pattern took it out.
    pub fn inside(self) -> Abs {
        match self {
            Abs::Ctor(_, mut fields) if fields.len() == 1 => fields.remove(0),
            Abs::Ctor(name, fields) if fields.is_empty() => Abs::Ctor(name, fields),
            Abs::Ctor(..) => Abs::Any,
            other => other,
        }
    }

    /// Whether it says nothing: unit, or success without a value.
    pub fn is_unit(&self) -> bool {
        match self {
            Abs::Ctor(name, fields) if fields.is_empty() => matches!(name.as_str(), "()" | ""),
            Abs::Ctor(name, fields) if is_coat(*name) => fields.iter().all(Abs::is_unit),
            _ => false,
        }
    }

    /// What tells this value of the child apart from the parent's: the variant or number under `Ok` and `Some`.
    pub fn shape(&self) -> Option<Shape> {
        match self {
            Abs::Child(shape) => Some(shape.clone()),
            Abs::Int(value) => Some(Shape::Int(*value)),
            Abs::Ctor(name, fields) if fields.len() == 1 && is_coat(*name) => fields[0].shape(),
            Abs::Ctor(name, _) => Some(Shape::Variant(*name)),
            Abs::Any | Abs::Parent(_) | Abs::Done => None,
        }
    }

    /// Whether it is an error.
    pub fn is_err(&self) -> bool {
        matches!(self, Abs::Ctor(name, _) if name.as_str() == "Err")
    }

    /// Whether this and `other` are certainly told apart by a test.
    pub fn differs(&self, other: &Abs) -> bool {
        match (self, other) {
            (Abs::Any, _) | (_, Abs::Any) => false,
            (Abs::Child(a), Abs::Parent(b)) | (Abs::Parent(b), Abs::Child(a)) => a == b,
            (Abs::Int(a), Abs::Int(b)) => a != b,
            (Abs::Int(a), Abs::Parent(Shape::Int(b))) | (Abs::Parent(Shape::Int(b)), Abs::Int(a)) => a == b,
            (Abs::Ctor(a, xs), Abs::Ctor(b, ys)) if a == b => xs.iter().zip(ys).any(|(x, y)| x.differs(y)),
            (Abs::Ctor(a, _), Abs::Ctor(b, _)) => a != b,
            _ => false,
        }
    }

    /// Whether a pattern fits the value.
    pub fn fits(&self, pat: &Pat) -> Fits {
        match pat {
            Pat::Any => Fits::Yes,
            Pat::Opaque => Fits::Maybe,
            Pat::Not(inner) => self.fits(inner).not(),
            Pat::OneOf(pats) => pats.iter().fold(Fits::No, |fits, p| fits.or(self.fits(p))),
            Pat::Cmp(op, than) => self.compares(*op, *than),
            Pat::Variant(name, fields) => self.is_variant(*name, fields),
        }
    }

    fn compares(&self, op: CmpOp, than: i64) -> Fits {
        let holds = |value: i64| match op {
            CmpOp::Eq => value == than,
            CmpOp::Ne => value != than,
            CmpOp::Lt => value < than,
            CmpOp::Le => value <= than,
            CmpOp::Gt => value > than,
            CmpOp::Ge => value >= than,
        };
        match self {
            Abs::Int(value) | Abs::Child(Shape::Int(value)) => Fits::of(holds(*value)),
            Abs::Done => Fits::of(holds(0)),
            // A pid: any positive number. It fits when all do, and does not when none does.
            Abs::Parent(Shape::Int(0)) => match (holds(1), holds(i64::MAX), (1..i64::MAX).contains(&than)) {
                (true, true, false) => Fits::Yes,
                (false, false, false) => Fits::No,
                _ => Fits::Maybe,
            },
            Abs::Parent(Shape::Int(child)) if than == *child && op == CmpOp::Eq => Fits::No,
            Abs::Parent(Shape::Int(child)) if than == *child && op == CmpOp::Ne => Fits::Yes,
            Abs::Ctor(name, fields) if fields.len() == 1 && is_coat(*name) => fields[0].compares(op, than),
            _ => Fits::Maybe,
        }
    }

    fn is_variant(&self, name: Sym, fields: &[Pat]) -> Fits {
        let text = Sym::new(name.last());
        match self {
            Abs::Any => Fits::Maybe,
            Abs::Ctor(own, values) if *own == text => {
                if values.len() == fields.len() {
                    values.iter().zip(fields).fold(Fits::Yes, |fits, (v, p)| fits.and(v.fits(p)))
                } else if fields.iter().all(|p| *p == Pat::Any) {
                    Fits::Yes
                } else {
                    Fits::Maybe
                }
            }
            Abs::Ctor(own, values) => match coat(text.as_str()) {
                // Coats that the walk did not see are looked through: `Ok(Child)` fits `Child`.
                Some(good) if coat(own.as_str()).is_none() => through(good, fields, self),
                None if values.len() == 1 && is_coat(*own) => values[0].is_variant(name, fields),
                _ => Fits::No,
            },
            Abs::Child(Shape::Variant(own)) if *own == text => Fits::Yes,
            Abs::Child(Shape::Variant(own)) => match coat(text.as_str()) {
                Some(good) if coat(own.as_str()).is_none_or(|_| family(own.as_str()) != family(text.as_str())) => {
                    through(good, fields, self)
                }
                _ => Fits::No,
            },
            Abs::Parent(Shape::Variant(own)) if *own == text => Fits::No,
            Abs::Parent(Shape::Variant(own)) => match coat(text.as_str()) {
                Some(good) if family(own.as_str()) != family(text.as_str()) => through(good, fields, self),
                Some(_) => Fits::Maybe,
                None => Fits::Maybe,
            },
            Abs::Child(Shape::Int(_)) | Abs::Parent(Shape::Int(_)) | Abs::Int(_) => match coat(text.as_str()) {
                Some(good) => through(good, fields, self),
                None => Fits::Maybe,
            },
            Abs::Done => match coat(text.as_str()) {
                Some(good) => Fits::of(good),
                None => Fits::Maybe,
            },
        }
    }
}

/// Fits a coat's pattern to the value inside.
fn through(good: bool, fields: &[Pat], value: &Abs) -> Fits {
    match (good, fields) {
        (false, _) => Fits::No,
        (true, [inner]) => value.fits(inner),
        (true, _) => Fits::Yes,
    }
}

/// For a variant of `Result` or `Option`, whether it is the one with the value.
fn coat(name: &str) -> Option<bool> {
    match name {
        "Ok" | "Some" => Some(true),
        "Err" | "None" => Some(false),
        _ => None,
    }
}

fn is_coat(name: Sym) -> bool {
    coat(name.as_str()) == Some(true)
}

/// Which of the two coats a variant belongs to.
fn family(name: &str) -> u8 {
    match name {
        "Ok" | "Err" => 1,
        "Some" | "None" => 2,
        _ => 0,
    }
}
