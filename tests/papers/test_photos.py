"""Photos of findings on paper: two to a page, before beside after, out of the workspace's own folder."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from conftest import Run
from docx_text import text_of
from PIL import Image

from liangqing.data.model.findings import Evidence, Finding
from liangqing.engine import PictureFile, PictureFolder
from liangqing.year.evidence_files import KeptEvidence
from liangqing.year.photos import Photo, is_picture, photo_rows

PHOTO = "checklists/2021/佐证/W2021-01/3号排污口-整改前.jpg"
PAPER = "output/2021/整改照片/整改照片-W2021-01-灵川局党支部.docx"


FINDING = Finding.model_validate({"编号": "W1", "检查": "J1", "单位": "U1", "名称": "甲", "事实": "乙"})


def photo(name: str, phase: str | None, file: str) -> Photo:
    evidence = Evidence.model_validate({"名称": name, "文件": file})
    return Photo(KeptEvidence(2021, FINDING, (), evidence), phase)


def laid_out(*photos: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    """The rows of photos given by name and phase, each as the numbers of its two."""
    made = [photo(name, phase, f"{number}.jpg") for number, (name, phase) in enumerate(photos)]
    numbers = {each.kept.name: str(number) for number, each in enumerate(made)}
    return [
        (numbers[row.left.kept.name], row.right and numbers[row.right.kept.name]) for row in photo_rows(made)
    ]


BEFORE, AFTER = "整改前", "整改后"


@pytest.mark.parametrize(
    ("photos", "rows"),
    [
        ([], []),
        ([("甲", BEFORE), ("乙", AFTER)], [("0", "1")]),
        ([("乙", AFTER), ("甲", BEFORE)], [("1", "0")]),
        ([("甲", BEFORE), ("乙", BEFORE), ("乙", AFTER), ("甲", AFTER)], [("0", "3"), ("1", "2")]),
        ([("甲", BEFORE), ("乙", BEFORE), ("丙", AFTER), ("乙", AFTER)], [("1", "3"), ("0", "2")]),
        ([("甲", BEFORE), ("甲", BEFORE), ("甲", AFTER)], [("0", "2"), ("1", None)]),
        ([("甲", None), ("乙", None), ("丙", None)], [("0", "1"), ("2", None)]),
        ([("甲", None), ("乙", BEFORE), ("丙", AFTER), ("丁", AFTER)], [("1", "2"), ("0", "3")]),
    ],
)
def test_before_stands_beside_after(
    photos: list[tuple[str, str | None]], rows: list[tuple[str, str | None]]
) -> None:
    assert laid_out(*photos) == rows


def test_a_picture_is_known_by_its_ending() -> None:
    assert [is_picture(name) for name in ("甲.JPG", "甲.heic", "甲.pdf", "甲")] == [True, True, False, False]


def media(path: Path) -> list[bytes]:
    with zipfile.ZipFile(path) as file:
        return [file.read(name) for name in file.namelist() if "/media/" in name]


def test_the_annex_holds_the_photos_as_they_were_taken_in(unissued: Run) -> None:
    code, out, err = unissued("closeout", "--as-of", "2021-10-31")
    assert (code, "整改照片" in out) == (0, True), err
    assert len(media(unissued.root / PAPER)) == 5
    assert (unissued.root / PHOTO).read_bytes() in media(unissued.root / PAPER)
    told = text_of((unissued.root / PAPER).read_bytes())
    assert "| 整改前 | 整改后 |" in told
    assert "| 3号排污口（2021年3月30日摄） | 3号排污口（2021年4月29日摄） |" in told
    papers = sorted(path.name for path in (unissued.root / "output/2021/整改照片").iterdir())
    assert papers == [Path(PAPER).name]  # of four close-out forms one has photos


def test_on_an_early_day_there_are_the_photos_of_that_day(unissued: Run) -> None:
    assert unissued("feedback", "ZG1", "--as-of", "2021-04-29")[0] == 0
    (paper,) = (unissued.root / "output/2021/反馈表照片").iterdir()
    assert len(media(paper)) == 2
    assert "整改后" not in text_of(paper.read_bytes())


def test_unchanged_papers_read_no_picture_again(unissued: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert unissued("closeout")[0] == 0
    read = list[str]()
    whole = PictureFolder.read

    def noted(self: PictureFolder, picture: PictureFile) -> bytes:
        read.append(picture.name)
        return whole(self, picture)

    monkeypatch.setattr(PictureFolder, "read", noted)
    before = (unissued.root / PAPER).read_bytes()
    assert unissued("closeout")[0] == 0
    assert read == []
    (unissued.root / PAPER).unlink()
    assert unissued("closeout")[0] == 0
    assert len(read) == 5
    assert (unissued.root / PAPER).read_bytes() == before


def test_a_photo_that_was_changed_stops_its_paper_and_no_other(unissued: Run) -> None:
    Image.new("RGB", (40, 30), "red").save(unissued.root / PHOTO)
    code, _, err = unissued("closeout", "W2021-01")
    assert code == 1
    assert "D516" in err
    assert "W2021-01/3号排污口-整改前.jpg" in err
    assert unissued("closeout", "W2021-02")[0] == 0
    (unissued.root / PHOTO).unlink()
    assert "D515" in unissued("closeout", "W2021-01")[2]


def test_a_photo_without_a_hash_is_printed_and_made_anew_when_its_file_changes(unissued: Run) -> None:
    name = "checklists/2021/问题.yaml"
    text = (unissued.root / name).read_text("utf-8")
    digest = next(line for line in text.splitlines(keepends=True) if "校验码" in line)
    unissued.edit(name, digest, "")
    assert unissued("closeout", "W2021-01")[0] == 0
    before = (unissued.root / PAPER).read_bytes()
    Image.new("RGB", (40, 30), "red").save(unissued.root / PHOTO)
    assert unissued("closeout", "W2021-01")[0] == 0
    assert (unissued.root / PAPER).read_bytes() != before


@pytest.mark.parametrize("path", ["../2020/甲.jpg", "/etc/甲.jpg", "C:\\甲.jpg", "\\\\server\\甲.jpg"])
def test_a_path_out_of_the_folder_of_evidence_is_no_name_of_a_file(unissued: Run, path: str) -> None:
    unissued.edit("checklists/2021/问题.yaml", "文件: W2021-01/3号排污口-整改前.jpg", f"文件: '{path}'")
    code, _, err = unissued("closeout", "W2021-01")
    assert code == 1
    assert "D103" in err
    assert "佐证" in err


def test_what_is_frozen_holds_its_photos(unissued: Run) -> None:
    code, _, err = unissued("issue", "体检报告", "JZ01/U11", "--date", "2021-04-16")
    assert code == 0, err
    (kept,) = (unissued.root / "checklists/发文").rglob("*体检照片.docx")
    held = media(kept)
    assert len(held) == 2  # those of that day
    (report,) = set(kept.parent.glob("*体检报告-*.docx")) - {kept}
    assert "照片2张另附" in text_of(report.read_bytes())
    Image.new("RGB", (40, 30), "red").save(unissued.root / PHOTO)
    assert unissued("reports", "灵川局党支部")[0] == 0
    (shown,) = (unissued.root / "output/2021/体检照片").iterdir()
    assert media(shown) == held
    assert "D604" not in unissued("check")[2]  # what was kept is as it was


def test_a_report_without_photos_goes_out_alone(unissued: Run) -> None:
    code, _, err = unissued("issue", "体检报告", "JZ02", "--date", "2021-04-16")
    assert code == 0, err
    assert list((unissued.root / "checklists/发文").rglob("*体检照片.docx")) == []
    (report,) = (unissued.root / "checklists/发文").rglob("*体检报告-*.docx")
    assert "照片" not in text_of(report.read_bytes()).split("附件")[0]


def test_no_photo_tells_more_than_it_shows(unissued: Run) -> None:
    told = Image.Exif()
    told[0x010F] = "Nikon D5600"
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(data, "JPEG", exif=told)
    name = "checklists/2021/问题.yaml"
    for line in (unissued.root / name).read_text("utf-8").splitlines(keepends=True)[:60]:
        if "校验码" in line:
            unissued.edit(name, line, "")
    (unissued.root / PHOTO).write_bytes(data.getvalue())
    assert unissued("closeout", "W2021-01")[0] == 0
    assert all(b"Nikon" not in each for each in media(unissued.root / PAPER))
    assert b"Nikon" in (unissued.root / PHOTO).read_bytes()  # what was taken in stays as it came


# ---------------------------------------------------------------- what photos prove


def test_how_it_was_before_is_no_proof_that_it_was_put_right(unissued: Run) -> None:
    """整改前 alone leaves 佐证 owed, closes nothing that asks for 佐证, and is not called too old."""
    name = "checklists/2021/问题.yaml"
    unissued.edit("checklists/机构.yaml", "选项:\n", "选项:\n  销号门槛: [核查人, 佐证]\n")
    line = "          - {名称: 公示牌更换前后照片, 日期: 2021-04-07}\n"
    assert "W2021-02" not in unissued("check", "--as-of", "2021-10-31")[2]
    unissued.edit(name, line, line.replace("2021-04-07}", "2021-01-07, 阶段: 整改前}"))
    _, _, err = unissued("check", "--as-of", "2021-10-31")
    assert "D402" in err
    assert "问题 W2021-02" in err
    assert "D403" not in err
    unissued.edit(name, ", 阶段: 整改前}\n    销号", ", 阶段: 整改后}\n    销号")
    assert "D403" in unissued("check", "--as-of", "2021-10-31")[2]
