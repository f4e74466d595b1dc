//! Code of a pack, compiled here or taken from the cache.

use std::panic::{AssertUnwindSafe, catch_unwind};

use wasmtime::component::Component;
use wasmtime::{Engine, Error};

use super::Sandbox;
use crate::error::LoadError;
use crate::wording::{sanitize_error, sanitize_line};

/// Compiled code, and whether the cache had it.
pub(super) fn code(
    sandbox: &Sandbox,
    bytes: &[u8],
    digest: &str,
) -> Result<(Component, bool), LoadError> {
    let Some(cache) = sandbox.cache() else {
        return Ok((compile(sandbox.engine(), bytes)?, false));
    };
    let key = sandbox.code_key(digest);
    if let Some(code) = cache.read(&key) {
        #[expect(
            unsafe_code,
            reason = "compiled code is native code; nothing can check it but its origin"
        )]
        // SAFETY: the cache returns only what `Component::serialize` gave a host with the same key:
        // files that nobody else may write, authenticated with the host's secret.
        let component = unsafe { Component::deserialize(sandbox.engine(), code) };
        if let Ok(component) = component {
            return Ok((component, true));
        }
    }
    let component = compile(sandbox.engine(), bytes)?;
    // A cache that cannot be written costs time and nothing else.
    if let Ok(code) = component.serialize() {
        cache.write(&key, &code);
    }
    Ok((component, false))
}

/// Compiles what admission let through. What the compiler's authors took for impossible is that pack's
/// refusal, and neither the end of a host nor of a reload.
fn compile(engine: &Engine, bytes: &[u8]) -> Result<Component, LoadError> {
    let compile_error = |error: Error| LoadError::Compile { source: sanitize_error(&error) };
    // Nothing of the engine is changed before the code is complete.
    contained(|| Component::from_binary(engine, bytes))?.map_err(compile_error)
}

/// What something comes to; a panic is an error of loading.
fn contained<T>(work: impl FnOnce() -> T) -> Result<T, LoadError> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        let said = payload.downcast_ref::<String>().map(String::as_str);
        let said = said.or_else(|| payload.downcast_ref::<&str>().copied());
        LoadError::CompilerPanicked { detail: sanitize_line(said.unwrap_or("nothing"), 300) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_of_the_compiler_is_an_error() {
        let failed: Result<(), _> = contained(|| panic!("impossible\u{1b}[2J: {}", 1));
        let error = failed.unwrap_err();
        assert_eq!(error.code(), "compiler-panicked");
        assert!(error.to_string().ends_with("impossible [2J: 1"), "{error}");
        assert_eq!(contained(|| 1).unwrap(), 1);
    }
}
