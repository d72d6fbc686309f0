"""Put what was packed in place on the borrowed machine: nothing outside one folder is touched.

Run by that machine's own python3, which may lack soundfile: nothing is imported here that is
not in the standard library. Whatever comes after reads `env.sh` first.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

LIBRARIES = "libraries.tar.xz"
ENVIRONMENT = "env.sh"
_LOADS = (
    "import ctypes, sys\nfor n in sys.argv[1:]:\n  try: ctypes.CDLL(n)\n  except OSError: print(n)"
)
_SPEAKS = """
from engine.training.voices.roster import own_voice, roster
heard = {v.family + ("/" + v.speaker if v.family == "flite" else ""): v for v in roster("train")}
for name, voice in [*heard.items(), ("own", own_voice())]:
    clip = voice.say("one two three")
    loud = float(abs(clip.audio).max())
    assert len(clip.words) == 3 and loud > 0.05, f"{name} is silent"
    print(f"{name}: {clip.seconds:.1f} s, peak {loud:.2f}")
"""
_UNPACKS = """
import sys
from pathlib import Path
from engine.training.away import sound
if __name__ == "__main__":
    packed, to = map(Path, sys.argv[1:3])
    for kind in ("noise", "speech"):
        if (packed / kind).is_dir():
            print(f"{kind}: {sound.unpack(packed / kind, to / kind, int(sys.argv[3]))} recordings")
"""


def arrive(packed: Path, to: Path, processes: int) -> None:
    """Unpack everything below `to` and check that the voices speak.

    Raises RuntimeError saying which step failed.
    """
    to.mkdir(parents=True, exist_ok=True)
    _unzip_wheels(packed / "wheels", to / "site")
    _unpack_libraries(packed / LIBRARIES, to)
    environment = _environment(to)
    lines = [f"export {name}={shlex.quote(value)}\n" for name, value in environment.items()]
    (to / ENVIRONMENT).write_text("".join(lines))
    run = {**os.environ, **environment}
    _python(_SPEAKS, run)
    _python(_UNPACKS, run, str(packed), str(to), str(processes))


def _unzip_wheels(wheels: Path, site: Path) -> None:
    site.mkdir(exist_ok=True)
    for wheel in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(site)


def _unpack_libraries(archive: Path, to: Path) -> None:
    """Libraries that the machine has itself are its own business: ours would shadow them."""
    with tarfile.open(archive) as tar:
        tar.extractall(to, filter="data")
    names = [path.name for path in (to / "lib").iterdir()]
    missing = subprocess.run(
        [sys.executable, "-c", _LOADS, *names], check=True, capture_output=True, text=True
    ).stdout.split()
    for name in set(names) - set(missing):
        (to / "lib" / name).unlink()
    print(f"libraries: {len(missing)} were missing, {len(names) - len(missing)} were there")


def _environment(to: Path) -> dict[str, str]:
    def before(variable: str, folder: Path) -> str:
        return os.pathsep.join(p for p in (str(folder), os.environ.get(variable, "")) if p)

    return {
        "PYTHONPATH": before("PYTHONPATH", to / "site"),
        "LD_LIBRARY_PATH": before("LD_LIBRARY_PATH", to / "lib"),
        "ESPEAK_DATA_PATH": str(to),
        "ASIDE_DICTIONARY": str(to / "words"),
        "OMP_NUM_THREADS": "1",
    }


def _python(program: str, environment: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, "-c", program, *arguments]
    if subprocess.run(command, env=environment).returncode:
        raise RuntimeError(
            "this step failed; its message stands above:" + program.split("import")[-1]
        )
