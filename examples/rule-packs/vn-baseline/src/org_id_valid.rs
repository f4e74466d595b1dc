use kycuong_rules_sdk::prelude::*;

/// The longest code, in characters: Decision 20/2020/QĐ-TTg.
const CHARACTERS_MAX: usize = 35;

/// Mã định danh điện tử của cơ quan phải đúng cấu trúc và không quá 35 ký tự.
///
/// Chấp nhận mã mới (H21.02), mã cũ theo QCVN 102:2016/BTTTT (000.00.02.H21) và mã của tổ chức khác (Z01…); nơi nhận và đơn vị
/// thẩm định là doanh nghiệp thì dùng mã số thuế.
#[rule(
    requirement = "R98",
    title_vi = "Mã định danh hợp lệ",
    title_en = "Organisation id valid",
    severity = Block,
    effective = "2020-01-01..",
    basis = "Quyết định 20/2020/QĐ-TTg; Quy chuẩn kỹ thuật quốc gia QCVN 102:2016/BTTTT",
    violations = [OwnerIdMissing, Malformed, TooLong]
)]
pub fn org_id_valid(dossier: &Dossier, findings: &mut Findings) -> Checked {
    if dossier.owner.org_id.is_filled() {
        check(&dossier.owner.org_id, false, findings);
    } else {
        findings.add(at!(dossier.owner.org_id), OwnerIdMissing);
    }
    for recipient in &dossier.recipients {
        check(&recipient.org_id, true, findings);
    }
    check(&dossier.appraisal.design_report.appraiser_org_id, true, findings);
    check(&dossier.appraisal.report.appraiser_org_id, true, findings);
    Ok(())
}

fn check(field: &TextField, may_be_enterprise: bool, findings: &mut Findings) {
    let Some(id) = field.get() else { return };
    let characters = id.chars().count();
    if characters > CHARACTERS_MAX {
        findings.add(
            at!(field),
            TooLong { id: field.owned(), characters, characters_max: CHARACTERS_MAX },
        );
        return;
    }
    let known =
        is_new(&id) || is_old(&id) || is_other(&id) || (may_be_enterprise && is_tax_code(&id));
    if !known {
        findings.add(at!(field), Malformed { id: field.owned() });
    }
}

fn are_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A letter A to Y and two digits: ministry, province or other root.
fn is_root(group: &str) -> bool {
    group
        .strip_prefix(|letter| matches!(letter, 'A'..='Y'))
        .is_some_and(|digits| are_digits(digits, 2))
}

/// Root first: `H21.02.01` (Decision 20/2020/QĐ-TTg).
fn is_new(id: &str) -> bool {
    let mut groups = id.split('.');
    groups.next().is_some_and(is_root)
        && groups.all(|group| {
            !group.is_empty()
                && group.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
        })
}

/// Root last: `000.01.02.H21` (QCVN 102:2016/BTTTT).
fn is_old(id: &str) -> bool {
    let groups: Vec<&str> = id.split('.').collect();
    matches!(groups.as_slice(), [first, second, third, root]
        if are_digits(first, 3) && are_digits(second, 2) && are_digits(third, 2) && is_root(root))
}

/// Other organisations: `Zxy` and 1 to 32 characters more.
fn is_other(id: &str) -> bool {
    id.strip_prefix('Z').is_some_and(|rest| {
        rest.get(..2).is_some_and(|digits| are_digits(digits, 2)) && rest.len() > 2
    })
}

/// An enterprise: ten digits, a branch with three more; a household business: the twelve of a citizen.
fn is_tax_code(id: &str) -> bool {
    match id.split_once('-') {
        Some((main, branch)) => are_digits(main, 10) && are_digits(branch, 3),
        None => are_digits(id, 10) || are_digits(id, 12),
    }
}

#[derive(Violation)]
#[violation(
    vi = "Chủ đầu tư chưa có mã định danh điện tử trong hồ sơ.",
    en = "The dossier does not give the owner's organisation id.",
    remedy_vi = "Ghi mã định danh điện tử của chủ đầu tư, ví dụ H21.02.",
    remedy_en = "Give the owner's organisation id, for example H21.02."
)]
struct OwnerIdMissing;

#[derive(Violation)]
#[violation(
    vi = "Mã định danh “{id}” không đúng cấu trúc.",
    en = "The organisation id “{id}” is malformed.",
    remedy_vi = "Ghi mã theo một trong các dạng H21.02, 000.00.02.H21 hoặc Z01 kèm mã riêng; chữ cái viết hoa, không có khoảng trắng.",
    remedy_en = "Write it like H21.02, 000.00.02.H21 or Z01 followed by its own code, in capitals and without spaces."
)]
struct Malformed {
    id: String,
}

#[derive(Violation)]
#[violation(
    vi = "Mã định danh “{id}” dài {characters} ký tự, vượt mức tối đa {characters_max} ký tự.",
    en = "The organisation id “{id}” has {characters} characters, more than the {characters_max} allowed.",
    remedy_vi = "Ghi lại mã định danh không quá {characters_max} ký tự.",
    remedy_en = "Give an id of at most {characters_max} characters."
)]
struct TooLong {
    id: String,
    characters: usize,
    characters_max: usize,
}
