//! Quan hệ phụ thuộc thành vòng giữa các dự án.

/// A circle: the path from a project to one that depends on it again.
pub(crate) struct Circle {
    /// The first positions on the path, as many as the caller asked to see.
    pub(crate) first: Vec<usize>,
    /// The last position, whose dependency closes the circle.
    pub(crate) last: usize,
    /// How many positions there are.
    pub(crate) count: usize,
}

/// How far the search has come with a project.
#[derive(Clone, Copy)]
enum Visit {
    New,
    /// On the path, after so many others.
    OnPath(usize),
    Done,
}

/// The circles of a graph: `edges` holds, by position, the positions that a project depends on. There is one
/// circle for each edge that leads back, none when the graph has an order; each shows at most `shown` positions,
/// so that the work grows with the edges and not with the circles' lengths. It does not recurse: a guest's stack
/// is small, and a chain of projects may be long.
pub(crate) fn cycles(edges: &[Vec<usize>], shown: usize) -> Vec<Circle> {
    let mut visits = vec![Visit::New; edges.len()];
    let mut found = Vec::new();
    for root in 0..edges.len() {
        if !matches!(visits.get(root), Some(Visit::New)) {
            continue;
        }
        set(&mut visits, root, Visit::OnPath(0));
        // A project on the path, and how many of its edges were followed.
        let mut path = vec![(root, 0_usize)];
        while let Some((at, followed)) = path.last_mut() {
            let last = *at;
            let next = edges.get(last).and_then(|targets| targets.get(*followed)).copied();
            *followed += 1;
            let Some(next) = next else {
                set(&mut visits, last, Visit::Done);
                path.pop();
                continue;
            };
            match visits.get(next) {
                Some(Visit::New) => {
                    set(&mut visits, next, Visit::OnPath(path.len()));
                    path.push((next, 0));
                }
                Some(Visit::OnPath(before)) => {
                    let on_path = path.iter().skip(*before).map(|(at, _)| *at);
                    let first = on_path.take(shown).collect();
                    found.push(Circle { first, last, count: path.len() - before });
                }
                Some(Visit::Done) | None => {}
            }
        }
    }
    found
}

fn set(visits: &mut [Visit], at: usize, visit: Visit) {
    if let Some(slot) = visits.get_mut(at) {
        *slot = visit;
    }
}
