"""What a person chose that a mind should know: their language, units, how answers reach them."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from app.settings.schema import LANGUAGE, MODE
from app.settings.store import Settings


def preferences(settings: Settings) -> dict[str, str]:
    """For a task's context package. May be called from any thread."""
    system = QLocale.system()
    chosen = settings[LANGUAGE]
    locale = system if chosen == "system" else QLocale(chosen)
    metric = system.measurementSystem() == QLocale.MeasurementSystem.MetricSystem
    return {
        "The user's language": QLocale.languageToString(locale.language()),
        "Units": "metric" if metric else "imperial",
        "Answers are": "spoken" if settings[MODE] == "full" else "written",
    }
