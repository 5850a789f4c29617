"""How findings are shown: for people (concise, full), and for programs (json, jsonl, sarif, github)."""
