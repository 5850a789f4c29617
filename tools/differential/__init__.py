"""Both engines at work on the same texts, made at random; `python -m tools.differential -h`."""
