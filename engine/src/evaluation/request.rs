//! What a pack is handed for one evaluation.

use kycuong_model::tape::Document;

/// What rules are evaluated with. Everything is borrowed and copied once, into each instance.
#[derive(Clone, Copy, Debug)]
pub struct EvaluationRequest<'a> {
    /// The dossier, budget entry, unit plan or portfolio.
    pub subject: Document<'a>,
    /// The reference data that the rules declared.
    pub facts: Document<'a>,
    /// Date, regime and parameters.
    pub context: Document<'a>,
    /// The ids of the rules to run, as the manifest spells them.
    pub rules: &'a [String],
}
