"""What a user does in a long session: tells, asks, orders, gives cause. Held-out sentences."""

from __future__ import annotations

from collections.abc import Mapping

from engine.evaluation.skills import BASICS
from engine.training.scenes import talk_phrases
from engine.training.scenes.basics import Write, react, standing, talk, template
from engine.training.scenes.interject import claim
from engine.training.scenes.stage import Stage

SPLIT = "heldout"
ORDINARY: Mapping[str, Write] = {
    name: BASICS[name] for name in ("arithmetic", "repeat", "spell", "name", "greeting")
}
CAUSES = 3  # an order is put to the test so often at each age
_CLAIMS = 12


def tell(stage: Stage, thing: str, what: str) -> None:
    span = stage.ask(template(stage, "fact", SPLIT).format(t=thing, w=what))
    stage.remember(f"{thing} {what}", span)
    stage.answer("okay", span)


def ask(stage: Stage, thing: str, what: str = talk_phrases.UNKNOWN) -> None:
    """what: the right answer; that it does not know, where nothing was told."""
    stage.answer(what, stage.ask(template(stage, "recall", SPLIT).format(t=thing)))


def order_cue(stage: Stage, word: str, reply: str) -> None:
    text = template(stage, "cue", SPLIT).format(r=reply, c=word)
    standing(stage, text, f"when {word} {reply}", typed=0.0)


def give_cues(stage: Stage, word: str, reply: str) -> None:
    """The word in three sentences, and one sentence without it."""
    for cue in (word, word, "", word):
        stage.wait(0.4, 1.2)
        react(stage, talk(stage, SPLIT, cue), word, reply)


def order_checks(stage: Stage) -> None:
    standing(stage, template(stage, "wrong", SPLIT), "correct me", typed=0.0)


def make_claims(stage: Stage) -> None:
    """Until three were wrong; what is right in between calls for nothing."""
    for _ in range(_CLAIMS):
        if len(stage.says) == CAUSES:
            return
        stage.wait(0.6, 1.5)
        claim(stage)
