"""Questions answered aloud: a real engine server's transcript, real cards, a real belt."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cards.card_window import CardWindow
from app.cards.ear import UTTERANCE_ENDS_MS, WRITTEN_LATE_S
from engine.background import approval, spoken
from engine.background.act_log import ActLog
from engine.background.approval import Approver
from engine.background.belt import Belt
from engine.background.grants import Grants
from engine.background.spoken import MIN_QUIET_S
from engine.background.tool import Risk
from engine.client.events import Heard
from tests.belting import Gadget
from tests.card_desk import CardTalk
from tests.desktop import display, qt, qt_application  # noqa: F401
from tests.scripted import tone

pytestmark = [pytest.mark.timeout(60), pytest.mark.alone]
READ_S = MIN_QUIET_S + WRITTEN_LATE_S + 0.2


class Asked:
    """A talk in which the model wants a tool used, and its card asks."""

    def __init__(self, qt, folder: Path, risk: Risk) -> None:
        self.tool = Gadget("tell_time", risk=risk, parameters={"type": "object"})
        self.log = ActLog(folder / "acts.jsonl")
        self.talk = CardTalk(qt, lambda room: Belt(
            [self.tool], Approver(Grants(folder / "approvals.json"), room.asker), self.log
        ))  # fmt: skip

    def ask(self) -> None:
        self.talk.conversation.type("act clock")
        self.talk.until(lambda: self.talk.room.desk.windows)
        self.talk.wait(READ_S)

    def hear(self, hz: int) -> None:
        """A micro-turn of sound is written down as a word, and then the utterance ends."""
        before = len(self.talk.of(Heard))
        self.talk.sound.hear(tone(hz))
        self.talk.until(lambda: len(self.talk.of(Heard)) > before)
        self.talk.wait(UTTERANCE_ENDS_MS / 1000 + 0.3)

    @property
    def window(self) -> CardWindow:
        (number,) = self.talk.room.asker._asked
        return self.talk.room.desk.windows[number]

    def over(self) -> str:
        """How the log has it in the end."""
        self.talk.until(lambda: self.log.entries() and self.log.entries()[-1].state != "begun")
        return self.log.entries()[-1].state


@pytest.fixture
def asked(qt, tmp_path: Path, request, monkeypatch) -> Iterator[Asked]:
    """The card's word is what the scripted engine hears in 440 Hz; 660 Hz is a no."""
    monkeypatch.setattr(approval, "one_time_word", lambda: "hz440")
    monkeypatch.setattr(spoken, "REFUSALS", spoken.REFUSALS | {"hz660"})
    made = Asked(qt, tmp_path, getattr(request, "param", Risk.REVERSIBLE))
    with made.talk:
        made.ask()
        yield made


def test_the_word_on_the_card_said_aloud_is_a_yes(asked: Asked) -> None:
    """From the microphone through the engine's transcript to the tool, in a quiet room."""
    asked.hear(880)
    assert not asked.tool.ran
    asked.hear(440)
    assert asked.over() == "done"
    assert len(asked.tool.ran) == 1
    assert asked.log.entries()[-1].approval == "approved once by voice"


def test_nothing_said_counts_while_aside_plays(asked: Asked) -> None:
    """Nor in its echo's second after it; then it does."""
    asked.talk.sound.playing = True
    asked.talk.wait(0.2)
    asked.hear(440)
    asked.talk.sound.playing = False
    asked.hear(440)
    assert not asked.tool.ran
    asked.talk.wait(READ_S)
    asked.hear(440)
    assert asked.over() == "done"


@pytest.mark.parametrize("asked", [Risk.OUTSIDE, Risk.LASTING], indirect=True)
def test_what_cannot_be_undone_takes_a_hand(asked: Asked) -> None:
    """Its card has no word, and none is a yes to it."""
    asked.hear(440)
    assert not asked.tool.ran
    assert asked.window.isVisible()


@pytest.mark.parametrize("asked", list(Risk)[1:], indirect=True)
def test_a_spoken_no_is_a_no(asked: Asked) -> None:
    """To any card that is in sight: doing nothing is always safe."""
    asked.hear(660)
    assert asked.over() == "refused"
    assert not asked.tool.ran
    asked.talk.until(lambda: not asked.talk.room.desk.windows)


def test_a_hidden_card_cannot_be_answered(asked: Asked) -> None:
    """Neither yes nor no."""
    asked.window.hide()
    asked.hear(440)
    asked.hear(660)
    assert not asked.tool.ran
    assert asked.log.entries() == []


def test_the_word_within_other_words_is_none(asked: Asked) -> None:
    """In fragments as the model writes them: only an utterance of nothing else counts."""
    for fragments in (("put the ", "hz4", "40 away"), ("hz4",), ("hz440", "s"), ("",)):
        for text in fragments:
            asked.talk.signals.tell(Heard(text, 0, 200))
        asked.talk.wait(UTTERANCE_ENDS_MS / 1000 + 0.3)
    assert not asked.tool.ran
    for text in (" hz", "440", "."):
        asked.talk.signals.tell(Heard(text, 0, 200))
    assert asked.over() == "done"


def test_nothing_is_listened_to_when_no_card_asks(asked: Asked) -> None:
    """What was said before the card and after it is not even kept."""
    asked.hear(660)
    assert asked.over() == "refused"
    asked.talk.wait(0.2)
    asked.talk.signals.tell(Heard("hz440", 0, 200))
    asked.talk.application.processEvents()
    assert asked.talk.room.ear._utterance == ""
