"""The reference engine: pure Python, written to be read. It is the specification of every verdict.

The order of things: `segment` splits text into words, `zones` finds spans to leave alone, `document`
keeps paragraphs and their running scripts, `mixed` and `stray` judge words by the decision tables,
`phrases` finds names, `context` weighs what stands around them, `engine` joins it all to findings.
"""
