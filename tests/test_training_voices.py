"""Synthetic voices: what they say, when each word of it sounds, and that it is always the same."""

from __future__ import annotations

import multiprocessing
import os

import numpy as np
import pytest

from engine.microturn import SAMPLE_RATE_HZ
from engine.training.voices import Clip, Voice, VoiceError, own_voice, roster
from engine.training.voices.clip import envelope
from engine.training.voices.espeak import EspeakVoice
from engine.training.voices.festival import FestivalVoice
from engine.training.voices.flite import FliteVoice
from engine.training.voices.neural import NeuralVoice
from engine.training.voices.prompt import words
from engine.training.voices.timing import Timing, timed_words

pytestmark = pytest.mark.timeout(120)

VOICES: list[Voice] = [
    EspeakVoice("en-us", "m3"),
    EspeakVoice("gmw/en", "f2"),
    FliteVoice("slt"),
    FliteVoice("rms"),
    FestivalVoice("kal_diphone"),
    NeuralVoice(),
    NeuralVoice(throat=0.8),
]
TEXT = "What's three plus four? Spell cat: c, a, t. Out of the blue, stop it now!"
WORDS = "what's three plus four spell cat c a t out of the blue stop it now".split()


@pytest.fixture(params=VOICES, ids=lambda voice: voice.name)
def voice(request: pytest.FixtureRequest) -> Voice:
    """Every back end; one whose packages are missing is skipped, not passed."""
    chosen: Voice = request.param
    try:
        chosen.say("one")
    except VoiceError as error:
        pytest.skip(str(error))
    return chosen


def level_db(clip: Clip, start_s: float, end_s: float) -> float:
    """Loudness of a stretch of a clip against the loudest part of it."""
    level = envelope(clip.audio)
    part = level[round(start_s * 200) : max(round(start_s * 200) + 1, round(end_s * 200))]
    return float(20 * np.log10(np.sqrt((part**2).mean()) / level.max() + 1e-9))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Spell CAT: c, a, t.", "spell cat c a t"),
        ("what's  “three” plus—four?", "what's three plusfour"),
        ("well … uhm, it’s 12 o'clock!", "well uhm it's 12 o'clock"),
    ],
)
def test_the_words_of_a_text(text: str, said: str) -> None:
    """Words are cut at white space, lower case, without punctuation but apostrophes."""
    assert " ".join(words(text)) == said


@pytest.mark.parametrize("text", ["", "  ", "...", "' -"])
def test_a_text_without_words_is_refused(text: str) -> None:
    """There is nothing to say, and the voice says so."""
    with pytest.raises(ValueError, match="without a word"):
        own_voice().say(text)


def test_a_clip_has_the_words_of_its_text_in_order(voice: Voice) -> None:
    """One word a token, each inside the clip, none before the one it follows."""
    clip = voice.say(TEXT)
    assert [word.text for word in clip.words] == WORDS
    times = [time for word in clip.words for time in (word.start_s, word.end_s)]
    assert times == sorted(times)
    assert all(word.start_s < word.end_s for word in clip.words)
    assert times[0] >= 0
    assert times[-1] <= len(clip.audio) / SAMPLE_RATE_HZ


def test_a_clip_is_sound_at_16_khz(voice: Voice) -> None:
    """float32 in [-1, 1], not silent, no longer or shorter than a person would take."""
    clip = voice.say(TEXT)
    assert clip.audio.dtype == np.float32
    assert clip.audio.ndim == 1
    assert 0.1 < np.abs(clip.audio).max() <= 1
    assert 3 < clip.seconds < 9


def test_words_sound_and_pauses_are_silent(voice: Voice) -> None:
    """Between two sentences is silence, where the words say, within 20 ms; words are loud."""
    clip = voice.say("Stop. Go now.")
    before, after = clip.words[0].end_s, clip.words[1].start_s
    assert after - before > 0.1
    assert level_db(clip, before + 0.02, after - 0.02) < -26
    for word in clip.words:
        assert level_db(clip, word.start_s, word.end_s) > -26
    assert level_db(clip, after, after + 0.02) > -34


@pytest.mark.parametrize(
    "voice", [EspeakVoice("en-us", "m3"), FliteVoice("slt"), NeuralVoice()], ids=str
)
def test_phonemes_lie_in_their_words(voice: Voice) -> None:
    """In order, one fewer than there are: the first begins with the word. Played twice as fast,
    they come twice as soon."""
    (said,) = voice.say("banana").words
    assert 4 <= len(said.phonemes_s) <= 7
    assert [*said.phonemes_s] == sorted(said.phonemes_s)
    assert said.start_s < said.phonemes_s[0] < said.phonemes_s[-1] < said.end_s
    half = Timing((0.0,), (), 0.0, said.phonemes_s).scaled(0.5)
    assert half.phonemes_s == tuple(time_s / 2 for time_s in said.phonemes_s)


def test_an_isolated_word_starts_with_its_sound(voice: Voice) -> None:
    """The reported start is the first sound of the clip, to 20 ms."""
    for text in ("zebra", "marmalade", "apple", "seven"):
        clip = voice.say(text)
        level = envelope(clip.audio)
        onset_s = np.flatnonzero(level > 0.03 * level.max())[0] / 200
        assert clip.words[0].start_s == pytest.approx(onset_s, abs=0.02), text


def test_the_same_request_gives_the_same_samples(voice: Voice) -> None:
    """What was said before leaves no trace."""
    first = voice.say("one two three", speed=1.1, pitch=0.9)
    for other in ("something else entirely", "sss"):
        voice.say(other, speed=0.8)
    again = voice.say("one two three", speed=1.1, pitch=0.9)
    assert np.array_equal(first.audio, again.audio)
    assert first.words == again.words


def _said(voice: Voice) -> Clip:
    return voice.say("one two three")


def test_several_processes_speak_at_once(voice: Voice) -> None:
    """Forked processes, after this one has spoken, give the same samples as it does."""
    expected = _said(voice)
    with multiprocessing.get_context("fork").Pool(2) as pool:
        for clip in pool.map(_said, [voice] * 4):
            assert np.array_equal(clip.audio, expected.audio)


def test_speed_changes_length_and_pitch_does_not(voice: Voice) -> None:
    """speed 1.25 is a fifth shorter; pitch moves the melody and leaves the tempo, within 12 %."""
    plain, fast, high = (
        voice.say(TEXT, speed=speed, pitch=pitch).words[-1].end_s
        for speed, pitch in ((1.0, 1.0), (1.25, 1.0), (1.0, 1.2))
    )
    assert fast / plain == pytest.approx(0.8, abs=0.1)
    assert high / plain == pytest.approx(1.0, abs=0.12)


def test_pitch_raises_the_voice(voice: Voice) -> None:
    """A higher pitch has a higher fundamental."""
    low, high = (fundamental_hz(voice.say("one nine one", pitch=pitch)) for pitch in (0.85, 1.2))
    assert high > 1.15 * low


def fundamental_hz(clip: Clip) -> float:
    """Median over the loud 40 ms frames, by autocorrelation."""
    found = []
    for start in range(0, len(clip.audio) - 640, 320):
        frame = clip.audio[start : start + 640]
        if np.sqrt((frame**2).mean()) < 0.3 * float(envelope(clip.audio).max()):
            continue
        likeness = np.correlate(frame, frame, "full")[639:]
        lags = np.arange(len(likeness))
        allowed = likeness * ((lags >= 40) & (lags < 270))
        found.append(SAMPLE_RATE_HZ / int(np.argmax(allowed)))
    return float(np.median(found))


@pytest.mark.parametrize("text", ["c, a, t", "a, b"])
def test_single_letters_are_named(voice: Voice, text: str) -> None:
    """The letter a is "ay", long; the article is a murmur."""
    clip = voice.say(text)
    letter = next(word for word in clip.words if word.text == "a")
    article = voice.say("it is a cat").words[2]
    assert article.text == "a"
    assert letter.end_s - letter.start_s > 1.25 * (article.end_s - article.start_s)


@pytest.mark.parametrize("text", ["b", "w", "out of the", "in the house of the", "x, y, z"])
def test_words_that_a_synthesiser_joins_are_still_apart(voice: Voice, text: str) -> None:
    """Pairs that are one word to a synthesiser, and letters with long names, keep their count."""
    clip = voice.say(text)
    assert [word.text for word in clip.words] == text.replace(",", "").split()
    assert all(word.end_s - word.start_s >= 0.02 for word in clip.words)


@pytest.mark.parametrize(
    "missing",
    [EspeakVoice("xx-none"), FliteVoice("nobody"), FestivalVoice("nobody"), NeuralVoice("nobody")],
)
def test_a_voice_that_is_not_there_says_so(missing: Voice) -> None:
    """The error names what to install or where to look; the next voice still speaks."""
    where = r"install|espeak-ng --voices|is the package|brings no voice"
    with pytest.raises(VoiceError, match=where):
        missing.say("one")


def test_many_utterances_leak_nothing() -> None:
    """Forty loadings of espeak-ng leave no library and no threads behind."""
    speaker = EspeakVoice("en-us", "m1")
    try:
        speaker.say("one")
    except VoiceError as error:
        pytest.skip(str(error))
    before = len(os.listdir("/proc/self/task"))
    for _ in range(40):
        speaker.say("one")
    with open("/proc/self/maps") as maps:
        assert "libespeak-ng" not in maps.read()
    assert len(os.listdir("/proc/self/task")) <= before + 1


def test_the_next_words_first_milliseconds_are_not_this_ones() -> None:
    """A start that is told a little late does not stretch the word before over the pause."""
    audio = np.zeros(16_000, np.float32)
    audio[1600:4800] = audio[9440:12_800] = 0.5
    first, second = timed_words(audio, ["one", "two"], Timing((0.1, 0.6)))
    assert (first.start_s, first.end_s) == (0.1, 0.3)
    assert (second.start_s, second.end_s) == (0.6, 0.8)


def test_a_roster_is_big_and_speaks() -> None:
    """At least sixty voices train; every one of both rosters has a name of its own."""
    train, heldout = roster("train"), roster("heldout")
    assert len(train) >= 60
    assert len(heldout) >= 20
    names = [voice.name for voice in (*train, *heldout)]
    assert len(set(names)) == len(names)
    try:
        own_voice().say("one")
        clips = [voice.say("one two") for voice in (*train[::4], *heldout[::4])]
    except VoiceError as error:
        pytest.skip(str(error))
    assert len({clip.audio.tobytes() for clip in clips}) == len(clips)
