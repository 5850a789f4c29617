"""The linter of `tables/schemes/`: everything that can be wrong in a table that can still be read.

Each check is a generator of `TableError`s, which are collected, not raised.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import combinations
from pathlib import Path

from normalize.errors import TableError
from normalize.scheme.apply import Transliterator
from normalize.scheme.casing import CaseTable
from normalize.scheme.reverse import lost_spans, round_trip_failures, same_text, shared_outputs
from normalize.scheme.rules import NEAREST, NO, Rule
from normalize.tables.probe_schemes import probes
from normalize.tables.schemes import DICTIONARY, SchemeTable, load_case, load_scheme
from normalize.tables.source import line_of

WORTH_PROCESSES = 16  # files from which on it pays to check in several processes
SHOWN = 3
"""How many strings that do not come back are reported for one scheme."""
_CYRILLIC, _LATIN = "CYRILLIC", "LATIN"


def check_schemes(directory: Path, case: CaseTable | None = None) -> list[TableError]:
    """Every mistake in the scheme files of `directory`, by file.

    Case pairs are those of `unicode/` beside the directory, unless `case` is given; without either
    they are the running Python's.
    """
    if case is None:
        unicode = directory.parent / "unicode"
        case = load_case(unicode) if unicode.is_dir() else CaseTable.default()
    paths = sorted(directory.glob("*.toml"))
    check = partial(_mistakes, case=case)
    if len(paths) < WORTH_PROCESSES:
        found = [check(path) for path in paths]
    else:  # proofs of the ways back take seconds each, and need nothing of each other
        with ProcessPoolExecutor() as pool:
            found = list(pool.map(check, paths))
    return [TableError(*mistake) for mistakes in found for mistake in mistakes]


def _mistakes(path: Path, case: CaseTable) -> list[tuple[str, int, str, str]]:
    """What is wrong with one file, as plain values that another process can send."""
    try:
        errors = list(check_scheme(load_scheme(path), case))
    except TableError as error:
        errors = [error]
    return [(error.path, error.line, error.problem, error.cure) for error in errors]


def check_scheme(table: SchemeTable, case: CaseTable) -> Iterator[TableError]:
    """Every mistake in one scheme that could be loaded."""
    yield from _check_head(table)
    yield from _check_letters(table, case)
    yield from _check_order(table, table.rules.forward)
    yield from _check_order(table, table.explicit_reverse)
    yield from _check_examples(table, case)
    yield from _check_coverage(table, case)
    yield from _check_way_back(table, case)
    for source, problem in probes(table, case):
        yield _error(table, source, f"{source!r} {problem}", "mend the rules")


def _error(table: SchemeTable, needle: str, problem: str, cure: str) -> TableError:
    return TableError(table.path, line_of(table.path, needle), problem, cure)


def _check_head(table: SchemeTable) -> Iterator[TableError]:
    rules = table.rules
    if rules.id != table.path.stem:
        yield _error(
            table, "id", f"has the id {rules.id!r}", f"rename the file or write id = {table.path.stem!r}"
        )
    if not rules.url.startswith(("https://", "http://")):
        yield _error(table, "url", f"has the url {rules.url!r}", "give the web address of the document")
    if (rules.reversible == "except") != bool(rules.lossy):
        problem = f"is reversible = {rules.reversible!r} with {len(rules.lossy)} lossy spans"
        yield _error(table, "reversible", problem, 'list the spans with "except", and only with it')


def _check_letters(table: SchemeTable, case: CaseTable) -> Iterator[TableError]:
    """Look-alike letters, letters of the wrong script, capitals, and texts that are not NFC."""
    for rules, source_script, target_script in (
        (table.rules.forward, _CYRILLIC, _LATIN),
        (table.explicit_reverse, _LATIN, _CYRILLIC),
    ):
        for rule in rules:
            if source_script == _CYRILLIC and rule.source not in table.own:
                continue
            for text in (rule.source, *rule.left, *rule.right):
                yield from _check_script(table, text, source_script, f"the rule for {rule.source!r}")
            yield from _check_script(table, rule.target, target_script, f"the output {rule.target!r}")
            for text in (rule.source, rule.target):
                if text != case.lower(text):
                    yield _error(table, text, f"writes {text!r} in capitals", "write rules in lower case")
                if not unicodedata.is_normalized("NFC", text):
                    yield _error(table, text, f"writes {text!r} decomposed", "write it in NFC")
    for source, target in (table.examples | table.tests).items():
        yield from _check_script(table, target, _LATIN, f"the output {target!r}")
        for word in source.split():
            scripts = {_script(char) for char in word} & {_CYRILLIC, _LATIN}
            if len(scripts) > 1:
                latin = next(char for char in word if _script(char) == _LATIN)
                problem = f"the example {word!r} holds {_named(latin)}"
                yield _error(table, word, problem, "write it in one script")


def _check_script(table: SchemeTable, text: str, script: str, what: str) -> Iterator[TableError]:
    for char in text:
        found = _script(char)
        if found and found != script:
            yield _error(table, text, f"{what} holds {_named(char)}", f"write a {script.capitalize()} letter")


def _script(char: str) -> str:
    """`LATIN`, `CYRILLIC` or `GREEK` for their letters, an empty string for all else."""
    name = unicodedata.name(char, "").partition(" ")[0]
    return name if name in (_LATIN, _CYRILLIC, "GREEK") and char.isalpha() else ""


def _named(char: str) -> str:
    return f"{char!r}, U+{ord(char):04X} {unicodedata.name(char, 'without a name')}"


def _check_order(table: SchemeTable, rules: Iterable[Rule]) -> Iterator[TableError]:
    """Rules that can never match, and rules of one source that could match at the same place."""
    by_source: dict[str, list[Rule]] = {}
    for rule in rules:
        by_source.setdefault(rule.source, []).append(rule)
    free = [source for source, group in by_source.items() if any(not rule.contextual for rule in group)]
    for source, group in by_source.items():
        needle = f'"{source}"'
        contextual = [rule for rule in group if rule.contextual]
        for rule in contextual:
            if rule.right and not rule.right_edge and all(_taken(source, item, free) for item in rule.right):
                problem = (
                    f"the rule from {source!r} to {rule.target!r} never matches: a longer source always wins"
                )
                yield _error(table, needle, problem, "remove it")
        for one, other in combinations(contextual, 2):
            if _covers(one, other) or _covers(other, one):
                hidden = other if _covers(one, other) else one
                problem = (
                    f"the rule from {source!r} to {hidden.target!r} never matches alone: another covers it"
                )
                yield _error(table, needle, problem, "remove it, or part the contexts")
            elif _meet(one, other):
                problem = f"the rules from {source!r} to {one.target!r} and to {other.target!r} tie"
                yield _error(table, needle, problem, "part their contexts, so that one holds at a time")


def _taken(source: str, after: str, free: Iterable[str]) -> bool:
    text = source + after
    return any(len(longer) > len(source) and text.startswith(longer) for longer in free)


def _sides(rule: Rule) -> tuple[tuple[set[str], bool], tuple[set[str], bool]]:
    """Both contexts as strings that are read away from the source."""
    left = {item if NEAREST in item else item[::-1] for item in rule.left}
    return (left, rule.left_edge), (set(rule.right), rule.right_edge)


def _covers(wide: Rule, narrow: Rule) -> bool:
    """Whether `wide` holds wherever `narrow` does."""
    for (items, edge), (others, other_edge) in zip(_sides(wide), _sides(narrow), strict=True):
        if not items and not edge:
            continue
        if not others and not other_edge:
            return False
        if (other_edge and not edge) or not all(
            other in items or (NEAREST not in other and other.startswith(tuple(items))) for other in others
        ):
            return False
    return True


def _meet(one: Rule, other: Rule) -> bool:
    """Whether some neighbourhood satisfies both rules."""
    for (items, edge), (others, other_edge) in zip(_sides(one), _sides(other), strict=True):
        if not (items or edge) or not (others or other_edge) or (edge and other_edge):
            continue
        if not any(_agree(a, b) for a in items for b in others):
            return False
    return True


def _agree(one: str, other: str) -> bool:
    """Whether two contexts, read away from the source, can both hold at one place."""
    if NEAREST not in one and NEAREST not in other:
        return one.startswith(other) or other.startswith(one)
    if NEAREST not in one:
        one, other = other, one
    wanted, _, kind = one.partition(NEAREST)
    if NEAREST not in other:
        near = next((char for char in other if char in kind), "")
        return near in wanted if near else True
    others, _, other_kind = other.partition(NEAREST)
    if set(kind) != set(other_kind):
        return True
    return bool(set(wanted) & set(others)) or wanted == others


def _check_examples(table: SchemeTable, case: CaseTable) -> Iterator[TableError]:
    forth = Transliterator.forward(table.rules, case)
    back = Transliterator.backward(table.rules, case, lossy=True) if table.rules.reverse else None
    for source, target in (table.examples | table.tests).items():
        latin = forth.transliterate(source)
        if latin != target:
            problem = f"{source!r} becomes {latin!r}, not {target!r}"
            yield _error(table, f'"{source}"', problem, "mend the rules or the example")
        if (
            back
            and table.rules.reversible not in (DICTIONARY, NO)
            and not any(span in case.lower(source) for span in table.rules.lossy)
        ):
            returned = back.transliterate(latin)
            if not same_text(returned, source):
                problem = f"{latin!r} comes back as {returned!r}, not {source!r}"
                yield _error(table, f'"{source}"', problem, "mend [reverse], or list the span as lossy")
    for latin, target in table.reverse_tests.items():
        returned = back.transliterate(latin) if back else ""
        if returned != target:
            problem = f"{latin!r} comes back as {returned!r}, not {target!r}"
            yield _error(table, f'"{latin}"', problem, "mend [reverse] or the test")


def _check_coverage(table: SchemeTable, case: CaseTable) -> Iterator[TableError]:
    """Rules of this file that none of its examples and tests exercises, and idle exceptions."""
    pairs = table.examples | table.tests
    forth = Transliterator.forward(table.rules, case)
    used = {rule for source in pairs for rule in forth.rules_used(source)}
    idle = [rule for rule in table.rules.forward if rule.source in table.own and rule not in used]
    if table.rules.reverse:
        back = Transliterator.backward(table.rules, case, lossy=True)
        latins = (*pairs.values(), *table.reverse_tests)
        used = {rule for latin in latins for rule in back.rules_used(latin)}
        idle += [r for r in table.explicit_reverse if r.source in table.own_reverse and r not in used]
    for rule in idle:
        problem = f"no example or test shows the rule from {rule.source!r} to {rule.target!r}"
        yield _error(table, f'"{rule.source}"', problem, "add one")
    if not pairs:
        yield _error(table, "id", "has neither examples nor tests", "add the standard's own examples")
    plain = Transliterator(table.rules.forward, {}, case, apostrophe=table.rules.apostrophe)
    for word, rendering in table.rules.words:
        if plain.transliterate(word) == rendering:
            yield _error(table, f'"{word}"', f"the exception {word!r} is what the rules give", "remove it")


def _check_way_back(table: SchemeTable, case: CaseTable) -> Iterator[TableError]:
    """Whether the claim of `reversible` is true, by trying all short strings."""
    rules = table.rules
    if not rules.has_way_back:
        return
    for target, sources in shared_outputs(rules.forward, rules.reverse).items():
        if not target and rules.reversible == DICTIONARY:
            continue  # what is dropped both ways: words say where it stood
        problem = f"{' and '.join(map(repr, sources))} both become {target!r}"
        yield _error(table, f'"{sources[0]}"', problem, f"say in [reverse] what {target!r} means")
    if rules.reversible == DICTIONARY:
        return
    unexplained, idle = lost_spans(rules, case, round_trip_failures(rules, case))
    for failure in unexplained[:SHOWN]:
        problem = f"reversible = {rules.reversible!r}, but {failure.source!r} becomes {failure.latin!r}"
        problem += f" and comes back as {failure.back!r} ({len(unexplained)} such strings)"
        yield _error(table, "reversible", problem, "mend [reverse], or list what is lost in 'lossy'")
    for span in idle:
        yield _error(table, f'"{span}"', f"the lossy span {span!r} does come back", "remove it")
