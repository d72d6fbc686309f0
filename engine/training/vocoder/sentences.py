"""What the own voice reads aloud so that the vocoder learns its sounds.

Sentences are drawn from templates, numbers, spelled letters and loose words, from a seed. What
is held out for judging comes from the same places and is listed in held_out.txt, so that
it is the same whether or not a dictionary is installed.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

TRAINING_SEED = 20_260_501
HELD_OUT = Path(__file__).with_name("held_out.txt")
DICTIONARY = Path(os.environ.get("ASIDE_DICTIONARY", "/usr/share/dict/words"))

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NAMES = "Anna Peter Maria Tom Lucy George Helen Oscar Rosa Victor Emma Jack Chloe Yusuf".split()
COLOURS = "red green blue yellow orange purple white black brown silver".split()
THINGS = (
    "apple chair garden window pencil bottle kitchen river mountain camera letter engine "
    "picture finger shoulder bridge village machine carpet whistle puzzle treasure journey "
    "basket ocean thunder feather island blanket orchard message ticket button jacket mirror"
).split()
DOINGS = (
    "open close carry watch follow borrow measure polish wash choose throw catch join paint "
    "fetch guard shake push drag enjoy judge squeeze bring lift remove replace describe imagine"
).split()
PLACES = (
    "in the kitchen,on the roof,behind the church,near the station,under the old bridge,"
    "at the office,by the river,across the street,next to the theatre,outside the museum"
).split(",")
TIMES = (
    "today,tomorrow morning,right now,after lunch,before noon,in a moment,every Thursday,"
    "this evening,once a year,at midnight,last Tuesday,for a while"
).split(",")
GREETINGS = (
    "hello there|good morning|good evening|hi, nice to see you|how are you|i am fine, thank you|"
    "my name is aside|goodbye, see you later|you are welcome|thank you very much|yes, of course|"
    "no, not yet|sure, go ahead|i am listening|sorry, i did not catch that|okay, i will stop|"
    "please say that again|that is right|i do not know|one moment please|all done|good night|"
    "what can i do for you|i can hear you|it sounds like you are busy|well done|never mind"
).split("|")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
OPEN = (
    "the {c} {t} was {p} {w}|{n} wants to {d} the {t} and the {u}|why did {n} {d} that {t} {p}|"
    "a {c} {t}, a {c} {u}, and a small {t}|we should {d} the {u} {w}|can you {d} my {t} {w}|"
    "{n} and {m} looked for the {c} {t} {p}|do not {d} the {u} {p}|i saw {k} {c} birds {p} {w}|"
    "there is a {t} {p}, and it is {c}|which {t} would you {d} first|{n} never found the {u}"
).split("|")
SCENES = (
    "{k} plus {l} is {k}|{l} minus {k} is {l}|the sum is {k}|i will remind you in {k} seconds|"
    "it is {k} seconds since you started|you talked for {l} seconds|{k}, {l}, {k}|beep|"
    "you said {t}|time to {d} the {t}|i count {k}|the {c} one is {p}|here is your {t}, {n}|"
    "{n}, your {k} minutes are over|repeat after me, {t}|{t}, {u}, {k}"
).split("|")


def number(value: int) -> str:
    """English words of 0..999."""
    if value < 20:
        return ONES[value]
    if value < 100:
        rest = value % 10
        return TENS[value // 10 - 2] + (f" {ONES[rest]}" if rest else "")
    rest = value % 100
    return f"{ONES[value // 100]} hundred" + (f" and {number(rest)}" if rest else "")


def sentences(count: int, seed: int = TRAINING_SEED, words: Path = DICTIONARY) -> list[str]:
    """`count` different sentences, none held out; a fifth are loose words of the dictionary."""
    chance = random.Random(seed)
    loose = _dictionary(words)
    found: dict[str, None] = {}
    while len(found) < count:
        if loose and len(found) % 5 == 0:
            sentence = " ".join(chance.sample(loose, 6))
        else:
            sentence = _draw(chance)
        if sentence not in held_out():
            found[sentence] = None
    return list(found)


def loose(count: int, among: Sequence[str], seed: int, words: Path = DICTIONARY) -> list[str]:
    """`count` rows of words without sense: half are any of the dictionary, half of those `among`
    which are spoken often. Fewer kinds of words where there is no dictionary.
    """
    chance, rare = random.Random(seed), _dictionary(words) or [*among]
    return [
        " ".join(chance.choice(chance.choice((rare, among))) for _ in range(chance.randint(3, 9)))
        for _ in range(count)
    ]


@lru_cache(maxsize=1)
def held_out() -> tuple[str, ...]:
    """200 sentences for judging, drawn once from the same templates and never trained on."""
    return tuple(HELD_OUT.read_text(encoding="utf-8").splitlines())


def _dictionary(path: Path) -> list[str]:
    if not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8", errors="ignore").split()
    return [word for word in lines if re.fullmatch(r"[a-z]{4,10}", word)]


def _draw(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.1:
        return ". ".join(chance.sample(LETTERS, chance.randint(3, 6))) + "."
    if kind < 0.2:
        return " ".join(number(chance.randrange(1000)) for _ in range(chance.randint(1, 3)))
    if kind < 0.25:
        return f"{chance.choice(GREETINGS)}. {chance.choice(GREETINGS)}."
    template = chance.choice(OPEN if kind < 0.65 else SCENES)
    return re.sub(r"\{(\w)\}", lambda slot: _fill(slot[1], chance), template)


def _fill(slot: str, chance: random.Random) -> str:
    if slot in "kl":
        return number(chance.randrange(100))
    lists = {"c": COLOURS, "d": DOINGS, "w": TIMES, "p": PLACES, "t": THINGS, "u": THINGS}
    return chance.choice(lists.get(slot, NAMES))
