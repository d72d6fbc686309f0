"""What else travels: the synthesisers' libraries and data, a dictionary, missing packages."""

from __future__ import annotations

import lzma
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from importlib import metadata
from pathlib import Path

from engine.training.vocoder.sentences import DICTIONARY
from engine.training.voices.espeak import EspeakVoice
from engine.training.voices.flite import FliteVoice
from engine.training.voices.roster import own_voice, roster

PACKAGES = ("soundfile", "soxr", "cffi", "pycparser")
LIBRARIES = "libraries.tar.xz"
ESPEAK_DATA, WORDS = "espeak-ng-data", "words"
_SPOKEN = (  # English and Spanish
    "phondata", "phonindex", "phontab", "intonations", "en_dict", "es_dict", "lang/gmw", "lang/roa",
    "voices/!v",
)  # fmt: skip
_EVERYWHERE = re.compile(r"(ld-linux|linux-vdso|lib(c|m|dl|rt|pthread)\.so)")
_PLATFORMS = ("manylinux_2_28", "manylinux_2_27", "manylinux_2_17", "manylinux2014")


def pack_libraries(out: Path, effort: int = 6) -> Path:
    """The libraries that the training voices need, as they are installed here, with English
    and Spanish.

    effort: of the compression, 0 to 9. Raises FileNotFoundError naming what to install where a
    synthesiser is missing.
    """
    out.mkdir(parents=True, exist_ok=True)
    path = out / LIBRARIES
    data = _espeak_data()
    with lzma.open(path, "wb", preset=effort) as xz, tarfile.open(fileobj=xz, mode="w") as tar:
        for soname, file in sorted(_with_needs(_sonames()).items()):
            tar.add(file.resolve(), f"lib/{soname}")
        for part in _SPOKEN:
            tar.add(data / part, f"{ESPEAK_DATA}/{part}")
        if DICTIONARY.is_file():
            tar.add(DICTIONARY.resolve(), WORDS)
    return path


def _sonames() -> list[str]:
    voices = [*roster("train"), own_voice()]
    flite = {f"libflite_cmu_us_{v.speaker}.so.1" for v in voices if isinstance(v, FliteVoice)}
    espeak = {"libespeak-ng.so.1" for v in voices if isinstance(v, EspeakVoice)}
    return sorted(flite | espeak)


def _with_needs(sonames: Iterable[str]) -> dict[str, Path]:
    """Every library that has to be there, by its name, but those that every system has."""
    known = dict(_named(_output("ldconfig", "-p")))
    found: dict[str, Path] = {}
    for soname in sonames:
        if soname not in known:
            raise FileNotFoundError(f"{soname} is not installed: run `python3 run.py train` once")
        found |= {soname: known[soname]} | dict(_named(_output("ldd", str(known[soname]))))
    return {name: path for name, path in found.items() if not _EVERYWHERE.match(name)}


def _named(listing: str) -> Iterator[tuple[str, Path]]:
    """(name, path) of lines such as "libx.so.1 (libc6,x86-64) => /usr/lib/libx.so.1"."""
    for name, path in re.findall(r"^\s*(\S+)[^\n]* => (/\S+)", listing, re.M):
        yield name, Path(path)


def _output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _espeak_data() -> Path:
    library = _with_needs(["libespeak-ng.so.1"])["libespeak-ng.so.1"]
    for folder in (library.parent, library.resolve().parent, Path("/usr/share"), Path("/usr/lib")):
        if (folder / ESPEAK_DATA / "phontab").is_file():
            return folder / ESPEAK_DATA
    raise FileNotFoundError("espeak-ng has no data here: install the package espeak-ng-data")


def pack_wheels(out: Path, python: str, packages: Sequence[str] = PACKAGES) -> list[Path]:
    """Wheels for another Python, of the versions that are installed here. Needs the network."""
    folder = out / "wheels"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--only-binary=:all:", "--implementation=cp", f"--python-version={python}"]
    command += [f"--platform={name}_x86_64" for name in _PLATFORMS]
    pinned = [f"{name}=={metadata.version(name)}" for name in packages]
    subprocess.run([*command, "--dest", str(folder), *pinned], check=True)
    return sorted(folder.glob("*.whl"))
