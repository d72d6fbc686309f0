"""Files become the microphone: any format, any rate, any channels, and clear words for bad ones."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from engine.microturn import SAMPLE_RATE_HZ, TURN_SAMPLES
from engine.replay.errors import MediaError
from engine.replay.media import Sound, cut, microphone, on_tape_grid, resampled
from tests.scripted import heard, tone

pytestmark = pytest.mark.timeout(60)


def sine(hz: float, seconds: float, rate_hz: int, channels: int = 1) -> np.ndarray:
    """A tone in every channel: (n, channels) float32."""
    wave = tone(hz, round(seconds * rate_hz), rate_hz)
    return np.repeat(wave[:, None], channels, axis=1)


def written(path: Path, wave: np.ndarray, rate_hz: int, subtype: str | None = None) -> Path:
    soundfile.write(path, wave, rate_hz, subtype=subtype)
    return path


def write_video(path: Path, seconds: float, rate_hz: int | None = 48_000, fps: int = 10) -> Path:
    """A film whose picture n is grey 20 + 11n, with a 440 Hz tone or, for no rate, silent."""
    with av.open(str(path), "w") as film:
        video = film.add_stream("mpeg4", rate=fps)
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        sound = film.add_stream("aac", rate=rate_hz) if rate_hz else None
        for number in range(round(seconds * fps)):
            grey = np.full((48, 64, 3), (20 + 11 * number) % 240, np.uint8)
            picture = av.VideoFrame.from_ndarray(grey, format="rgb24")
            picture.pts, picture.time_base = number, Fraction(1, fps)
            film.mux(video.encode(picture))
        film.mux(video.encode(None))
        if sound and rate_hz:
            _encode_tone(film, sound, seconds, rate_hz)
    return path


def _encode_tone(film: av.container.OutputContainer, sound: object, s: float, rate: int) -> None:
    wave = tone(440, round(s * rate), rate)[None]
    frame = av.AudioFrame.from_ndarray(wave, format="fltp", layout="mono")
    frame.sample_rate = rate
    film.mux(sound.encode(frame))  # type: ignore[attr-defined]
    film.mux(sound.encode(None))  # type: ignore[attr-defined]


def whole(*paths: Path) -> np.ndarray:
    """What the microphone gives for these files, in one piece."""
    return np.concatenate(list(microphone([Sound(path) for path in paths])))


FORMATS = [
    ("wav", "PCM_16"), ("wav", "PCM_24"), ("wav", "PCM_U8"), ("wav", "FLOAT"), ("wav", "ULAW"),
    ("flac", "PCM_16"), ("ogg", "VORBIS"), ("opus", "OPUS"), ("mp3", "MPEG_LAYER_III"),
    ("aiff", "PCM_16"),
]  # fmt: skip


@pytest.mark.parametrize(("suffix", "subtype"), FORMATS)
def test_every_sound_format_is_heard(tmp_path: Path, suffix: str, subtype: str) -> None:
    """A tone is the same tone from every file format, as long as it was."""
    kind = "OGG" if suffix == "opus" else None
    path = tmp_path / f"tone.{suffix}"
    soundfile.write(path, sine(440, 1.0, 48_000), 48_000, subtype=subtype, format=kind)
    wave = whole(path)
    assert abs(len(wave) - SAMPLE_RATE_HZ) <= 0.08 * SAMPLE_RATE_HZ  # mp3 pads
    assert heard(wave[TURN_SAMPLES : 2 * TURN_SAMPLES]) == "hz440"


@pytest.mark.parametrize("suffix", ["mp4", "mkv"])
def test_a_film_is_heard(tmp_path: Path, suffix: str) -> None:
    """The sound of a film is the microphone."""
    wave = whole(write_video(tmp_path / f"film.{suffix}", 1.0))
    assert abs(len(wave) - SAMPLE_RATE_HZ) <= 0.1 * SAMPLE_RATE_HZ
    assert heard(wave[TURN_SAMPLES : 2 * TURN_SAMPLES]) == "hz440"


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 22_050, 44_100, 48_000, 96_000, 192_000])
def test_every_rate_is_heard(tmp_path: Path, rate_hz: int) -> None:
    """A second is a second and a tone keeps its pitch at every sample rate."""
    path = written(tmp_path / "tone.wav", sine(440, 1.0, rate_hz), rate_hz)
    wave = whole(path)
    assert len(wave) == SAMPLE_RATE_HZ
    assert heard(wave[TURN_SAMPLES : 2 * TURN_SAMPLES]) == "hz440"
    assert any(f"{rate_hz} Hz" in note for note in Sound(path).notes())


def test_eight_channels_become_one(tmp_path: Path) -> None:
    """Eight channels are mixed in equal parts, and the note says so."""
    wave = np.zeros((SAMPLE_RATE_HZ, 8), np.float32)
    for channel in range(8):
        wave[:, channel] = (channel + 1) / 64
    path = written(tmp_path / "eight.wav", wave, SAMPLE_RATE_HZ, "FLOAT")
    np.testing.assert_allclose(whole(path), np.mean(np.arange(1, 9)) / 64, atol=2**-15)
    assert "8 channels, mixed to one" in " ".join(Sound(path).notes())


def test_samples_that_are_no_numbers_are_silence(tmp_path: Path) -> None:
    """NaN and infinity become silence without touching their neighbours, and are counted."""
    wave = sine(440, 1.0, SAMPLE_RATE_HZ)
    wave[5000:5003, 0] = np.nan, np.inf, -np.inf
    sound = Sound(written(tmp_path / "nan.wav", wave, SAMPLE_RATE_HZ, "FLOAT"))
    got = np.concatenate(list(microphone([sound])))
    assert not got[5000:5003].any()
    np.testing.assert_array_equal(got[:5000], on_tape_grid(wave[:5000, 0]))
    np.testing.assert_array_equal(got[5003:], on_tape_grid(wave[5003:, 0]))
    assert "3 samples that are no numbers" in " ".join(sound.notes())


def test_a_file_of_nothing_but_nan_is_refused(tmp_path: Path) -> None:
    """A file without one number in it is an error, not silence."""
    wave = np.full(SAMPLE_RATE_HZ, np.nan, np.float32)
    path = written(tmp_path / "nothing.wav", wave, SAMPLE_RATE_HZ, "FLOAT")
    with pytest.raises(MediaError, match=r"nothing\.wav.*not one sample is a number"):
        whole(path)


def test_clipped_sound_is_kept_in_range_and_told(tmp_path: Path) -> None:
    """Sound beyond full scale stays within [-1, 1], and the note says how much was clipped."""
    sound = Sound(
        written(tmp_path / "loud.wav", 8 * sine(440, 1.0, SAMPLE_RATE_HZ), SAMPLE_RATE_HZ, "FLOAT")
    )
    got = np.concatenate(list(microphone([sound])))
    assert np.abs(got).max() <= 1.0
    assert "clipped" in " ".join(sound.notes())
    quiet = Sound(written(tmp_path / "ok.wav", sine(440, 1.0, SAMPLE_RATE_HZ), SAMPLE_RATE_HZ))
    list(quiet.blocks())
    assert quiet.notes() == []


@pytest.mark.parametrize("rate_hz", [SAMPLE_RATE_HZ, 44_100, 48_000])
def test_chunked_is_whole(rate_hz: int) -> None:
    """However the sound is cut on its way, the micro-turns are the same, bit for bit."""
    rng = np.random.default_rng(1)
    wave = (0.1 * rng.standard_normal(2 * rate_hz)).astype(np.float32)
    at_once = np.concatenate(list(cut(resampled([wave], rate_hz))))
    borders = np.sort(rng.integers(0, len(wave), 40))
    pieces = np.split(wave, borders)
    np.testing.assert_array_equal(at_once, np.concatenate(list(cut(resampled(pieces, rate_hz)))))
    assert len(at_once) == 2 * SAMPLE_RATE_HZ


def test_files_follow_each_other_without_a_gap(tmp_path: Path) -> None:
    """Several files sound as if they were one, wherever the micro-turns' borders lie."""
    wave = sine(440, 1.0, SAMPLE_RATE_HZ)
    parts = [wave[:5001], wave[5001:]]
    paths = [written(tmp_path / f"{n}.wav", w, SAMPLE_RATE_HZ) for n, w in enumerate(parts)]
    joined = written(tmp_path / "joined.wav", wave, SAMPLE_RATE_HZ)
    np.testing.assert_array_equal(whole(*paths), whole(joined))


def test_sixteen_bits_pass_unchanged(tmp_path: Path) -> None:
    """16-bit sound at 16 kHz reaches the model sample by sample as it is in the file."""
    steps = np.arange(-32768, 32768, 7, dtype=np.int16)
    path = written(tmp_path / "ramp.wav", steps, SAMPLE_RATE_HZ)
    np.testing.assert_array_equal(whole(path) * 32768, steps)


def bad_files(folder: Path) -> dict[str, Path]:
    """One file of each bad kind, by what its message must say."""
    paths = {
        "no such file": folder / "missing.wav",
        "empty (0 bytes)": folder / "empty.wav",
        "not a sound or video file": folder / "notes.wav",
        "holds no sound": folder / "header.wav",
        "a folder": folder / "folder",
        "no sound in it": folder / "mute.mp4",
        "cannot carry speech": folder / "slow.wav",
    }
    paths["empty (0 bytes)"].touch()
    paths["not a sound or video file"].write_text("buy milk\n" * 100)
    written(paths["holds no sound"], np.zeros(0, np.float32), SAMPLE_RATE_HZ)
    paths["a folder"].mkdir()
    write_video(paths["no sound in it"], 0.5, rate_hz=None)
    written(paths["cannot carry speech"], np.zeros(100, np.float32), 50)
    return paths


@pytest.mark.parametrize(
    "message",
    [
        "no such file", "empty (0 bytes)", "not a sound or video file", "holds no sound",
        "a folder", "no sound in it", "cannot carry speech",
    ],
)  # fmt: skip
def test_bad_files_are_named_with_what_to_do(tmp_path: Path, message: str) -> None:
    """The error names the file, says what is wrong with it, and what to do."""
    path = bad_files(tmp_path)[message]
    with pytest.raises(MediaError) as caught:
        whole(path)
    text = str(caught.value)
    assert str(path) in text
    assert message in text
    advice = text.split(message, 1)[1]
    assert any(verb in advice for verb in ("Check", "Record", "Give", "Convert")), text


@pytest.mark.skipif(os.name == "nt", reason="permissions are another matter there")
def test_a_forbidden_file_is_named() -> None:
    """A file that may not be read is an error that speaks of permissions."""
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder) / "secret.wav", sine(440, 0.1, SAMPLE_RATE_HZ), SAMPLE_RATE_HZ)
        path.chmod(0)
        Path(folder).chmod(0o755)
        with somebody(), pytest.raises(MediaError, match="permissions"):
            Sound(path)


@contextmanager
def somebody() -> Iterator[None]:
    """Not root, who may read everything."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(before)


@pytest.mark.skipif(os.name == "nt", reason="no named pipes in folders there")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    """A named pipe is refused at once instead of waiting for somebody to write into it."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(MediaError, match="not a file"):
        Sound(tmp_path / "pipe")


@pytest.mark.parametrize("name", ["film.mp4", "film.mkv", "talk.flac"])
def test_damage_is_told_with_its_time(tmp_path: Path, name: str) -> None:
    """Damage in the middle of a file is an error with the time up to which it was good."""
    path = tmp_path / name
    if path.suffix == ".flac":
        noise = 0.1 * np.random.default_rng(0).standard_normal(4 * SAMPLE_RATE_HZ)
        written(path, noise, SAMPLE_RATE_HZ)
    else:
        write_video(path, 4.0)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 4000] = bytes(4000)
    path.write_bytes(data)
    with pytest.raises(MediaError, match=rf"{name}: broken after [12]\.\d s"):
        whole(path)


def test_a_file_that_ends_too_early_is_told(tmp_path: Path) -> None:
    """Of a file that was cut off, what is there is heard, and the note says what is missing."""
    noise = 0.1 * np.random.default_rng(0).standard_normal(4 * SAMPLE_RATE_HZ)
    path = written(tmp_path / "cut.mp3", noise, SAMPLE_RATE_HZ)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    sound = Sound(path)
    assert sound.notes() == []
    wave = np.concatenate(list(microphone([sound])))
    assert len(wave) > SAMPLE_RATE_HZ
    (note,) = sound.notes()
    assert note.startswith("cut.mp3: sound for ")
    assert note.endswith("the rest is missing")


def test_media_reach_for_nothing_but_themselves(tmp_path: Path) -> None:
    """A playlist that points elsewhere is refused, whatever it is called."""
    path = tmp_path / "list.mp4"
    path.write_text("#EXTM3U\n#EXTINF:5,\nhttp://127.0.0.1:9/sound.ts\n#EXT-X-ENDLIST\n")
    with pytest.raises(MediaError):
        whole(path)
