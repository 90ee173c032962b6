"""Pages to be signed: a signature never stands on a page without what is signed."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from lxml import etree
from programs import need
from pypdf import PdfReader
from small import CATALOGUE, write_small

from liangqing.base.docx_zip import W, read_package
from liangqing.cli import main as cli
from liangqing.pdf import convert

MOST = 16  # findings: over three pages and more
FACTS = "查看6处排污口，其中2处没有标识牌，对照排污口台账，2处没有建立一口一档，4处档案缺少监测数据。"


def called(number: int) -> str:
    return f"{number}号口不规范"


def name_of(count: int) -> str:
    """The last of so many findings as the form prints it: a single one takes no number."""
    return called(count) if count == 1 else f"{count}. {called(count)}"


def finding(number: int) -> str:
    keys = {
        "编号": f"W{number}",
        "检查": "JZ1",
        "单位": "U2",
        "名称": called(number),
        "事实": FACTS * (1 + number % 2),
        "整改类别": "限期整改",
        "整改要求": "补设标识牌，补齐档案和监测数据。",
        "责任": "{部门: 水环境股, 责任人: 卢某某, 职务: 水环境股股长}",
        "整改时限": "2021-07-30",
    }
    return "  - " + "\n    ".join(f"{key}: {value}" for key, value in keys.items()) + "\n"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = write_small(tmp_path / "工作")
    for name in ("双签", "整改函", "画像"):
        (root / f"checklists/2021/{name}.yaml").unlink()
    shutil.copy(CATALOGUE.with_name("双签字确认表.docx"), root / "templates")
    monkeypatch.setattr(cli, "today", lambda: date(2021, 6, 1))
    return root


def form(root: Path, count: int) -> Path:
    """双签字确认表 on so many findings, beside the workspace."""
    text = "问题:\n" + "".join(finding(number) for number in range(1, count + 1))
    (root / "checklists/2021/问题.yaml").write_text(text, "utf-8")
    assert cli.main(["-C", str(root), "build", "双签字确认表"]) == 0
    (made,) = (root / "output/2021/双签字确认表").glob("*.docx")
    return made.rename(root.parent / f"{count}.docx")


@pytest.mark.office
def test_signatures_stand_with_a_finding(workspace: Path) -> None:
    need("soffice")
    forms = [form(workspace, count) for count in range(1, MOST + 1)]
    for count, pdf in enumerate(convert(forms, workspace.parent), start=1):
        pages = [page.extract_text() for page in PdfReader(pdf).pages]
        (signed,) = [page for page in pages if "纪检监察组负责人" in page and "职务" in page]
        assert name_of(count).replace(" ", "") in signed.replace(" ", ""), count
        assert all(words in signed for words in ("被检查单位意见", "签名", "拒签", "表单识别")), count


@pytest.mark.parametrize("count", [1, 2, 12])
def test_from_the_last_finding_on_all_is_kept_on_one_page(workspace: Path, count: int) -> None:
    package = read_package(form(workspace, count).read_bytes(), "表")
    root = etree.fromstring(package.parts[package.main].data)
    kept = [
        ("".join(map(str, paragraph.itertext())), paragraph.find(f"{W}pPr/{W}keepNext") is not None)
        for paragraph in root.iter(f"{W}p")
    ]
    first = next(at for at, (text, _) in enumerate(kept) if text == name_of(count))
    last = next(at for at, (text, _) in enumerate(kept) if text.startswith("表单识别"))
    assert all(keeps for _, keeps in kept[first:last]) and not kept[last][1]
    assert count == 1 or not kept[first - 1][1]  # the other findings may part
