"""A source tree of two tiny packages, to be set up for real and without a network.

Its lock pins a wheel made here; the tree itself is installed by a build back end of a few lines.
"""

from __future__ import annotations

import base64
import hashlib
import zipfile
from pathlib import Path

from installers.environment import Environment

BACKEND = '''
import base64, hashlib, os, zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "aside-0.1.0-py3-none-any.whl"
    files = {
        "aside.pth": os.getcwd() + "\\n",
        "aside-0.1.0.dist-info/METADATA": "Metadata-Version: 2.1\\nName: aside\\nVersion: 0.1.0\\n",
        "aside-0.1.0.dist-info/WHEEL":
            "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
        "aside-0.1.0.dist-info/RECORD": "",
    }
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text)
    return name
'''
PYPROJECT = """
[project]
name = "aside"
version = "0.1.0"
[project.optional-dependencies]
torch = ["torch==2.13.0"]
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""


def little_tree(root: Path) -> Environment:
    """Writes the tree into `root`; its `default` layer holds the package `marvin` 1.0."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "run.py").write_text("")
    (root / "backend.py").write_text(BACKEND)
    (root / "pyproject.toml").write_text(PYPROJECT)
    (root / "installers" / "locks").mkdir(parents=True)
    lock(root, "default", "marvin", "1.0", wheel(root / "wheels", "marvin", "1.0"))
    for layer in ("cpu", "gpu", "train", "test"):
        (root / "installers" / "locks" / f"{layer}.txt").write_text("")
    return Environment(root)


def lock(root: Path, layer: str, name: str, version: str, sha256: str) -> None:
    """Pins one package as the only content of `layer`."""
    text = f"{name}=={version} \\\n    --hash=sha256:{sha256}\n"
    (root / "installers" / "locks" / f"{layer}.txt").write_text(text)


def wheel(folder: Path, name: str, version: str) -> str:
    """Makes a wheel of a package whose module holds its version. Returns the wheel's hash."""
    about = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": f"version = {version!r}\n",
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = [f"{path},{_record_hash(text)},{len(text)}" for path, text in files.items()]
    files[f"{about}/RECORD"] = "\n".join([*record, f"{about}/RECORD,,", ""])
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for inner, text in files.items():
            archive.writestr(inner, text)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _record_hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return "sha256=" + base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
