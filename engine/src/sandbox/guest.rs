//! One compiled pack: how it is compiled, instantiated, called, and how its crashes are told apart.

use std::sync::Arc;

use kycuong_model::manifest::{INTERFACE, INTERFACE_VERSION};
use kycuong_model::tape::Document;
use kycuong_report::Crash;
use wasmtime::component::{
    ComponentExportIndex, ComponentType, Instance, InstancePre, Linker, Lower,
};
use wasmtime::{Error, Store, Trap, UpdateDeadline, WasmBacktrace};

use super::compiled::code;
use super::meter::{Meter, Refused};
use super::{Deadline, Sandbox, fuel, last_words};
use crate::error::LoadError;
use crate::evaluation::request::EvaluationRequest;
use crate::limits::Limits;
use crate::wording::sanitize_error;
use crate::wording::sanitize_line;

/// A pack that is compiled and ready to be instantiated.
pub(crate) struct Guest {
    sandbox: Sandbox,
    instance: InstancePre<Meter>,
    manifest: ComponentExportIndex,
    evaluate: ComponentExportIndex,
    /// Whether the code came from the cache.
    pub(crate) cached: bool,
}

/// What became of one instance.
#[derive(Debug)]
pub(crate) struct Run {
    /// The text that it answered.
    pub(crate) answer: Result<String, Crash>,
    /// Units of fuel that it consumed, of which some for its instantiation.
    pub(crate) fuel_consumed: u64,
}

/// The request of the interface. Borrowed throughout: it is copied once, into the instance.
#[derive(Clone, Copy, ComponentType, Lower)]
#[component(record)]
struct Request<'a> {
    subject: RequestDocument<'a>,
    facts: RequestDocument<'a>,
    context: RequestDocument<'a>,
    rules: &'a [String],
}

/// A JSON text and its nodes.
#[derive(Clone, Copy, ComponentType, Lower)]
#[component(record)]
struct RequestDocument<'a> {
    text: &'a str,
    nodes: &'a [u32],
}

impl<'a> From<Document<'a>> for RequestDocument<'a> {
    fn from(document: Document<'a>) -> Self {
        Self { text: document.text(), nodes: document.words() }
    }
}

/// What `evaluate` returns.
type Answer = Result<String, String>;

impl Guest {
    /// Compiles an admitted pack (or takes its code from the cache) and finds the interface in it.
    pub(crate) fn compile(
        sandbox: &Sandbox,
        bytes: &[u8],
        digest: &str,
    ) -> Result<Self, LoadError> {
        let (component, cached) = code(sandbox, bytes, digest)?;
        let interface = format!("{INTERFACE}@{INTERFACE_VERSION}");
        let interface = component
            .get_export_index(None, interface.as_str())
            .ok_or(LoadError::Signature { function: "pack", source: None })?;
        let function = |name: &'static str| {
            component
                .get_export_index(Some(&interface), name)
                .ok_or(LoadError::Signature { function: name, source: None })
        };
        let (manifest, evaluate) = (function("manifest")?, function("evaluate")?);
        let instance = Linker::new(sandbox.engine())
            .instantiate_pre(&component)
            .map_err(|error| LoadError::Compile { source: sanitize_error(&error) })?;
        Ok(Self { sandbox: sandbox.clone(), instance, manifest, evaluate, cached })
    }

    /// Checks the functions' types and asks the pack for its manifest.
    pub(crate) fn manifest(&self, fuel: u64) -> Result<Run, LoadError> {
        let deadline = Deadline::of_each_run(self.sandbox.limits());
        let bounds = Bounds {
            fuel,
            request_bytes: 0,
            answer_bytes_max: self.sandbox.limits().manifest_bytes_max,
        };
        let signature = |function| {
            move |error: Error| LoadError::Signature {
                function,
                source: Some(sanitize_error(&error)),
            }
        };
        let mut wrong = None;
        let run = self.run(bounds, deadline, |instance, store| {
            let evaluate = instance
                .get_typed_func::<(Request<'_>,), (Answer,)>(&mut *store, &self.evaluate)
                .map_err(signature("evaluate"));
            let manifest = instance
                .get_typed_func::<(), (String,)>(&mut *store, &self.manifest)
                .map_err(signature("manifest"));
            match (evaluate, manifest) {
                (Ok(_), Ok(manifest)) => manifest.call(store, ()).map(|(text,)| Ok(text)),
                (Err(error), _) | (_, Err(error)) => {
                    wrong = Some(error);
                    Ok(Err(String::new()))
                }
            }
        });
        wrong.map_or(Ok(run), Err)
    }

    /// Evaluates rules in a fresh instance with a budget of its own.
    pub(crate) fn evaluate(
        &self,
        request: EvaluationRequest<'_>,
        rules: &[String],
        fuel: u64,
        deadline: Deadline,
    ) -> Run {
        let bounds = Bounds {
            fuel,
            request_bytes: request.copied_bytes(rules),
            answer_bytes_max: self.sandbox.limits().response_bytes_max,
        };
        let request = Request {
            subject: request.subject.into(),
            facts: request.facts.into(),
            context: request.context.into(),
            rules,
        };
        self.run(bounds, deadline, |instance, store| {
            let evaluate = instance
                .get_typed_func::<(Request<'_>,), (Answer,)>(&mut *store, &self.evaluate)?;
            evaluate.call(store, (request,)).map(|(answer,)| answer)
        })
    }

    /// Makes an instance, calls it and drops it, all within the fuel. What the host does for it is paid
    /// from the same fuel: the instance, the copy of the request and its first memory before it is
    /// called, the answer when it is there. What its memory grew by is added at the end, so an instance
    /// that grew may have consumed more than its fuel: at most the price of all memory.
    fn run(
        &self,
        bounds: Bounds,
        deadline: Deadline,
        call: impl FnOnce(&Instance, &mut Store<Meter>) -> wasmtime::Result<Answer>,
    ) -> Run {
        let Bounds { fuel, request_bytes, answer_bytes_max } = bounds;
        let crashed = |crash| Run { answer: Err(crash), fuel_consumed: 0 };
        let before = fuel::INSTANCE.saturating_add(fuel::of_request(request_bytes));
        let Some(left) = fuel.checked_sub(before) else {
            let answer = Err(Crash::FuelExhausted { limit: fuel });
            return Run { answer, fuel_consumed: fuel };
        };
        let _permit = match self.sandbox.enter(deadline) {
            Ok(permit) => permit,
            Err(crash) => return crashed(crash),
        };
        let limits = self.sandbox.limits();
        let mut store = match self.store(left, answer_bytes_max, deadline.running()) {
            Ok(store) => store,
            Err(crash) => return crashed(crash),
        };
        let answer = match self.instantiate(&mut store) {
            Ok(instance) => call(&instance, &mut store)
                .map_err(|error| call_crash(&error, &store, limits, bounds))
                .and_then(|answer| {
                    answer.map_err(|message| Crash::PackError {
                        message: sanitize_line(&message, limits.text_bytes_max),
                    })
                }),
            Err(error) => Err(instantiation_crash(&error, &store, limits, bounds)),
        };
        let answered = answer.as_ref().map_or(0, String::len);
        let consumed = left.saturating_sub(store.get_fuel().unwrap_or(0));
        let grown = store.data().fuel_of_growth();
        let fuel_consumed = [before, consumed, grown, fuel::of_answer(answered)]
            .into_iter()
            .fold(0, u64::saturating_add);
        if fuel_consumed > fuel && answer.is_ok() {
            return Run { answer: Err(Crash::FuelExhausted { limit: fuel }), fuel_consumed };
        }
        Run { answer, fuel_consumed }
    }

    /// An instance, with the fuel for its first memory taken before it is called.
    fn instantiate(&self, store: &mut Store<Meter>) -> wasmtime::Result<Instance> {
        let instance = self.instance.instantiate(&mut *store)?;
        let left = store.get_fuel()?;
        match left.checked_sub(store.data_mut().take_fuel_of_memory()) {
            Some(left) => store.set_fuel(left)?,
            None => {
                store.set_fuel(0)?;
                return Err(Trap::OutOfFuel.into());
            }
        }
        Ok(instance)
    }

    fn store(
        &self,
        fuel: u64,
        answer_bytes_max: usize,
        deadline: Deadline,
    ) -> Result<Store<Meter>, Crash> {
        let ticks = deadline.ticks_left()?;
        let meter = Meter::new(self.sandbox.limits(), fuel, deadline);
        let mut store = Store::new(self.sandbox.engine(), meter);
        match ticks {
            // Far more than a process lives for.
            None => store.set_epoch_deadline(u64::MAX >> 1),
            Some(ticks) => {
                self.sandbox.tick()?;
                store.set_epoch_deadline(ticks);
                // The epoch may have been behind the clock when its ticks were counted: nobody is
                // stopped before the time.
                store.epoch_deadline_callback(move |_| {
                    let left = deadline.ticks_left().ok().flatten();
                    Ok(left.map_or(UpdateDeadline::Interrupt, UpdateDeadline::Continue))
                });
            }
        }
        store.limiter(|meter| meter);
        // Bounds what the host allocates for an answer: without it a pack could have it copy 128 MiB.
        store.set_hostcall_fuel(answer_bytes_max);
        // Fails only without fuel in the configuration; there is none to run on then, so it traps.
        let _ = store.set_fuel(fuel);
        Ok(store)
    }
}

/// What one instance gets and gives.
#[derive(Clone, Copy)]
struct Bounds {
    fuel: u64,
    /// Bytes that are copied into it.
    request_bytes: usize,
    answer_bytes_max: usize,
}

/// Why an instance could not be had.
fn instantiation_crash(
    error: &Error,
    store: &Store<Meter>,
    limits: &Limits,
    bounds: Bounds,
) -> Crash {
    crash(error, store, limits, bounds.fuel).unwrap_or_else(|| Crash::HostFailed {
        detail: sanitize_line(&error.root_cause().to_string(), 300),
    })
}

/// Why a call gave no answer.
fn call_crash(error: &Error, store: &Store<Meter>, limits: &Limits, bounds: Bounds) -> Crash {
    if let Some(crash) = crash(error, store, limits, bounds.fuel) {
        return crash;
    }
    let cause = error.root_cause();
    if cause.is::<std::str::Utf8Error>() {
        return Crash::MalformedAnswer { detail: "a text that is not UTF-8".to_owned() };
    }
    let cause = cause.to_string();
    // wasmtime keeps the type of this error to itself; a test holds it to its words.
    if cause.contains("fuel allocated for hostcalls has been exhausted") {
        return Crash::ResponseTooLarge { limit: bounds.answer_bytes_max as u64 };
    }
    Crash::MalformedAnswer { detail: sanitize_line(&cause, 300) }
}

/// A trap, or a refused growth that ended the instance; `None` when it was neither.
fn crash(error: &Error, store: &Store<Meter>, limits: &Limits, fuel: u64) -> Option<Crash> {
    let trap = error.downcast_ref::<Trap>().copied();
    match trap {
        Some(Trap::OutOfFuel) => return Some(Crash::FuelExhausted { limit: fuel }),
        Some(Trap::Interrupt) => return Some(store.data().deadline.exceeded()),
        Some(Trap::StackOverflow) => {
            return Some(Crash::StackOverflow { limit: limits.stack_bytes_max as u64 });
        }
        _ => {}
    }
    match store.data().refused {
        Some(Refused::Memory { wanted, limit }) => {
            return Some(Crash::MemoryExceeded { wanted: wanted as u64, limit: limit as u64 });
        }
        Some(Refused::Table { wanted, limit }) => {
            return Some(Crash::TableExceeded { wanted: wanted as u64, limit: limit as u64 });
        }
        Some(Refused::Fuel) => return Some(Crash::FuelExhausted { limit: fuel }),
        None => {}
    }
    let message = trap?.to_string();
    let message = message.strip_prefix("wasm trap: ").unwrap_or(&message).to_owned();
    let functions = error.downcast_ref::<WasmBacktrace>().map(functions).unwrap_or_default();
    let panic = last_words::of(error, store);
    Some(Crash::Trapped { message, panic, functions })
}

/// The names of the running functions, innermost first. The pack chose them.
fn functions(backtrace: &WasmBacktrace) -> Vec<String> {
    let name = |name: &str| sanitize_line(name, 200);
    backtrace.frames().iter().filter_map(|frame| frame.func_name().map(name)).collect()
}

/// Compiled packs are shared between threads.
const _: fn() = || {
    fn shared<T: Send + Sync>() {}
    shared::<Arc<Guest>>();
};
