"""What `make made` makes: on another machine it changes nothing either."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from sample import keep_same


def packed(text: str, level: int) -> bytes:
    out = io.BytesIO()
    words = "".join(f"<w:t>{text}{number}</w:t>" for number in range(500))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as package:
        package.writestr(zipfile.ZipInfo("word/document.xml"), words, zipfile.ZIP_DEFLATED, level)
    return out.getvalue()


def test_a_paper_that_says_the_same_keeps_its_bytes(tmp_path: Path) -> None:
    old, fresh = tmp_path / "旧", tmp_path / "新"
    there = {"同.docx": ("函", 9), "改.docx": ("函", 9)}
    made = {"同.docx": ("函", 1), "改.docx": ("通知", 1), "新.docx": ("函", 1)}
    for folder, papers in ((old, there), (fresh, made)):
        (folder / "2021").mkdir(parents=True)
        for name, (text, level) in papers.items():
            (folder / "2021" / name).write_bytes(packed(text, level))
    assert packed("函", 1) != packed("函", 9)
    keep_same(fresh, old)
    found = {path.name: path.read_bytes() for path in (fresh / "2021").iterdir()}
    assert found == {name: packed(text, 9 if name == "同.docx" else 1) for name, (text, _) in made.items()}
