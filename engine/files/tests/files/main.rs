//! Reading and listing what others filled, and what a host relies on, in one program.

mod reading;
#[cfg(unix)]
mod relied_on;
