//! The versions that were seen behind links, as containers are set up: a configuration that is only read,
//! with a link to where the host writes. And who else may write there.

use std::os::unix::fs::{PermissionsExt as _, symlink};

use super::*;

const EMPTY: &str = "{\"format\":2,\"packs\":{}}";

fn set(path: PathBuf, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// `seen.json` leads to a file in `var`, by one link or by several.
fn linked(links: &[(&str, &str)]) -> Host {
    let host = Host::new();
    fs::create_dir(host.file("var")).unwrap();
    fs::write(host.file("var/seen.json"), EMPTY).unwrap();
    for (name, target) in links {
        let target = target.replace("HERE", host.0.path().to_str().unwrap());
        symlink(target, host.file(name)).unwrap();
    }
    host
}

#[test]
fn what_was_seen_is_written_where_it_is() {
    for links in [
        &[("seen.json", "var/seen.json")] as &[_],
        &[("seen.json", "HERE/var/seen.json")],
        &[("seen.json", "a"), ("a", "./b"), ("b", "var/../var/seen.json")],
        &[("etc", "var"), ("seen.json", "etc/seen.json")],
    ] {
        let host = linked(links);
        host.remember("vn", "2.0.0").unwrap();
        assert!(host.file("seen.json").is_symlink(), "{links:?}");
        let real = fs::read_to_string(host.file("var/seen.json")).unwrap();
        assert!(real.contains("2.0.0"), "{links:?}: {real}");
        assert!(host.file("var/seen.json.lock").is_file() && !host.file("seen.json.lock").exists());
        // The configuration is laid out anew, and nothing was forgotten.
        fs::remove_file(host.file("seen.json")).unwrap();
        symlink(host.file("var/seen.json"), host.file("seen.json")).unwrap();
        assert!(host.remember("vn", "1.0.0").unwrap_err().contains("is lower than 2.0.0"));
        let other = Verification { content: "sha256:other".to_owned(), ..verified("vn", "2.0.0") };
        let refused = host.store().remember(&[other]).unwrap_err().to_string();
        assert!(refused.contains("is not the `vn` 2.0.0"), "{refused}");
    }
}

#[test]
fn a_link_to_nothing_is_no_new_file() {
    let host = linked(&[("seen.json", "var/seen.json")]);
    let store = host.store();
    fs::remove_file(host.file("var/seen.json")).unwrap();
    let refused = host.refusal();
    assert!(
        refused.contains("seen.json` is a link to `")
            && refused.ends_with(&format!("before the first start, write {EMPTY} there")),
        "{refused}"
    );
    // Nor when it is lost while the host works.
    let refused = store.remember(&[verified("vn", "1.0.0")]).unwrap_err().to_string();
    assert!(refused.contains("where there is no file"), "{refused}");
    assert!(!host.file("var/seen.json").exists());
    // What it says helps.
    fs::write(host.file("var/seen.json"), EMPTY).unwrap();
    host.remember("vn", "1.0.0").unwrap();

    for (links, expected) in [
        (&[("seen.json", "lost/seen.json")] as &[_], "where there is no file"),
        (&[("seen.json", "a"), ("a", "lost")], "where there is no file"),
        (&[("seen.json", "seen.json")], "is a link that leads to no end"),
        (&[("seen.json", "a"), ("a", "b"), ("b", "seen.json")], "is a link that leads to no end"),
        (&[("seen.json", "var")], "is no file"),
        (&[("seen.json", "/dev/null")], "is no file"),
    ] {
        let refused = linked(links).refusal();
        assert!(refused.contains(expected), "{links:?}: {refused}");
    }
    // A volume that is not mounted.
    let host = Host::new();
    let text = fs::read_to_string(host.file("trust.toml")).unwrap();
    fs::write(host.file("trust.toml"), text.replace("seen.json", "volume/seen.json")).unwrap();
    symlink("lost", host.file("volume")).unwrap();
    assert!(host.refusal().contains("cannot find the folder `"), "{}", host.refusal());
}

/// By whatever name: one lock, one file, nothing lost.
#[test]
fn hosts_that_name_it_differently_lose_nothing() {
    let host = linked(&[("seen.json", "var/seen.json")]);
    let direct = fs::read_to_string(host.file("trust.toml")).unwrap();
    fs::write(host.file("direct.toml"), direct.replace("seen.json", "var/seen.json")).unwrap();
    std::thread::scope(|scope| {
        for (number, file) in ["trust.toml", "direct.toml"].into_iter().enumerate() {
            let path = host.file(file);
            scope.spawn(move || {
                for round in 0..12 {
                    let store = TrustStore::open(&path, TODAY).unwrap();
                    let pack = verified(&format!("pack-{number}"), &format!("1.{round}.0"));
                    store.remember(&[pack]).unwrap();
                }
            });
        }
    });
    for number in 0..2 {
        assert_eq!(host.seen()["packs"][format!("pack-{number}")]["version"], "1.11.0");
    }
}

#[test]
fn what_everybody_may_write_is_refused() {
    for (name, mode) in [("trust.toml", 0o666), ("seen.json", 0o602), ("seen.json", 0o666)] {
        let host = Host::new();
        let store = host.store();
        fs::write(host.file("seen.json"), EMPTY).unwrap();
        set(host.file(name), mode);
        let refused = host.refusal();
        let expected = format!("{name}` (mode {mode:04o}), which this host relies on");
        assert!(
            refused.contains("everybody may write `") && refused.contains(&expected),
            "{refused}"
        );
        if name == "seen.json" {
            let refused = store.remember(&[verified("vn", "1.0.0")]).unwrap_err().to_string();
            assert!(refused.contains("everybody may write `"), "{refused}");
        }
    }
}

/// A cluster's volumes look so: it is told, and works.
#[test]
fn what_others_may_write_is_told() {
    let host = Host::new();
    assert_eq!(host.store().notices(), []);
    fs::write(host.file("seen.json"), EMPTY).unwrap();
    set(host.file("seen.json"), 0o660);
    set(host.file("trust.toml"), 0o664);
    let notices = host.store().notices();
    assert_eq!(notices.len(), 2, "{notices:?}");
    assert!(notices[0].en.contains("the group of `") && notices[0].en.contains("(mode 0664)"));
    assert!(notices[1].vi.contains("seen.json` sửa được tệp (quyền 0660)"), "{notices:?}");
    host.remember("vn", "1.0.0").unwrap();
    let modes = host.store().notices().len();
    assert_eq!(modes, 1, "what is written is the host's alone again");
}
