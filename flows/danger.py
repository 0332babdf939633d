"""Find phrases of danger in typed text, in every language at once.

The phrases are data: the messages `words-danger-1`, `words-danger-2`, `words-danger-not` and `words-danger-sets`
of locales/<lang>/words.ftl, one pattern a line (or between commas). The grammar:

    mož me tepe      three groups in this order, up to three other words between two of them
                     (in words-danger-not up to one)
    & tepe me        the groups in any order, close together
    no puedo & más   the groups before the sign in order, and those after it anywhere near, even in the same words
    me tepe ~1       at most one other word between two groups (~0: none)
    tep*             any word that begins so           =tepe    exactly this word, no typing mistake allowed
    %drbn*           the word without its vowels (Latin-typed Arabic, Persian, Urdu)
    tepe|udari       either                            @he      a set: `@he = on mož partner*` in words-danger-sets

Patterns are written in normal spelling; they are folded like the text. A mistake of one letter (not the first) is
allowed in words and stems of six letters or more: at five, words of other languages come too near. What
`words-danger-not` matches is taken out of the text before the others look at it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from flows.folding import MAX_TYPED_CHARS, distance_at_most_one, languages, loose, phrases

MAX_SCANNED_CHARS = 4_096  # the longest message a channel delivers
_OVERLAP_CHARS = 100  # a phrase across the edge of two pieces is still seen whole
_GAP_WORDS = 3
_GAP_WORDS_NOT = 1  # what is harmless must stand closely together, or it would hide a cry
_FUZZY_CHARS = 6
_TYPO_CHARS = 20  # no listed word is longer; a longer typed word is looked at so far
_NOT = 0  # the level of an exclusion
_VOWELS = str.maketrans("", "", "aeiouy")
_CLITIC = re.compile("^(?:[وف]|[سبهح](?=[يتنا]))")  # and, so; will; the b- and h- of spoken Arabic verbs
_JOINED = frozenset(("مي", "نمي"))  # Persian verb prefixes, typed apart or together


@dataclass(frozen=True)
class Danger:
    """What a text seems to say (1 danger now, 2 distress), and the languages of the phrases met, likeliest first."""

    level: int
    languages: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class _Pattern:
    languages: tuple[str, ...]
    level: int
    needs: frozenset[int]
    groups: tuple[int, ...]
    near: tuple[int, ...]
    ordered: bool
    gap: int
    source: str


class _Index:
    """All patterns of all languages, reachable from the words they contain."""

    def __init__(self) -> None:
        self.exact: dict[str, set[int]] = defaultdict(set)
        self.stems: dict[str, set[int]] = defaultdict(set)
        self.bones: dict[str, set[int]] = defaultdict(set)
        self.bone_stems: dict[str, set[int]] = defaultdict(set)
        self.typos: dict[str, set[tuple[str, bool, int]]] = defaultdict(set)
        self.by_anchor: dict[int, list[_Pattern]] = defaultdict(list)
        self._merged: dict[
            tuple[int, tuple[int, ...], tuple[int, ...], bool, int], list[tuple[str, str]]
        ] = {}
        self._groups: dict[str, int] = {}
        self._strength: dict[int, int] = {}
        for language in languages():
            sets = _sets(language)
            for level, key in ((_NOT, "words-danger-not"), (1, "words-danger-1"), (2, "words-danger-2")):
                for line in phrases(language, key):
                    self._add(language, level, line, sets)
        self._freeze()

    def _add(self, language: str, level: int, line: str, sets: dict[str, str]) -> None:
        ordered, gap = not line.startswith("&"), _GAP_WORDS if level else _GAP_WORDS_NOT
        groups: list[int] = []
        near: list[int] = []
        target = groups
        for part in line.split():
            if part == "&":
                target = near if groups else groups
            elif part[0] == "~":
                gap = int(part[1:])
            else:
                target.append(self._group(re.sub(r"@\w+", lambda found: sets[found[0]], part)))
        if not groups:
            raise ValueError(f"words.ftl of {language}: a pattern without words: {line!r}")
        shape = (level, tuple(groups), tuple(near), ordered, gap)
        self._merged.setdefault(shape, []).append(
            (language, line)
        )  # Bosnian, Croatian and Serbian share most

    def _group(self, source: str) -> int:
        if source in self._groups:
            return self._groups[source]
        number = self._groups[source] = len(self._groups)
        shortest = 99
        for atom in source.split("|"):
            word = loose(atom)
            if not word or " " in word:
                raise ValueError(f"words.ftl: not one word: {atom!r}")
            shortest = min(shortest, len(word) * 2 - atom.endswith("*"))
            if atom.startswith("%"):
                (self.bone_stems if atom.endswith("*") else self.bones)[word.translate(_VOWELS)].add(number)
                continue
            (self.stems if atom.endswith("*") else self.exact)[word].add(number)
            if len(word) >= _FUZZY_CHARS and not atom.startswith("="):
                for form in _deletions(word):
                    self.typos[form].add((word, atom.endswith("*"), number))
        self._strength[number] = shortest
        return number

    def _freeze(self) -> None:
        """File each pattern under its rarest group, once all are known."""
        for (level, groups, near, ordered, gap), lines in self._merged.items():
            anchor = max(groups, key=lambda group: self._strength[group])
            tags = tuple(dict.fromkeys(tag for tag, _ in lines))
            needs = frozenset(groups + near)
            self.by_anchor[anchor].append(
                _Pattern(tags, level, needs, groups, near, ordered, gap, lines[0][1])
            )
        self.stem_lengths = sorted({len(stem) for stem in self.stems})
        self.typo_lengths = sorted({len(form) for form in self.typos})

    def groups_of(self, word: str) -> frozenset[int]:
        """Every group this word belongs to, as it stands or with one letter wrong."""
        found = set(self.exact.get(word, ()))
        for length in self.stem_lengths:
            if length > len(word):
                break
            found |= self.stems.get(word[:length], set())
        bone = word.translate(_VOWELS)
        if len(bone) >= 2:
            found |= self.bones.get(bone, set())
            for length in range(2, len(bone) + 1):
                found |= self.bone_stems.get(bone[:length], set())
        if len(word) >= _FUZZY_CHARS - 1:
            found |= self._typo_groups(word)
        bare = _CLITIC.sub("", word) if word[0] > "\u0600" and len(word) >= 4 else word
        return frozenset(found | self.groups_of(bare)) if bare != word else frozenset(found)

    def _typo_groups(self, word: str) -> set[int]:
        found: set[int] = set()
        cuts = _deletions(word[:_TYPO_CHARS])
        for form in {cut[:length] for cut in cuts for length in self.typo_lengths if length <= len(cut)}:
            for target, stem, number in self.typos.get(form, ()):
                if number in found or target[0] != word[0]:
                    continue
                heads = (word[: len(target) + extra] for extra in (-1, 0, 1)) if stem else (word,)
                if any(distance_at_most_one(head, target) for head in heads):
                    found.add(number)
        return found


def _deletions(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _sets(language: str) -> dict[str, str]:
    """The named sets of one language, each as alternatives ready to be put into a pattern."""
    found = {}
    for line in phrases(language, "words-danger-sets"):
        name, _, words = line.partition("=")
        found[name.strip()] = "|".join(words.split())
    return found


@cache
def _index() -> _Index:
    return _Index()


@lru_cache(maxsize=16_384)
def _known(word: str) -> tuple[frozenset[int], tuple[_Pattern, ...]]:
    """The groups of a word, and the patterns for which it is the rarest one."""
    index = _index()
    groups = index.groups_of(word)
    return groups, tuple(pattern for group in sorted(groups) for pattern in index.by_anchor.get(group, ()))


def _found(pattern: _Pattern, groups: Sequence[frozenset[int]]) -> tuple[int, ...] | None:
    """The positions at which the pattern stands in the text, or None."""
    spots = [_spots(group, groups) for group in pattern.groups]
    also = [_spots(group, groups) for group in pattern.near]
    for trail in _in_order(spots, pattern.gap) if pattern.ordered else _close(spots, pattern.gap):
        low, high = min(trail) - pattern.gap - 1, max(trail) + pattern.gap + 1
        beside = [[at for at in spot if low <= at <= high] for spot in also]
        if all(beside):
            return (*trail, *(at for spot in beside for at in spot))
    return None


def _spots(group: int, groups: Sequence[frozenset[int]]) -> list[int]:
    return [at for at, known in enumerate(groups) if group in known]


def _in_order(spots: Sequence[list[int]], gap: int) -> Iterable[tuple[int, ...]]:
    """One trail of positions for every place where the groups, in order, come to an end."""
    trails: dict[int, tuple[int, ...]] = {at: (at,) for at in spots[0]}
    for spot in spots[1:]:
        steps = ((at, before) for at in spot for before in range(at - 1, at - gap - 2, -1))
        trails = {at: (*trails[before], at) for at, before in steps if before in trails}
    return trails.values()


def _close(spots: Sequence[list[int]], gap: int) -> Iterable[tuple[int, ...]]:
    """For every place of the first group, the nearest places of the others, all within reach and different."""
    reach = gap + len(spots) - 1
    for at in spots[0]:
        chosen = [at]
        for spot in spots[1:]:
            near = [other for other in spot if abs(other - at) <= reach and other not in chosen]
            if not near:
                break
            chosen.append(min(near, key=lambda other: abs(other - at)))
        else:
            yield tuple(chosen)


def _matches(text: str) -> list[_Pattern]:
    """The patterns one piece of text meets, after what is harmless was taken out."""
    words = loose(text).split()
    groups: list[frozenset[int]] = []
    near: list[_Pattern] = []
    for at, word in enumerate(words):
        known, patterns = _known(word)
        if at and words[at - 1] in _JOINED:
            joined, more = _known(words[at - 1] + word)
            known, patterns = known | joined, patterns + more
        groups.append(known)
        near.extend(patterns)
    present = frozenset().union(*groups)
    candidates = list(dict.fromkeys(pattern for pattern in near if pattern.needs <= present))
    harmless = [one for one in candidates if one.level == _NOT]
    for pattern in harmless * 2:  # twice: the same phrase may return
        for at in _found(pattern, groups) or ():
            groups[at] = frozenset()
    return [one for one in candidates if one.level != _NOT and _found(one, groups)]


def _scan(text: str) -> list[_Pattern]:
    """Every pattern met, piece by piece, so that a cry at the end of a long text counts too."""
    step = MAX_TYPED_CHARS - _OVERLAP_CHARS
    scanned = text[:MAX_SCANNED_CHARS]
    found: list[_Pattern] = []
    for start in range(0, max(len(scanned) - _OVERLAP_CHARS, 1), step):
        found.extend(_matches(scanned[start : start + MAX_TYPED_CHARS]))
    return found


def reasons(text: str) -> tuple[str, ...]:
    """The patterns a text meets, as `language level pattern`: for reviewers of the lists and for tests that fail."""
    return tuple(f"{' '.join(pattern.languages)} {pattern.level} {pattern.source}" for pattern in _scan(text))


def danger(text: str) -> Danger | None:
    """The level of danger a text speaks of and in which languages, or None; safe for any string."""
    found = _scan(text)
    if not found:
        return None
    level = min(pattern.level for pattern in found)
    counts: dict[str, int] = defaultdict(int)
    for pattern in found:
        for tag in pattern.languages if pattern.level == level else ():
            counts[tag] += 1
    order = languages()
    return Danger(level, tuple(sorted(counts, key=lambda tag: (-counts[tag], order.index(tag)))))
