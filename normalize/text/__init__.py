"""Characters, their classes and their foldings: what every other part reads text with.

Imports nothing else of this package; the facts come from tables, as plain values.
"""
