"""Downloads can be interrupted anywhere; what is not right is not there."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from engine.client.models import checkpoints, command
from engine.client.models.download import Download, Failed
from engine.client.models.http import Fetcher, Insecure
from engine.client.models.manifest import BadManifest, Manifest, on_hub, published

pytestmark = pytest.mark.timeout(30)
WEIGHTS = bytes(range(256)) * 4000
CONFIG = json.dumps({"name": "micro"}).encode()


class Shop:
    """A web server on loopback: files by path, and every way in which one goes wrong.

    cuts: so many answers break off after `cut_at` bytes; ranges: whether it knows about them.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.redirects: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.asked: list[tuple[str, str | None]] = []
        self.cuts, self.cut_at, self.ranges = 0, 100_000, True
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                shop.answer(self)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        wanted = request.headers.get("Range")
        self.asked.append((request.path, wanted))
        if request.path in self.redirects:
            request.send_response(302)
            request.send_header("Location", self.redirects[request.path])
            request.end_headers()
            return
        content = self.files.get(request.path)
        if content is None:
            request.send_error(404)
            return
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and self.ranges else 0
        request.send_response(206 if start else 200)
        if start:
            last = len(content) - 1
            request.send_header("Content-Range", f"bytes {start}-{last}/{len(content)}")
        if request.path in self.links:
            request.send_header("Link", f'<{self.links[request.path]}>; rel="next"')
        request.send_header("Content-Length", str(len(content) - start))
        request.end_headers()
        if self.cuts and len(content) - start > self.cut_at:
            self.cuts -= 1
            request.wfile.write(content[start : start + self.cut_at])
            request.connection.close()
            return
        request.wfile.write(content[start:])

    def publish(self, **changes: Any) -> str:
        """A checkpoint of ours with its manifest. Returns the manifest's address."""
        self.files |= {"/m/config.json": CONFIG, "/m/model.safetensors": WEIGHTS}
        entries = [
            {"path": path.removeprefix("/m/"), "size": len(content), "sha256": _sha256(content)}
            for path, content in self.files.items()
            if path.startswith("/m/") and path != "/m/manifest.json"
        ]
        manifest = {"name": "micro", "licence": "Apache-2.0", "files": entries, **changes}
        self.files["/m/manifest.json"] = json.dumps(manifest).encode()
        return f"{self.url}/m/manifest.json"


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def shop() -> Iterator[Shop]:
    shop = Shop()
    thread = threading.Thread(target=shop.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield shop
    shop.server.shutdown()
    shop.server.server_close()
    thread.join()


def fetch(manifest: Manifest, folder: Path) -> Path:
    return Download(Fetcher(), manifest, folder, rest=lambda _: None).run()


def test_a_checkpoint_comes_whole_and_is_listed(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`aside models download` brings it to where `aside models` finds it; nothing else is left."""
    monkeypatch.setattr(checkpoints, "user_folder", lambda: tmp_path)
    assert command.main(["download", shop.publish(), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (tmp_path / "micro" / "model.safetensors").read_bytes() == WEIGHTS
    assert [path.name for path in tmp_path.iterdir()] == ["micro"]
    assert told["size_bytes"] == len(WEIGHTS) + len(CONFIG)
    assert "micro" in [one.name for one in checkpoints.find() if not one.problem]
    assert command.main(["--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    listed = next(row for row in rows if row["name"] == "micro")
    assert (listed["licence"], listed["problem"]) == ("Apache-2.0", "")
    assert listed["size_bytes"] >= told["size_bytes"]


def test_a_broken_connection_goes_on_where_it_stopped(shop: Shop, tmp_path: Path) -> None:
    """Each new request asks for the rest only, and the whole is right."""
    shop.cuts = 4
    place = fetch(published(Fetcher(), shop.publish()), tmp_path)
    ranges = [wanted for path, wanted in shop.asked if path.endswith("safetensors")]
    assert (place / "model.safetensors").read_bytes() == WEIGHTS
    assert ranges[0] is None
    assert ranges[1] is not None
    assert len(ranges) == 5
    starts = [int(wanted.removeprefix("bytes=").rstrip("-")) for wanted in ranges[1:] if wanted]
    assert starts == sorted(set(starts))


def test_an_interrupted_download_goes_on_another_day(shop: Shop, tmp_path: Path) -> None:
    """What a first run left is used by the second; until then nothing has the model's name."""
    manifest = published(Fetcher(), shop.publish())
    content = shop.files.pop("/m/model.safetensors")
    with pytest.raises(Failed, match="404"):
        fetch(manifest, tmp_path)
    assert not (tmp_path / "micro").exists()
    (tmp_path / "micro.partial" / "model.safetensors.part").write_bytes(content[:50_000])
    shop.files["/m/model.safetensors"] = content
    shop.asked.clear()
    assert (fetch(manifest, tmp_path) / "model.safetensors").read_bytes() == WEIGHTS
    assert shop.asked == [("/m/model.safetensors", "bytes=50000-")]


def test_new_weights_of_the_same_size_are_not_mixed_with_the_old(
    shop: Shop, tmp_path: Path
) -> None:
    """What an interrupted download left of a model that has changed meanwhile is fetched anew."""
    partial = tmp_path / "micro.partial"
    partial.mkdir()
    (partial / "model.safetensors").write_bytes(WEIGHTS[::-1])
    place = fetch(published(Fetcher(), shop.publish()), tmp_path)
    assert (place / "model.safetensors").read_bytes() == WEIGHTS


def test_a_server_without_ranges_is_asked_for_all(shop: Shop, tmp_path: Path) -> None:
    """It sends the whole file again, which takes the place of the part."""
    manifest = published(Fetcher(), shop.publish())
    shop.cuts, shop.ranges = 2, False
    assert (fetch(manifest, tmp_path) / "model.safetensors").read_bytes() == WEIGHTS


def test_a_server_that_only_breaks_off_is_given_up(shop: Shop, tmp_path: Path) -> None:
    """Without any progress it ends, and says that the same command goes on."""
    manifest = published(Fetcher(), shop.publish())
    shop.cuts, shop.cut_at = 1000, 0
    with pytest.raises(Failed, match="the same command goes on"):
        fetch(manifest, tmp_path)


def test_wrong_bytes_are_never_there(shop: Shop, tmp_path: Path) -> None:
    """A file whose hash is not the published one is thrown away, in full length or longer."""
    manifest = published(Fetcher(), shop.publish())
    for wrong in (b"x" * len(WEIGHTS), WEIGHTS[:-1] + b"!" + b"more"):
        shop.files["/m/model.safetensors"] = wrong
        with pytest.raises(Failed, match="another hash"):
            fetch(manifest, tmp_path)
        assert not (tmp_path / "micro").exists()
        assert not list(tmp_path.rglob("*.part"))


def test_a_full_disk_is_said_and_what_came_is_kept(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before it begins where that can be known, and in the middle where it cannot."""
    manifest = published(Fetcher(), shop.publish())
    little = SimpleNamespace(total=1, used=1, free=1 << 20)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: little)
        with pytest.raises(Failed, match="make room"):
            fetch(manifest, tmp_path)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(Failed, match=r"is full.*is kept"):
            fetch(manifest, tmp_path)
    assert (fetch(manifest, tmp_path) / "config.json").read_bytes() == CONFIG


def test_what_is_there_is_not_overwritten(shop: Shop, tmp_path: Path) -> None:
    """A second download of the same name is refused, with the way out."""
    manifest = published(Fetcher(), shop.publish())
    fetch(manifest, tmp_path)
    with pytest.raises(Failed, match="remove"):
        fetch(manifest, tmp_path)


HASH = "0" * 64
EVIL: list[dict[str, Any]] = [
    {"files": [{"path": "../outside", "size": 1, "sha256": HASH}]},
    {"files": [{"path": "/etc/passwd", "size": 1, "sha256": HASH}]},
    {"files": [{"path": "a\\b", "size": 1, "sha256": HASH}]},
    {"files": [{"path": "c:evil", "size": 1, "sha256": HASH}]},
    {"files": [{"path": "a", "size": -1, "sha256": HASH}]},
    {"files": [{"path": "a", "size": 1, "sha256": "short"}]},
    {"files": [{"path": "a", "size": 1}]},
    {"files": [{"path": "a", "size": 1, "sha256": HASH}] * 2},
    {"files": [{"path": "//elsewhere.example/a", "size": 1, "sha256": HASH}]},
    {"files": []},
    {"files": 3},
    {"name": "../up"},
    {"name": ".hidden"},
]


@pytest.mark.parametrize("changes", EVIL)
def test_a_manifest_cannot_write_outside_its_folder(shop: Shop, changes: dict[str, Any]) -> None:
    """Paths that lead out, names that are none, missing hashes: refused before anything comes."""
    with pytest.raises(BadManifest):
        published(Fetcher(), shop.publish(**changes))


def test_nothing_comes_over_plain_http(shop: Shop) -> None:
    """Not at first, and not by a redirect; loopback is this machine."""
    with pytest.raises(Insecure):
        Fetcher().open("http://example.org/manifest.json")
    with pytest.raises(Insecure):
        Fetcher().open("file:///etc/passwd")
    shop.redirects["/m"] = "http://example.org/m"
    with pytest.raises(Insecure):
        Fetcher().open(f"{shop.url}/m")


def test_a_hub_repository_is_verified_file_by_file(shop: Shop, tmp_path: Path) -> None:
    """Large files by SHA-256, small ones by git's hash, over several pages; as data for others."""
    git = hashlib.sha1(b"blob %d\0" % len(CONFIG) + CONFIG).hexdigest()
    lfs = {"oid": _sha256(WEIGHTS), "size": len(WEIGHTS), "pointerSize": 134}
    first = [
        {"type": "directory", "path": "sub", "oid": "1" * 40, "size": 0},
        {"type": "file", "path": "config.json", "oid": git, "size": len(CONFIG)},
    ]
    second = [{"type": "file", "path": "sub/w.bin", "oid": "2" * 40, "size": 1, "lfs": lfs}]
    tree = "/api/models/who/what/tree/main"
    shop.files[f"{tree}?recursive=true"] = json.dumps(first).encode()
    shop.files[f"{tree}?page=2"] = json.dumps(second).encode()
    shop.links[f"{tree}?recursive=true"] = f"{shop.url}{tree}?page=2"
    shop.files["/who/what/resolve/main/config.json"] = CONFIG
    shop.redirects["/who/what/resolve/main/sub/w.bin"] = f"{shop.url}/cdn/w.bin"
    shop.files["/cdn/w.bin"] = WEIGHTS
    place = fetch(on_hub(Fetcher(), "what", "who/what", shop.url), tmp_path)
    assert (place / "sub" / "w.bin").read_bytes() == WEIGHTS
    assert json.loads((place / "model.json").read_text())["name"] == "what"
    shutil.rmtree(place)
    shop.files["/who/what/resolve/main/config.json"] = CONFIG.replace(b"micro", b"macro")
    with pytest.raises(Failed, match="another hash"):
        fetch(on_hub(Fetcher(), "what", "who/what", shop.url), tmp_path)


def test_a_key_goes_to_no_other_host(shop: Shop) -> None:
    """What a redirect leads to does not learn the token."""
    other = Shop()
    seen: list[str | None] = []
    original = other.answer

    def answer(request: BaseHTTPRequestHandler) -> None:
        seen.append(request.headers.get("Authorization"))
        original(request)

    other.answer = answer  # type: ignore[method-assign]
    thread = threading.Thread(target=other.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    other.files["/f"] = b"file"
    shop.redirects["/f"] = f"{other.url}/f"
    try:
        with Fetcher("secret").open(f"{shop.url}/f") as response:
            assert response.read() == b"file"
    finally:
        other.server.shutdown()
        other.server.server_close()
        thread.join()
    assert seen == [None]
