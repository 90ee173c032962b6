"""One source made into a Word template: its lines become paragraphs, tables, pages (README.md tells the notation)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, count, repeat

from liangqing.engine.charts.new_chart import Kind
from template_sources.builder import letterhead
from template_sources.builder.around import around
from template_sources.builder.notation import Faults, SourceLine, all_gaps, options, unpaired
from template_sources.builder.ooxml import (
    content_control,
    paragraph,
    run,
    shares,
    table,
    table_cell,
    table_row,
    tag_line,
    x,
)
from template_sources.builder.package import Figure, Section, pack
from template_sources.builder.styles import RUN_STYLES, Style
from template_sources.builder.units import PAGES

CHARTS: Mapping[str, Kind] = {"雷达": "radar", "柱形": "column", "条形": "bar"}
# Words at the head of a line that change its paragraph.
PROPERTIES = {
    "同页": x("w:keepNext"),
    "居中": x("w:jc", val="center"),
    "红线": letterhead.RED_RULE,
    "粗线": letterhead.THICK_RULE,
    "细线": letterhead.THIN_RULE,
    "信函位置": letterhead.below_letter_rule(),
}
# Content controls in which a reader finds the value again: id and what fills them.
FIXED = {"文号": (1001, "{{ 文号文字 }}"), "成文日期": (1002, "{{ 成文日期文字 }}")}
BREAKS = {"【换行】": "\n", "【制表】": "\t"}
BLANK = "　　"  # the hint of a field that may stay empty
OPEN_BOX = "☐"
# A box to tick: a symbol of Segoe UI Symbol, which has both, and in which Word draws them by itself.
CHECKBOX = (
    '<w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:checked w14:val="0"/>'
    '<w14:checkedState w14:val="2612" w14:font="Segoe UI Symbol"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="Segoe UI Symbol"/></w14:checkbox>'
)
DATE = "".join(
    x(f"w:{name}", val=value)
    for name, value in (
        ("dateFormat", "yyyy年M月d日"),
        ("lid", "zh-CN"),
        ("storeMappedDataAs", "dateTime"),
        ("calendar", "gregorian"),
    )
)
_WORD = re.compile(r"【([^】]*)】")
_FIRST = re.compile(r"【([^】 ]+)】")
_ROWS = re.compile(r"(头|行)(?:×([1-9]\d*))?")
_SIZE = r"[1-9]\d*(?:\.\d+)?"
# What a figure tells, and how it is written.
_FIGURE = {
    "式样": "|".join(CHARTS),
    "高": _SIZE,
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


def build(library: Library, body: Lines, layout: str = "", given: Mapping[str, str] = {}) -> bytes:
    """The .docx of a source, in a layout of the library if one is named; `given` fills the gaps of the layout.

    Raises Faults with all that is wrong.
    """
    paper = _Paper(library, body)
    paper.add(tuple(line.filled(given) for line in library.layouts[layout]) if layout else body)
    if paper.faults:
        raise Faults(*dict.fromkeys(told for fault in paper.faults for told in fault.told))
    return pack(
        paper.sections,
        sorted(paper.figures, key=lambda figure: figure.number),
        paper.properties,
        library.styles,
    )


@dataclass
class _Paper:
    """A template while its lines are read: pages and what is counted."""

    library: Library
    body: Lines
    sections: list[Section] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    faults: list[Faults] = field(default_factory=list)
    using: list[str] = field(default_factory=list)
    ids: count[int] = field(default_factory=lambda: count(2001))

    def __post_init__(self) -> None:
        self.pieces = dict(self.library.pieces)
        for line in (line for line in self.body if line.is_word and line.word == "小段"):
            if line.rest in self.pieces:
                self.faults.append(line.wrong(f"已经有小段「{line.rest}」，换一个名字"))
            self.pieces[line.rest] = line.inside

    # ------------------------------------------------------------ lines

    def add(self, lines: Lines) -> None:
        """The lines at the top of a file or a layout, on the page that was begun last."""
        self.faults += unpaired(lines)
        for line in lines:
            if line.is_word and line.word == "页面":
                self._try(line, self._page)
            elif line.is_word and line.word == "正文":
                self.add(self.body)
            elif not self.sections:
                self.faults.append(line.wrong("第一行要写【版式 …】或者【页面 …】"))
                return
            else:
                self.sections[-1].blocks.append(self._try(line, self._block))

    def _blocks(self, lines: Lines) -> str:
        self.faults += unpaired(lines)
        return "".join(self._try(line, self._block) for line in lines)

    def _try(self, line: SourceLine, make: Callable[[SourceLine], str]) -> str:
        try:
            if line.word != "小段":
                for name, place in line.gaps().items():
                    raise place.wrong(f"〈{name}〉没有给内容")
            return make(line)
        except Faults as fault:
            self.faults.append(fault)
            return ""

    def _block(self, line: SourceLine) -> str:
        if line.is_word:
            if line.word not in _BLOCKS:
                raise line.wrong(f"没有【{line.word}】这个词，可以用的有{'、'.join(_BLOCKS)}")
            return _BLOCKS[line.word](self, line)
        if line.text.startswith("{%") and line.text.endswith("%}") and "¦" not in line.text:
            return tag_line(line.text)
        if "¦" not in line.text:
            raise line.wrong("要写成 样式 ¦ 文字")
        style, _, text = line.text.partition("¦")
        if style.strip(" ") not in self.library.styles:
            raise line.wrong(f"没有样式「{style.strip(' ')}」，样式见 builder/样式.txt")
        return self._paragraph(line, style.strip(" "), text.strip(" "))

    def _paragraph(self, line: SourceLine, style: str, text: str, *, cell: bool = False) -> str:
        properties = ""
        while (first := _FIRST.match(text)) and first[1] in PROPERTIES:
            properties += PROPERTIES[first[1]]
            text = text[first.end() :]
        content = self._inline(line, text) or ([run("")] if cell else [])
        return paragraph(style, *content, properties=properties)

    def _inline(self, line: SourceLine, text: str) -> list[str]:
        for word, character in BREAKS.items():
            text = text.replace(word, character)
        pieces = _WORD.split(text)
        odd = [piece for piece in pieces[::2] if "【" in piece or "】" in piece]
        if odd:
            raise line.wrong(f"【】没有成对：{odd[0]}")
        made = (
            self._in_line(line, piece) if number % 2 else run(piece)
            for number, piece in enumerate(pieces)
            if piece
        )
        return list(made)

    def _in_line(self, line: SourceLine, text: str) -> str:
        word, _, rest = text.partition(" ")
        if word in RUN_STYLES:
            return run(rest, word)
        if word in FIXED:
            number, value = FIXED[word]
            return content_control(word, word, number, x("w:text"), run(value))
        if word == "信函标志":
            return letterhead.letter_mark(rest, self.library.styles)
        if word not in _CONTROLS:
            raise line.wrong(f"没有【{word}】这个词")
        make, least, most = _CONTROLS[word]
        parts = rest.split("；")
        if not least <= len(parts) <= most:
            raise line.wrong(f"【{word}】里用；隔开的有{len(parts)}项，要{least}到{most}项")
        return make(self, *parts)

    # ------------------------------------------------------------ words that stand alone in their line

    def _page(self, line: SourceLine) -> str:
        name, _, more = line.rest.partition("；")
        given = options(line, more)
        odd = given.keys() - {"页眉", "页脚", "首页"}
        if name not in PAGES or odd or given.get("首页", "红线") != "红线":
            raise line.wrong(f"【页面】后面先写{'、'.join(PAGES)}，再写 页眉=、页脚=、首页=红线")
        if self.sections and not "".join(self.sections[-1].blocks[-1:]).startswith("<w:p>"):
            raise line.wrong("换【页面】以前，最后要有一行文字，没有的写 细行 ¦")
        headers, footers = around(PAGES[name], given)
        self.sections.append(Section(PAGES[name], headers, footers))
        return ""

    def _use(self, line: SourceLine) -> str:
        name, _, more = line.rest.partition("；")
        given, piece = options(line, more), self.pieces.get(name)
        if piece is None:
            raise line.wrong(f"没有小段「{name}」：本文件里没有【小段 {name}】，共用里没有{name}.txt")
        if name in self.using:
            raise line.wrong(f"小段「{name}」用到了它自己")
        wanted = all_gaps(piece)
        if wanted.keys() != given.keys():
            raise line.wrong(f"小段「{name}」要给的是：{'、'.join(sorted(wanted)) or '不用给'}")
        self.using.append(name)
        made = self._blocks(tuple(inner.filled(given) for inner in piece))
        self.using.pop()
        return made

    def _imprint(self, line: SourceLine) -> str:
        lines, _, more = line.rest.partition("；")
        copies = options(line, more).get("抄送")
        if not lines.isdigit() or copies is None:
            raise line.wrong("要写成【版记 行数；抄送=变量】")
        return letterhead.imprint(self._blocks(line.inside), int(lines), copies)

    def _property(self, line: SourceLine) -> str:
        self.properties |= options(line, line.rest)
        return ""

    def _figure(self, line: SourceLine) -> str:
        given = {"刻度": ""} | {cells[0]: cells[-1] for cells in (inner.cells for inner in line.inside)}
        wrong = given.keys() ^ _FIGURE.keys() or [
            name for name, pattern in _FIGURE.items() if not re.fullmatch(pattern, given[name])
        ]
        if wrong or line.rest in {str(figure.number) for figure in self.figures} or not line.rest.isdigit():
            raise line.wrong(f"【图 编号】里要有{'、'.join(_FIGURE)}，刻度可以没有；写法见 README.md")
        scale = [int(number) for number in given["刻度"].split(" 到 ") if number]
        figure = Figure(
            number=int(line.rest),
            kind=CHARTS[given["式样"]],
            tag=given["内容"],
            series=tuple(given["系列"].split("、")),
            categories=tuple(given["类别"].split("、")),
            height=float(given["高"]),
            scale=(scale[0], scale[1]) if scale else None,
        )
        self.figures.append(figure)
        return figure.paragraph()

    # ------------------------------------------------------------ tables

    def _table(self, line: SourceLine) -> str:
        """【表格 widths】 with rows 头 and 行, or 【表格 loops】 with a line 列 for each column."""
        if not line.inside:
            raise line.wrong("表格里没有行")
        self.faults += unpaired(line.inside)
        if re.fullmatch(f"{_SIZE}( +{_SIZE})*", line.rest):
            return self._form([float(part) for part in line.rest.split()], line.inside)
        return self._listing(line)

    def _form(self, sizes: Sequence[float], lines: Lines) -> str:
        widths = shares(self.sections[-1].page.text_width, sizes)
        return table(widths, [row for line in lines for row in self._rows(line, widths)])

    def _rows(self, line: SourceLine, widths: Sequence[int]) -> list[str]:
        kind = _ROWS.fullmatch(line.cells[0])
        if not kind:
            self.faults.append(line.wrong("表格里每行要以 头 ¦ 或 行 ¦ 开头，最后是【完】"))
            return []
        head = kind[1] == "头"
        return [
            self._try(line, lambda line: table_row(*self._cells(line, widths, head=head), repeats=head))
            for _ in range(int(kind[2] or 1))
        ]

    def _cells(self, line: SourceLine, widths: Sequence[int], *, head: bool) -> list[str]:
        cells = [
            _Cell.read(text, "表头" if head else "表格文字", self.library.styles) for text in line.cells[1:]
        ]
        ends = list(accumulate(cell.span for cell in cells))
        if ends[-1:] != [len(widths)]:
            raise line.wrong(f"这一行占{sum(cell.span for cell in cells)}列，表格有{len(widths)}列")
        return [
            self._cell(line, cell, sum(widths[end - cell.span : end]))
            for cell, end in zip(cells, ends, strict=True)
        ]

    def _cell(self, line: SourceLine, cell: _Cell, width: int) -> str:
        if cell.text.startswith("【用 ") and cell.text.endswith("】"):
            blocks = self._use(SourceLine(line.file, line.number, cell.text))
        else:
            blocks = self._paragraph(line, cell.style, cell.text, cell=True)
        return table_cell(width, blocks, cell.span, cell.align)

    def _listing(self, line: SourceLine) -> str:
        """A head that repeats on each page, and a row per turn of the loops (outer first); 同页: kept on one page."""
        loops = [part for part in line.rest.split("；") if part != "同页"]
        columns = [self._column(column) for column in line.inside]
        if not all(" in " in loop for loop in loops):
            raise line.wrong("【表格】后面写各列的宽，或写 名 in 清单；几层用；隔开，最后可以写同页")
        widths = shares(self.sections[-1].page.text_width, [size for size, _, _ in columns])
        made = [
            (self._cell(column, head, width), self._cell(column, cell, width))
            for column, width, (_, head, cell) in zip(line.inside, widths, columns, strict=True)
        ]
        row = table_row(*(cell for _, cell in made))
        if line.rest.endswith("；同页"):
            row = re.sub(r"(<w:pStyle [^>]*></w:pStyle>)", rf"\1{PROPERTIES['同页']}", row)
        turns = [tag_row(f"{{%tr for {loop} %}}", widths) for loop in loops]
        ends = repeat(tag_row("{%tr endfor %}", widths), len(loops))
        return table(widths, [table_row(*(head for head, _ in made), repeats=True), *turns, row, *ends])

    def _column(self, line: SourceLine) -> tuple[float, _Cell, _Cell]:
        name, size, *rest = (*line.cells, "")
        if name != "列" or len(line.cells) != 4 or not re.fullmatch(_SIZE, size):
            raise line.wrong("要写成 列 ¦ 宽 ¦ 表头 ¦ 内容，最后一列下面写【完】")
        styles = self.library.styles
        return float(size), _Cell.read(rest[0], "表头", styles), _Cell.read(rest[1], "表格文字", styles)

    # ------------------------------------------------------------ what a person fills in

    def _control(self, tag: str, name: str, lock: str, kind: str, content: str) -> str:
        """A text is a control of any content (no `w:text`): LibreOffice 7.4 writes one of plain text several times."""
        return content_control(tag, name, next(self.ids), x("w:lock", val=lock) + kind, content)

    def _known(self, tag: str, value: str) -> str:
        """What the program fills in, and a person leaves as it is."""
        return self._control(tag, tag, "sdtContentLocked", "", run(value))

    def _asked(self, tag: str, name: str, hint: str = "", kind: str = "") -> str:
        """What a person fills in, and cannot delete."""
        shown = run(hint or BLANK, "填写提示")
        return self._control(tag, name, "sdtLocked", x("w:showingPlcHdr") + kind, shown)

    def _day(self, tag: str, name: str, hint: str = "") -> str:
        return self._asked(tag, name, hint, x("w:date", DATE))

    def _choice(self, tag: str, name: str, hint: str, words: str) -> str:
        items = (x("w:listItem", displayText=word, value=word) for word in words.split("、"))
        return self._asked(tag, name, hint, x("w:dropDownList", *items))

    def _tick(self, tag: str, words: str) -> str:
        return self._control(tag, words, "sdtLocked", CHECKBOX, run(OPEN_BOX)) + run(f" {words}")


@dataclass(frozen=True)
class _Cell:
    """A cell as it is written: 【表头】, 【占3列】 and 【靠下】 may stand before its text."""

    text: str
    style: str
    span: int = 1
    align: str = "center"

    @classmethod
    def read(cls, text: str, style: str, styles: Iterable[str]) -> _Cell:
        span, align = 1, "center"
        while first := _FIRST.match(text):
            spanned = re.fullmatch(r"占([1-9]\d*)列", first[1])
            if spanned:
                span = int(spanned[1])
            elif first[1] == "靠下":
                align = "bottom"
            elif first[1] in styles and first[1] not in FIXED:
                style = first[1]
            else:
                break
            text = text[first.end() :].strip(" ")
        return cls(text, style, span, align)


_BLOCKS: Mapping[str, Callable[[_Paper, SourceLine], str]] = {
    "用": _Paper._use,
    "表格": _Paper._table,
    "图": _Paper._figure,
    "红头": lambda paper, line: letterhead.file_mark(line.rest, paper.library.styles),
    "版记": _Paper._imprint,
    "文件属性": _Paper._property,
    "小段": lambda paper, line: "",
}
# Word → what makes it, and how many parts it takes, at least and at most.
_CONTROLS: Mapping[str, tuple[Callable[..., str], int, int]] = {
    "已填": (_Paper._known, 2, 2),
    "填写": (_Paper._asked, 2, 3),
    "日期": (_Paper._day, 2, 3),
    "选择": (_Paper._choice, 4, 4),
    "勾选": (_Paper._tick, 2, 2),
}
# Every word of the notation.
WORDS = {"版式", "成品", "页面", "正文", "换行", "制表", "信函标志", "完", "占3列", "靠下"}.union(
    _BLOCKS, _CONTROLS, PROPERTIES, FIXED, RUN_STYLES.keys() - {"填写提示"}
)


def tag_row(tag: str, widths: Sequence[int]) -> str:
    """A row that holds only a template tag; the engine takes it away."""
    return table_row(table_cell(sum(widths), tag_line(tag), len(widths)))
