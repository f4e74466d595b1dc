//! Codes of errors: what a program or a manual holds on to while the words of an error may change.

use crate::code::is_kebab_case;

/// Gives an enum of errors a code for each variant, and the list of them.
///
/// A code is kebab-case and belongs to one variant, which the compiler checks; once it was published it
/// stays.
///
/// ```
/// #[derive(Debug)]
/// enum ReadError {
///     Missing,
///     TooLarge { bytes: u64 },
/// }
/// kycuong_model::error_codes!(ReadError { Missing => "missing", TooLarge => "too-large" });
///
/// assert_eq!(ReadError::TooLarge { bytes: 1 }.code(), "too-large");
/// assert_eq!(ReadError::CODES, ["missing", "too-large"]);
/// ```
///
/// ```compile_fail
/// enum ReadError {
///     Missing,
///     TooLarge,
/// }
/// kycuong_model::error_codes!(ReadError { Missing => "missing", TooLarge => "missing" });
/// ```
#[macro_export]
macro_rules! error_codes {
    ($error:ty { $($variant:ident => $code:literal),+ $(,)? }) => {
        impl $error {
            /// The codes of all variants.
            pub const CODES: &'static [&'static str] = &[$($code),+];

            /// The code of this error: kebab-case, and the same when its words change.
            pub fn code(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $code),+ }
            }
        }

        const _: () = assert!(
            $crate::error_code::are_sound(<$error>::CODES),
            "codes of errors are kebab-case, and each is of one variant"
        );
    };
}

/// Whether all codes are kebab-case and none stands twice.
pub const fn are_sound(codes: &[&str]) -> bool {
    let mut rest = codes;
    while let Some((code, after)) = rest.split_first() {
        if !is_kebab_case(code) {
            return false;
        }
        let mut others = after;
        while let Some((other, remaining)) = others.split_first() {
            if is_same(code.as_bytes(), other.as_bytes()) {
                return false;
            }
            others = remaining;
        }
        rest = after;
    }
    true
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    let (mut a, mut b) = (a, b);
    loop {
        match (a.split_first(), b.split_first()) {
            (None, None) => return true,
            (Some((first, rest)), Some((other, remaining))) if *first == *other => {
                (a, b) = (rest, remaining);
            }
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::are_sound;

    #[test]
    fn codes_are_kebab_case_and_differ() {
        assert!(are_sound(&["file", "file-large", "large"]));
        assert!(!are_sound(&["file", "large", "file"]));
        assert!(!are_sound(&["File"]));
        assert!(!are_sound(&["file", ""]));
    }
}
