"""The words of the windows in the user's language, through Qt's own translations.

Loads no Qt: where none is loaded (the command line, a test of a part) there are no windows
either, and everything stays English.
"""

from __future__ import annotations

import sys
from typing import Any

CONTEXT = "aside"


def tr(text: str) -> str:
    """`text` is English; where there is no translation it stays so. From any thread."""
    application: Any = getattr(sys.modules.get("PySide6.QtCore"), "QCoreApplication", None)
    if application is None or not text:
        return text
    return str(application.translate(CONTEXT, text))


def later(text: str) -> str:
    """Marks a text of a table, which `tr` translates when it is shown."""
    return text
