//! What this process holds, and whether it stays so.

/// Bytes in memory, threads and open files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    pub resident_bytes: u64,
    pub threads: u64,
    pub files: u64,
}

/// How much more of each the last third of a run may hold, on the average, than the first third, both
/// after warming up. Measured over 25 minutes in release on two cores (2 708 299 checks, 1 085 reloads):
/// thirds of a minute and a half differed by 25 MiB, 3 threads and 9 files at most, wherever they began,
/// since active sets differ as much; the bounds are more than twice that. A set that leaks takes some
/// 10 MiB, ten files (the images of its memories) and a thread (of its deadline), and two minutes swap
/// some eighty of them.
pub const GROWTH_MAX: Usage = Usage { resident_bytes: 64 << 20, threads: 8, files: 24 };

impl Usage {
    /// As Linux tells it; `None` elsewhere.
    pub fn now() -> Option<Self> {
        let status = std::fs::read_to_string("/proc/self/status").ok()?;
        let value = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.trim().trim_end_matches(" kB").parse::<u64>().ok()
        };
        let files = std::fs::read_dir("/proc/self/fd").ok()?.count() as u64;
        let resident_bytes = value("VmRSS:")? << 10;
        Some(Self { resident_bytes, threads: value("Threads:")?, files })
    }

    /// The average, of each by itself.
    pub fn mean(of: &[Self]) -> Self {
        let mean =
            |value: fn(&Self) -> u64| of.iter().map(value).sum::<u64>() / (of.len() as u64).max(1);
        Self {
            resident_bytes: mean(|usage| usage.resident_bytes),
            threads: mean(|usage| usage.threads),
            files: mean(|usage| usage.files),
        }
    }
}

/// What was measured each second, from the end of warming up.
#[derive(Clone, Debug, Default)]
pub struct Record {
    pub samples: Vec<Usage>,
}

impl Record {
    /// The averages of the first and of the last third.
    pub fn ends(&self) -> Option<(Usage, Usage)> {
        let third = self.samples.len() / 3;
        let first = self.samples.get(..third).filter(|first| !first.is_empty())?;
        let last = self.samples.get(self.samples.len() - third..)?;
        Some((Usage::mean(first), Usage::mean(last)))
    }

    /// What grew by more than it may, in words.
    pub fn grown(&self) -> Vec<String> {
        let Some((first, last)) = self.ends() else { return Vec::new() };
        [
            (
                "KiB in memory",
                first.resident_bytes >> 10,
                last.resident_bytes >> 10,
                GROWTH_MAX.resident_bytes >> 10,
            ),
            ("threads", first.threads, last.threads, GROWTH_MAX.threads),
            ("open files", first.files, last.files, GROWTH_MAX.files),
        ]
        .into_iter()
        .filter(|(_, first, last, growth_max)| *last > first + growth_max)
        .map(|(what, first, last, growth_max)| {
            format!("{what} grew from {first} to {last}, by more than {growth_max}")
        })
        .collect()
    }
}
