#![doc = include_str!("../README.md")]

pub mod budget_index;
pub mod dated;
pub mod digital_spending;
pub mod direct_appointment;
pub mod local_levels;
pub mod one_step_design;
