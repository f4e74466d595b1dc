//! The stable code of every error: what a program tells errors apart by, whatever their words are.

/// Gives an error type its codes.
macro_rules! error_codes {
    ($error:ident { $($variant:ident => $code:literal,)+ }) => {
        impl $error {
            /// The stable code: kebab-case, and unique among the errors of this crate.
            pub fn code(&self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => $code,)+
                }
            }

            /// Every code.
            #[cfg(test)]
            pub(crate) const CODES: &'static [&'static str] = &[$($code,)+];
        }
    };
}

pub(crate) use error_codes;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::audit::ChainFault;
    use crate::error::*;
    use crate::self_test::SelfTestError;

    #[test]
    fn codes_are_unique_and_in_kebab_case() {
        let mut seen = BTreeSet::new();
        let all = [
            AuditError::CODES,
            BuildError::CODES,
            ChainFault::CODES,
            CheckError::CODES,
            DeploymentError::CODES,
            FactError::CODES,
            LoadError::CODES,
            SelfTestError::CODES,
            ReloadError::CODES,
            ReplayError::CODES,
        ];
        for code in all.concat() {
            assert!(seen.insert(code), "{code} is there twice");
            let is_word =
                |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
            assert!(code.split('-').all(is_word), "{code}");
        }
        assert_eq!(BuildError::NoPacks.code(), "no-packs");
    }
}
