"""The words of the windows in the user's language, through Qt's own translations.

Loads no Qt: where none is loaded (the command line, a test of a part) there are no windows
either, and everything stays English.
"""

from __future__ import annotations

import sys
from typing import Any

from engine.background.phrase import Moment, translated

CONTEXT = "aside"


def tr(text: str) -> str:
    """`text` is English; where there is no translation it stays so. From any thread."""
    application: Any = getattr(sys.modules.get("PySide6.QtCore"), "QCoreApplication", None)
    if application is None or not text:
        return text
    return str(application.translate(CONTEXT, text))


def said(text: str) -> str:
    """What the engine said, in the user's language: a Phrase as it is translated, with its days
    and times as people write them there; any other text as it is. From any thread."""
    return translated(text, tr, _moment)


def _moment(at_s: float) -> str:
    core: Any = sys.modules.get("PySide6.QtCore")
    if core is None:
        return str(Moment(at_s))
    then = core.QDateTime.fromSecsSinceEpoch(round(at_s))
    day = core.QLocale().toString(then.date(), core.QLocale.FormatType.LongFormat)
    return f"{day}, {then.time().toString('HH:mm')}"


def later(text: str) -> str:
    """Marks a text of a table, which `tr` translates when it is shown."""
    return text
