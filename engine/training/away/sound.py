"""Recordings as a few long Opus streams, and back.

Thousands of short files would be a fifth headers, and Opus does best with long frames: so the
recordings of a set follow each other in streams of a few minutes. Only the training split is
packed, brought to one loudness; word times hold to the sample.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from engine.microturn import SAMPLE_RATE_HZ
from engine.training import people
from engine.training.heldout import is_heldout

PIECES = "pieces.jsonl.gz"
STREAM_S = 300.0
_GAP = SAMPLE_RATE_HZ // 10
_LOUDNESS, _PEAK = 0.06, 0.95
_PAGE_US = 20_000_000


@dataclass(frozen=True)
class Piece:
    """A recording to be packed: where it lies, and its row in a manifest."""

    source: people.Recording | people.Noise
    row: Mapping[str, Any]


def speech(directory: Path) -> list[Piece]:
    """The training split of a speech collection. Raises MediaDirectoryError without a manifest."""
    return [Piece(r, _speech_row(r)) for r in people.load(directory, "train")]


def noise(directory: Path) -> list[Piece]:
    """The training noises; rooms stay behind, as training makes its own."""
    return [Piece(n, _noise_row(n)) for n in people.noises(directory, "train")]


def _speech_row(recording: people.Recording) -> dict[str, Any]:
    kept = {"speaker": recording.speaker, "licence": recording.licence, "split": "train"}
    if is_heldout("speaker", recording.speaker) or is_heldout(
        "recording", f"{recording.set}/{recording.path.name}"
    ):
        raise AssertionError(f"{recording.path} is held out and must not be packed")
    known = {
        "text_norm": recording.text_norm,
        "seconds": recording.seconds,
        "align_score": recording.align_score,
        "words": [[w.text, w.start_s, w.end_s] for w in recording.words or ()] or None,
    }
    path = f"{recording.set}/{recording.path.stem}.wav"
    return {"path": path, "set": recording.set} | kept | _present(known)


def _noise_row(item: people.Noise) -> dict[str, Any]:
    if is_heldout("noise", item.name):
        raise AssertionError(f"{item.path} is held out and must not be packed")
    path = str(Path(item.name).with_suffix(".wav"))
    return {"path": path, "kind": item.kind, "licence": item.licence}


def _present(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def pack(
    pieces: Sequence[Piece], out: Path, rate: int, application: str = "voip"
) -> Iterator[float]:
    """Write streams of `rate` bits/s and their list of pieces; yields the seconds of each stream.

    application: libopus's "voip" for speech, "audio" for everything else. A stream that is
    there already is kept, so packing can be interrupted.
    """
    out.mkdir(parents=True, exist_ok=True)
    rows: list[dict[str, Any]] = []
    for number, group in enumerate(_streams(pieces)):
        path = out / f"{number:04d}.opus"
        cuts, samples = _laid_out(group)
        rows += [dict(piece.row, stream=path.name, cut=cut) for piece, cut in cuts]
        if not path.exists():
            encode(path, _wave(cuts, samples), rate, application)
        yield samples / SAMPLE_RATE_HZ
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (out / PIECES).write_bytes(gzip.compress(lines.encode(), mtime=0))


def _streams(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Pieces of one set together, some minutes each."""
    by_set: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        by_set[piece.row.get("set", "")].append(piece)
    for group in by_set.values():
        stream, seconds = list[Piece](), 0.0
        for piece in group:
            stream.append(piece)
            seconds += _samples(piece) / SAMPLE_RATE_HZ
            if seconds > STREAM_S:
                yield stream
                stream, seconds = [], 0.0
        if stream:
            yield stream


def _samples(piece: Piece) -> int:
    info = soundfile.info(piece.source.path)
    return int(-(-info.frames * SAMPLE_RATE_HZ // info.samplerate))


def _laid_out(group: Iterable[Piece]) -> tuple[list[tuple[Piece, list[int]]], int]:
    """Each piece with [first sample, samples] in its stream, and the stream's length."""
    cuts, at = [], _GAP
    for piece in group:
        length = _samples(piece)
        cuts.append((piece, [at, length]))
        at += length + _GAP
    return cuts, at


def _wave(cuts: Sequence[tuple[Piece, list[int]]], samples: int) -> np.ndarray:
    wave = np.zeros(samples, np.float32)
    for piece, (first, length) in cuts:
        audio = levelled(piece.source.audio())[:length]
        wave[first : first + len(audio)] = audio
    return wave


def levelled(audio: np.ndarray) -> np.ndarray:
    """One loudness for all, so that the faintest recording loses nothing to the coder."""
    loud = float(np.sqrt(np.mean(audio**2))) + 1e-6
    return audio * np.float32(min(_LOUDNESS / loud, _PEAK / (float(np.abs(audio).max()) + 1e-6)))


def encode(path: Path, wave: np.ndarray, rate: int, application: str) -> None:
    """(n,) float32, 16 kHz, as Ogg Opus of about `rate` bits a second."""
    import av

    partial_path = path.with_suffix(".partial")
    options = {"page_duration": str(_PAGE_US)}
    with av.open(str(partial_path), "w", format="ogg", options=options) as container:
        stream = container.add_stream("libopus", rate=SAMPLE_RATE_HZ, layout="mono")
        stream.bit_rate = rate
        stream.options = {"application": application, "frame_duration": "60"}
        frame = av.AudioFrame.from_ndarray(_int16(wave)[None], format="s16", layout="mono")
        frame.sample_rate, frame.pts = SAMPLE_RATE_HZ, 0
        frame.time_base = Fraction(1, SAMPLE_RATE_HZ)
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    partial_path.rename(path)


def _int16(wave: np.ndarray) -> np.ndarray:
    return np.round(np.clip(wave, -1, 1) * 32767).astype(np.int16)


def unpack(packed: Path, out: Path, processes: int) -> int:
    """Packed streams become a directory of wav files with a manifest. Returns how many."""
    lines = gzip.decompress((packed / PIECES).read_bytes()).decode().splitlines()
    rows = [json.loads(line) for line in lines]
    by_stream: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_stream[row["stream"]].append(row)
        (out / row["path"]).parent.mkdir(parents=True, exist_ok=True)
    with get_context("spawn").Pool(processes) as pool:
        jobs = ((packed / name, group) for name, group in by_stream.items())
        for _ in pool.imap_unordered(partial(_cut, out), jobs):
            pass
    kept = [{k: v for k, v in row.items() if k not in ("stream", "cut")} for row in rows]
    manifest = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in kept)
    (out / "manifest.jsonl").write_text(manifest, encoding="utf-8")
    return len(rows)


def _cut(out: Path, job: tuple[Path, Sequence[Mapping[str, Any]]]) -> None:
    path, rows = job
    wave, rate_hz = soundfile.read(path, dtype="int16")
    if rate_hz != SAMPLE_RATE_HZ:
        raise ValueError(f"{path} came back at {rate_hz} Hz: pack it again")
    for row in rows:
        first, length = row["cut"]
        soundfile.write(out / row["path"], wave[first : first + length], rate_hz, "PCM_16")
