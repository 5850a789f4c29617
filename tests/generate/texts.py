"""Texts made at random of the words that a ruleset knows, so that mostly something is to be found in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from .pools import NUMBER, Pools
from .prose import prose
from .shapes import SHAPES
from .words import (
    ASTRAL,
    BIDI,
    BLANKS,
    COMBINING,
    ESCAPED,
    HYPHENS,
    INVISIBLE,
    ODD,
    SIGNS,
    SPACES,
    SUPPRESSIONS,
    ZONES,
    as_bytes_carry_it,
    cased,
    damaged,
    everywhere,
    joined,
    titled,
    to_bytes,
)

LENGTHS = (1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6, 7, 9, 12, 30)
CYRILLIC = ("uk", "ru")
MAIN = ("en", *CYRILLIC)
"""The languages most texts are written in; the other ones of the ruleset take turns."""


class Texts:
    """Makes texts of the words of one ruleset; `seeds` are whole texts, some of which are only damaged."""

    def __init__(self, pools: Pools, seeds: Sequence[str] = ()) -> None:
        self.pools, self._seeds = pools, seeds
        self._twins = pools.twins
        self._makers: list[Callable[[Random], str]] = [
            maker for weight, maker in self._weighted() for _ in range(weight)
        ]

    def text(self, random: Random) -> str:
        """A text; as `bytes` would carry it."""
        how = random.randrange(23)
        if how == 0:
            text = random.choice(SHAPES)(random, self.token)
        elif how == 22 and self.pools.right:
            text = self._edited(random)
        elif how > 19 and (words := self.pools.languages.get(random.choice(CYRILLIC))):
            text = self._document(random, words)
        elif how < 5 and self._seeds:
            text = self._varied(random, random.choice(self._seeds))
        else:
            text = self.paragraph(random)
            while random.randrange(5) == 0:
                text += random.choice(BLANKS) + self.paragraph(random)
        if random.randrange(12) == 0:
            text = self._disturbed(random, text)
        return as_bytes_carry_it(text)

    def _document(self, random: Random, words: Sequence[str]) -> str:
        """Prose of one language, and seldom anything else."""
        paragraphs = [
            prose(random, words, self.pools.signals) if random.randrange(6) else self.paragraph(random)
            for _ in range(random.choice([1, 1, 2, 5, 9]))
        ]
        for at in range(len(paragraphs)):
            if random.randrange(6) == 0:
                paragraphs[at] += self.token(random)
        return random.choice(BLANKS).join(paragraphs)

    def _edited(self, random: Random) -> str:
        """Paragraphs in which most names are written right: few of them have to be read."""
        right = [random.choice(self.pools.right) for _ in range(5)]
        words = self.pools.languages.get("en", []) or ["the"]
        share = random.choice([5, 12, 40])
        paragraphs: list[str] = []
        for _ in range(random.choice([2, 4, 8, 14])):
            pieces: list[str] = []
            for _ in range(random.choice([2, 4, 8])):
                if random.randrange(share) == 0:
                    pieces.append(self.token(random))
                elif random.randrange(3):
                    pieces.append(random.choice(words))
                else:
                    name = random.choice(right)
                    before = random.choice(["", "", "", "", "#", "`", "(", "to "])
                    after = random.choice(["", "", "", "'s", "\u2019s", ",", "'", "-based", " Oblast", ".ua"])
                    pieces.append(before + (name.upper() if random.randrange(8) == 0 else name) + after)
            paragraphs.append(random.choice([" ", " ", "\n"]).join(pieces))
        return random.choice(BLANKS).join(paragraphs)

    def paragraph(self, random: Random) -> str:
        """Words of one language, and what may be found among them."""
        plain = self._plain(random)
        share = random.choice([1, 2, 2, 3, 4])
        pieces: list[str] = []
        length = random.choice(LENGTHS)
        for _ in range(length):
            if plain and random.randrange(share):
                pieces.append(random.choice(plain))
            else:
                pieces.append(self.token(random))
            pieces.append(random.choice(SPACES) if random.randrange(3) == 0 else " ")
        return "".join(pieces)

    def token(self, random: Random) -> str:
        """A word or phrase in which something may be found."""
        made = random.choice(self._makers)(random)
        return made if random.randrange(6) else damaged(random, made, self._twins)

    def _plain(self, random: Random) -> list[str]:
        languages = self.pools.languages
        chosen = random.choice([*MAIN, *MAIN, *MAIN, "en", "", *list(languages)[:60:7]])
        return languages.get(chosen, [])

    def _weighted(self) -> list[tuple[int, Callable[[Random], str]]]:
        pools = self.pools
        return [
            (10, self._name),
            (5, self._official),
            (5, self._decorated),
            (4 if pools.judged else 0, self._judged),
            (4 if pools.frames else 0, self._framed),
            (3 if pools.frozen.phrases else 0, self._frozen),
            (4 if pools.designations else 0, self._designated),
            (3, self._gloss),
            (3 if pools.all_cues else 0, lambda random: random.choice(pools.all_cues)),
            (4 if pools.listed else 0, lambda random: self._disguised(random, random.choice(pools.listed))),
            (
                4 if pools.disguised else 0,
                lambda random: self._disguised(random, random.choice(pools.disguised)),
            ),
            (4, self._designator),
            (4, self._lone),
            (2, self._roman),
            (3 if pools.signals else 0, lambda random: random.choice(pools.signals)),
            (2, self._glued),
            (3, self._zone),
            (2, lambda random: random.choice(SUPPRESSIONS)),
            (3, lambda random: random.choice(SIGNS)),
            (1, lambda random: random.choice([*INVISIBLE, *BIDI, *ODD, *ASTRAL, *ESCAPED, *COMBINING])),
            (1, self._letters),
            (1, lambda random: chr(random.choice([random.randrange(0x3000), random.randrange(0x110000)]))),
        ]

    # ------------------------------------------------------------------ names

    def _name(self, random: Random) -> str:
        words = self.pools.names.words(random)
        if random.randrange(3) == 0:
            words = [damaged(random, word, self._twins) for word in words]
        return joined(random, cased(random, words))

    def _official(self, random: Random) -> str:
        name = random.choice(self.pools.spelled)
        return name if random.randrange(2) else damaged(random, name, self._twins)

    def _any_name(self, random: Random) -> str:
        return self._name(random) if random.randrange(2) else self._official(random)

    def _decorated(self, random: Random) -> str:
        name = self._any_name(random)
        before = random.choice(
            ["", "", "Mr ", "(", '"', "\u00ab", "non-", "the ", "#", "[[", "'", "\u201c", "O'"]
        )
        tails = [
            "'s",
            "\u2019s",
            "s",
            "s'",
            ")",
            '"',
            "\u00bb",
            "-based",
            ",",
            " region",
            "ом",
            "'",
            "\u201d",
            "-2",
        ]
        return before + name + random.choice(tails) + (self._name(random) if random.randrange(4) == 0 else "")

    def _judged(self, random: Random) -> str:
        """A name that is believed by cues, and perhaps a cue, in its own paragraph or another one."""
        judged = random.choice(self.pools.judged)
        name = " ".join(cased(random, judged.key.split()))
        cues = [cue for group in judged.cues for cue in self.pools.cues.get(group, [])]
        if not cues or random.randrange(3) == 0:
            return name
        cue = random.choice(cues)
        cue = cue if random.randrange(2) else " ".join(map(titled, cue.split()))
        pair = [name, cue] if random.randrange(2) else [cue, name]
        return random.choice([" ", ", ", " - ", " of ", "\n\n", ". ", " in "]).join(pair)

    def _framed(self, random: Random) -> str:
        frame = random.choice(self.pools.frames)
        before, after = (
            " ".join(self.pools.token(random, token) for token in tokens)
            for tokens in (frame.before, frame.after)
        )
        if random.randrange(2):
            before = titled(before)
        return f"{before} {self._any_name(random)} {after}".strip(" ")

    def _frozen(self, random: Random) -> str:
        return joined(random, cased(random, self.pools.frozen.words(random)))

    def _designated(self, random: Random) -> str:
        word, role = random.choice(self.pools.designations)
        word = random.choice([word, titled(word), word.upper()])
        name, space = self._any_name(random), random.choice([" ", " ", "\u00a0", "", "\n"])
        return name + space + word if role == "suffix" else word + space + name

    def _gloss(self, random: Random) -> str:
        pools = self.pools
        name, other = self._any_name(random), self._any_name(random)
        label = random.choice(pools.labels) if pools.labels else ""
        if random.randrange(3) == 0 and pools.joiners:
            return f"{name} {random.choice(pools.joiners)} {other}"
        opening, closing = random.choice([*pools.brackets, ("(", ")"), ("(", ")"), ("[", "]")])
        label = label + random.choice([" ", ": ", ". ", ".: "]) if random.randrange(2) else ""
        return f"{name} {opening}{label}{other}{closing}"

    # ------------------------------------------------------------------ letters

    def _disguised(self, random: Random, word: str) -> str:
        how = random.randrange(4)
        if how == 0:
            return word
        if how == 1:
            return everywhere(random, word, self._twins)
        return damaged(random, word, self._twins, how - 1)

    def _designator(self, random: Random) -> str:
        letters = random.choice(self.pools.designators) if self.pools.designators else "T"
        letters = self._disguised(random, letters)
        joint, number = random.choice(["-", "-", "", " ", *HYPHENS]), str(random.choice([1, 2, 24, 72, 300]))
        tail = random.choice(["", "", "", "А", "A", "М", "-2", "ом", "'s", "/3"])
        return random.choice([letters + joint + number, number + joint + letters]) + tail

    def _lone(self, random: Random) -> str:
        """One letter, where it could be a word, a unit, a point of a list, a variable or a slip."""
        alphabet = random.choice(self.pools.alphabets or ["abc"])
        letter = random.choice(alphabet)
        letter = self._disguised(random, random.choice([letter, letter.upper()]))
        around = [
            "{}",
            "{}",
            "{})",
            "({})",
            "{}.",
            "20 {}",
            "5{}",
            "°{}",
            "+{}",
            "{} = 2",
            "§{}",
            '"{}"',
            "{}-1",
        ]
        number = random.choice(NUMBER)
        return random.choice([*around, "{} {}", "letter {}", number + " {}"]).replace("{}", letter)

    def _roman(self, random: Random) -> str:
        numeral = "".join(random.choice("IXVІХ") for _ in range(random.choice([1, 2, 3, 4])))
        tail = random.choice(self.pools.tails) if self.pools.tails and random.randrange(2) else ""
        return numeral + random.choice(["", "-", "\u2013"]) + tail

    def _glued(self, random: Random) -> str:
        """Two words in one, of two scripts as likely as not."""
        one, other = (random.choice(self._plain(random) or ["x"]) for _ in range(2))
        joint = random.choice(["", "", "-", "'", "\u2019", "_", "/", "2", "\u200b"])
        return random.choice([one, one.upper(), titled(one)]) + joint + random.choice([other, titled(other)])

    def _zone(self, random: Random) -> str:
        inside = self._any_name(random) if random.randrange(2) else self._glued(random)
        return random.choice(ZONES).replace("{{", "{").replace("}}", "}").replace("{}", inside)

    def _letters(self, random: Random) -> str:
        """Letters in a row that no word is."""
        alphabet = random.choice(self.pools.alphabets or ["abc"]) + random.choice(
            self.pools.alphabets or [""]
        )
        letters = "".join(random.choice(alphabet) for _ in range(random.choice([2, 4, 7, 12, 60])))
        return random.choice([letters, letters.upper(), titled(letters)])

    # ------------------------------------------------------------------ whole texts

    def _varied(self, random: Random, text: str) -> str:
        """A text with some words of it exchanged, left out, moved or damaged."""
        words = text.split(" ")
        for _ in range(random.randrange(4)):
            at, how = random.randrange(len(words)), random.randrange(6)
            if how == 0:
                words[at] = self.token(random)
            elif how == 1:
                words.insert(at, self.token(random))
            elif how == 2 and len(words) > 1:
                del words[at]
            elif how == 3:
                other = random.randrange(len(words))
                words[at], words[other] = words[other], words[at]
            else:
                words[at] = damaged(random, words[at], self._twins)
        varied = " ".join(words)
        return (
            varied + random.choice([" ", *BLANKS]) + random.choice(self._seeds)
            if random.randrange(6) == 0
            else varied
        )

    def _disturbed(self, random: Random, text: str) -> str:
        """A text to which something has happened as a whole."""
        how = random.randrange(8)
        if how == 0:
            return text.upper()
        if how == 1:
            return text.lower()
        if how == 2:
            return text.replace(" ", random.choice(["", "\n", "\r\n", "-", "\u00a0", "\n\n", "_", "."]))
        if how == 3:
            return everywhere(random, text, self._twins)
        if how == 4:
            return damaged(random, text, self._twins, 6)
        if how == 5:
            return text[: random.randrange(len(text) + 1)]
        if how == 6:
            data = bytearray(to_bytes(text))
            for _ in range(3 if data else 0):
                data[random.randrange(len(data))] = random.randrange(256)
            return bytes(data).decode("utf-8", "surrogateescape")
        return text[::-1]
