"""Benchmarks of normalize and its peers, in the manner of rebar: see `benchmarks/README.md`."""
