use super::*;

#[test]
fn places_are_those_of_the_bits() {
    let mut places = Places { starts: [0; PLACES], ends: [0; PLACES] };
    let mut count = 0;
    for bits in [0, 1, 1 << 63, 0x5555_5555_5555_5555, 0x1111] {
        let first = count;
        places.add_starts(&mut count, 64, bits);
        let expected: Vec<u32> = (0..64).filter(|bit| bits >> bit & 1 == 1).map(|bit| 64 + bit).collect();
        assert_eq!(places.starts[first..count], expected);
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
