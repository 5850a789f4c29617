"""`python -m benchmarks run | report | list`: measures, and writes the page."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import plot, report, results
from benchmarks.definitions import Bench, DefinitionError, Group, load
from benchmarks.inputs import SCALES, Input, corpus
from benchmarks.machine import describe
from benchmarks.make_inputs import InputError, make
from benchmarks.measure import Settings, run_bench
from benchmarks.results import Judged, Results, Run, judge_bars
from benchmarks.table import plain

_MET = {True: "met", False: "NOT MET", None: "not told"}
_TEXTS = ("bytes", "halves", "str", "lines", "strings", "arrow")


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 1 if ours gave a wrong result, 2 for a definition or an input that is wrong."""
    options = _parser().parse_args(argv)
    try:
        return int(options.command(options, load()))
    except (DefinitionError, InputError, OSError, ValueError) as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(required=True)
    run = commands.add_parser("run", help="measure, print the table and draw the picture")
    run.set_defaults(command=_run)
    run.add_argument("--filter", default="", metavar="PATTERN", help="a regular expression for GROUP/NAME")
    run.add_argument(
        "--engine", choices=("reference", "native"), help="ours; default: the one that is chosen"
    )
    run.add_argument("--quick", action="store_true", help="small inputs, few repetitions, bars not judged")
    run.add_argument("--scale", choices=SCALES, help="sizes of inputs; default: full, or quick")
    run.add_argument(
        "--corpus", type=Path, metavar="FILE", help="your own UTF-8 text in place of the made ones"
    )
    run.add_argument("--output", type=Path, metavar="FILE", help="default: results/latest.jsonl for a "
                     "full run, else results/partial.jsonl")  # fmt: skip
    run.add_argument("--update", action="store_true", help="put a filtered run into results/latest.jsonl")
    told = commands.add_parser("report", help="write docs/benchmarks.md from results/latest.jsonl")
    told.set_defaults(command=_report)
    told.add_argument("results", nargs="*", type=Path, help="other files of results; later ones win")
    told.add_argument("--page", type=Path, default=report.PAGE)
    listed = commands.add_parser("list", help="the benchmarks and their engines")
    listed.set_defaults(command=_list)
    return parser


def _run(options: argparse.Namespace, groups: Sequence[Group]) -> int:
    pattern = re.compile(options.filter)
    benches = [bench for group in groups for bench in group.benches if pattern.search(bench.id)]
    if not benches:
        raise ValueError(f"no benchmark fits {options.filter!r}; `python -m benchmarks list` tells them")
    settings = _settings(options)
    os.environ["NORMALIZE_ENGINE"] = settings.engine
    run = Run(
        datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        settings.scale.name,
        options.corpus.name if options.corpus else "",
        describe(settings.engine),
        {},
    )
    if run.machine["load"] > 0.5:
        print(
            f"benchmarks: the machine is busy (load {run.machine['load']}); figures will vary",
            file=sys.stderr,
        )
    found = Results({run.id: run}, [])
    try:
        for bench in benches:
            print(f"\n{bench.id}: {bench.about}", flush=True)
            source, rulesets = _inputs(bench, options, settings, run)
            found.measured.extend((run.id, one) for one in run_bench(bench, source, rulesets, settings))
            print(plain(bench, found.of(bench)))
            if settings.scale.name == "full" and not options.corpus:
                for judged in judge_bars(bench, found.of(bench)):
                    print(f"  {_told(judged)}", flush=True)
    except BaseException:
        found.write(results.PARTIAL)
        print(f"benchmarks: stopped; what was measured until then: {results.PARTIAL}", file=sys.stderr)
        raise
    path = _kept(options, settings, found)
    picture = path.with_suffix(".svg")
    picture.write_text(plot.svg(groups, results.read(path)), encoding="utf-8", newline="\n")
    print(f"\nresults: {path}\npicture: {picture}")
    complaints = results.wrong(groups, found)
    for complaint in complaints:
        print(f"benchmarks: WRONG: {complaint}", file=sys.stderr)
    return 1 if complaints else 0


def _settings(options: argparse.Namespace) -> Settings:
    from normalize.engines import chosen_engine

    scale = SCALES[options.scale or ("quick" if options.quick else "full")]
    settings = Settings(chosen_engine(options.engine), scale)
    if options.quick or scale.name != "full":
        return replace(settings, run_seconds=0.3, engine_seconds=1.5, repetitions=3)
    return settings


def _inputs(
    bench: Bench, options: argparse.Namespace, settings: Settings, run: Run
) -> tuple[Input, dict[str, Input]]:
    """The benchmark's input and the rulesets that it names, made where they are not there yet."""
    tables = {str(subject.options["table"]) for subject in bench.subjects if "table" in subject.options}
    is_text = all(subject.shape in _TEXTS for subject in bench.subjects)
    own = options.corpus if is_text else None
    source = corpus(own) if own else make(bench.input, settings.scale)
    rulesets = {name: make(name, settings.scale) for name in sorted(tables)}
    for one in (source, *rulesets.values()):
        run.inputs[one.name] = {
            "bytes": one.note.bytes,
            "sha256": one.note.sha256,
            "planted": one.note.planted,
        }
    return source, rulesets


def _kept(options: argparse.Namespace, settings: Settings, found: Results) -> Path:
    """Write the results where they belong; only a full run, or one with --update, is the latest."""
    whole = settings.scale.name == "full" and not options.filter and not options.corpus
    path = options.output or (results.LATEST if whole or options.update else results.PARTIAL)
    kept = results.read(path).updated(found) if options.update else found
    kept.write(path)
    return path


def _report(options: argparse.Namespace, groups: Sequence[Group]) -> int:
    found = Results({}, [])
    for path in options.results or [results.LATEST]:
        found = found.updated(results.read(path))
    if found.measured and not options.results:
        report.PICTURE.write_text(plot.svg(groups, found), encoding="utf-8", newline="\n")
    report.write(groups, found, options.page)
    print(f"{options.page}: {len(found.measured)} measurements")
    return 0


def _list(_options: argparse.Namespace, groups: Sequence[Group]) -> int:
    for group in groups:
        for bench in group.benches:
            print(f"{bench.id:36} {', '.join(subject.label for subject in bench.subjects)}")
    return 0


def _told(judged: Judged) -> str:
    return f"{judged.what}: asked {judged.asked}, measured {judged.value}: {_MET[judged.met]}"


if __name__ == "__main__":
    sys.exit(main())
