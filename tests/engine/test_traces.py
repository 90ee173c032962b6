"""A template that was edited in Word or WPS leaves nothing of who edited it in the papers."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

import docx
from lxml import etree

from liangqing.engine import compile_template

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
APP = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
TOLD = (
    b"rsid",
    b"creator",
    b"lastModifiedBy",
    b"revision",
    b"created",
    b"Company",
    b"TotalTime",
    b"KSO",
    "经办人".encode(),
)
NAMES = ("赵编辑".encode(), "钱保存".encode(), "某某软件公司".encode(), "孙修订".encode(), b"2026-11-01")


def edited(path: Path, author: str = "赵编辑") -> Path:
    """A Word file with everything that Word and WPS note down by themselves; its title is meant."""
    document = docx.Document()
    document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts().set(
        f"{{{W}}}eastAsia", "仿宋_GB2312"
    )
    paragraph = document.add_paragraph("关于{{ 事由 }}的函")
    paragraph._p.set(f"{{{W}}}rsidR", "00AB12CD")
    inserted = etree.SubElement(paragraph._p, f"{{{W}}}ins")
    for name, value in (("id", "1"), ("author", "孙修订"), ("date", "2026-11-01T09:00:00Z")):
        inserted.set(f"{{{W}}}{name}", value)
    run = etree.SubElement(etree.SubElement(inserted, f"{{{W}}}r"), f"{{{W}}}t")
    run.text = "（送审）"
    rsids = etree.SubElement(document.settings.element, f"{{{W}}}rsids")
    etree.SubElement(rsids, f"{{{W}}}rsidRoot").set(f"{{{W}}}val", "00AB12CD")
    core = document.core_properties
    core.author, core.last_modified_by, core.revision, core.title = author, "钱保存", 7, "一封函"
    core.created = core.modified = datetime(2026, 11, 1)
    document.save(str(path))
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["docProps/app.xml"] = (
        '<?xml version="1.0"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'extended-properties"><Template>C:\\赵编辑\\函.dotx</Template><TotalTime>90</TotalTime>'
        "<Company>某某软件公司</Company></Properties>"
    ).encode()
    parts["docProps/custom.xml"] = (
        '<?xml version="1.0"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'custom-properties"><property fmtid="{1}" pid="2" name="KSOProductBuildVer"/>'
        '<property fmtid="{1}" pid="3" name="经办人"><v>赵编辑</v></property>'
        '<property fmtid="{1}" pid="4" name="归口"><v>{{ 机构 }}</v></property></Properties>'
    ).encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def rendered(path: Path) -> dict[str, bytes]:
    data = compile_template(path, name=path.name).render({"事由": "整改", "机构": "甲组"})
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_file_does_tell_at_first(tmp_path: Path) -> None:
    with zipfile.ZipFile(edited(tmp_path / "函.docx")) as package:
        whole = b"".join(package.read(name) for name in package.namelist())
    assert all(each in whole for each in (*TOLD, *NAMES))
    assert b"thumbnail" in whole


def test_nothing_is_told_of_who_worked_on_it(tmp_path: Path) -> None:
    parts = rendered(edited(tmp_path / "函.docx"))
    for name, data in parts.items():
        assert not [each for each in (*TOLD, *NAMES) if each in data], name
    assert not [name for name in parts if "thumbnail" in name]
    assert b"thumbnail" not in parts["_rels/.rels"]
    document = docx.Document(
        io.BytesIO(compile_template(tmp_path / "函.docx", name="函").render({"事由": "整改", "机构": "甲组"}))
    )
    assert document.core_properties.title == "一封函"
    assert 'name="归口"><v>甲组</v>' in parts["docProps/custom.xml"].decode()
    assert re.sub(rb"<[^>]*>", b"", parts["word/document.xml"]).decode().strip() == "关于整改的函（送审）"


def test_what_a_tag_says_stays(tmp_path: Path) -> None:
    parts = rendered(edited(tmp_path / "函.docx", author="{{ 机构 }}"))
    assert "<dc:creator>甲组</dc:creator>" in parts["docProps/core.xml"].decode()
