"""Word lists that a user has, and what they decide: which of several readings of a word is meant."""
