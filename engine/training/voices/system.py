"""Libraries of synthesisers, as the system has them installed."""

from __future__ import annotations

import ctypes

from engine.training.voices.clip import VoiceError


def open_library(name: str, package: str) -> ctypes.CDLL:
    """Open a shared library. Raises VoiceError that names the package to install."""
    try:
        return ctypes.CDLL(name)
    except OSError as error:
        raise VoiceError(f"{name} is not installed: install the package {package}") from error


def reseed() -> None:
    """Synthesisers draw their noise from C's rand(): start it at the same place every time."""
    ctypes.CDLL(None).srand(1)
