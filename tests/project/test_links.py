"""No dead link, no picture that nobody sees: every page of the documents leads on, and every picture is there and used."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown import anchors, links
from pictures import FOLDER, LIMIT, NAMES

ROOT = Path(__file__).resolve().parents[2]
MANUAL = ROOT / "docs/使用手册"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def where(page: Path, target: str) -> tuple[Path, str]:
    """The file that a relative link leads to, and the anchor in it."""
    name, _, anchor = unquote(target).partition("#")
    return ((page.parent / name).resolve() if name else page), anchor


def inside(page: Path) -> list[tuple[Path, str]]:
    """Where the links of a page lead that stay in the repository."""
    return [where(page, each.target) for each in links(page.read_text("utf-8")) if "://" not in each.target]


@pytest.mark.parametrize("page", PAGES, ids=lambda each: str(each.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    dead = []
    for path, anchor in inside(page):
        if not path.exists() or (anchor and anchor not in anchors(path.read_text("utf-8"))):
            dead.append((path.relative_to(ROOT), anchor))
    assert not dead


def test_every_page_of_the_manual_is_found_from_its_first() -> None:
    seen, waiting = set[Path](), [MANUAL / "README.md"]
    while waiting:
        page = waiting.pop()
        if page not in seen and page.suffix == ".md":
            seen.add(page)
            waiting += [path for path, _ in inside(page) if path.is_relative_to(MANUAL) and path.is_file()]
    assert set(MANUAL.rglob("*.md")) <= seen


def test_every_picture_is_drawn_by_the_script_and_seen_on_a_page() -> None:
    there = {path.stem for path in FOLDER.glob("*")}
    shown = {
        where(page, each.target)[0]
        for page in PAGES
        for each in links(page.read_text("utf-8"))
        if each.picture
    }
    assert there == set(NAMES)
    assert {path.stem for path in shown} == there
    assert {path.parent for path in shown} == {FOLDER}


def test_pictures_are_small() -> None:
    assert [path.name for path in FOLDER.glob("*.png") if path.stat().st_size > LIMIT] == []
