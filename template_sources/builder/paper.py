"""One source made into a Word template: its lines become paragraphs, tables, pages (README.md tells the notation)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from liangqing.engine.charts.new_chart import Kind
from template_sources.builder import letterhead
from template_sources.builder.around import around
from template_sources.builder.charts import Figure
from template_sources.builder.envelope import postcode_boxes
from template_sources.builder.inline import CONTROLS, FIXED, PROPERTIES, Writer
from template_sources.builder.joint_mark import joint_mark
from template_sources.builder.notation import Faults, SourceLine, all_gaps, every, options
from template_sources.builder.one_table import one_table
from template_sources.builder.ooxml import tag_line
from template_sources.builder.package import Section, pack
from template_sources.builder.styles import RUN_STYLES, Style
from template_sources.builder.tables import SIZE, Cell, TableMaker, unframed
from template_sources.builder.units import ENVELOPES, PAGES

CHARTS: Mapping[str, Kind] = {"雷达": "radar", "柱形": "column", "条形": "bar"}
# What a figure tells, and how it is written.
FIGURE = {
    "式样": "|".join(CHARTS),
    "高": SIZE,
    "刻度": r"(?:\d+ 到 \d+)?",
    "系列": ".+",
    "类别": ".+",
    "内容": ".+",
}
Lines = tuple[SourceLine, ...]


@dataclass(frozen=True)
class Library:
    """What the sources share: styles, and by name the pieces of 共用/ and the layouts of 版式/."""

    styles: Mapping[str, Style]
    pieces: Mapping[str, Lines]
    layouts: Mapping[str, Lines]


def build(library: Library, body: Lines, layout: Lines = ()) -> bytes:
    """The .docx of a source, in a layout if there is one: lines with 【正文】 where the source goes.

    Raises Faults with all that is wrong.
    """
    paper = _Paper(library, body)
    paper.add(layout or body)
    figures = sorted(paper.figures, key=lambda figure: figure.number)
    return pack(paper.sections, figures, paper.properties, library.styles)


@dataclass
class _Paper:
    """A template while its lines are read: its pages, its figures, its properties as a file."""

    library: Library
    body: Lines
    sections: list[Section] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    using: list[str] = field(default_factory=list)  # the pieces that are being put in, the outer first

    def __post_init__(self) -> None:
        self.writer = Writer(self.library.styles)
        self.own = {line.rest: line.inside for line in self.body if line.word == "小段"}

    def add(self, lines: Lines) -> None:
        """The lines of a file or a layout; the first of all begins a page."""
        if not self.sections and lines[0].word != "页面":
            raise lines[0].wrong("第一行要写【版式 …】或者【页面 …】")
        every(partial(self._add, line) for line in lines)

    def _add(self, line: SourceLine) -> None:
        if line.word == "页面":
            self._begin(line)
        elif line.word == "正文":
            self.add(self.body)
        else:
            self.sections[-1].blocks.append(self._block(line))

    def _begin(self, line: SourceLine) -> None:
        """A page of another kind."""
        name, _, more = line.rest.partition("；")
        given = options(line, more)
        if (
            name not in PAGES
            or given.keys() - {"页眉", "页脚", "首页"}
            or given.get("首页", "红线") != "红线"
        ):
            raise line.wrong(f"【页面】后面先写{'、'.join(PAGES)}，再写 页眉=、页脚=、首页=红线")
        if self.sections and not "".join(self.sections[-1].blocks[-1:]).startswith("<w:p>"):
            raise line.wrong("换【页面】以前，最后要有一行文字，没有的写 细行 ¦")
        outside = ({}, {}) if name in ENVELOPES else around(PAGES[name], given)
        self.sections.append(Section(PAGES[name], *outside))

    def _blocks(self, lines: Lines) -> str:
        return "".join(every(partial(self._block, line) for line in lines))

    def _block(self, line: SourceLine) -> str:
        if line.word != "小段" and (gaps := line.gaps()):
            raise Faults(*(place.told(f"〈{name}〉没有给内容") for name, place in gaps.items()))
        if line.word in BLOCKS:
            return BLOCKS[line.word](self, line)
        if line.word:
            raise line.wrong(f"没有【{line.word}】这个词，可以用的有{'、'.join(BLOCKS)}")
        if line.text.startswith("{%") and line.text.endswith("%}"):
            return tag_line(line.text)
        style, middle, text = (part.strip(" ") for part in line.text.partition("¦"))
        if not middle:
            raise line.wrong("要写成 样式 ¦ 文字")
        if style not in self.library.styles:
            raise line.wrong(f"没有样式「{style}」，样式见 builder/样式.txt")
        return self.writer.paragraph(line, style, text)

    # ------------------------------------------------------------ words that stand alone in their line

    def own_piece(self, line: SourceLine) -> str:
        """A piece of the source's own is put in where it is used."""
        if line.rest in self.library.pieces:
            raise line.wrong(f"共用里已经有小段「{line.rest}」，换一个名字")
        return ""

    def use(self, line: SourceLine) -> str:
        """A piece, its gaps filled."""
        name, _, more = line.rest.partition("；")
        piece = self.own.get(name) or self.library.pieces.get(name)
        if piece is None or name in self.using:
            raise line.wrong(f"小段「{name}」{'用到了它自己' if piece else '在本文件里和共用里都没有'}")
        given, wanted = options(line, more), all_gaps(piece)
        if wanted.keys() != given.keys():
            raise line.wrong(f"小段「{name}」要给的是：{'、'.join(sorted(wanted)) or '不用给'}")
        self.using.append(name)
        try:
            return self._blocks(tuple(inner.filled(given) for inner in piece))
        finally:
            self.using.pop()

    def table(self, line: SourceLine) -> str:
        """A table of the width of the page."""
        return TableMaker(self.sections[-1].page.text_width, self.library.styles, self._in_cell).table(line)

    def unframed_table(self, line: SourceLine) -> str:
        """The same without edges: what stands side by side."""
        return unframed(self.table(line))

    def tables_as_one(self, line: SourceLine) -> str:
        """The tables inside as one, with what stands between them and below."""
        try:
            return one_table(self._blocks(line.inside))
        except ValueError:
            raise line.wrong("【并表】里只写表格、段落和单独一行的 {% %}，至少有一张表格") from None

    def _in_cell(self, line: SourceLine, cell: Cell) -> str:
        """The paragraphs of a cell: its text, or a piece."""
        alone = SourceLine(line.file, line.number, cell.text)
        if alone.word == "用":
            return self.use(alone)
        return self.writer.paragraph(line, cell.style, cell.text, cell=True)

    def mark(self, line: SourceLine) -> str:
        """The red mark of a file."""
        return letterhead.file_mark(line.rest, self.library.styles)

    def order_mark(self, line: SourceLine) -> str:
        """The red mark of an order, higher than that of a file."""
        return letterhead.file_mark(line.rest, self.library.styles, letterhead.ORDER_MARK_TOP)

    def joint_mark(self, line: SourceLine) -> str:
        """The red mark of a file of several organs."""
        names, _, widest = line.rest.partition("；")
        if not widest:
            raise line.wrong("要写成【联合红头 机关的清单；最长的名称有几个字宽】")
        return joint_mark(names, widest, self.library.styles)

    def imprint(self, line: SourceLine) -> str:
        """What stands at the foot of the last page."""
        lines, _, more = line.rest.partition("；")
        copies = options(line, more).get("抄送")
        if not lines.isdigit() or copies is None:
            raise line.wrong("要写成【版记 行数；抄送=变量】")
        return letterhead.imprint(self._blocks(line.inside), int(lines), copies)

    def postcode(self, line: SourceLine) -> str:
        """The six boxes of a postcode, filled from a list of digits."""
        if not line.rest:
            raise line.wrong("要写成【邮编框 变量】")
        return postcode_boxes(line.rest)

    def file_property(self, line: SourceLine) -> str:
        """A property of the file, of which nothing is printed."""
        self.properties |= options(line, line.rest)
        return ""

    def figure(self, line: SourceLine) -> str:
        """A native chart."""
        given = {"刻度": ""} | {inner.cells[0]: inner.cells[-1] for inner in line.inside}
        right = given.keys() == FIGURE.keys() and all(
            re.fullmatch(FIGURE[name], given[name]) for name in given
        )
        if (
            not right
            or not line.rest.isdigit()
            or int(line.rest) in {figure.number for figure in self.figures}
        ):
            raise line.wrong(f"【图 编号】里要有{'、'.join(FIGURE)}，刻度可以没有；编号不能重复")
        scale = [int(number) for number in given["刻度"].split(" 到 ") if number]
        made = Figure(
            number=int(line.rest),
            kind=CHARTS[given["式样"]],
            tag=given["内容"],
            series=tuple(given["系列"].split("、")),
            categories=tuple(given["类别"].split("、")),
            height=float(given["高"]),
            scale=(scale[0], scale[1]) if scale else None,
        )
        self.figures.append(made)
        return made.paragraph()


BLOCKS: Mapping[str, Callable[[_Paper, SourceLine], str]] = {
    "用": _Paper.use,
    "小段": _Paper.own_piece,
    "表格": _Paper.table,
    "无线表格": _Paper.unframed_table,
    "并表": _Paper.tables_as_one,
    "图": _Paper.figure,
    "红头": _Paper.mark,
    "令头": _Paper.order_mark,
    "联合红头": _Paper.joint_mark,
    "版记": _Paper.imprint,
    "邮编框": _Paper.postcode,
    "文件属性": _Paper.file_property,
}
# Every word of the notation.
WORDS = {"版式", "成品", "页面", "正文", "换行", "制表", "信函标志", "左上角", "完", "占3列", "靠下"}.union(
    BLOCKS, CONTROLS, PROPERTIES, FIXED, RUN_STYLES.keys() - {"填写提示"}
)
