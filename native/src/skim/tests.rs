use super::*;

#[test]
fn places_are_where_words_begin() {
    let mut places = Places::none();
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
        let (mut one, mut other) = (Places::none(), Places::none());
        for at in (0..CHUNK).step_by(BLOCK) {
            let leads = one.add(at, blocks::words_and_leads(block_at(&text, at)));
            let is_loud = |bit: &u32| {
                let place = at + *bit as usize;
                leads >> bit & 1 == 1 && !["’".as_bytes(), "“".as_bytes()].contains(&&text[place..place + 3])
            };
            let loud = (0..64).filter(is_loud).fold(0, |bits, bit| bits | 1u64 << bit);
            // SAFETY: the processor has been asked for what these functions are compiled for.
            let wide = unsafe { wide::add(&(), &text, at, &mut other, wide::marks(quiet)) };
            assert_eq!(wide, loud);
        }
        assert_eq!(one.starts[..one.count], other.starts[..other.count]);
    }
}

#[cfg(target_arch = "x86_64")]
#[test]
fn words_in_small_letters_are_narrowed() {
    if !wide::is_here() {
        return; // nothing to test on a processor without it
    }
    let some: Vec<u8> = (0..256u32).flat_map(|row| row.wrapping_mul(0x9E37_79B1).to_le_bytes()).collect();
    let filter = Starts::new(&some);
    let mut state = 11u32;
    let mut random = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 8
    };
    for round in 0..60 {
        let mut text = [b' '; READ];
        let letters: &[u8] = [&b"abcdefgh  .'"[..], b"abcD 1", b"abcdefghiJ"][round % 3];
        text[..CHUNK].iter_mut().for_each(|byte| *byte = letters[random() as usize % letters.len()]);
        let (mut all, mut narrowed) = (Places::none(), Places::none());
        for at in (0..CHUNK).step_by(BLOCK) {
            all.add(at, blocks::words_and_leads(block_at(&text, at)));
            // SAFETY: the processor has been asked for what these functions are compiled for.
            unsafe { wide::add(&(), &text, at, &mut narrowed, wide::marks(0)) };
        }
        assert_eq!(all.starts[..all.count], narrowed.starts[..narrowed.count]);
        narrowed.keep_last(&text, CHUNK);
        // SAFETY: as above.
        unsafe { wide::narrow(&mut narrowed, filter) };
        let is_kept = |&&start: &&u32| {
            let rest = &text[start as usize..];
            let word = &rest[..rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()];
            let is_cut = start as usize + word.len() >= CHUNK;
            let has_inner =
                word.windows(2).any(|two| !two[0].is_ascii_uppercase() && two[1].is_ascii_uppercase());
            let head = word.iter().take(4).rev().fold(0, |number, &byte| number << 8 | u64::from(byte));
            !word[0].is_ascii_lowercase() || has_inner || is_cut || filter.passes(head)
        };
        let kept: Vec<u32> = all.starts[..all.count].iter().filter(is_kept).copied().collect();
        assert!(round % 3 > 0 || kept.len() < all.count, "every word was kept");
        assert_eq!(kept, narrowed.starts[..narrowed.count]);
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
