"""What every test gets: folders of its own in place of the person's settings and history."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

# Real sound, real keys and the focus of a real desktop: beside other work they are late or lost.
ALONE = frozenset(
    "test_app_bench test_app_bubble test_app_caption_bar test_app_desktop test_app_echo "
    "test_app_end_to_end test_app_end_to_end_model test_app_hands test_app_hotkeys "
    "test_app_patchbay test_app_wishes test_server_resume "
    "test_app_sound test_app_window test_server_crowd test_window_actions".split()
)


@pytest.fixture(autouse=True, scope="session")
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
            patch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.stem in ALONE:
            item.add_marker("alone")
