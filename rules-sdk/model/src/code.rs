//! Closed lists of codes, each with its Vietnamese and English title, declared once.

/// An enumerated code of the model.
pub trait Code: Copy + Eq + Ord + 'static {
    /// All of them, in the order of the declaration.
    const ALL: &'static [Self];
    /// The list as the schema sees it.
    const DESCRIPTION: crate::describe::CodeDescription;

    /// The code in documents, kebab-case.
    fn code(self) -> &'static str;
    /// What Vietnamese officials call it.
    fn title_vi(self) -> &'static str;
    /// What it is called in English.
    fn title_en(self) -> &'static str;

    /// The value of a code; `None` when the list does not have it.
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.code() == code)
    }
}

/// Whether a text is kebab-case, as all codes and ids are: words of a-z and 0-9, joined by single hyphens.
pub const fn is_kebab_case(text: &str) -> bool {
    let mut bytes = text.as_bytes();
    let mut in_word = false;
    while let Some((byte, rest)) = bytes.split_first() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' => in_word = true,
            b'-' if in_word => in_word = false,
            _ => return false,
        }
        bytes = rest;
    }
    in_word
}

/// Declares closed lists of codes, each as `Variant = "code" "tiếng Việt" "English"`: what a field can hold, or what a
/// message names. Each value is worded in both languages, and is its code among the values of a finding.
///
/// ```
/// use kycuong_model::code::codes;
/// use kycuong_model::localize::Localize;
///
/// codes! {
///     /// Bước có thời hạn.
///     enum Step {
///         Design = "design" "thẩm định thiết kế" "the design appraisal",
///         Decision = "decision" "quyết định phê duyệt" "the decision",
///     }
/// }
///
/// assert_eq!(Step::Design.vi(), "thẩm định thiết kế");
/// assert_eq!(Step::Decision.to_string(), "decision");
/// ```
#[macro_export]
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $vis:vis enum $name:ident { $($variant:ident = $code:literal $vi:literal $en:literal,)+ })+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name { $(#[doc = $vi] $variant,)+ }

        impl $name {
            /// The code in documents, kebab-case; for what the compiler evaluates.
            $vis const fn as_str(self) -> &'static str { match self { $(Self::$variant => $code,)+ } }
        }

        impl $crate::code::Code for $name {
            const ALL: &'static [Self] = &[$(Self::$variant,)+];
            const DESCRIPTION: $crate::describe::CodeDescription = $crate::describe::CodeDescription {
                name: stringify!($name),
                doc: concat!($($doc, "\n",)+),
                codes: &[$(($code, $vi, $en),)+],
                variants: &[$(stringify!($variant),)+],
            };
            fn code(self) -> &'static str { self.as_str() }
            fn title_vi(self) -> &'static str { match self { $(Self::$variant => $vi,)+ } }
            fn title_en(self) -> &'static str { match self { $(Self::$variant => $en,)+ } }
            fn from_code(code: &str) -> Option<Self> { match code { $($code => Some(Self::$variant),)+ _ => None } }
        }

        impl<'a> $crate::view::Value<'a> for $name {
            const TYPE: $crate::describe::Type =
                $crate::describe::Type::Code(&<$name as $crate::code::Code>::DESCRIPTION);
            fn read(node: $crate::tape::Node<'a>) -> Option<Self> {
                if node.kind() != $crate::tape::Kind::String { return None; }
                <Self as $crate::code::Code>::from_code(&node.text())
            }
        }

        impl $crate::localize::Localize for $name {
            fn vi(&self) -> String { $crate::code::Code::title_vi(*self).to_owned() }
            fn en(&self) -> String { $crate::code::Code::title_en(*self).to_owned() }
        }

        /// The code itself.
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($crate::code::Code::code(*self))
            }
        }
    )+};
}
pub use codes;

#[cfg(test)]
mod tests {
    use super::is_kebab_case;

    #[test]
    fn words_joined_by_single_hyphens() {
        for good in ["thu-nghiem", "a", "r2-d2", "2025"] {
            assert!(is_kebab_case(good), "{good}");
        }
        for bad in ["", "Thu", "thử", "a_b", "-a", "a-", "a--b", "../x", "a b", "a/b"] {
            assert!(!is_kebab_case(bad), "{bad}");
        }
    }
}
