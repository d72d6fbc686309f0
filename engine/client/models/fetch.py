"""`aside models download`: a checkpoint of ours by its manifest, or a known model's files."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.client.models import checkpoints, keys
from engine.client.models.choice import NoModel
from engine.client.models.download import Download, Failed, Progress
from engine.client.models.http import Fetcher, explained
from engine.client.models.known import find_known
from engine.client.models.manifest import BadManifest, Manifest, on_hub, published

MEBI = 1 << 20


def main(options: argparse.Namespace) -> int:
    """0 when all of it is there and right. Raises NoModel, Failed, keys.NoKey."""
    token = keys.find(options.what, f"env:{options.key_env}" if options.key_env else "")
    fetcher = Fetcher(token)
    manifest = _manifest(options.what, fetcher)
    folder = Path(options.to) if options.to else checkpoints.user_folder()
    with _bar(manifest) as progress:
        place = Download(fetcher, manifest, folder, progress).run()
    told = {"downloaded": manifest.name, "path": str(place), "size_bytes": manifest.size}
    words = f"{manifest.name} is in {place} ({manifest.size / MEBI:.1f} MiB, {_licence(manifest)})"
    print(json.dumps(told) if options.json else words)
    return 0


def _manifest(what: str, fetcher: Fetcher) -> Manifest:
    try:
        if "://" in what:
            return published(fetcher, what)
        model = find_known(what)
        if model is None or not model.hub:
            raise NoModel(f"{what!r} is no model with files to download: aside models known")
        return on_hub(fetcher, model.name, model.hub)
    except BadManifest as error:
        raise Failed(str(error)) from None
    except (OSError, ValueError) as error:
        raise Failed(f"{what}: {explained(error)}") from None


def _licence(manifest: Manifest) -> str:
    model = find_known(manifest.name)
    return manifest.licence or (model.licence if model else "") or "no licence named"


@contextmanager
def _bar(manifest: Manifest) -> Iterator[Progress]:
    """A progress bar where a person watches."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

    columns = ("{task.description}", BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(manifest.name, total=manifest.size)
        yield lambda more: bar.advance(task, more)
