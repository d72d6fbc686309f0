"""Approval by voice: a card's one-time word, said aloud while the card can be seen.

The word stands on the card and nowhere else. Neither model is ever given it, and Aside's own
windows are not in what the model sees, so it can only come from somebody who reads the card. It
comes out of the interaction model's own transcript, which nothing else here reads, and everything
that decides is in the arguments of functions without a clock or a microphone of their own.
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass

from engine.background.tool import Risk

MIN_SHOWN_S = 0.5  # nobody reads a card faster
MIN_QUIET_S = 1.0  # the room's echo of what was playing has died away
REFUSALS = frozenset(
    {"no", "nope", "no no", "no thanks", "no thank you", "please don't", "don't", "do not"}
    | {"don't do that", "do not do that", "nein", "nein danke", "lieber nicht", "no gracias"}
    | {"不", "不要", "不行"}
)
WORDS = (
    "acorn anchor apron badger banjo barley basket beacon bonnet bramble bucket button cactus "
    "candle canyon carrot castle cedar cherry cobalt copper coral cotton cradle cricket crystal "
    "dragon ember falcon feather fiddle fossil galaxy garlic ginger glacier goblet hammock harbor "
    "hazel helmet hermit honey iceberg indigo island ivory jasmine jigsaw juniper kettle ladder "
    "lantern lemon lizard lobster magnet mango maple marble meadow mitten mosaic mustard nectar "
    "nutmeg oatmeal onion orchid otter oyster paddle panther parsley pebble pelican pepper "
    "pickle pigeon pillow plaster pretzel pumpkin quartz rabbit raisin ribbon river rocket saddle "
    "saffron salmon satchel scarlet shovel silver spinach squirrel sunset tadpole teapot thimble "
    "timber tomato trumpet tulip tunnel turnip umbrella velvet violin walnut walrus whistle willow "
    "window zebra"
).split()


def one_time_word() -> str:
    """A word for one card, which nobody can foresee."""
    return secrets.choice(WORDS)


@dataclass(frozen=True)
class Spoken:
    """What was said to a card, and when. All times in seconds on one steady clock.

    said_s: when the word began. card_shown_s: when the card came into sight; None if it is not in
    sight now. quiet_since_s: when the speakers last fell silent; None while anything plays.
    """

    word: str
    said_s: float
    card_shown_s: float | None
    quiet_since_s: float | None


def approves(word: str | None, risk: Risk, spoken: Spoken) -> bool:
    """Whether `spoken` is a yes to a card whose one-time word is `word`."""
    if risk is not Risk.REVERSIBLE or word is None:
        return False
    if spoken.card_shown_s is None or spoken.quiet_since_s is None:
        return False
    seen = spoken.said_s - spoken.card_shown_s >= MIN_SHOWN_S
    quiet = spoken.said_s - spoken.quiet_since_s >= MIN_QUIET_S
    return seen and quiet and _plain(spoken.word) == _plain(word) != ""


def said_alone(utterance: str) -> str:
    """The word that is all of an utterance, said once or over again; "" for anything longer."""
    words = {_plain(word) for word in utterance.split()} - {""}
    return words.pop() if len(words) == 1 else ""


def refuses(utterance: str) -> bool:
    """Whether all of an utterance is a no. However it came about, doing nothing is safe."""
    return " ".join(_plain(word) for word in utterance.replace("’", "'").split()) in REFUSALS


def _plain(word: str) -> str:
    folded = unicodedata.normalize("NFKC", word).casefold().strip()
    return folded.strip(".,!?;:… ")
