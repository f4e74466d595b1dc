//! How often the work on a submission was done by this thread, for the test that it is done once.
//!
//! Only programs with debug assertions count; all others do nothing here.

use std::cell::Cell;

/// What is to be done once for each submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Parsing the bytes.
    Parse,
    /// Reading the header.
    Header,
    /// Putting the findings into the report's order.
    Sort,
    /// Writing the report as JSON.
    Serialise,
}

/// How often each was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the number of what it is named after")]
pub struct WorkCounts {
    pub parse: u32,
    pub header: u32,
    pub sort: u32,
    pub serialise: u32,
}

thread_local! {
    static DONE: Cell<WorkCounts> = const {
        Cell::new(WorkCounts { parse: 0, header: 0, sort: 0, serialise: 0 })
    };
}

/// Counts one piece of work.
pub fn count(work: Work) {
    if cfg!(debug_assertions) {
        let mut done = DONE.get();
        *match work {
            Work::Parse => &mut done.parse,
            Work::Header => &mut done.header,
            Work::Sort => &mut done.sort,
            Work::Serialise => &mut done.serialise,
        } += 1;
        DONE.set(done);
    }
}

/// What this thread did since it was asked last.
pub fn take() -> WorkCounts {
    DONE.take()
}
