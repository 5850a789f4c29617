use super::*;

fn no_places() -> Places {
    Places { starts: [0; PLACES], count: 0, carry: 0 }
}

#[test]
fn places_are_where_words_begin() {
    let mut places = no_places();
    for (base, word) in [0, 1, 1 << 63 | 1, 0x5555_5555_5555_5555, 0x1110].into_iter().enumerate() {
        let (first, joined) = (places.count, places.carry == 1);
        places.add(64 * base, (word, 0));
        let begins =
            |bit: u32| word >> bit & 1 == 1 && if bit == 0 { !joined } else { word >> (bit - 1) & 1 == 0 };
        let expected = (0..64).filter(|&bit| begins(bit)).map(|bit| 64 * base as u32 + bit);
        assert_eq!(places.starts[first..places.count], expected.collect::<Vec<u32>>());
    }
}

#[cfg(target_arch = "x86_64")]
#[test]
fn wide_places_are_the_same() {
    if !wide::is_here() {
        return; // nothing to compare on a processor without it
    }
    let quiet = 1 << 0x19 | 1 << 0x1C; // ’ and “
    let mut text = [b' '; READ];
    let sample: Vec<u8> = "It’s “a b” — c1 é.x\u{200B}’".bytes().collect();
    for length in [sample.len(), 7, 3] {
        text.iter_mut().zip(sample[..length].iter().cycle()).for_each(|(byte, &own)| *byte = own);
        let (mut one, mut other) = (no_places(), no_places());
        for at in (0..CHUNK).step_by(BLOCK) {
            let leads = one.add(at, blocks::words_and_leads(block_at(&text, at)));
            let is_loud = |bit: &u32| {
                let place = at + *bit as usize;
                leads >> bit & 1 == 1 && !["’".as_bytes(), "“".as_bytes()].contains(&&text[place..place + 3])
            };
            let loud = (0..64).filter(is_loud).fold(0, |bits, bit| bits | 1u64 << bit);
            // SAFETY: the processor has been asked for what these functions are compiled for.
            let wide = unsafe { wide::add(&text, at, &mut other, wide::marks(quiet)) };
            assert_eq!(wide, loud);
        }
        assert_eq!(one.starts[..one.count], other.starts[..other.count]);
    }
}

#[test]
fn sources_read_the_same() {
    let text: String = "A café’s «word» — ".chars().cycle().take(5000).collect();
    let wide: Vec<u16> = text.encode_utf16().collect();
    let four: Vec<u32> = text.chars().map(u32::from).collect();
    let (utf8, ucs2, ucs4) = (Utf8(&text), Ucs2(&wide), Ucs4(&four));
    let (mut room, mut other) = ([0; READ], [0; READ]);
    assert_eq!(ucs2.read(4990, &mut room), ucs4.read(4990, &mut other));
    assert_eq!(&ucs2.read(0, &mut room)[..6], b"A caf\xFF");
    assert_eq!(utf8.read(0, &mut other)[..9], text.as_bytes()[..9]);
}
