//! The same facts from anywhere, in any order, give the same report to the byte.

use std::path::PathBuf;
use std::sync::Arc;

use kycuong_engine::{Engine, FactSource, MemoryFacts};
use kycuong_facts::{Address, FileFacts, import};
use kycuong_pack_builder::Builder;

use crate::samples::{root, sample};
use crate::server::Server;
use crate::workbooks;

const PACKS: [&str; 6] =
    ["vn-baseline", "bac-kan", "gia-lai", "dong-nai", "quang-ngai", "bac-giang"];
const DOSSIERS: [&str; 7] = [
    "s1-nang-cap-quan-ly-van-ban-gia-lai",
    "s2-quan-ly-vien-chuc-giao-duc-bac-kan",
    "s3-thue-trung-tam-dieu-hanh-dong-nai",
    "s4-thay-the-thiet-bi-cap-xa-quang-ngai",
    "s5-du-toan-2027-xa-tan-yen",
    "s6-kho-du-lieu-dung-chung-gia-lai",
    "s7-truy-xuat-nguon-goc-bac-kan-2023",
];

/// The reports of all dossiers, as bytes.
fn reports(packs: &[kycuong_engine::RulePack], facts: Option<Arc<dyn FactSource>>) -> Vec<String> {
    let mut builder = Engine::builder().allow_unsigned();
    for pack in packs {
        builder = builder.pack(pack.clone());
    }
    if let Some(facts) = facts {
        builder = builder.facts(facts);
    }
    let engine = builder.build().unwrap();
    let dossier = |name: &&str| {
        let bytes = std::fs::read(root().join(format!("examples/dossiers/{name}.json"))).unwrap();
        let submission = engine.read(bytes.as_slice());
        let on = submission.submitted_on().unwrap();
        engine.check(&submission, on).unwrap().into_json()
    };
    DOSSIERS.iter().map(dossier).collect()
}

/// The sample with each table's rows in another order.
fn shuffled() -> MemoryFacts {
    sample().tables().fold(MemoryFacts::new(), |memory, (table, rows)| {
        let (odd, even): (Vec<_>, Vec<_>) =
            rows.iter().rev().cloned().enumerate().partition(|(position, _)| position % 2 == 1);
        let twice = rows.first().cloned();
        memory.table(table.name, odd.into_iter().chain(even).map(|(_, row)| row).chain(twice))
    })
}

#[test]
fn the_same_facts_from_anywhere_give_the_same_report() {
    let sources = PACKS.map(|pack| root().join("examples/rule-packs").join(pack));
    let limits = kycuong_engine::Limits::default();
    let sandbox = kycuong_engine::sandbox::Sandbox::new(&limits).unwrap();
    let packs: Vec<_> = Builder::new()
        .build(&sources)
        .unwrap()
        .iter()
        .map(|built| kycuong_engine::RulePack::load(&sandbox, &built.bytes).unwrap())
        .collect();

    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let address = |path: &PathBuf| Address::parse(path.to_str().unwrap()).unwrap();
    let (book, database) = (at("facts.xlsx"), at("facts.db"));
    workbooks::write(&sample(), &book);
    import(&sample(), &address(&database)).unwrap();
    let server = Server::get();
    let postgres = Address::parse(&server.new_database()).unwrap();
    import(&sample(), &postgres).unwrap();
    sample().export(&at("csv")).unwrap();

    let expected = reports(&packs, Some(Arc::new(sample().into_memory())));
    for (name, source) in [
        ("shuffled", Arc::new(shuffled()) as Arc<dyn FactSource>),
        ("examples/facts", Arc::new(FileFacts::open(root().join("examples/facts")).unwrap())),
        ("exported files", Arc::new(FileFacts::open(at("csv")).unwrap())),
        ("workbook", address(&book).open().unwrap()),
        ("SQLite", address(&database).open().unwrap()),
        ("PostgreSQL", postgres.open().unwrap()),
    ] {
        let found = reports(&packs, Some(source));
        for ((dossier, found), expected) in DOSSIERS.iter().zip(&found).zip(&expected) {
            // A report is long: a difference is told, not shown.
            assert!(found == expected, "{dossier} with facts from {name}");
        }
    }
    // And the facts do matter.
    let without = reports(&packs, None);
    assert!(without.iter().zip(&expected).filter(|(without, with)| without != with).count() >= 5);
    let other = sample()
        .tables()
        .filter(|(table, _)| table.name != "legal_register")
        .fold(MemoryFacts::new(), |memory, (table, rows)| memory.table(table.name, rows.to_vec()));
    assert!(reports(&packs, Some(Arc::new(other))) != expected);
}
