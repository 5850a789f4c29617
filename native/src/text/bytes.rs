//! Bytes read as numbers.

/// Up to eight bytes from `at` on, the first lowest; zeros beyond the end.
#[inline(always)]
pub fn eight(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..at + 8).and_then(|eight| eight.first_chunk::<8>()) {
        Some(eight) => u64::from_le_bytes(*eight),
        None => {
            let rest = bytes.get(at..).unwrap_or(&[]).iter().enumerate();
            rest.fold(0, |number, (index, &byte)| number | u64::from(byte) << (8 * index))
        }
    }
}
