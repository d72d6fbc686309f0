"""Whose voices the shipped model was trained on, under which licences: for the model card."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """One set of recordings. share_alike: whether its licence asks for it."""

    name: str
    licence: str
    credit: str
    taken_from: str
    share_alike: bool = False


SPEECH = (
    Source(
        "librispeech", "CC BY 4.0",
        "LibriSpeech, © 2014 Vassil Panayotov, Guoguo Chen, Daniel Povey, Sanjeev Khudanpur",
        "resemble-ai/Resemblyzer, google/speaker-id, the ARM kit of alifsemi, librosa/data, "
        "lhotse, Montreal Forced Aligner, KennethWang1221/Speech2Text, Agrover112 and others; "
        "texts from proger/flaky-librispeech and facebookresearch/fbai-speech",
    ),
    Source(
        "wuw2", "CC BY-SA 4.0", "WUW Corpus II, Veton Kepuska, ThinkEngine Networks",
        "wake-up-word/wuw-corpus-ii", share_alike=True,
    ),
    Source(
        "pv_intent, pv_wake", "Apache-2.0", "Picovoice Inc.",
        "Picovoice/speech-to-intent-benchmark, Picovoice/wake-word-benchmark",
    ),
    Source(
        "fsdd", "CC BY-SA 4.0", "Free Spoken Digit Dataset, Zohar Jackson and others",
        "Jakobovski/free-spoken-digit-dataset", share_alike=True,
    ),
    Source(
        "asterisk", "CC BY-SA 3.0", "Allison Smith, Digium, Inc.",
        "wehup/asterisk-sounds (Asterisk core and extra sounds, English)", share_alike=True,
    ),
    Source(
        "gcompris", "CC BY-SA 3.0", "Art4Apps project", "gcompris/GCompris-voices (en/words)",
        share_alike=True,
    ),
    Source(
        "precise", "public-domain waivers", "el-tocino, Kris Gesling, Jody Nickel",
        "MycroftAI/Precise-Community-Data",
    ),
    Source(
        "custom_kw", "CC BY 4.0", "Shawn Hymel and contributors",
        "ShawnHymel/custom-speech-commands-dataset",
    ),
    Source(
        "common_voice", "CC0 1.0", "Mozilla Common Voice (do not try to identify its speakers)",
        "castorini/howl, Montreal Forced Aligner, rigved/rit-engl-682",
    ),
    Source(
        "ljspeech", "public domain", "LJ Speech by Keith Ito, read by Linda Johnson for LibriVox",
        "coqui-ai/TTS, lhotse, speechbrain, ming024/FastSpeech2; texts from NVIDIA/mellotron",
    ),
    Source(
        "vctk", "CC BY 4.0", "CSTR VCTK Corpus, University of Edinburgh",
        "auspicious3000/autovc, ruizhecao96/CMGAN, facebookresearch/denoiser, "
        "iver56/audiomentations",
    ),
    Source(
        "alnum", "MIT", "Sakshee Patil; digit strings only, and half of each",
        "Sakshee5/alphanumeric-audio-dataset",
    ),
    Source(
        "grid", "CC BY 4.0", "GRID corpus, M. Cooke, J. Barker, S. Cunningham, X. Shao",
        "rizkiarm/LipNet",
    ),
    Source(
        "dialogue", "CC BY 4.0, Apache-2.0 or MIT, by clip",
        "AMI Consortium; LibriSpeech speakers; Google; Microsoft; Amazon",
        "pyannote/pyannote-audio, google/speaker-id, GoogleCloudPlatform/python-docs-samples, "
        "Azure-Samples/cognitive-services-speech-sdk, "
        "aws-samples/amazon-transcribe-post-call-analytics",
    ),
    Source(
        "misc", "by clip",
        "the US government (JFK), CMU ARCTIC, Speech Commands by Pete Warden (CC BY 4.0) and the "
        "projects named",
        "whisper, pocketsphinx, vosk-api, pyroomacoustics, realpython, Uberi, Google, ARM, howl, "
        "tflite-micro, Montreal Forced Aligner",
    ),
    Source(
        "noise and rooms", "CC0, CC BY 3.0, CC BY 4.0, MIT, Apache-2.0 or public domain, by clip",
        "Speech Commands background; Feiyu Chen; the projects named",
        "felixchenfy/Speech-Commands-Classification-by-LSTM-PyTorch, Picovoice, "
        "Rikorose/DeepFilterNet, audiomentations, speechbrain, librosa/data, Mycroft",
    ),
)  # fmt: skip
