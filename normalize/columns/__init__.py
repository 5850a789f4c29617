"""Columns of text: their findings as a column, spans through them, and functions on batches of any host."""
