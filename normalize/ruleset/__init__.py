"""The compiled ruleset: one immutable file that both engines read in place.

`docs/ruleset.md` argues the form; `container.py` is the bytes, `lexicon.py` the phrase automaton in
them, `reader.py` what an engine sees.
"""
