"""Reading the tables: files of facts in, typed rows out, every mistake with file, line and cure."""
