use super::*;

#[test]
fn runs_of_a_filter_number_stop_at_the_end_of_a_word() {
    let text = Utf8("ab cdefghijkl");
    let (word, high) = text.masks(0);
    assert_eq!(word, 0b1_1111_1111_1011);
    assert_eq!(high, 0);
    assert_eq!(text.eight(3).to_le_bytes(), *b"cdefghij");
    assert_eq!(text.eight(11).to_le_bytes(), *b"kl\0\0\0\0\0\0");
}
