"""Whether a name means a place, and which: the rows of `judgements`, cues, frames and other names.

Evidence only grows: a name that is believed because of its own cue is itself evidence for the names
beside it (`Kharkov, Lvov and Nikolayev`), so decisions are repeated until nothing changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from normalize.reference.context import Cue
from normalize.reference.names import Option
from normalize.reference.phrases import Phrase
from normalize.ruleset.records import Frame, Judgement

HOME = "ukraine"  # the cue group of general evidence
HOME_COUNTRY = "UA"
OBLAST = "oblast-"  # cue groups of parts of the country, named as the places are
WELL_KNOWN = 40  # the prominence of a place whose name alone tells what a text is about
SHORT_NAME = 7  # letters up to which a spelling of a little known place is not believed without a cue
DOMINANCE = 30  # how much more prominent a place must be to be meant where nothing else decides

NATIVE = "native"
FOREIGN, PERSON = "foreign", "person"  # effects of frames
PLACE, UNDECIDED, OTHER = "place", "undecided", "other"


@dataclass(slots=True)
class Candidate:
    """A name in the text with all its readings, and what was decided of it."""

    paragraph: int
    phrase: Phrase
    options: list[Option]
    frame: Frame | None
    verdict: str = UNDECIDED
    chosen: Option | None = None
    reason: str = ""
    settled: bool = field(default=False)


class Evidence:
    """The cues of a document; one inside a name says nothing of that name."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        self._by_group: dict[str, list[Cue]] = {}
        for cue in cues:
            self._by_group.setdefault(cue.group, []).append(cue)

    def has(self, group: str, phrase: Phrase) -> bool:
        """Whether a phrase of the group stands outside the name."""
        return any(
            cue.end <= phrase.start or cue.start >= phrase.end for cue in self._by_group.get(group, ())
        )

    def is_home(self, phrase: Phrase) -> bool:
        """Whether anything outside the name speaks of the home country."""
        return any(
            (group == HOME or group.startswith(OBLAST)) and self.has(group, phrase)
            for group in self._by_group
        )


class Judge:
    def __init__(self, judgements: Callable[[str], Sequence[Judgement]]) -> None:
        self._judgements = judgements
        self._known: dict[tuple[str, int], Judgement] = {}

    def needs_cues(self, candidate: Candidate) -> bool:
        """Whether the document's cues can change what is decided of a name."""
        rows = [self._row(candidate.phrase.key, option) for option in candidate.options]
        return any(row is not ALWAYS for row in rows) or len({o.place.id for o in candidate.options}) > 1

    def is_unheard(self, candidate: Candidate) -> bool:
        """Whether nothing but a rule of thumb speaks of the name: then doubts are not worth a word."""
        return all(self._row(candidate.phrase.key, option) is UNHEARD for option in candidate.options)

    def is_doubtful(self, candidate: Candidate) -> bool:
        """Whether some row says that the name is not always a place."""
        return any(
            self._row(candidate.phrase.key, option).behaviour != "always" for option in candidate.options
        )

    def decide(self, candidates: Sequence[Candidate], cues: Sequence[Cue]) -> None:
        """Decide all names of a document, given its cues."""
        evidence = Evidence(cues)
        changed = True
        homes: dict[str, int] = {}
        foreign = {c.phrase.key for c in candidates if c.frame is not None and c.frame.effect == FOREIGN}
        while changed:
            changed = False
            for candidate in candidates:
                if candidate.settled:
                    continue
                if candidate.frame is None and candidate.phrase.key in foreign:
                    candidate.verdict, candidate.reason = OTHER, "the text has named another place so"
                    continue
                self._decide(candidate, evidence, _speak_of_home(homes, candidate.phrase.key))
                chosen = candidate.chosen
                if candidate.verdict == PLACE and chosen is not None and chosen.place.country == HOME_COUNTRY:
                    candidate.settled = changed = True
                    homes[candidate.phrase.key] = chosen.place.prominence

    def _decide(self, candidate: Candidate, evidence: Evidence, is_named_beside: bool) -> None:
        frame, phrase = candidate.frame, candidate.phrase
        effect = frame.effect if frame else ""
        if frame and effect in (FOREIGN, PERSON):
            candidate.verdict, candidate.reason = OTHER, f"{effect}: {frame.id}"
            return
        at_home = is_named_beside or effect == "support" or evidence.is_home(phrase)
        takes_cues = self.needs_cues(candidate)  # else they decide nothing, and are no reason
        viable: list[tuple[str, Option]] = []
        countered = ""
        for option in candidate.options:
            row = self._row(phrase.key, option)
            counter = next((cue for cue in row.counter_cues if evidence.has(cue, phrase)), "")
            cues = (option.place.part_of, *row.cues) if takes_cues else ()
            local = next((cue for cue in cues if evidence.has(cue, phrase)), "")
            if counter and not local:
                countered = counter
            elif row.behaviour != "only" or local or at_home:
                viable.append((local, option))
        self._choose(candidate, viable, countered)

    def _row(self, key: str, option: Option) -> Judgement:
        """The row that judges a reading: of the name and the place, of the name, or of all its names."""
        known = self._known.get((key, option.number))
        if known is None:
            rows = self._judgements(key)
            own = [row for row in rows if row.place == option.number + 1] or [r for r in rows if not r.place]
            if not own and option.kind != "canonical":
                own = list(self._judgements(f"* {option.place.id}"))
            default = UNHEARD if _is_unheard(key, option) else ALWAYS
            known = self._known[key, option.number] = (own or [default])[0]
        return known

    def _choose(self, candidate: Candidate, viable: list[tuple[str, Option]], countered: str) -> None:
        candidate.chosen = None
        if not viable:
            candidate.verdict = OTHER if countered else UNDECIDED
            candidate.reason = f"the text speaks of {countered}" if countered else "nothing in the text tells"
            return
        local = [option for cue, option in viable if cue]
        for pool in (local, [option for _, option in viable]):
            if pool and (len({option.replacement for option in pool}) == 1 or _dominates(pool)):
                candidate.verdict, candidate.chosen = PLACE, pool[0]
                told = next((cue for cue, option in viable if option is pool[0]), "")
                candidate.reason = f"the text speaks of {told}" if told else ""
                return
        candidate.verdict, candidate.reason = UNDECIDED, "more than one place fits"


def _speak_of_home(homes: Mapping[str, int], key: str) -> bool:
    """Whether other names in the document are evidence: one that is well known, or two."""
    others = [prominence for other, prominence in homes.items() if other != key]
    return len(others) > 1 or any(prominence >= WELL_KNOWN for prominence in others)


def _dominates(pool: Sequence[Option]) -> bool:
    """Whether the first reading is written more regularly, or is far more prominent, than all others."""
    first, others = pool[0], pool[1:]
    if first.kind == "canonical":
        return True
    return all(
        option.replacement == first.replacement
        or first.place.prominence - option.place.prominence >= DOMINANCE
        for option in others
    )


def _is_unheard(key: str, option: Option) -> bool:
    """Whether a short spelling of a little known place is as likely to be some other word.

    Native names of places abroad are in texts only where they are no word.
    """
    if option.place.language and option.kind == NATIVE:
        return False
    is_short = len(key) <= SHORT_NAME and " " not in key
    return option.kind != "canonical" and is_short and option.place.prominence < WELL_KNOWN


ALWAYS = Judgement("", 0, "always", (), (), "")
UNHEARD = Judgement("", 0, "only", (), (), "")
