"""Transliteration beyond one direction of one scheme: which scheme, from which, by whose rules."""
