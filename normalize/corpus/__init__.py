"""Corpora: many files of many documents, in bounded memory, resumable after a kill."""
