"""Updates: only what the pinned key signed, whole and newer, and only when asked."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from installers import signing, update
from installers.faults import SetUpError
from installers.release import HEADING, Refused, Release, must_be_newer, pinned_keys, sign, verified
from installers.signing import load_key, new_key, sign_package, write_public

CONTENT = b"the package, from end to end" * 1000
NAME = "aside_0.2.0_python3.11_amd64.deb"


class Shelf(SimpleHTTPRequestHandler):
    """Hands out a folder's files; whoever asks for /away is sent to an open line elsewhere."""

    def do_GET(self) -> None:
        if not self.path.startswith("/away"):
            return super().do_GET()
        self.send_response(302)
        self.send_header("Location", "http://example.org" + self.path)
        self.end_headers()
        return None

    def log_message(self, *_: object) -> None:
        pass


class Published:
    """A package and its release file in a folder, and the key that an Aside out there pins."""

    def __init__(self, folder: Path) -> None:
        self.key = new_key(folder / "key.pem")
        self.keys = write_public(self.key, folder / "release.pub", committed=folder / "none")
        (folder / "server").mkdir()
        (folder / "copies").mkdir()
        self.copies = folder / "copies"
        self.package = folder / "server" / NAME
        self.package.write_bytes(CONTENT)
        self.release = sign_package(self.package, "0.2.0", self.key)

    def fetch(self, source: str = "", installed: str = "0.1.0") -> Path:
        place = source or str(self.package)
        return update.fetch_verified(place, self.keys, installed, self.copies)

    def nothing_is_left(self) -> bool:
        return not list(self.copies.iterdir())


@pytest.fixture
def published(tmp_path: Path) -> Published:
    return Published(tmp_path)


@pytest.fixture
def address(published: Published) -> Iterator[str]:
    """The folder on a server of this machine."""
    handler = partial(Shelf, directory=str(published.package.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_what_is_signed_whole_and_newer_is_taken(published: Published) -> None:
    """A signed, newer package is copied to a folder of the user's own, byte for byte."""
    assert published.fetch().read_bytes() == CONTENT


def test_an_address_is_as_good_as_a_file(published: Published, address: str) -> None:
    """The same over HTTP, for the person who names the address."""
    assert published.fetch(f"{address}/{NAME}").read_bytes() == CONTENT


@pytest.mark.parametrize("change", [0, 5_000, len(CONTENT) - 1])
def test_a_changed_package_is_refused(published: Published, change: int) -> None:
    """One byte that differs anywhere is enough, and nothing of it stays on the disk."""
    content = bytearray(CONTENT)
    content[change] ^= 1
    published.package.write_bytes(content)
    with pytest.raises(Refused, match="is not the package that was signed"):
        published.fetch()
    assert published.nothing_is_left()


@pytest.mark.parametrize("content", [CONTENT[:-1], CONTENT + b"x", CONTENT * 50, b""])
def test_a_package_of_another_length_is_refused(published: Published, content: bytes) -> None:
    """Cut short, with something behind it, or endless: it is not that package."""
    published.package.write_bytes(content)
    with pytest.raises(Refused, match="is not the package that was signed"):
        published.fetch()
    assert published.nothing_is_left()


def test_an_unsigned_package_is_refused(published: Published) -> None:
    """Without a release file the package is not even opened."""
    published.release.unlink()
    with pytest.raises(Refused, match=r"no release file .*\.release"):
        published.fetch()
    assert published.nothing_is_left()


def test_an_unsigned_address_is_refused(published: Published, address: str) -> None:
    """The same for a server that has none."""
    published.release.unlink()
    with pytest.raises(Refused, match="no release file"):
        published.fetch(f"{address}/{NAME}")


def test_somebody_elses_signature_is_refused(published: Published, tmp_path: Path) -> None:
    """A release that is signed well, by another key, is a forgery."""
    sign_package(published.package, "0.2.0", Ed25519PrivateKey.generate())
    with pytest.raises(Refused, match="not signed by the key that this Aside trusts"):
        published.fetch()


@pytest.mark.parametrize(("mine", "theirs"), [(b"0.2.0", b"9.2.0"), (b'"size": ', b'"size":  ')])
def test_a_changed_statement_is_refused(published: Published, mine: bytes, theirs: bytes) -> None:
    """The signature is of the statement's bytes: no other version, not even another space."""
    published.release.write_bytes(published.release.read_bytes().replace(mine, theirs))
    with pytest.raises(Refused, match="not signed by the key"):
        published.fetch()


@pytest.mark.parametrize(
    "damage",
    [
        lambda good: good[:-20] + b"\n",
        lambda good: b"\n".join(good.split(b"\n")[:2]) + b"\n\n",
        lambda good: good.replace(b"release 1", b"release 2"),
        lambda good: good + good,
        lambda good: b"",
        lambda good: b"\xff" * 9_000,
    ],
)
def test_a_damaged_release_is_refused(published: Published, damage) -> None:  # type: ignore[no-untyped-def]
    """Cut, without its signature, of another kind, doubled, empty, noise: refused with a reason."""
    published.release.write_bytes(damage(published.release.read_bytes()))
    with pytest.raises(Refused, match=r"none of ours|not signed"):
        published.fetch()


@pytest.mark.parametrize("installed", ["0.2.1", "0.10.0", "1.0.0"])
def test_an_older_release_is_refused(published: Published, installed: str) -> None:
    """A good signature does not bring an old version back, whoever offers it."""
    with pytest.raises(Refused, match=f"older than the {installed} you have"):
        published.fetch(installed=installed)
    assert published.nothing_is_left()


def test_the_same_version_is_nothing_new(published: Published) -> None:
    """Having it already is said, and is no update."""
    with pytest.raises(Refused, match="the version you have"):
        published.fetch(installed="0.2.0")


def test_versions_compare_as_numbers() -> None:
    """0.10.0 comes after 0.9.9."""
    must_be_newer(Release(NAME, "0" * 64, 1, "0.10.0"), "0.9.9")


@pytest.mark.parametrize(
    "change",
    [
        {"version": "newest"}, {"file": "../../etc/cron.d/x"}, {"file": "a/b.deb"}, {"sha256": "0"},
        {"size": -1}, {"size": True},
    ],
)  # fmt: skip
def test_a_signed_statement_must_make_sense(change: dict[str, object]) -> None:
    """Even with a signature a file name is no path, and a size is a size."""
    key = Ed25519PrivateKey.generate()
    good = {"file": NAME, "sha256": "0" * 64, "size": 1, "version": "0.2.0"}
    said = f"{HEADING}\n{json.dumps(good | change)}\n".encode()
    content = said + base64.b64encode(key.sign(said)) + b"\n"
    with pytest.raises(Refused):
        verified(content, [key.public_key()])


def test_without_a_pinned_key_nothing_is_taken(published: Published) -> None:
    """An Aside that was built without a key says so instead of believing anybody."""
    published.keys.unlink()
    with pytest.raises(Refused, match="built without a release key"):
        published.fetch()


def test_a_second_key_takes_over(published: Published, tmp_path: Path) -> None:
    """Where two keys are pinned, either signs: that is how a key is followed by another."""
    second = new_key(tmp_path / "second.pem")
    line = signing.public_line(second.public_key())
    published.keys.write_text("# both\n" + published.keys.read_text() + line)
    sign_package(published.package, "0.2.0", second)
    assert published.fetch().exists()


def test_a_build_cannot_change_the_key(published: Published, tmp_path: Path) -> None:
    """A package signed by a key that is not the committed one is never made."""
    with pytest.raises(SetUpError, match="none of those in"):
        write_public(Ed25519PrivateKey.generate(), tmp_path / "x.pub", committed=published.keys)
    again = write_public(published.key, tmp_path / "y.pub", committed=published.keys)
    assert len(pinned_keys(again)) == 1


def test_a_key_is_its_owners(tmp_path: Path) -> None:
    """A new key can be read by its owner alone, locked with a phrase, and is never overwritten."""
    key = new_key(tmp_path / "key.pem", "open sesame")
    assert (tmp_path / "key.pem").stat().st_mode & 0o777 == 0o600
    assert b"ENCRYPTED" in (tmp_path / "key.pem").read_bytes()
    with pytest.raises(SetUpError, match="No key was made"):
        new_key(tmp_path / "key.pem")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signing.getpass, "getpass", lambda _: "open sesame")
        assert load_key(tmp_path / "key.pem").private_bytes_raw() == key.private_bytes_raw()
        patch.setattr(signing.getpass, "getpass", lambda _: "wrong")
        with pytest.raises(SetUpError, match="cannot be used as a key"):
            load_key(tmp_path / "key.pem")


def test_a_server_that_is_busy_is_not_taken_for_one_without_a_release(
    published: Published, address: str, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Its own reason is told, and nobody looks for a file that is there."""
    monkeypatch.setattr(update, "PINNED", published.keys)
    monkeypatch.setattr(Shelf, "do_GET", lambda shelf: shelf.send_error(503, "come back later"))
    assert update.main(["--check", f"{address}/{NAME}"]) == 1
    told = capsys.readouterr().err
    assert "come back later" in told
    assert "no release file" not in told


@pytest.mark.parametrize("url", ["http://example.org/a.deb", "ftp://example.org/a.deb"])
def test_open_lines_are_refused(published: Published, url: str) -> None:
    """An update over a line that anybody can read and change is refused before it is used."""
    with pytest.raises(Refused, match="over https, or from a file"):
        published.fetch(url)


def test_a_server_cannot_send_one_elsewhere(published: Published, address: str) -> None:
    """A redirection to an open line is refused like the line itself."""
    with pytest.raises(Refused, match=r"http://example\.org/away"):
        published.fetch(f"{address}/away")


def test_the_command_tells_and_fails(
    published: Published, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`aside update --check` is 0 for a good release and 1 with a sentence for a bad one."""
    monkeypatch.setattr(update, "PINNED", published.keys)
    monkeypatch.setattr(update, "_folder", lambda: published.copies)
    monkeypatch.setattr(update.metadata, "version", lambda _: "0.1.0")
    assert update.main(["--check", str(published.package)]) == 0
    assert "whole, and newer" in capsys.readouterr().out
    assert published.nothing_is_left()
    assert update.main([str(published.package)]) == 1
    assert "runs from its source" in capsys.readouterr().err
    published.package.write_bytes(b"evil")
    assert update.main([str(published.package)]) == 1
    assert "is not the package that was signed" in capsys.readouterr().err
    assert update.main([str(published.package.parent / "nowhere.deb")]) == 1
    assert "no release file" in capsys.readouterr().err


def test_signing_says_what_it_signed(published: Published) -> None:
    """A release file is three lines that a person can read."""
    release = verified(published.release.read_bytes(), [published.key.public_key()])
    assert (release.file, release.size, release.version) == (NAME, len(CONTENT), "0.2.0")
    assert sign(release, published.key) == published.release.read_bytes()
