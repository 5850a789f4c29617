"""Compiling tables and a profile to a ruleset. Knows the tables; the engines know only its output."""
