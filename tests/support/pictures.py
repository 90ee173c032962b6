"""`make pictures` draws the pictures of docs/ anew: small, in few colours, from the specimens, the sample year and the desk."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import desk_pictures
import specimens
from chromium import browser, sized
from filling import filled, self_check
from PIL import Image, ImageChops, ImageOps
from programs import use_fonts_of_ci
from sample import ROOT, copy_workspace
from selenium.webdriver.common.by import By

from liangqing.cli import main as cli
from liangqing.papers.starters import starter
from liangqing.pdf import convert, pages

BETWEEN = 10  # pixels of grey between two pages
GREY, WHITE = (150, 150, 150), (255, 255, 255)
COLOURS = (64, 32, 16)  # as many as the limit allows
LIMIT = 60 * 1024  # bytes of a picture
WHOLE = (1.0, 1.0)
DAY = date(2021, 11, 1)
FOLDER = ROOT / "docs/使用手册/图"


@dataclass(frozen=True)
class Picture:
    """Pages of one paper side by side; `trim`: how much of a page is seen, across and down, without the white around."""

    paper: str
    numbers: tuple[int, ...] = (0,)
    dpi: int = 56
    trim: tuple[float, float] | None = None


# Picture → a specimen of tests/specimens.py.
LAYOUTS = {
    "版式-信函": Picture("信函两页", (0, 1)),
    "版式-文件": Picture("文件盖章", (0, 2)),
    "版式-文件不盖章": Picture("文件短名不盖章", (0, 2)),
    "版式-上行文": Picture("上行文三人", (0, 2)),
    "版式-联合行文": Picture("联合二机关", (0, 2)),
    "版式-份号和紧急程度": Picture("文件加急", (0,)),
    "版式-命令": Picture("命令"),
    "版式-纪要": Picture("纪要", (0, 1)),
    "版式-横表": Picture("横表", (0, 1)),
    "版式-表单": Picture("表单"),
}
# Picture → a paper of the sample year, below output/2021; the first that fits.
YEAR = {
    "监督检查清单": Picture("监督检查清单/*.docx", dpi=72, trim=WHOLE),
    "自查情况表": Picture("自查情况表/自查情况表-2021年第二期-灵川局党支部.docx", dpi=72, trim=WHOLE),
    "挂图作战图": Picture("挂图作战图/*.docx", dpi=60, trim=WHOLE),
    "检查底稿": Picture("检查底稿/检查底稿-CC02-兴安局党支部.docx", dpi=72, trim=WHOLE),
    "体检报告": Picture("体检报告/体检报告-JZ10-*.docx", (1, 4)),
    "双签字确认表": Picture("双签字确认表/双签字确认表-JZ01-*.docx", dpi=80, trim=WHOLE),
    "整改函": Picture("整改函/*1号-*.docx", (0, 1, 2)),
    "问题进函": Picture(
        "整改函/*1号-*.docx", (0, 1), dpi=72, trim=(1.0, 0.785)
    ),  # beside its YAML in README.md
    "督办函": Picture("督办函/*.docx", (0, 1)),
    "销号审核表": Picture("销号审核表/销号审核表-W2021-01-*.docx", (0, 1)),
    "年度监督工作总结": Picture("年度监督工作总结/*.docx", (0, 2)),
    "台账": Picture("台账/*.xlsx", (1,), dpi=96, trim=(0.73, 0.5)),
}
FORM = "自查情况表"  # filled in, as a unit sends it back
OPENING = "开头"  # what README.zh-CN.md begins with: the letter, the report and the overview side by side
# Picture → how much of the overview is seen, and which element of it if not its upper part.
OVERVIEW = {"总览": (1100, 900, ""), "总览-挂图": (1100, 900, "#gantt"), OPENING: (620, 655, "")}
NAMES = (*LAYOUTS, *YEAR, *OVERVIEW, *desk_pictures.PICTURES)


def draw(folder: Path) -> Iterator[Path]:
    """Write the pictures to `folder`, and tell of each."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        made = (_layouts(work / "版式"), _year(work / "年度"), desk_pictures.drawn(work / "工作台"))
        sheets = {name: sheet for part in made for name, sheet in part.items()}
    for name, sheet in sheets.items():
        path = folder / f"{name}.png"
        path.write_bytes(_png(sheet))
        yield path


def _png(sheet: Image.Image) -> bytes:
    for colours in COLOURS:
        out = io.BytesIO()
        sheet.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= LIMIT:
            return out.getvalue()
    raise SystemExit(f"a picture of {sheet.size} takes more than {LIMIT} bytes")


def _layouts(work: Path) -> dict[str, Image.Image]:
    work.mkdir()
    form = specimens.values(标题="某项工作情况表")
    papers = {
        **specimens.all_papers(),
        **specimens.other_heads(),
        "表单": specimens.filled(starter("表单", ()), form),
    }
    files = {name: work / f"{each.paper}.docx" for name, each in LAYOUTS.items()}
    for path in files.values():
        path.write_bytes(papers[path.stem])
    return _drawn(LAYOUTS, files, work)


def _year(work: Path) -> dict[str, Image.Image]:
    """The sample year, built in a copy of its own on a day of its own."""
    root = copy_workspace(work / "工作", issued=True)
    cli.today = lambda: DAY
    if cli.main(["-C", str(root), "build"]):
        raise SystemExit("the sample does not build")
    files = {name: next((root / "output/2021").glob(each.paper)) for name, each in YEAR.items()}
    files[FORM].write_bytes(filled(files[FORM].read_bytes(), self_check(5)))
    sheets = _drawn(YEAR, files, work)
    overview = _overview(next((root / "output/2021/总览").glob("*.html")))
    letter, report = _page(sheets["整改函"], 0), _page(sheets["体检报告"], 0)
    return {**sheets, **overview, OPENING: _beside([letter, report, overview[OPENING]])}


def _page(picture: Image.Image, number: int) -> Image.Image:
    """One of the upright A4 pages of a picture."""
    width = round(210 / 25.4 * Picture("").dpi)
    left = BETWEEN + number * (width + BETWEEN)
    return picture.crop((left, BETWEEN, left + width, picture.height - BETWEEN))


def _overview(page: Path) -> dict[str, Image.Image]:
    made = {}
    with browser() as driver:
        driver.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
        for name, (width, height, selector) in OVERVIEW.items():
            sized(driver, width, height)
            driver.get(page.as_uri())
            seen = driver.find_element(By.CSS_SELECTOR, selector) if selector else None
            shot = seen.screenshot_as_png if seen else driver.get_screenshot_as_png()
            made[name] = Image.open(io.BytesIO(shot)).convert("RGB")
    return made


def _drawn(pictures: Mapping[str, Picture], files: Mapping[str, Path], work: Path) -> dict[str, Image.Image]:
    staged = {name: work / f"{name}{path.suffix}" for name, path in files.items()}
    for name, path in files.items():
        shutil.copy(path, staged[name])
    words = [path for path in staged.values() if path.suffix == ".docx"]
    books = [path for path in staged.values() if path.suffix == ".xlsx"]
    pdfs = {pdf.stem: pdf for pdf in (*convert(words, work), *(_workbook(each, work) for each in books))}
    made = {}
    for name, each in pictures.items():
        drawn = pages(pdfs[name], work / "页", dpi=each.dpi)
        sheets = [Image.open(drawn[number]).convert("RGB") for number in each.numbers]
        made[name] = _beside([_trimmed(sheet, *each.trim) for sheet in sheets] if each.trim else sheets)
    return made


def _workbook(path: Path, work: Path) -> Path:
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    words = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(work), str(path)]
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    return work / f"{path.stem}.pdf"


def _trimmed(sheet: Image.Image, across: float, down: float) -> Image.Image:
    part = sheet.crop((0, 0, round(sheet.width * across), round(sheet.height * down)))
    box = ImageChops.difference(part, Image.new("RGB", part.size, WHITE)).getbbox()
    return ImageOps.expand(part.crop(box), BETWEEN, WHITE)


def _beside(sheets: list[Image.Image]) -> Image.Image:
    width = sum(each.width for each in sheets) + BETWEEN * (len(sheets) + 1)
    whole = Image.new("RGB", (width, max(each.height for each in sheets) + 2 * BETWEEN), GREY)
    left = BETWEEN
    for each in sheets:
        whole.paste(each, (left, BETWEEN))
        left += each.width + BETWEEN
    return whole


if __name__ == "__main__":
    use_fonts_of_ci()
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    for path in draw(folder):
        sys.stdout.write(f"{path} {path.stat().st_size // 1024} kB\n")
