"""The words of `--help`."""

from __future__ import annotations

USAGE = """normalize [--profile NAME] [--fixes LEVEL] [--line-buffered] < TEXT
       normalize COMMAND [OPTIONS] …"""

SUMMARY = """\
Finds and repairs mixed-script text and variant Ukrainian place names.
Without a command it is a filter: standard input to standard output, safe repairs made."""

COMMANDS = {
    "check": "Report findings in files, directories or standard input, and change nothing.",
    "fix": "Rewrite files in place with all safe repairs; --diff only shows them.",
    "corpus": "Normalize a corpus: Parquet, JSON Lines, CSV, TSV or text files, many and large ones.",
    "translit": "Transliterate standard input to standard output, by one scheme or by language.",
    "explain": "Tell why each word of a text was judged as it was.",
    "schemes": "List the transliteration schemes, show one, or tell by which a text is written.",
    "place": "Look a place up by any of its names, in either script.",
    "tables": "Check the tables of places, schemes and letters for mistakes.",
}

EPILOG = (
    "commands:\n"
    + "\n".join(f"  {name:<10} {text}" for name, text in COMMANDS.items())
    + """

examples:
  echo 'the River Seversky Донец' | normalize    prints: the River Siverskyi Donets
  normalize check docs/                          what is wrong, where, and why
  normalize fix --diff docs/                     what would change
  normalize fix docs/                            change it
  normalize explain 'The fall of Dоnetsk'        why

exit codes: 0 nothing found (the filter: always), 1 findings, 2 error
`normalize COMMAND --help` tells more about a command."""
)

_FORMATS = """
formats: full shows the line and names the odd letters; concise takes a line a
finding; json, jsonl, sarif and github are for programs.
configuration: the nearest normalize.toml, or [tool.normalize] of pyproject.toml.
to silence a finding in the text: `normalize: ignore` in a comment on its line,
`normalize: ignore-next-line` above it, `normalize: off` and `normalize: on`
around it, or [sic] after the word."""

EXAMPLES = {
    "check": f"""\
examples:
  normalize check                   the current directory
  normalize check --format concise report.md notes/
  git show HEAD:report.md | normalize check --stdin-filename report.md -
  normalize check --baseline known.json --write-baseline    start with what is there
  normalize check --baseline known.json                     what is new since then
{_FORMATS}

exit codes: 0 nothing found, 1 findings, 2 error""",
    "fix": f"""\
examples:
  normalize fix --diff docs/            write nothing, exit 1 if something would change
  normalize fix docs/                   make the safe repairs
  normalize fix --unsafe-fixes docs/    and those that a person should look at
  normalize fix - < old.md > new.md     the report goes to standard error
{_FORMATS}

exit codes: 0 all findings repaired, 1 some remain, 2 error""",
    "corpus": """\
examples:
  normalize corpus in/ out/                         the column `text` of every file
  normalize corpus in.parquet out.parquet --column body --findings found
  normalize corpus a.jsonl.zst b.csv.gz out/ --column title --column text
  normalize corpus lines.txt out.txt                each line is a document

Files are told by their endings: .parquet, .jsonl, .ndjson, .csv, .tsv, .txt, and
all but Parquet also with .gz or .zst after it. A file stands under its final
name when it is whole. After a kill, the same command goes on where it stopped.
Needs pyarrow: pip install 'normalize-translit[corpus]'

exit codes: 0 done, 2 error (files without a mistake are done all the same)""",
    "translit": """\
examples:
  echo 'Сіверський Донець' | normalize translit uk-kmu-2010
  normalize translit iso9-1995 < in.txt > out.txt
  normalize translit < in.txt                    by the language of each word
  normalize translit --reverse iso9-1995 < latin.txt
  normalize translit --from uk-scientific uk-kmu-2010 < latin.txt
  normalize translit icu:Greek-Latin/UNGEGN < greek.txt    (extra: icu)
  normalize translit --ascii uk-dstu9112-2021-a < in.txt    (extra: ascii)""",
    "explain": """\
examples:
  normalize explain 'The fall of Dоnetsk'
  head -1 report.md | normalize explain -""",
    "place": """\
examples:
  normalize place Сіверськ
  normalize place 'Seversky Donets'

exit codes: 0 found, 1 unknown, 2 error""",
    "schemes": """\
examples:
  normalize schemes
  normalize schemes uk-kmu-2010
  normalize schemes uk-kmu-2010 --icu            its rules as ICU's
  echo 'Kyjiv, Čornobyl' | normalize schemes --detect""",
}
