"""The words of every kind of paper of the sample year, kept as text that a person can compare: tests/golden/.

`make golden` writes them anew; look at the difference before it is committed.
"""

from __future__ import annotations

import difflib
import io
import zipfile
from pathlib import Path

import pytest
from docx_text import text_of
from sample import KINDS, ROOT

GOLDEN = ROOT / "tests/golden"
ADVICE = "看过差别以后运行 make golden，与改动一起提交"
FEW = 4  # papers of a kind that are all kept; of more, the first and the longest


def chosen(papers: list[Path]) -> dict[str, str]:
    """The papers of a kind that are kept, by name."""
    texts = {path.stem: text_of(path.read_bytes()) for path in papers}
    names = sorted(texts)
    if len(names) > FEW:
        names = list(dict.fromkeys((names[0], max(names, key=lambda name: len(texts[name])))))
    return {name: texts[name] for name in names}


def kept(kind: str) -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in sorted((GOLDEN / kind).glob("*.txt"))}


def difference(name: str, old: str, new: str) -> str:
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), f"golden/{name}", name, "", "", 1, "")
    return "\n".join(lines)


@pytest.mark.parametrize("kind", KINDS)
def test_papers_say_what_they_said(
    year_papers: dict[str, list[Path]], kind: str, request: pytest.FixtureRequest
) -> None:
    fresh = chosen(year_papers[kind])
    assert fresh, f"示例里没有一份{kind}"
    if request.config.getoption("--update-golden"):
        write(kind, fresh)
    old = kept(kind)
    assert sorted(old) == sorted(fresh), f"{kind}：{ADVICE}"
    changed = [
        difference(f"{kind}/{name}", old[name], fresh[name]) for name in fresh if old[name] != fresh[name]
    ]
    assert not changed, "\n".join([*changed, ADVICE])


def write(kind: str, fresh: dict[str, str]) -> None:
    folder = GOLDEN / kind
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.txt"):
        path.unlink()
    for name, text in fresh.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")


def test_nothing_is_kept_of_a_kind_that_is_gone() -> None:
    assert {path.name for path in GOLDEN.iterdir()} <= set(KINDS)


def test_one_digit_is_a_difference(year_papers: dict[str, list[Path]]) -> None:
    paper = year_papers["问题清单"][0].read_bytes()
    before, after = text_of(paper), text_of(with_words(paper, "排污口6处", "排污口8处"))
    told = difference("问题清单/一", before, after)
    assert "+| " in told and "排污口8处" in told
    assert difference("问题清单/一", before, before) == ""


def with_words(docx: bytes, old: str, new: str) -> bytes:
    """A paper in which somebody changed what it says."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as package, zipfile.ZipFile(out, "w") as copy:
        for name in package.namelist():
            data = package.read(name)
            if name == "word/document.xml":
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode())
            copy.writestr(name, data)
    return out.getvalue()
