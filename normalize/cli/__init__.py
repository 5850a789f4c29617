"""The command `normalize`: a filter, and its subcommands."""
