"""Inputs spoilt at random, put straight to what reads them: one file or part, in this process, all else made once.

A target is a row of `READERS`. Whatever it is given it takes, or refuses by Problems; nothing else may be raised. A case is
a target and a number, as in `fuzzing`: `python tests/support/fuzzing.py --only reader:yaml --seed 4711 --cases 1`.
"""

from __future__ import annotations

import io
import re
import traceback
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import spoiling
from fuzzing_ground import DAY, ROOT, Ground

from liangqing import register
from liangqing.actions.comparing.beside_words import beside_words
from liangqing.actions.comparing.passages import passages
from liangqing.base import chinese, dates, spans
from liangqing.base.chinese import FILTERS
from liangqing.base.diagnostics import Place, Problems
from liangqing.base.docx_zip import content_hash, read_package
from liangqing.base.folders import CATALOGUE, REGISTER
from liangqing.base.plain_json import read_json
from liangqing.changes import pasted_table
from liangqing.changes.arriving import ArrivedFile
from liangqing.changes.foreign_list.reading import read_foreign_lists
from liangqing.changes.ledger_workbook import ORIGINALS, read_bytes
from liangqing.changes.returned import Reader
from liangqing.data import workspace
from liangqing.data.model.validate import Reading
from liangqing.data.yaml import places
from liangqing.data.yaml.careful import Builder
from liangqing.data.yaml.edit import apply_edits
from liangqing.data.yaml.edited_trees import Edit, at_path
from liangqing.data.yaml.places import Source
from liangqing.engine import Picture, compile_expression, compile_template, compile_text, compile_workbook
from liangqing.gbt9704.check.judge import check
from liangqing.outputs.ledger.sheets import LISTS, SHEETS
from liangqing.papers.catalogue import load as load_catalogue
from liangqing.variables.subjects import SUBJECTS
from liangqing.year.open_workspace import OpenWorkspace, open_workspace
from liangqing.year.state.standing import Standing

Read = Callable[[bytes], object]
_MAIN = "word/document.xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_VALUES = {
    "单位": {"名称": "甲局", "简称": "甲"},
    "问题": [{"编号": "W1", "名称": "一"}, {"编号": "W2", "名称": "二"}],
    "年度": 2021,
}
_LINES = (
    "{{ 单位.名称 }}：{% for 问 in 问题 %}{{ loop.index }}．{{ 问.名称 }}{% if not loop.last %}；{% endif %}{% endfor %}。",
    "{% if 年度 > 2020 and 单位.简称 in ['甲', '乙'] %}{{ 年度 + 1 }}{% elif 问题 %}{{ 问题|length }}{% else %}无{% endif %}",
    "{% set 甲 = 问题[0].编号 ~ '号' %}{{ 甲|replace('W', 'V') }}{{ '%d' % 年度 }}{# 注 #}",
    "{{ (年度 - 2000) // 7 * 2 ** 3 if 问题 is defined else none }}",
)
_EXPRESSIONS = (
    "单位.名称 == '甲局' and not 问题",
    "问题|map(attribute='编号')|join('、')",
    "年度 if 年度 else 1",
)
_WORDS = (
    "2021年4月20日", "2021-4-20", "二〇二一年四月", "2021年第二季度", "上半年", "2021-05-01至2021-06-30", "2021.4",
    "市纪驻环整〔2021〕1号", "青纪驻水整[2026]1号", "9月底前", "20210416", "5日内", "整改函", "环保局机关党委",
)  # fmt: skip


@dataclass(frozen=True)
class ReaderTarget:
    """What is spoilt, and how; and what reads it."""

    seeds: tuple[bytes, ...]
    spoil: spoiling.Spoil
    read: Read


def found_wrong(read: Read, data: bytes) -> str:
    """Why an input did not hold ("": it did): the end of the traceback."""
    try:
        read(data)
    except Problems as refused:
        return "" if refused.diagnostics and all(map(str, refused.diagnostics)) else "refused without a word"
    except Exception:  # noqa: BLE001 - whatever it is, it is a fault, and the next case goes on
        return "\n".join(traceback.format_exc().rstrip().splitlines()[-14:])
    return ""


def spoilt_for(target: ReaderTarget, name: str, seed: int) -> bytes:
    """The input of a case, which its target and number alone decide."""
    random = Random(f"{name}-{seed}")
    return target.spoil(random.choice(target.seeds), random)


def _bytes_of(ground: Ground, *patterns: str, most: int = 60_000) -> tuple[bytes, ...]:
    found = tuple(data for path in ground.files(patterns) if len(data := path.read_bytes()) <= most)
    assert found, patterns
    return found


# ---------------------------------------------------------------- YAML


def _yaml(ground: Ground) -> ReaderTarget:
    """Both readers of YAML say the same of a text, and what is put into it reads back."""
    path = ground.root / "读.yaml"

    def read(data: bytes) -> None:
        path.write_bytes(data)
        source = places.load(path, path.name)
        assert Builder(path.name, data, keep_marks=True).build() == source.tree
        edits = [Edit(at, f"{text} #x") for at, text in places.texts(source.tree)[:1]]
        for edit in edits:
            told = places.parse(apply_edits(source, edits), path.name)
            assert at_path(told, edit.path) == edit.value

    seeds = _bytes_of(
        ground, "工作/checklists/*.yaml", "工作/checklists/2021/*.yaml", "工作/templates/文种.yaml"
    )
    return ReaderTarget(seeds, spoiling.yaml_text, read)


def _written(ground: Ground) -> ReaderTarget:
    """Any text can be put into a record, and reads back as itself."""
    path = ground.workspace / "checklists/2021/问题.yaml"
    source = Source(path.name, data := path.read_bytes(), places.parse(data, path.name))
    first = next(at for at, _ in places.texts(source.tree) if at[-1] == "名称")

    def read(data: bytes) -> None:
        text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
        made = places.parse(apply_edits(source, [Edit(first, text)]), path.name)
        assert (at_path(made, first) or "") == text

    return ReaderTarget(
        tuple(word.encode() for word in (*spoiling.SCALARS, *_LINES) if word.isprintable()),
        spoiling.text,
        read,
    )


def _records(ground: Ground) -> ReaderTarget:
    """One file of data: every value judged by the model, each message with its place."""

    def read(data: bytes) -> None:
        source = Source("读.yaml", data, places.parse(data, "读.yaml"))
        reading = Reading()
        reading.read(source, None)
        assert all(map(str, reading.diagnostics))

    return ReaderTarget(
        _bytes_of(ground, "工作/checklists/*.yaml", "工作/checklists/2021/*.yaml"), spoiling.yaml_text, read
    )


def _year(ground: Ground) -> ReaderTarget:
    """A file among those of a whole workspace: references, all rules."""
    names = [
        path.relative_to(ground.workspace).as_posix()
        for path in ground.files(("工作/checklists/2021/*.yaml",))
    ]
    book = register.load(ground.workspace)

    def read(data: bytes) -> None:
        name, text = names[(data[:1] or b"\0")[0] % len(names)], data[1:]
        source = Source(name, text, places.parse(text, name))
        made = workspace.load(ground.workspace, {name: source})
        if not made.years:
            raise Problems(made.diagnostics)
        opened = OpenWorkspace(
            ground.workspace, made, book, Standing(made.year(None), book, DAY, made.years), DAY, None
        )
        assert all(map(str, opened.judge(kept=False)))

    whole = [(ground.workspace / name).read_bytes() for name in names]
    seeds = tuple(bytes([number]) + data for number, data in enumerate(whole))
    return ReaderTarget(seeds, lambda data, random: data[:1] + spoiling.yaml_text(data[1:], random), read)


def _register(ground: Ground) -> ReaderTarget:
    """The register of what was issued."""
    root = ground.root / "登记"
    (root / REGISTER).parent.mkdir(parents=True, exist_ok=True)

    def read(data: bytes) -> None:
        (root / REGISTER).write_bytes(data)
        book = register.load(root)
        assert all(map(str, book.diagnostics))

    seeds = (
        *_bytes_of(ground, "工作/checklists/发文登记.yaml"),
        (ROOT / "checklists/发文登记.yaml").read_bytes()[:9000],
    )
    return ReaderTarget(seeds, spoiling.yaml_text, read)


def _catalogue(ground: Ground) -> ReaderTarget:
    """The list of kinds of paper."""

    def read(data: bytes) -> None:
        load_catalogue(ground.workspace, tuple(SUBJECTS), data)

    return ReaderTarget(_bytes_of(ground, f"工作/{CATALOGUE}"), spoiling.yaml_text, read)


# ---------------------------------------------------------------- words


def _json(ground: Ground) -> ReaderTarget:
    """What the program noted down: what is damaged is no JSON, and nothing worse."""

    def read(data: bytes) -> None:
        try:
            read_json(data)
        except ValueError:
            return

    seeds = _bytes_of(ground, "工作/checklists/发文/2021/*.json", "工作/output/2021/.manifest.json")
    return ReaderTarget(seeds, spoiling.json_text, read)


def _tags(_: Ground) -> ReaderTarget:
    """A line with tags, compiled and filled."""

    def read(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        compile_text(text, place=Place("行"), filters=FILTERS).render(_VALUES)

    return ReaderTarget(tuple(line.encode() for line in _LINES), spoiling.line, read)


def _expression(_: Ground) -> ReaderTarget:
    """A bare expression of the catalogue."""

    def read(data: bytes) -> None:
        compile_expression(data.decode("utf-8", "replace"), place=Place("式"), filters=FILTERS).evaluate(
            _VALUES
        )

    return ReaderTarget(tuple(line.encode() for line in _EXPRESSIONS), spoiling.line, read)


def _words(_: Ground) -> ReaderTarget:
    """Days, spans and numbers of papers as people write them."""

    def read(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        if dates.day_written(text) is None:
            assert all(dates.why_no_day(text))
        spans.span_written(text)
        chinese.paper_number(text)
        chinese.suggestion(text, _WORDS)
        chinese.whole_words(text, 10)

    return ReaderTarget(tuple(word.encode() for word in _WORDS), spoiling.line, read)


def _pasted(ground: Ground) -> ReaderTarget:
    """Cells copied out of a sheet, as rows of a list of the ledger."""
    opened = open_workspace(ground.workspace, None, None, DAY)
    lists = [sheet for sheet in SHEETS if sheet.table is not None]

    def read(data: bytes) -> None:
        table = pasted_table.read(
            lists[data[0] % len(lists)] if data else lists[0], data.decode("utf-8", "replace")
        )
        handed = pasted_table.handed_by(opened, table)
        assert all(map(str, handed.told))

    seeds = (
        '编号\t名称\t责任部门\t整改时限\n\t排污口没有封堵\t办公室\t2021-06-30\nW1\t"一\n二"\t\t\n',
        "问题\t责任人\n甲\t张某某\n",
    )
    return ReaderTarget(tuple(text.encode() for text in seeds), spoiling.line, read)


# ---------------------------------------------------------------- packages


def stored(parts: Mapping[str, bytes], name: str = "", data: bytes = b"") -> bytes:
    """A package of the parts, nothing compressed, with `data` as that of the part `name`."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as package:
        for part, own in parts.items():
            package.writestr(part, data if part == name else own)
    return made.getvalue()


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def _of_parts(
    files: Sequence[Path], wanted: Callable[[str], bool], read: Read, most: int = 60_000
) -> ReaderTarget:
    """A target whose input is one part of a package: two bytes say of which file which part it is, the rest is the part."""
    packages = [_parts(path) for path in files]
    names = [[name for name, own in parts.items() if wanted(name) and len(own) < most] for parts in packages]

    def read_within(data: bytes) -> object:
        file = (data[:1] or b"\0")[0] % len(packages)
        part = names[file][(data[1:2] or b"\0")[0] % len(names[file])]
        return read(stored(packages[file], part, data[2:]))

    seeds = [
        bytes([file, number]) + packages[file][name]
        for file, own in enumerate(names)
        for number, name in enumerate(own)
    ]
    assert seeds
    return ReaderTarget(
        tuple(seeds), lambda data, random: data[:2] + spoiling.member(data[2:], random), read_within
    )


def _template(ground: Ground) -> ReaderTarget:
    """A part of a Word template, compiled and filled."""
    path = ground.root / "模板.docx"
    path.write_bytes(stored(_bare(ground), _MAIN, _word_text(*_BODY)))

    def read(data: bytes) -> None:
        compile_template(data, name="模板.docx", filters=FILTERS).render(_VALUES)

    return _of_parts([path], _is_word_part, read)


def _is_word_part(name: str) -> bool:
    return name.startswith("word/") and name.endswith(".xml") and "theme" not in name


def _bare(ground: Ground) -> dict[str, bytes]:
    """The parts of a template of ours without what it prints in its properties."""
    parts = _parts(ground.workspace / "templates/自查情况表.docx")
    beside = ("docProps/", "word/header", "word/footer")
    return {
        name: re.sub(rb"\{[{%].*?[%}]\}", b"", own) if name.startswith(beside) else own
        for name, own in parts.items()
    }


def _word_text(*blocks: str) -> bytes:
    return f'<w:document xmlns:w="{_W}"><w:body>{"".join(blocks)}</w:body></w:document>'.encode()


def _paragraph(*runs: str) -> str:
    return (
        "<w:p>"
        + "".join(f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs)
        + "</w:p>"
    )


_BODY = (
    *(_paragraph(line.replace(">", "&gt;")) for line in _LINES),
    _paragraph("{{ 单位", ".名称 ", "}}"),
    _paragraph("{%p if 问题 %}"), _paragraph("有 {{ 问题|length }} 个"), _paragraph("{%p endif %}"),
    "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/>" + _paragraph("{% for 问 in 问题 %}{{ 问.编号 }}")
    + "</w:tc><w:tc><w:tcPr/>" + _paragraph("{{ 问.名称 }}{% endfor %}") + "</w:tc></w:tr></w:tbl>",
    '<w:sdt><w:sdtPr><w:alias w:val="年度"/><w:tag w:val="年度"/></w:sdtPr><w:sdtContent>' + _paragraph("{{ 年度 }}") + "</w:sdtContent></w:sdt>",
    "<w:sectPr/>",
)  # fmt: skip


class _RemembersForms(Reader):
    """The reader of forms, which makes each form that went out once for all."""

    def __init__(self, opened: OpenWorkspace) -> None:
        super().__init__(opened)
        self._made: dict[tuple[str, str, date], Any] = {}

    def _package(self, entry: Any, subject: Any) -> Any:
        key = (entry.name, subject.code, subject.at.day)
        if key not in self._made:
            self._made[key] = super()._package(entry, subject)
        return self._made[key]


def _form(ground: Ground) -> ReaderTarget:
    """A part of a form that came back."""
    reader = _RemembersForms(open_workspace(ground.workspace, None, None, DAY))

    def read(data: bytes) -> None:
        form = reader.read(ArrivedFile("表.docx", data, data))
        assert form.drafts and all(map(str, form.told))

    return _of_parts(ground.files(("收到/*.docx",)), _MAIN.__eq__, read, most=200_000)


def _word(ground: Ground) -> ReaderTarget:
    """A part of any Word file: what it says, and how far it is from the standard."""

    def read(data: bytes) -> None:
        passages(data, "文.docx")
        beside_words(data, "文.docx")
        assert all(finding.place is not None for finding in check(data, "文.docx").findings)

    files = [
        *ground.files(("工作/output/2021/整改函/*.docx",)),
        *ground.files(("收到/整改情况反馈表*.docx",)),
    ]
    return _of_parts(files[:2], _is_word_part, read)


def _zip(ground: Ground) -> ReaderTarget:
    """A package: its directory, its members."""

    def read(data: bytes) -> None:
        read_package(data, "文.docx")
        content_hash(data)

    (path, *_) = ground.files(("收到/*.docx",))
    parts = {name: own[:3000] if name.startswith("word/") else own for name, own in _parts(path).items()}
    return ReaderTarget((stored(parts),), spoiling.package, read)


# ---------------------------------------------------------------- workbooks


def _without(path: Path, kept: Callable[[str], bool]) -> bytes:
    """A workbook with few of its sheets."""
    book = openpyxl.load_workbook(path)
    for name in book.sheetnames:
        if not kept(name):
            del book[name]
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def small_ledger(ground: Ground) -> bytes:
    """The ledger that came in, with two of its sheets alone: it is read ten times as fast."""
    kept = {ORIGINALS, LISTS[0].name, LISTS[1].name}
    return _without(ground.root / "收到/台账.xlsx", kept.__contains__)


def _ledger(ground: Ground) -> ReaderTarget:
    """A part of a ledger that came back, of two of its sheets."""
    path = ground.root / "小台账.xlsx"
    path.write_bytes(small_ledger(ground))

    def read(data: bytes) -> None:
        assert all(map(str, read_bytes(data, "台账.xlsx").diagnostics))

    return _of_parts([path], lambda name: name.startswith("xl/") and "theme" not in name, read)


def _list(ground: Ground) -> ReaderTarget:
    """A part of a list of others."""
    path, one = ground.root / "读.xlsx", ground.root / "小名单.xlsx"
    (first, *_) = openpyxl.load_workbook(ground.root / "收到/名单.xlsx").sheetnames
    one.write_bytes(_without(ground.root / "收到/名单.xlsx", first.__eq__))

    def read(data: bytes) -> None:
        path.write_bytes(data)
        read_foreign_lists([path], 2021)

    return _of_parts([one], lambda name: name.startswith("xl/") and "theme" not in name, read)


def _csv(ground: Ground) -> ReaderTarget:
    """A list of others as text."""
    path = ground.root / "读.csv"

    def read(data: bytes) -> None:
        path.write_bytes(data)
        read_foreign_lists([path], 2021)

    seeds = (
        *_bytes_of(ground, "收到/名单.csv"),
        "序号,被监督单位,存在的主要问题,责任人,整改时限,是否完成\n1,供水总站,记录不全,李某某,2026.8.31,√\n".encode(
            "gbk"
        ),
        "文号\t标题\t成文日期\t收文单位\n青纪驻水整〔2026〕1号\t关于甲的函\t2026-04-20\t供水总站\n".encode(
            "utf-8-sig"
        ),
    )
    return ReaderTarget(seeds, spoiling.line, read)


def _book_template(ground: Ground) -> ReaderTarget:
    """A part of a template in Excel, compiled and filled."""
    book = openpyxl.Workbook()
    for number, line in enumerate((*_LINES, "{{ 年度 }}"), 1):
        book.worksheets[0].cell(number, 1).value = line
    path = ground.root / "模板.xlsx"
    book.save(path)

    def read(data: bytes) -> None:
        compile_workbook(data, name="模板.xlsx", filters=FILTERS).render(_VALUES)

    return _of_parts([path], lambda name: name.startswith("xl/") and "theme" not in name, read)


def _picture(ground: Ground) -> ReaderTarget:
    """A picture, put into a paper."""
    from PIL import Image

    template = compile_template(
        stored(_bare(ground), _MAIN, _word_text(_paragraph("{{ 图 }}"))), name="图.docx"
    )

    def read(data: bytes) -> None:
        template.render({"图": Picture(data)})

    def saved(kind: str, **said: Any) -> bytes:
        made = io.BytesIO()
        Image.new("RGB", (4, 3), (200, 10, 30)).save(made, kind, **said)
        return made.getvalue()

    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="4mm" height="3mm" viewBox="0 0 4 3"><g id="a"><path d="M0 0L4 3"/></g><use href="#a"/></svg>'
    kinds = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
    return ReaderTarget(
        (svg, *map(saved, kinds), saved("JPEG", dpi=(72, 72), exif=Image.Exif().tobytes())),
        spoiling.member,
        read,
    )


READERS: Mapping[str, Callable[[Ground], ReaderTarget]] = {
    "yaml": _yaml, "written": _written, "records": _records, "year": _year, "register": _register,
    "catalogue": _catalogue, "json": _json, "tags": _tags, "expression": _expression, "words": _words,
    "pasted": _pasted, "template": _template, "form": _form, "word": _word, "zip": _zip, "ledger": _ledger,
    "list": _list, "csv": _csv, "book template": _book_template, "picture": _picture,
}  # fmt: skip
