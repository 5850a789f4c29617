"""Texts and rulesets made at random, from one source of randomness.

Everything here asks a `random.Random`: hypothesis hands over its own (and shrinks it), and
`tools/differential` a seeded one, so both try the same kinds of text. Modules of this folder import each
other only relatively.
"""
