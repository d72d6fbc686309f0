"""Qt in another language for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QLocale, QTranslator

from app.window.languages import speak


@contextmanager
def speaking(application, language: str) -> Iterator[None]:
    """Windows made in here speak `language`; afterwards all is as it was."""
    before, locale = set(application.findChildren(QTranslator)), QLocale()
    try:
        assert speak(application, language) == language
        yield
    finally:
        for translator in set(application.findChildren(QTranslator)) - before:
            application.removeTranslator(translator)
            translator.deleteLater()
        QLocale.setDefault(locale)
