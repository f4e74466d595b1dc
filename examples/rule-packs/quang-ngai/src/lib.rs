//! Rule pack.
