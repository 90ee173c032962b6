"""Tables: written row by row, or column by column over repeated rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, pairwise

from template_sources.builder.inline import FIRST, FIXED, PROPERTIES
from template_sources.builder.notation import SourceLine, every
from template_sources.builder.ooxml import run, tag_line, x

SIZE = r"[1-9]\d*(?:\.\d+)?"
_ROW = re.compile(r"(头|行)(?:×([1-9]\d*))?")
KEPT = "；同页"
_LAST_KEPT = re.compile(r"；末行同页(?:=([^；]+))?")
# 接下行=条件: the rows that stay on the page of the next one. By itself the first and the last but one: no table
# begins with one row at the foot of a page, nor ends with one on the next.
_WITH_NEXT = re.compile(r"；接下行=([^；]+)")
_WHOLE = re.compile(
    r"；整行=([^；]+)"
)  # 整行=条件: the rows that do not go over a page; all where nothing is said
_TOLD = (_WITH_NEXT, _WHOLE, _LAST_KEPT)
ENDS, NONE = "loop.first or loop.revindex == 2", "无"
FRAMED, UNFRAMED = "公文表格", "公文无线表格"  # the styles of tables
HEAD, TEXT = "表头", "表格文字"  # the styles of cells that name none


@dataclass(frozen=True)
class Cell:
    """A cell as it is written: its style, 【占3列】 and 【靠下】 may stand before its text."""

    text: str
    style: str
    span: int = 1
    align: str = "center"


def read_cell(text: str, style: str, styles: Container[str]) -> Cell:
    """What stands before the text of a cell, taken off; `style` is that of one that names none."""
    span, align = 1, "center"
    while first := FIRST.match(text):
        if spanned := re.fullmatch(r"占([1-9]\d*)列", first[1]):
            span = int(spanned[1])
        elif first[1] == "靠下":
            align = "bottom"
        elif first[1] in styles and first[1] not in FIXED:
            style = first[1]
        else:
            break
        text = text[first.end() :].strip(" ")
    return Cell(text, style, span, align)


@dataclass(frozen=True)
class TableMaker:
    """Makes the tables of a page whose type area is `width` twips wide; `blocks` makes what stands in a cell."""

    width: int
    styles: Container[str]
    blocks: Callable[[SourceLine, Cell], str]

    def table(self, line: SourceLine) -> str:
        """【表格 widths】 with rows 头 and 行, or 【表格 loops】 with a line 列 for each column. Raises Faults."""
        if not line.inside:
            raise line.wrong("表格里没有行")
        sizes = line.rest.removesuffix(KEPT)
        if re.fullmatch(f"{SIZE}( +{SIZE})*", sizes):
            return self._by_rows(line, sizes)
        return self._by_columns(line)

    def _by_rows(self, line: SourceLine, sizes: str) -> str:
        """The rows one by one; 同页: kept on one page, with what stands below."""
        widths = shares(self.width, [float(part) for part in sizes.split()])
        rows = every(partial(self._rows, row, widths) for row in line.inside)
        return _framed(widths, map(_kept, rows) if line.rest.endswith(KEPT) else rows)

    def _rows(self, line: SourceLine, widths: Sequence[int]) -> str:
        """The rows of a line; a tag on a line of its own holds for the rows below it."""
        if line.text.startswith("{%"):
            return _tag_row(f"{{%tr{line.text[2:]}", widths)
        kind = _ROW.fullmatch(line.cells[0])
        if not kind:
            raise line.wrong("表格里每行要以 头 ¦ 或 行 ¦ 开头，最后是【完】")
        head = kind[1] == "头"
        cells = [read_cell(text, HEAD if head else TEXT, self.styles) for text in line.cells[1:]]
        edges = [0, *accumulate(cell.span for cell in cells)]
        if edges[-1] != len(widths):
            raise line.wrong(f"这一行占{edges[-1]}列，表格有{len(widths)}列")
        taken = [sum(widths[left:right]) for left, right in pairwise(edges)]
        rows = (  # each made by itself: its content controls have numbers of their own
            _row(*(self._cell(line, *pair) for pair in zip(cells, taken, strict=True)), repeats=head)
            for _ in range(int(kind[2] or 1))
        )
        return "".join(map(_kept, rows) if head else rows)

    def _by_columns(self, line: SourceLine) -> str:
        """A head that repeats on each page, and a row per turn of the loops (outer first).

        同页: kept on one page; 末行同页: the last row of one loop stays with what stands below, 末行同页=条件: where
        that holds; 接下行=条件: the rows
        that stay with the next one, others than the first and the last but one; 整行=条件: the rows that do not go
        over a page, where others may.
        """
        with_next = _WITH_NEXT.search(line.rest)
        whole = _WHOLE.search(line.rest)
        last_kept = _LAST_KEPT.search(line.rest)
        loops = re.sub("|".join(told.pattern for told in _TOLD), "", line.rest).removesuffix(KEPT).split("；")
        if not all(" in " in loop for loop in loops):
            raise line.wrong("【表格】后面写各列的宽，或写 名 in 清单；几层用；隔开，最后可以写同页")
        columns = every(partial(self._column, column) for column in line.inside)
        widths = shares(self.width, [size for size, _, _ in columns])
        placed = list(zip(line.inside, widths, columns, strict=True))
        heads = every(partial(self._cell, column, head, width) for column, width, (_, head, _) in placed)
        cells = every(partial(self._cell, column, cell, width) for column, width, (_, _, cell) in placed)
        first = next(place for place, column in enumerate(line.inside) if "{%tc" not in column.text)
        head = [*cells]
        if whole:
            head[first] = _tagged(cells[first], f"cantsplit {whole[1]}")
        plain, condition = _row(*head), with_next[1] if with_next else ENDS
        if condition != NONE:
            head[first] = _tagged(head[first], f"keepnext {condition}")
        row = _row(*head)
        if line.rest.endswith(KEPT):
            row = _kept(plain)
        if last_kept:
            which = f"loop.last and ({last_kept[1]})" if last_kept[1] else "loop.last"
            one, other, end = (
                _tag_row(f"{{%tr {tag} %}}", widths) for tag in (f"if {which}", "else", "endif")
            )
            row = "".join((one, _kept(plain), other, row, end))
        turns = [_tag_row(f"{{%tr for {loop} %}}", widths) for loop in loops]
        ends = [_tag_row("{%tr endfor %}", widths) for _ in loops]
        return _framed(widths, [_kept(_row(*heads, repeats=True)), *turns, row, *ends])

    def _column(self, line: SourceLine) -> tuple[float, Cell, Cell]:
        """The width of a column, its head and its cell."""
        if line.cells[0] != "列" or len(line.cells) != 4 or not re.fullmatch(SIZE, line.cells[1]):
            raise line.wrong("要写成 列 ¦ 宽 ¦ 表头 ¦ 内容，最后一列下面写【完】")
        _, size, head, text = line.cells
        return float(size), read_cell(head, HEAD, self.styles), read_cell(text, TEXT, self.styles)

    def _cell(self, line: SourceLine, cell: Cell, width: int) -> str:
        return _cell(width, self.blocks(line, cell), cell.span, cell.align)


def shares(width: int, parts: Sequence[float]) -> list[int]:
    """`width` divided in proportion to `parts`, without a remainder."""
    edges = [round(width * sum(parts[:number]) / sum(parts)) for number in range(len(parts) + 1)]
    return [right - left for left, right in pairwise(edges)]


def _kept(row: str) -> str:
    """A row whose paragraphs stay on the page of the next one."""
    kept = PROPERTIES["同页"]
    return re.sub(rf"(<w:pStyle [^>]*></w:pStyle>)(?!{re.escape(kept)})", rf"\1{kept}", row)


def _tagged(cell: str, tag: str) -> str:
    """A cell with a property tag at its head; the first paragraph of a row tells whether it stays with the next one."""
    return cell.replace("</w:pPr>", f"</w:pPr>{run(f'{{% {tag} %}}')}", 1)


def unframed_row(*cells: tuple[int, str]) -> str:
    """A centred table of one row without edges: of each cell its width in twips and its paragraphs."""
    row = _row(*(_cell(width, blocks, 1) for width, blocks in cells))
    return unframed(_framed([width for width, _ in cells], [row]))


def unframed(table: str) -> str:
    """A table without its edges and the white beside them."""
    return table.replace(f'"{FRAMED}"', f'"{UNFRAMED}"')


def _framed(widths: Sequence[int], rows: Iterable[str]) -> str:
    """A centred table of fixed widths, in twips."""
    look = {"firstRow": 1, "lastRow": 0, "firstColumn": 0, "lastColumn": 0, "noHBand": 0, "noVBand": 1}
    properties = (
        x("w:tblStyle", val=FRAMED),
        x("w:tblW", w=sum(widths), type="dxa"),
        x("w:jc", val="center"),
        x("w:tblLayout", type="fixed"),
        x("w:tblLook", val="0420", **look),
    )
    grid = x("w:tblGrid", *(x("w:gridCol", w=width) for width in widths))
    return x("w:tbl", x("w:tblPr", *properties), grid, *rows)


def _row(*cells: str, repeats: bool = False) -> str:
    """A row in one piece; a head `repeats` on each page."""
    return x("w:tr", x("w:trPr", x("w:cantSplit"), x("w:tblHeader") if repeats else ""), *cells)


def _cell(width: int, blocks: str, span: int, align: str = "center") -> str:
    """A cell of paragraphs; `width` in twips, of all the columns that it spans."""
    spanned = x("w:gridSpan", val=span) if span > 1 else ""
    return x("w:tc", x("w:tcPr", x("w:tcW", w=width, type="dxa"), spanned, x("w:vAlign", val=align)), blocks)


def _tag_row(tag: str, widths: Sequence[int]) -> str:
    """A row that holds only a template tag; the engine takes it away."""
    return _row(_cell(sum(widths), tag_line(tag), len(widths)))
