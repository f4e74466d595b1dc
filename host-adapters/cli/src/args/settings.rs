//! What a check is set to in one word of the command line: a pack or rule, and what becomes of it.

use kycuong_model::finding::Severity;

/// `--advisory PACK[=REASON]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switch {
    pub pack: String,
    pub reason: String,
}

impl Switch {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let (pack, reason) =
            text.split_once('=').unwrap_or((text, "đặt trên dòng lệnh (--advisory)"));
        if pack.trim().is_empty() || reason.trim().is_empty() {
            return Err("expected PACK or PACK=REASON, for example `bac-giang=chạy thử`".to_owned());
        }
        Ok(Self { pack: pack.trim().to_owned(), reason: reason.trim().to_owned() })
    }
}

/// `--lower RULE=SEVERITY:REASON`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lowering {
    pub rule: String,
    pub severity: Severity,
    pub reason: String,
}

impl Lowering {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        const SHAPE: &str = "expected RULE=SEVERITY:REASON, for example `vn-baseline/contingency-cap=inform:theo 12/UBND-VX`";
        let (rule, rest) = text.split_once('=').ok_or(SHAPE)?;
        let (severity, reason) = rest.split_once(':').ok_or(SHAPE)?;
        let severity = match severity.trim() {
            "warn" => Severity::Warn,
            "inform" => Severity::Inform,
            other => {
                return Err(format!(
                    "a severity is lowered to `warn` or `inform`, not to `{other}`"
                ));
            }
        };
        if rule.trim().is_empty() || reason.trim().is_empty() {
            return Err(SHAPE.to_owned());
        }
        Ok(Self { rule: rule.trim().to_owned(), severity, reason: reason.trim().to_owned() })
    }
}

/// `--allow-rollback PACK@VERSION:REASON`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rollback {
    pub pack: String,
    pub version: String,
    pub reason: String,
}

impl Rollback {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        const SHAPE: &str =
            "expected PACK@VERSION:REASON, for example `gia-lai@1.2.0:công văn số 12`";
        let (pack, rest) = text.split_once('@').ok_or(SHAPE)?;
        let (version, reason) = rest.split_once(':').ok_or(SHAPE)?;
        let [pack, version, reason] = [pack, version, reason].map(|part| part.trim().to_owned());
        if pack.is_empty() || version.is_empty() || reason.is_empty() {
            return Err(SHAPE.to_owned());
        }
        Ok(Self { pack, version, reason })
    }
}

/// `--set RULE.NAME=VALUE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    pub rule: String,
    pub name: String,
    pub value: String,
}

impl Setting {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        const SHAPE: &str = "expected RULE.NAME=VALUE, for example `bac-giang/min-it-share-of-recurrent.minimum_share=3`";
        let (place, value) = text.split_once('=').ok_or(SHAPE)?;
        let (rule, name) = place.rsplit_once('.').ok_or(SHAPE)?;
        if rule.trim().is_empty() || name.trim().is_empty() || value.trim().is_empty() {
            return Err(SHAPE.to_owned());
        }
        Ok(Self {
            rule: rule.trim().to_owned(),
            name: name.trim().to_owned(),
            value: value.trim().to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lowerings_and_settings() {
        let lowering = Lowering::parse("vn/a-rule=warn:công văn số 12: tạm thời").unwrap();
        assert_eq!(
            (lowering.severity, lowering.reason.as_str()),
            (Severity::Warn, "công văn số 12: tạm thời")
        );
        assert!(Lowering::parse("vn/a-rule=block:x").unwrap_err().contains("not to `block`"));
        assert!(Lowering::parse("vn/a-rule=warn:").is_err());
        let setting = Setting::parse("vn/a-rule.share=2.5").unwrap();
        assert_eq!(
            (setting.rule.as_str(), setting.name.as_str(), setting.value.as_str()),
            ("vn/a-rule", "share", "2.5")
        );
        assert!(Setting::parse("vn/a-rule=2").is_err());
        let switch = Switch::parse("bac-giang = chạy thử").unwrap();
        assert_eq!((switch.pack.as_str(), switch.reason.as_str()), ("bac-giang", "chạy thử"));
        assert!(!Switch::parse("bac-giang").unwrap().reason.is_empty());
        assert!(Switch::parse("bac-giang=").is_err() && Switch::parse("=chạy thử").is_err());
    }
}
