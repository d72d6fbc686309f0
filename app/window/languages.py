"""Puts the windows into the user's language: our own texts, and Qt's."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

FOLDER = Path(__file__).resolve().parents[2] / "assets" / "languages"
QT_NAMES = {"zh": "zh_CN"}


def speak(application: QCoreApplication, language: str) -> str:
    """Installs the translations of "de", "es", "zh"; "system" asks the system; else English.

    Dates and figures follow. Returns the language that the windows have now.
    """
    wanted = QLocale.system().name()[:2] if language == "system" else language
    own = QTranslator(application)
    if not own.load(f"aside_{wanted}", str(FOLDER)):
        QLocale.setDefault(QLocale("en"))
        return "en"
    QLocale.setDefault(QLocale.system() if language == "system" else QLocale(wanted))
    application.installTranslator(own)
    theirs = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if theirs.load(f"qtbase_{QT_NAMES.get(wanted, wanted)}", folder):
        application.installTranslator(theirs)
    return wanted
