"""Where the background keeps what is the user's: settings, notes and timers, the log of acts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True)
class Places:
    """config: what the user set; data: what the user made; state: what happened."""

    config: Path
    data: Path
    state: Path

    @classmethod
    def of_the_user(cls) -> Places:
        return cls(
            platformdirs.user_config_path("aside", appauthor=False),
            platformdirs.user_data_path("aside", appauthor=False),
            platformdirs.user_state_path("aside", appauthor=False),
        )

    @classmethod
    def under(cls, folder: Path) -> Places:
        """All of it in one folder: for tests and for people who carry theirs along."""
        return cls(folder / "config", folder / "data", folder / "state")
