//! The decoder of this machine against the simple one, on text and on what is none.

use super::apply::Transliterator;
use super::decode::{BLOCK, Block, Decode, Place, SLACK, decode, decoder};
use super::plan::Plan;
use super::tests::{Dice, case, rule};
use super::{Rule, SchemeRules};
use std::mem::MaybeUninit;

fn numbers(how: Decode, plan: &Plan, bytes: &[u8], room: usize) -> (Block, Vec<u16>) {
    let mut places: Vec<Place> = vec![MaybeUninit::uninit(); room + SLACK];
    let block = how(plan, bytes, &mut places);
    // SAFETY: so many are initialized.
    let numbers = places[..block.1].iter().map(|place| unsafe { place.assume_init() }).collect();
    (block, numbers)
}

#[test]
fn the_fastest_decoder_gives_what_the_simple_one_gives() {
    let forward: Vec<Rule> = ["а", "ꙋ", "ꙗ", "ѡ"].map(|char| rule(char, "a")).to_vec();
    let scheme = SchemeRules { forward, apostrophe: "keep".into(), ..SchemeRules::default() };
    let one = Transliterator::forward(&scheme, &case());
    let plan = one.plan(1 << 20).expect("a scheme like any other has tables");
    let parts = ["а", "b", "ꙋ", "—", " ", "ꙗѡ", "аа", "а b ", "’", "x", "ю", "漢", "😀", "words of ASCII "];
    let bad: [&[u8]; 5] = [b"\xd0", b"\x80", b"\xea\x99", b"\xff", b"\xc0\xaf"];
    let mut dice = Dice(5);
    for round in 0..20_000 {
        let (kinds, length) = (parts.len() - 2 * (round % 2), dice.roll(80));
        let mut bytes = Vec::new();
        for _ in 0..length {
            match dice.roll(if round % 3 == 0 { 200 } else { usize::MAX }) {
                0 => bytes.extend_from_slice(bad[dice.roll(bad.len())]),
                _ => bytes.extend_from_slice(parts[dice.roll(kinds)].as_bytes()),
            }
        }
        let (block, simple) = numbers(decode, plan, &bytes, BLOCK);
        let (fast_block, fast) = numbers(decoder(), plan, &bytes, BLOCK);
        assert_eq!((fast_block, fast), (block, simple.clone()), "{bytes:x?}");
        // with less room, it may stop anywhere between characters
        let ((used, count, _), fewer) = numbers(decoder(), plan, &bytes, 1 + dice.roll(40));
        assert_eq!(fewer, simple[..count], "{bytes:x?}");
        assert_eq!(numbers(decode, plan, &bytes[..used], BLOCK).0.1, count, "{bytes:x?}");
    }
}
