"""The rows on the left: the conversations, or, while somebody searches, the lines found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, QLocale

from app.history.moment import Hit, Talk
from app.window.words import tr

EXCERPT_BEFORE = 24


@dataclass(frozen=True)
class Result:
    """One row: a conversation, or a line of one. spans: what is to stand out in `text`."""

    talk: Talk
    text: str
    when: str
    moment: int = 0
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def key(self) -> tuple[int, int]:
        return self.talk.id, self.moment


def of_talk(talk: Talk) -> Result:
    minutes = max(1, round((talk.ended_s - talk.began_s) / 60))
    length = tr("{minutes} min").format(minutes=minutes)
    return Result(talk, talk.title or tr("(no words)"), f"{day(talk.began_s)} · {length}")


def of_hit(hit: Hit, talk: Talk, spans: Sequence[tuple[int, int]]) -> Result:
    """The line from shortly before the first word that was found."""
    text = hit.moment.text.replace("\n", " ")
    first = spans[0][0] if spans else 0
    cut = max(0, text.rfind(" ", 0, max(0, first - EXCERPT_BEFORE)) + 1) if first else 0
    lead = "…" if cut else ""
    moved = tuple((a - cut + len(lead), b - cut + len(lead)) for a, b in spans if a >= cut)
    when = f"{hit.moment.name} · {day(talk.began_s + hit.moment.at_s)}"
    return Result(talk, lead + text[cut:], when, hit.moment.id, moved)


def day(epoch_s: float) -> str:
    """The day and time as people say them."""
    then, today = datetime.fromtimestamp(epoch_s), date.today()
    time = f"{then:%H:%M}"
    if then.date() == today:
        return tr("today, {time}").format(time=time)
    if then.date() == today - timedelta(days=1):
        return tr("yesterday, {time}").format(time=time)
    return f"{QLocale().toString(QDate(then.year, then.month, then.day), tr('d MMM yyyy'))}, {time}"
