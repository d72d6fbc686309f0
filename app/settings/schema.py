"""Every setting there is. Defaults, page, command line, file and migration follow from here."""

from __future__ import annotations

from typing import Any

from app.capture.privacy import USUAL
from app.history.keeping import LONGEST_DAYS
from app.settings.places import ByMonitor
from app.settings.setting import Choice, Device, Keys, Number, Patterns, Place, Setting, Switch
from app.window.actions import ACTIONS

SMALLEST, LARGEST = 16, 48

MICROPHONE = Setting("sound.microphone", Device("microphone"), None, "Sound", "Microphone")
SPEAKER = Setting("sound.speaker", Device("speaker"), None, "Sound", "Speaker")
ECHO_CANCELLATION = Setting(
    "sound.echo_cancellation", Switch(), True, "Sound", "Echo cancellation",
    "Takes Aside's own voice out of what the microphone hears. Off only with headphones.",
)  # fmt: skip
EARCONS = Setting(
    "sound.earcons", Switch(), True, "Sound", "Short sounds",
    "When it listens or stops listening, needs you, lost something, or is done after a while.",
)  # fmt: skip
NOISE_SUPPRESSION = Setting(
    "sound.noise_suppression", Switch(), False, "Sound", "Noise suppression",
    "Takes steady noise out of the microphone's sound, and a little of the voices with it.",
)  # fmt: skip
GAIN_CONTROL = Setting(
    "sound.gain_control", Switch(), False, "Sound", "Automatic gain",
    "Makes a quiet microphone louder.",
)  # fmt: skip
SYSTEM_SOUND = Setting(
    "sound.system", Switch(), False, "Sound", "Hear what the computer plays",
    "Calls and films, from the speaker above. It stays on until you switch it off.",
)  # fmt: skip
STARTS_MUTED = Setting(
    "sound.starts_muted", Switch(), False, "Sound", "Start with the microphone closed",
    "For push to talk: it opens while you hold the key, and closes again.",
)  # fmt: skip
LONGEST_TALK_S = Setting(
    "sound.longest_talk_s", Number(5, 600, "seconds"), 120, "Sound", "Longest push to talk",
    "A key that is stuck lets go after this time.",
)  # fmt: skip

MODE = Setting(
    "voice.mode",
    Choice(
        (
            ("full", "Listens and speaks"),
            ("quiet", "Quiet: writes instead of speaking"),
            ("typed", "Typed only: microphone closed, answers written"),
            ("captions", "Captions only: shows the words of both sides, nothing else"),
        )
    ),
    "full", "Voice", "Mode",
)  # fmt: skip
ANSWERS = Setting(
    "voice.answers",
    Choice((("addressed", "What is said to it"), ("all", "Whatever is said"))),
    "addressed", "Voice", "Answer",
    "Said to it is what begins with its name, what you say with the key to talk held, and what "
    "follows its own words.",
)  # fmt: skip
UNPROMPTED = Setting(
    "voice.unprompted_per_hour",
    Choice(
        (
            ("unlimited", "As often as it sees fit"),
            ("30", "30 times an hour"),
            ("12", "12 times an hour"),
            ("6", "6 times an hour"),
            ("2", "twice an hour"),
            ("0", "never"),
        )
    ),
    "unlimited", "Voice", "May speak unprompted",
    "Beyond this, what it says of its own accord is written and not spoken.",
)  # fmt: skip

CAPTION_PIXELS = Setting(
    "captions.size", Number(SMALLEST, LARGEST, "pixels"), 27, "Captions", "Size of the words"
)
CAPTIONS_SHOWN = Setting("captions.shown", Switch(), True, "Captions", "Show captions")
CAPTION_BAR = Setting(
    "captions.bar", Switch(), False, "Captions", "Caption bar",
    "The words of both sides over every program. Hold Ctrl+Alt over it to move it.",
)  # fmt: skip
BUBBLE = Setting(
    "captions.bubble", Switch(), True, "Captions", "Bubble for what it says unprompted",
    "Comes up beside what it is about, and goes by itself.",
)  # fmt: skip
BAR_PLACES = Setting(
    "captions.bar_places", ByMonitor(6), (), "Captions", "Caption bar's places", hidden=True
)
PILL_PLACES = Setting(
    "window.pill_places", ByMonitor(2), (), "Captions", "Pill's places", hidden=True
)
POSITION = Setting("window.position", Place(), None, "Captions", "Place", hidden=True)

CAMERA = Setting("eyes.camera", Device("camera"), None, "Eyes", "Camera")
PRIVATE_WINDOWS = Setting(
    "eyes.private_windows", Patterns(), USUAL, "Eyes", "Private windows",
    "Never seen: windows with such a title or program. * stands for anything; a "
    "semicolon goes between two.",
)  # fmt: skip
PICTURES = Setting(
    "eyes.pictures",
    Choice(
        (
            ("full", "As often as the model takes them"),
            ("half", "Half as often: saves computing"),
            ("off", "No pictures: this machine is too slow for them"),
        )
    ),
    "full", "Eyes", "Pictures of camera and screen",
    "The speed test chooses this; change it as you like.",
)  # fmt: skip

WHEN_IDLE = Setting(
    "engine.when_idle",
    Choice(
        (
            ("keep", "Keep the model loaded"),
            ("free", "Free its memory until it is needed"),
        )
    ),
    "keep", "Model", "When Aside is not used",
    "Freed, it hears and sees nothing until you type or hold the talk key; then it goes on.",
)  # fmt: skip
IDLE_MINUTES = Setting(
    "engine.idle_minutes", Number(1, 240, "minutes"), 15, "Model", "Not used means",
    "So long without a word, and with nothing shared.",
)  # fmt: skip

# These five lie in the history's own file, which `aside history keep` changes too: see store.py.
HISTORY_KEPT = Setting(
    "history.keep", Switch(), True, "History", "Keep a history",
    "The words of both sides and what was done, on this machine alone.",
)  # fmt: skip
HISTORY_DAYS = Setting(
    "history.days", Number(0, LONGEST_DAYS, "days", "no limit"), 0, "History", "For how long",
    "0: until you delete it.",
)  # fmt: skip
HISTORY_SOUND = Setting(
    "history.sound", Switch(), False, "History", "Keep the sound",
    "Both voices, and what the computer played while Aside heard it.",
)  # fmt: skip
HISTORY_PICTURES = Setting(
    "history.pictures", Switch(), False, "History", "Keep pictures",
    "A small one of what you share, every half minute.",
)  # fmt: skip
HISTORY_ENCRYPTED = Setting(
    "history.encrypt", Switch(), True, "History", "Encrypt a new history",
    "Where the system has a key store.",
)  # fmt: skip
IN_HISTORY: dict[str, str] = {
    one.id: one.id.removeprefix("history.")
    for one in (HISTORY_KEPT, HISTORY_DAYS, HISTORY_SOUND, HISTORY_PICTURES, HISTORY_ENCRYPTED)
}

THEME = Setting(
    "look.theme",
    Choice((("system", "As the system"), ("dark", "Dark"), ("light", "Light"))),
    "system", "Looks", "Colours",
)  # fmt: skip
CONTRAST = Setting(
    "look.contrast",
    Choice((("system", "As the system"), ("normal", "Normal"), ("high", "High"))),
    "system", "Looks", "Contrast",
)  # fmt: skip
MOTION = Setting(
    "look.motion",
    Choice((("full", "Full"), ("reduced", "Reduced: nothing glides, fades or pulses"))),
    "full", "Looks", "Motion",
)  # fmt: skip
LANGUAGE = Setting(
    "look.language",
    Choice(
        (
            ("system", "As the system"),
            ("en", "English"),
            ("es", "Español"),
            ("de", "Deutsch"),
            ("zh", "中文"),
        )
    ),
    "system", "Looks", "Language of the windows", "Takes effect at the next start.",
)  # fmt: skip

GLOBAL_KEYS = Setting(
    "keys.everywhere", Switch(), True, "Keys", "Keys work in every program",
    "Off, they work in Aside's own windows alone.",
)  # fmt: skip
HOTKEYS = {
    one.name: Setting(
        f"keys.{one.name}", Keys(), one.default_hotkey, "Keys", one.text, one.sentence
    )
    for one in ACTIONS
    if one.hotkey is not None
}
GUIDE_SEEN = Setting("guide.seen", Switch(), False, "Looks", "The guide was seen", hidden=True)

SETTINGS: tuple[Setting[Any], ...] = (
    MICROPHONE, SPEAKER, ECHO_CANCELLATION, NOISE_SUPPRESSION, GAIN_CONTROL, SYSTEM_SOUND,
    EARCONS, STARTS_MUTED, LONGEST_TALK_S,
    MODE, ANSWERS, UNPROMPTED,
    CAPTION_PIXELS, CAPTIONS_SHOWN, CAPTION_BAR, BUBBLE, BAR_PLACES, PILL_PLACES, POSITION,
    CAMERA, PRIVATE_WINDOWS, PICTURES,
    WHEN_IDLE, IDLE_MINUTES,
    HISTORY_KEPT, HISTORY_DAYS, HISTORY_SOUND, HISTORY_PICTURES, HISTORY_ENCRYPTED,
    THEME, CONTRAST, MOTION, LANGUAGE,
    GLOBAL_KEYS, *HOTKEYS.values(), GUIDE_SEEN,
)  # fmt: skip
GROUPS = tuple(dict.fromkeys(one.group for one in SETTINGS))


def setting(name: str) -> Setting[Any]:
    """Raises KeyError for a name that is not in the table."""
    return {one.id: one for one in SETTINGS}[name]
