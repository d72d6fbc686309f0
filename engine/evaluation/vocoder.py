"""How good the vocoder is: `python -m engine.evaluation.vocoder --weights FILE`.

Held-out sentences are read by the voice, turned into mel frames and back into a wave. An
independent recogniser writes down both waves: what it gets wrong more often in ours is what the
vocoder lost. Beside it stand spectral distance, pitch error and the evenness of the joints
between micro-turns.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pocketsphinx
import soundfile
from rich.progress import track

from engine.evaluation.bigram import arpa, words
from engine.evaluation.word_errors import word_errors
from engine.microturn import SAMPLE_RATE_HZ, TURN_SAMPLES
from engine.signal import mel
from engine.signal.vocoder import LATENCY_FRAMES, Vocoder, vocoder_weights
from engine.training.vocoder.sentences import held_out, sentences
from engine.training.vocoder.speech import pitch, read_aloud

SHIPPED = Path("assets/nano/model.safetensors")
NOWHERE = Path("/nonexistent")  # the judge's words must not depend on an installed dictionary

Worsen = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Finding:
    """One sentence: word errors of both waves, distances, pitch by frame, bends by sample."""

    words: int
    teacher: int
    ours: int
    mel: float
    stft: float
    cents: np.ndarray
    differs: np.ndarray
    at_joints: np.ndarray
    between: np.ndarray


@dataclass(frozen=True)
class Verdict:
    """Word errors in percent; distances in log10 of power; pitch in cents; time per micro-turn.

    joint_ratio, joint_worst: bend of the wave where micro-turns meet over that in between, in the
    mean square and at the largest.
    """

    sentences: int
    words: int
    teacher_word_errors: float
    our_word_errors: float
    mel_distance: float
    stft_distance: float
    pitch_cents: float
    pitch_gross_percent: float
    voicing_percent: float
    joint_ratio: float
    joint_worst: float
    step_ms: float


def recogniser() -> pocketsphinx.Decoder:
    """pocketsphinx with a bigram model of the training templates."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "templates.arpa"
        path.write_text(arpa(sentences(2_000, words=NOWHERE)), encoding="utf-8")
        return pocketsphinx.Decoder(lm=str(path), samprate=SAMPLE_RATE_HZ, loglevel="FATAL")


def recognise(decoder: pocketsphinx.Decoder, wave: np.ndarray) -> list[str]:
    quiet = np.random.default_rng(0).standard_normal(len(wave) + 6400) * 3e-4
    quiet[3200:-3200] += wave
    decoder.start_utt()
    decoder.process_raw((np.clip(quiet, -1, 1) * 32767).astype("<i2").tobytes(), full_utt=True)
    decoder.end_utt()
    found = decoder.hyp()
    return words(found.hypstr) if found else []


def through(vocoder: Vocoder, wave: np.ndarray, worsen: Worsen, seed: int = 0) -> np.ndarray:
    """The wave as mel frames and back, moved so that both lie on the same samples."""
    padded = np.concatenate([wave, np.zeros(TURN_SAMPLES, np.float32)])
    frames = worsen(mel.log_mel(mel.wave_mel(padded))).reshape(-1, mel.FRAMES_PER_TURN, mel.BINS)
    state, made = vocoder.start(), []
    for turn, log_mel in enumerate(frames):
        block, state = vocoder.step(log_mel, state, seed, turn)
        made.append(block)
    return np.concatenate(made)[LATENCY_FRAMES * mel.HOP :][: len(wave)]


def mel_distance(ours: np.ndarray, theirs: np.ndarray) -> float:
    pair = [mel.log_mel(mel.wave_mel(wave)) for wave in (ours, theirs)]
    return float(np.abs(pair[0] - pair[1]).mean())


def stft_distance(ours: np.ndarray, theirs: np.ndarray) -> float:
    """Mean difference of log10 power over windows of 1024, 512 and 256 samples."""
    each = []
    for size in (1024, 512, 256):
        spectra = [_log_power(wave, size) for wave in (ours, theirs)]
        each.append(np.abs(spectra[0] - spectra[1]).mean())
    return float(np.mean(each))


def _log_power(wave: np.ndarray, size: int) -> np.ndarray:
    windows = np.lib.stride_tricks.sliding_window_view(wave, size)[:: size // 4]
    return np.log10(np.abs(np.fft.rfft(windows * np.hanning(size))) ** 2 + 1e-6)


def pitch_errors(ours: np.ndarray, theirs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Cents where both have voice, and where voicing differs, by frame."""
    whole = len(theirs) // mel.HOP * mel.HOP
    (f0, voiced), (true, truly) = pitch(ours[:whole]), pitch(theirs[:whole])
    return 1200 / np.log(2) * np.abs(f0 - true)[voiced & truly], voiced != truly


def joints(wave: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Bend of the wave (second difference) at micro-turn joints and in between."""
    bend = np.abs(np.diff(wave, 2))
    inside = np.arange(len(bend)) % TURN_SAMPLES
    offset = (-LATENCY_FRAMES * mel.HOP - 2) % TURN_SAMPLES
    at = (inside - offset) % TURN_SAMPLES <= 2
    return bend[at], bend[~at]


def examine(
    vocoder: Vocoder,
    decoder: pocketsphinx.Decoder,
    sentence: str,
    theirs: np.ndarray,
    worsen: Worsen,
) -> tuple[Finding, np.ndarray]:
    """Everything measured on one sentence, and what the vocoder made of it."""
    ours = through(vocoder, theirs, worsen)
    text = words(sentence)
    cents, differs = pitch_errors(ours, theirs)
    at, between = joints(ours)
    found = Finding(
        words=len(text),
        teacher=word_errors(text, recognise(decoder, theirs)).errors,
        ours=word_errors(text, recognise(decoder, ours)).errors,
        mel=mel_distance(ours, theirs),
        stft=stft_distance(ours, theirs),
        cents=cents,
        differs=differs,
        at_joints=at,
        between=between,
    )
    return found, ours


def summary(findings: list[Finding], milliseconds: float) -> Verdict:
    said = sum(finding.words for finding in findings)
    cents, differs, at, between = (
        np.concatenate([getattr(finding, name) for finding in findings])
        for name in ("cents", "differs", "at_joints", "between")
    )
    return Verdict(
        sentences=len(findings),
        words=said,
        teacher_word_errors=round(100 * sum(f.teacher for f in findings) / said, 2),
        our_word_errors=round(100 * sum(f.ours for f in findings) / said, 2),
        mel_distance=round(float(np.mean([f.mel for f in findings])), 4),
        stft_distance=round(float(np.mean([f.stft for f in findings])), 4),
        pitch_cents=round(float(np.median(cents)), 2),
        pitch_gross_percent=round(100 * float((cents > 300).mean()), 3),
        voicing_percent=round(100 * float(differs.mean()), 2),
        joint_ratio=round(float(np.sqrt((at**2).mean() / (between**2).mean())), 3),
        joint_worst=round(float(at.max() / between.max()), 3),
        step_ms=round(milliseconds, 3),
    )


def step_ms(vocoder: Vocoder) -> float:
    """Median milliseconds of processor time of a micro-turn on this machine."""
    frames = np.random.default_rng(0).normal(-1, 1, (mel.FRAMES_PER_TURN, mel.BINS))
    state, spent = vocoder.start(), []
    for turn in range(200):
        began = time.thread_time()
        _, state = vocoder.step(frames.astype(np.float32), state, 0, turn)
        spent.append(time.thread_time() - began)
    return 1000 * float(np.median(spent))


def flaws(blur: float, roughness: float) -> Worsen:
    """What a flow model may do to a frame: smear it along frequency, and roughen it."""
    chance = np.random.default_rng(7)

    def worsen(frames: np.ndarray) -> np.ndarray:
        beside = np.pad(frames, ((0, 0), (1, 1)), mode="edge")
        smeared = (1 - blur) * frames + blur / 2 * (beside[:, :-2] + beside[:, 2:])
        noise = chance.standard_normal(frames.shape, np.float32)
        return np.asarray(smeared + roughness * noise, np.float32)

    return worsen


def judge(weights: Path, count: int, cache: Path, worsen: Worsen, keep: Path | None) -> Verdict:
    """The verdict on `count` held-out sentences; their waves go to `keep` if it is given."""
    vocoder, decoder = Vocoder(vocoder_weights(weights)), recogniser()
    findings = []
    for index, sentence in enumerate(track(held_out()[:count], "judging")):
        theirs = read_aloud(sentence, cache)
        finding, ours = examine(vocoder, decoder, sentence, theirs, worsen)
        findings.append(finding)
        if keep is not None:
            soundfile.write(keep / f"{index:03d}.wav", ours, SAMPLE_RATE_HZ)
    return summary(findings, step_ms(vocoder))


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m engine.evaluation.vocoder",
        description="Judge the vocoder on held-out sentences.",
        epilog="example: python -m engine.evaluation.vocoder --roughness 0.1",
    )
    parser.add_argument("--weights", type=Path, default=SHIPPED)
    parser.add_argument("--sentences", type=int, default=200, help="at most 200")
    parser.add_argument("--cache", type=Path, default=Path("runs/own-voice"))
    parser.add_argument("--roughness", type=float, default=0.0, help="noise on the log mel")
    parser.add_argument("--blur", type=float, default=0.0, help="0..1, smear along frequency")
    parser.add_argument("--keep", type=Path, help="existing folder for the waves")
    options = parser.parse_args(argv)
    worsen = flaws(options.blur, options.roughness)
    verdict = judge(options.weights, options.sentences, options.cache, worsen, options.keep)
    print(json.dumps(asdict(verdict)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
