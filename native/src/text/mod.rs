//! Characters, their classes and their foldings: what every other part reads text with.

pub mod bytes;
pub mod classes;
pub mod fold;
pub mod joined;
pub mod outward;
pub mod properties;
pub mod source;
pub mod wide;

pub use classes::{Class, Classes, Script};
pub use fold::{Folder, Shape};
