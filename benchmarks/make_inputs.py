"""Makes the inputs: `python -m benchmarks.make_inputs [--scale full|quick|tiny] [NAME…]`.

Everything is drawn with a fixed seed, so the same commit makes the same bytes. What is planted, and that
nothing else is found, is held against the reference engine on a sample.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import islice
from pathlib import Path
from random import Random
from shutil import rmtree

from benchmarks.grown import grown_ruleset, spellings_in
from benchmarks.inputs import INPUTS, SCALES, Cut, Input, Note, Scale, cut_sizes
from benchmarks.prose import Paragraph, Writer, pieces, taken
from benchmarks.vocabulary import (
    HERE,
    ROOT,
    WORDS,
    cyrillic,
    cyrillic_vowels,
    english,
    own_sentences,
    templates,
)
from benchmarks.words_found import damaged_words, names_in_place, names_native, names_rewritten
from normalize import Normalizer

SEED = 2026
_SOURCES = ("make_inputs.py", "prose.py", "vocabulary.py", "words_found.py", "variants.py", "grown.py")
_EVERY = {"names": 20, "news": 60, "files": 150, "odd": 10}
"""One planted word, or one right name, in so many."""
_CHECKED_FILES = 100
STRESS = "\u0301"
CYRILLIC = re.compile("[\u0400-\u04ff]")
Builder = Callable[[Scale, Path], list[Cut]]
Prose = Callable[[Random, Scale], Iterator[Paragraph]]


class InputError(Exception):
    """An input is not what it should be: a name is not found, or something else is."""


def _english(
    random: Random,
    every: int = 0,
    kind: str = "sentences",
    planted: Mapping[str, Sequence[str]] | None = None,
) -> Iterator[Paragraph]:
    written = templates("en")
    writer = Writer(random, english(), planted)
    named = written["dense" if kind == "dense" else "named"]
    paragraphs = writer.paragraphs(written[kind], named, every, own_sentences())
    return filter(_is_as_planted, paragraphs) if planted else paragraphs


def _is_as_planted(paragraph: Paragraph) -> bool:
    """Whether the names in Cyrillic letters are found: not a gloss of a word that sounds alike."""
    if not paragraph.planted or not CYRILLIC.search(paragraph.text):
        return True
    return len(_reference().find(paragraph.text)) == paragraph.planted


@cache
def _reference() -> Normalizer:
    return Normalizer(engine="reference")


def _names(scale: Scale) -> dict[str, Sequence[str]]:
    return {"name": names_rewritten(scale.names), "native": names_native(max(10, scale.names // 20))}


def _cyrillic(random: Random, language: str, every: int = 0) -> Iterator[Paragraph]:
    written = templates(language)
    writer = Writer(random, cyrillic(language), {"odd": damaged_words(language)} if every else None)
    for paragraph in writer.paragraphs(written["sentences"], written["named"], every):
        yield paragraph if paragraph.planted else _dressed(paragraph, random, language)


def _dressed(paragraph: Paragraph, random: Random, language: str) -> Paragraph:
    """One paragraph in four with a stress mark, one in 40 with its first words in capitals, as leads have."""
    words, vowels = paragraph.text.split(" "), cyrillic_vowels(language)
    if random.random() < 0.25:
        at = random.randrange(len(words))
        places = [index for index, letter in enumerate(words[at], 1) if letter in vowels]
        if len(places) > 1:
            place = random.choice(places)
            words[at] = words[at][:place] + STRESS + words[at][place:]
    if random.random() < 0.025:
        words[:3] = [word.upper() for word in words[:3]]
    return replace(paragraph, text=" ".join(words))


def _news(random: Random, every: int) -> Iterator[Paragraph]:
    """Text with right names: nothing in it is to be found."""
    names = names_in_place()
    for paragraph in _english(random, every, planted={"name": names, "native": names}):
        yield replace(paragraph, planted=0)


def _text(prose: Prose, dense: bool, scale: Scale, path: Path) -> list[Cut]:
    chosen = taken(prose(_random(path), scale), scale.dense if dense else scale.text)
    path.write_text("".join(f"{one.text}\n\n" for one in chosen), encoding="utf-8", newline="\n")
    return _cuts((len(one.text.encode()) + 2, one.planted) for one in chosen)


def _strings(prose: Prose, scale: Scale, path: Path) -> list[Cut]:
    """Lines of `scale.string_length` characters at most, each a text of its own, out of a text not kept."""
    random = _random(path)
    size = min(scale.text, scale.strings * scale.string_length)
    text = " ".join(one.text for one in taken(prose(random, scale), size + 10 * scale.string_length))
    lines = list(islice(pieces(text, scale.string_length, random), scale.strings))
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    return _cuts((len(line.encode()) + 1, 0) for line in lines)


def _files(suffix: str, scale: Scale, path: Path) -> list[Cut]:
    """A directory of files; with suffix `.py`, modules whose docstring is the text."""
    paragraphs = _english(_random(path), _EVERY["files"], planted=_names(scale))
    if path.exists():
        rmtree(path)
    sizes: list[tuple[int, int]] = []
    for number in range(scale.files):
        chosen = taken(paragraphs, scale.file_bytes)
        text = "".join(f"{one.text}\n\n" for one in chosen)
        if suffix == ".py":
            text = f'"""Notes.\n\n{text}"""\n'
        file = path / f"{number // 100:02}" / f"{number:04}{suffix}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        sizes.append((len(text.encode()), sum(one.planted for one in chosen)))
    return _cuts(sizes)[-1:]


def _line(scale: Scale, path: Path) -> list[Cut]:
    """One sentence on a line."""
    text = islice(_english(_random(path)), 1)
    line = next(text).text[: scale.string_length].rsplit(" ", 1)[0] + ".\n"
    path.write_text(line, encoding="utf-8", newline="\n")
    return [Cut(len(line.encode()), 0)]


def _ruleset(size: int, scale: Scale, path: Path) -> list[Cut]:
    data = grown_ruleset(scale.variants[size], SEED)
    path.write_bytes(data)
    return [Cut(len(data), spellings_in(data))]


_PROSE: dict[str, Prose] = {
    "clean-english": lambda random, _: _english(random),
    "clean-news": lambda random, _: _news(random, _EVERY["news"]),
    "names-20": lambda random, scale: _english(random, _EVERY["names"], planted=_names(scale)),
    "names-dense": lambda random, scale: _english(random, 3, "dense", _names(scale)),
    "ukrainian": lambda random, _: _cyrillic(random, "uk"),
    "russian": lambda random, _: _cyrillic(random, "ru"),
    "ukrainian-dense": lambda random, _: _cyrillic(random, "uk", _EVERY["odd"]),
    "russian-dense": lambda random, _: _cyrillic(random, "ru", _EVERY["odd"]),
}
BUILDERS: dict[str, Builder] = {
    **{name: partial(_text, prose, name.endswith("-dense")) for name, prose in _PROSE.items()},
    "short-english": partial(_strings, _PROSE["clean-english"]),
    "short-ukrainian": partial(_strings, _PROSE["ukrainian"]),
    "files": partial(_files, ".txt"),
    "files-python": partial(_files, ".py"),
    "line": _line,
    "table-small": partial(_ruleset, 0),
    "table-medium": partial(_ruleset, 1),
    "table-large": partial(_ruleset, 2),
}
"""All inputs, by name."""


def make(name: str, scale: Scale, directory: Path | None = None) -> Input:
    """The input of this name; made, unless it is there and was made from the same sources.

    Raises KeyError for an unknown name, and `InputError` if the reference engine finds anything else.
    """
    builder = BUILDERS[name]
    directory = directory or INPUTS / scale.name
    directory.mkdir(parents=True, exist_ok=True)
    path, note_path = directory / _file_name(name), directory / f"{name}.json"
    key = _key(name, scale)
    if path.exists() and note_path.is_file():
        note = Note.from_json(note_path.read_text(encoding="utf-8"))
        if note.key == key:
            return Input(name, path, note)
    cuts = builder(scale, path)
    digest, size, items = _content(path)
    note = Note(key, digest, size, items, tuple(cuts))
    made = Input(name, path, note)
    if path.suffix != ".nzr":
        check(made)
    note_path.write_text(note.to_json(), encoding="utf-8")
    return made


def check(made: Input) -> None:
    """Hold the beginning against the reference engine; of a directory, all files while they are few.

    Raises `InputError` where the findings are others.
    """
    if made.path.is_dir():
        if made.note.items > _CHECKED_FILES:
            return
        texts = [path.read_text(encoding="utf-8") for path in sorted(made.path.rglob("*.*"))]
        planted = made.note.planted
    else:
        cut = made.sample()
        texts, planted = [made.data[: cut.bytes].decode()], cut.planted
    found = [(text, finding) for text in texts for finding in _reference().find(text)]
    if len(found) != planted:
        shown = ", ".join(
            f"{one.rule} {text[max(0, one.start - 20) : one.end + 20]!r}" for text, one in found[:5]
        )
        raise InputError(f"{made.name}: {len(found)} findings and not {planted} in its beginning: {shown}")


def _random(path: Path) -> Random:
    return Random(f"{SEED} {path.stem}")


def _file_name(name: str) -> str:
    if name.startswith("files"):
        return name
    return f"{name}.nzr" if name.startswith("table-") else f"{name}.txt"


def _cuts(sizes: Iterable[tuple[int, int]]) -> list[Cut]:
    """Where a text of such parts (bytes, planted) may be cut: at the part that fills each of `cut_sizes`."""
    parts = list(sizes)
    wanted = cut_sizes(sum(size for size, _ in parts))
    cuts: list[Cut] = []
    done = planted = 0
    for size, names in parts:
        done, planted = done + size, planted + names
        if len(cuts) < len(wanted) and done >= wanted[len(cuts)]:
            cuts.append(Cut(done, planted))
    if not cuts or cuts[-1].bytes != done:
        cuts.append(Cut(done, planted))
    return cuts


def _content(path: Path) -> tuple[str, int, int]:
    """The sha256 of a file or of a directory's files, their size, and how many lines or files there are."""
    digest = hashlib.sha256()
    files = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
    size = lines = 0
    for file in files:
        data = file.read_bytes()
        digest.update(data)
        size, lines = size + len(data), lines + data.count(b"\n")
    return digest.hexdigest(), size, len(files) if path.is_dir() else lines


@cache
def _key(name: str, scale: Scale) -> str:
    """A name for all that an input is made from: the scale, the scripts, the words, the tables."""
    digest = hashlib.sha256(f"{name} {scale} {SEED}".encode())
    sources = [HERE / source for source in _SOURCES] + sorted(WORDS.glob("*.toml"))
    sources += sorted(path for path in (ROOT / "tables").rglob("*") if path.is_file())
    if name.startswith("table-"):
        parts = ("compiler", "ruleset", "scheme", "tables", "text")
        sources += sorted(path for part in parts for path in (ROOT / "normalize" / part).glob("*.py"))
    else:
        sources += [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
    for path in sources:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="benchmarks.make_inputs", description="Make the benchmarks' inputs."
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BUILDERS)}; default: all")
    parser.add_argument("--scale", choices=SCALES, default="full")
    options = parser.parse_args()
    for name in options.names or BUILDERS:
        if name not in BUILDERS:
            parser.error(f"unknown input {name!r}; use one of {', '.join(BUILDERS)}")
        made = make(name, SCALES[options.scale])
        print(
            f"{name:16} {made.note.bytes:>12,} bytes {made.note.planted:>9,} planted  {made.note.sha256[:12]}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
