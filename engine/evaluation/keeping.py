"""Figures are kept and shown: neither a full disk nor a pipe that is closed loses them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console, RenderableType


@contextmanager
def shown(
    lines: Sequence[dict[str, Any]], as_json: bool, *tables: RenderableType
) -> Iterator[None]:
    """What is done in here, keeping them, comes first; then they are shown, even if that failed."""
    try:
        yield
    finally:
        if as_json:
            print("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), flush=True)
        else:
            for table in tables:
                Console().print(table)


def keep(path: Path, records: Sequence[object]) -> None:
    """As JSON lines. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_text(lines, encoding="utf-8")
