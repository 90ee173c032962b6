"""An outline written as a Word file in one of many ways: `written(outline, way)`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from drawn import TWIPS, borders, edges, frame, run, stroke, table, text_box
from outlines import FANG, FILE, HEI, KAI, LETTER, MINUTES, SONG, Line, Outline, Words
from paragraphs import ParagraphWriter, blanks
from raw_docx import docx
from suites import Marks, indent, properties, styles, tag, theme
from ways import JS, OFFICE, PYTHON, Way

MARK = 40.0  # points
DROP = (
    0.8 * 44 - 0.86 * MARK
) * 20  # twips from the top of an exact line of 44 points to the ink of such a mark
_LEVELS = (
    ("chineseCounting", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "（%4）"),
)


def written(outline: Outline, way: Way) -> bytes:
    """The bytes of a .docx."""
    return _Writer(outline, way).docx()


class _Writer(ParagraphWriter):
    # ------------------------------------------------------------ head

    def _mark(self) -> str:
        lines, how = list(self.outline.mark), self.way["版头"]
        if not lines:
            return ""
        letter = self.outline.format == LETTER
        if letter and how not in ("图文框", "文本框", "旧文本框", "页眉"):
            how = "图文框"
        if how == "整表":
            how = "表格"
            if self._in_one_table():
                return ""
        if len(lines) > 1 and how != "表格":
            lines = [*lines[:-2], lines[-2] + lines[-1]]
        words = [Words(text, self.outline.mark_face, MARK, colour=self.outline.mark_colour) for text in lines]
        top = self.outline.top * TWIPS - DROP
        centre = {"spacing": self.spacing(880), "jc": tag("jc", val="center")}
        if how == "表格":
            return self._mark_table(words, centre)
        if how == "图文框":
            place = tag(
                "framePr", w=9638, h=880 * len(words), hRule="exact", wrap="notBeside",
                vAnchor="page", hAnchor="page", x=1134, y=round(top),
            )  # fmt: skip
            return "".join(self.paragraph((each,), {**centre, "framePr": place}) for each in words)
        if how in ("文本框", "旧文本框"):
            inner = "".join(self.paragraph((each,), centre, styled=False) for each in words)
            box = text_box(inner, width=170, height=15.5 * len(words), y=top / TWIPS, old=how == "旧文本框")
            return self.paragraph(
                (), {"spacing": self.spacing(20), "jc": tag("jc", val="both")}, extra=box, styled=False
            )
        if how == "页眉":
            return ""
        before = round(top - self.outline.sheet.top)
        if how == "空行" or any(each.role in ("份号", "密级") for each in self.outline.lines):
            used = sum(each.role in ("份号", "密级", "紧急程度") for each in self.outline.lines)
            blanks = self.paragraph((), {"spacing": self.spacing()}, styled=False) * max(
                0, before // 579 - used
            )
            return blanks + "".join(self.paragraph((each,), centre) for each in words)
        first = {**centre, "spacing": self.spacing(880, before=before)}
        return "".join(
            self.paragraph((each,), centre if index else first) for index, each in enumerate(words)
        )

    def _header(self) -> str:
        """The header of the first page, where the mark stands in it."""
        if self.way["版头"] != "页眉" or not self.outline.mark:
            return ""
        names = self.outline.mark
        lines = names if len(names) == 1 else (*names[:-2], "".join(names[-2:]))
        top = round(self.outline.top * TWIPS - DROP) - 851
        made = []
        for index, text in enumerate(lines):
            words = Words(text, self.outline.mark_face, MARK, colour=self.outline.mark_colour)
            spacing = self.spacing(880, before=0 if index else top)
            made.append(
                self.paragraph((words,), {"spacing": spacing, "jc": tag("jc", val="center")}, styled=False)
            )
        return "".join(made)

    def _in_one_table(self) -> bool:
        """Whether mark and number stand in one table, whose lower border is the red rule."""
        outline = self.outline
        return self.way["版头"] == "整表" and outline.format in (FILE, MINUTES) and len(outline.mark) == 1

    def _head_table(self, line: Line) -> str:
        words = Words(self.outline.mark[0], self.outline.mark_face, MARK, colour=self.outline.mark_colour)
        mark = self.paragraph((words,), {"spacing": self.spacing(880), "jc": tag("jc", val="center")})
        colour = self.outline.red_rule
        rule = borders(bottom=1 if colour else 0, colour=colour or "auto")
        return table([[mark], [self.line(line)]], widths=[8844], borders=rule)

    def _mark_table(self, words: Sequence[Words], centre: Marks) -> str:
        cell = [self.paragraph((each,), centre) for each in words]
        if len(words) == 1:
            return table([cell], widths=[8844])
        first = tag("vMerge", val="restart"), tag("vMerge")
        rows = [[cell[0], cell[-1]], [cell[1], self.paragraph((), centre, styled=False)]]
        made = table(rows, widths=[6800, 2044])
        for merge, width in zip(first, (2044, 2044), strict=True):
            made = made.replace(
                tag("tcW", w=width, type="dxa") + "</w:tcPr>",
                tag("tcW", w=width, type="dxa") + merge + "</w:tcPr>",
                1,
            )
        return made

    def _number(self, line: Line) -> str:
        """The line of the number, with the red rule under it or the rules of a letter."""
        outline = self.outline
        marks: dict[str, str] = {}
        off = self.way["版头"] in ("图文框", "文本框", "旧文本框", "页眉") and outline.mark
        if outline.format == LETTER:
            lower = round(54.9 * TWIPS - outline.sheet.top)
            marks["spacing"] = self.spacing(before=lower)
            line = replace(line, above=0)
        elif off and line.above:
            line = replace(line, above=line.above + 5)
        if outline.format == LETTER:
            return self.line(line, extra=self._doubles_drawn(), marks=marks)
        return self._ruled(line)

    def _number_table(self, line: Line) -> str:
        """Number and signers side by side, in a table whose lower border is the red rule."""
        number, names = line.words
        number = replace(number, text=number.text.replace("签发人：", "").rstrip("　"))
        left = self.line(replace(line, words=(number,), above=0))
        right = self.line(replace(line, words=(Words("签发人："), names), above=0, align="right", right=1))
        return self.blank(line.above) + table(
            [[left, right]], widths=[4422, 4422], borders=borders(bottom=1, colour=self.outline.red_rule)
        )

    def _ruled(self, line: Line) -> str:
        how, colour = self.way["红线"], self.outline.red_rule
        if self._in_one_table():
            return self._head_table(line)
        if how == "星" and not self.outline.kind.startswith(("通知", "决")):
            how = "连接符"
        width = self.outline.rule_length or self.outline.sheet.text_width / TWIPS
        tiny = {"spacing": self.spacing(20), "jc": tag("jc", val="center")}
        if not colour:
            return self.line(line)
        if how == "表格" and len(line.words) == 2:
            return self._number_table(line)
        if how == "下框线":
            return self.line(line, marks={"pBdr": edges(bottom=(1, colour, 8))})
        if how == "上框线":
            return self.line(line) + self.paragraph(
                (), {**tiny, "pBdr": edges(top=(1, colour, 1))}, styled=False
            )
        if how == "表格":
            blank = self.blank(line.above)
            cell = self.line(replace(line, above=0))
            return blank + table([[cell]], widths=[8844], borders=borders(bottom=1, colour=colour))
        if how == "星":
            half = (width - 10) / 2
            lines = stroke("连接符", length=half, weight=1, colour=colour, y=None) + stroke(
                "连接符", length=half, weight=1, colour=colour, y=None, x=half + 10
            )
            star = self.paragraph(
                (Words("★", SONG, colour=colour),), tiny | {"spacing": self.spacing()}, extra=lines
            )
            return self.line(line) + star
        blank = self.blank(line.above)  # a line below a paragraph is measured from its upper edge
        rule = stroke(how, length=width, weight=1, colour=colour, y=None)
        return blank + self.line(replace(line, above=0), extra=rule)

    def _doubles(self) -> str:
        """The rules of a letter as frames; "" where they are drawn."""
        if self.way["红线"] not in ("下框线", "上框线", "表格", "星"):
            return ""
        made = []
        for each in self.outline.doubles:
            sides = {"top": (each.upper, "FF0000", 0), "bottom": (each.lower, "FF0000", 1)}
            shown = {side: given for side, given in sides.items() if given[0]}
            marks = {
                "framePr": frame(each.y, width=each.length),
                "pBdr": edges(**shown),
                "spacing": self.spacing(20),
            }
            made.append(self.paragraph((), marks, styled=False))
        return "".join(made)

    def _doubles_drawn(self) -> str:
        how, made = self.way["红线"], ""
        if how not in ("VML", "VML图形", "连接符", "形状", "组合", "矩形"):
            return ""
        for each in self.outline.doubles:
            look: dict[str, Any] = {"length": each.length, "colour": "FF0000"}
            if how in ("VML", "连接符") and each.upper and each.lower:
                compound = "thickThin" if each.upper > each.lower else "thinThick"
                made += stroke(how, weight=each.upper + each.lower + 1, y=each.y, compound=compound, **look)
                continue
            for weight, y in ((each.upper, each.y - 0.6), (each.lower, each.y + 0.6)):
                if weight:
                    made += stroke(how, weight=weight, y=y, **look)
        return made

    # ------------------------------------------------------------ the whole

    def _body(self, section: str) -> Iterable[str]:
        above = [each for each in self.outline.lines if each.role in ("份号", "密级", "紧急程度")]
        yield from (self.line(each) for each in above)
        yield self._mark()
        yield self._doubles()
        before = ""
        lines = _joined(self.outline.lines) if self.way["落款"] == "一段" else self.outline.lines
        for line in _one_note(lines) if self.way["附件说明"] == "换行" else lines:
            if line in above:
                continue
            if line.new_page:
                before = self._ended(before, section)
            yield before
            before = (
                self._number(line)
                if line.role == "文号"
                else self._title(line)
                if line.role == "标题"
                else self.line(line)
            )
        yield before

    def _ended(self, block: str, section: str) -> str:
        """A block that a new page follows."""
        how, page = self.way["另页"], run(tag("br", type="page"))
        if how == "段末":
            return block.removesuffix("</w:p>") + page + "</w:p>"
        if how == "独占一段":
            return block + self.paragraph((), {"spacing": self.spacing()}, extra=page, styled=False)
        if how == "分节":
            start = block.rindex("<w:p>")
            last = block[start:]
            if last.startswith("<w:p><w:pPr>"):
                return block[:start] + last.replace("</w:pPr>", section + "</w:pPr>", 1)
            return block[:start] + last.replace("<w:p>", f"<w:p>{tag('pPr', section)}", 1)
        return block

    def _title(self, line: Line) -> str:
        parts, how = line.text.split("|"), self.way["标题"]

        def part(text: str, above: float) -> str:
            return self.line(replace(line, words=(replace(line.words[0], text=text),), above=above))

        if how == "两段":
            return "".join(part(text, 0 if index else line.above) for index, text in enumerate(parts))
        return part(("\n" if how == "换行" else "").join(parts), line.above)

    def _imprint(self) -> str:
        lines, how = self.outline.imprint, self.way["版记"]
        if not lines:
            return ""
        top, inside, bottom = self.outline.weights
        if how in ("表格", "两栏表格"):
            rule = borders(top, inside, bottom)
            cells = [[self.line(each)] for each in lines]
            widths = [8844]
            if how == "两栏表格" and len(lines[-1].text.split("　")) > 1:
                last, widths = lines[-1], [5000, 3844]
                organ, day = re.split("　+", last.text)
                split = (
                    replace(last, words=(replace(last.words[0], text=organ),), right=0),
                    replace(last, words=(replace(last.words[0], text=day),), align="right", left=0),
                )
                cells[-1] = [self.line(each) for each in split]
            return table(cells, widths=widths, borders=rule, foot=True) + self.paragraph(
                (), {"spacing": self.spacing(20)}, styled=False
            )
        place = tag(
            "framePr",
            w=8844,
            wrap="notBeside",
            vAnchor="margin",
            hAnchor="margin",
            xAlign="center",
            yAlign="bottom",
        )
        made = []
        for index, line in enumerate(lines):
            sides = {
                "top": top if index == 0 else 0.0,
                "bottom": bottom if index == len(lines) - 1 else inside,
            }
            shown = how != "画线"
            drawn = {side: (weight, "000000", 1) for side, weight in sides.items() if weight and shown}
            marks = {"pBdr": edges(**drawn)} if drawn else {}
            made.append(self.line(line, marks={**marks, **({"framePr": place} if how == "图文框" else {})}))
        if how == "图文框":
            return "".join(made)
        box = text_box("".join(made), width=156, height=22, foot=True)
        if how == "画线" and top:
            rules = (
                ((top, 247.0), (inside, 254.5), (bottom, 262.0))
                if len(lines) > 1
                else ((top, 254.5), (bottom, 262.0))
            )
            box += "".join(
                stroke("连接符", length=156, weight=weight, colour="000000", y=y) for weight, y in rules
            )
        return self.paragraph((), {"spacing": self.spacing(20)}, extra=box, styled=False)

    def docx(self) -> bytes:
        """The package."""
        folios = self._folios()
        section = self._section({name: kind for name, (kind, _) in folios.items()})
        blocks = list(self._body(section))
        body = "".join(blocks) + self._imprint() + section
        header = self._header()
        even = "footer2" in folios and self.way["页码"] != "停用双页"
        parts = {
            "styles": styles(
                self.way["程序"],
                self.base_paragraph() if self.suite.based else {},
                self.base_run(),
                [xml for _, xml in self.styles.values()],
            ),
            "settings": tag("evenAndOddHeaders") if even else "",
            **{name: xml for name, (_, xml) in folios.items()},
        }
        if header:
            parts["header1"] = header
        if self.suite.themed:
            parts["theme"] = theme(self.way["程序"], "仿宋" if self.themed else "")
        if self.way["层次"] == "自动编号":
            parts["numbering"] = self._numbering()
        return docx(body, parts, strict=self.way["包"] == "严格")

    def _section(self, footers: Mapping[str, str]) -> str:
        sheet = self.outline.sheet
        grid = {"指定行": "lines", "行和字": "linesAndChars"}.get(self.grid)
        usual = {PYTHON: 360, JS: 360, OFFICE: 100}.get(self.way["程序"], 312)
        headed = bool(self._header())
        refer = '<w:headerReference w:type="first" r:id="header1"/>' if headed else ""
        refer += "".join(
            f'<w:footerReference w:type="{kind}" r:id="{name}"/>' for name, kind in footers.items()
        )
        return tag(
            "sectPr",
            refer
            + tag("pgSz", w=sheet.width, h=sheet.height)
            + tag("pgMar", top=sheet.top, right=sheet.right, bottom=sheet.bottom, left=sheet.left, header=851, footer=sheet.footer, gutter=0)
            + (tag("titlePg") if headed or "first" in footers.values() else "")
            + tag("docGrid", type=grid, linePitch=579 if grid else usual, charSpace=-848 if grid == "linesAndChars" else None),
        )  # fmt: skip

    # ------------------------------------------------------------ the number of the page

    def _folios(self) -> dict[str, tuple[str, str]]:
        """Footer parts: name → kind and XML."""
        folio, how = self.outline.folio, self.way["页码"]
        if not folio.shown:
            return {}
        outer = (folio.odd, folio.even) == ("right", "left")
        made = {} if folio.first else {"footer3": ("first", self.paragraph((), {}, styled=False))}
        if how == "停用双页" and outer:  # a footer that is there and shows nowhere
            made["footer2"] = ("even", self.paragraph((Words("第1页"),), {}, styled=False))
            boxed = self._boxed("outside")
            first = {"footer3": ("first", boxed)} if folio.first and self._header() else {}
            return {"footer1": ("default", boxed), **made, **first}
        if how in ("图文框", "文本框") and (outer or folio.odd == folio.even):
            side = "outside" if outer else folio.odd
            boxed = self._boxed(side)
            first = {"footer3": ("first", boxed)} if folio.first and self._header() else {}
            return {"footer1": ("default", boxed), **made, **first}
        sides = {"footer1": ("default", folio.odd), "footer2": ("even", folio.even)}
        for name, (kind, side) in sides.items():
            width = self.twips(folio.size)
            spaces = {
                "right": folio.space if side == "right" else 0.0,
                "left": folio.space if side == "left" else 0.0,
            }
            marks = {
                "spacing": self.spacing(320),
                "ind": indent(self.way["程序"], "磅", width, first=0, **spaces),
                "jc": tag("jc", val=side),
            }
            inner = self.paragraph((), marks, extra=self._folio_runs(), styled=False)
            if how == "内容控件":
                part = tag(
                    "docPartObj",
                    tag("docPartGallery", val="Page Numbers (Bottom of Page)") + tag("docPartUnique"),
                )
                inner = tag("sdt", tag("sdtPr", part) + tag("sdtContent", inner))
            made[name] = (kind, inner)
        if folio.first and (how == "首页另设" or self._header()):
            made["footer3"] = ("first", made["footer1"][1])
        return made

    def _boxed(self, side: str) -> str:
        marks: dict[str, str] = {"spacing": self.spacing(320), "jc": tag("jc", val="both")}
        if self.way["页码"] != "文本框":
            marks["framePr"] = tag(
                "framePr", wrap="around", vAnchor="text", hAnchor="margin", xAlign=side, y=1
            )
            number = self.paragraph((), marks, extra=self._folio_runs("　"), styled=False)
            return number + self.paragraph((), {}, styled=False)
        inner = self.paragraph((), marks, extra=self._folio_runs("　"), styled=False)
        box = text_box(inner, width=25, height=6, side=side)
        return self.paragraph((), {}, extra=box, styled=False)

    def _folio_runs(self, blank: str = "") -> str:
        folio = self.outline.folio
        base = self.base_run()

        def words(text: str) -> str:
            return self.runs(Words(text, folio.face, folio.size), base, split=False) if text else ""

        look = properties("rPr", self.own(self.run_marks(Words("1", folio.face, folio.size)), base))
        digit = f"<w:r>{look}<w:t>1</w:t></w:r>"
        if self.way["页码"] == "简单域":
            field = f'<w:fldSimple w:instr=" PAGE   \\* MERGEFORMAT ">{digit}</w:fldSimple>'
        else:
            marks = [
                f'<w:r>{look}<w:fldChar w:fldCharType="{kind}"/></w:r>'
                for kind in ("begin", "separate", "end")
            ]
            order = f'<w:r>{look}<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
            field = marks[0] + order + marks[1] + digit + marks[2]
        return words(blank + folio.before) + field + words(folio.after + blank)

    def _numbering(self) -> str:
        levels = []
        for index, ((how, text), face) in enumerate(zip(_LEVELS, (HEI, KAI, FANG, FANG), strict=True)):
            inner = (
                tag("start", val=1) + tag("numFmt", val=how) + tag("suff", val="nothing") + tag("lvlText", val=text)
                + tag("lvlJc", val="left")
                + tag("pPr", tag("ind", left=0, firstLine=round(2 * self.twips(16))))
                + properties("rPr", self.run_marks(Words("", self.outline.list_face or face)))
            )  # fmt: skip
            levels.append(tag("lvl", inner, ilvl=index))
        abstract = tag(
            "abstractNum", tag("multiLevelType", val="multilevel") + "".join(levels), abstractNumId=0
        )
        return abstract + tag("num", tag("abstractNumId", val=0), numId=1)


def _joined(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines with one signature and its date in one paragraph; blanks behind them stand for their indents."""
    at = next((place for place, each in enumerate(lines) if each.role == "日期"), 0)
    name, day = lines[at - 1], lines[at]
    if not at or name.role != "署名" or day.above or {name.align, day.align} != {"right"} or day.new_page:
        return lines
    text = f"{name.text}{blanks(name.right)}\n{day.text}{blanks(day.right)}"
    both = replace(name, words=(replace(name.words[0], text=text),), right=0.0)
    return (*lines[: at - 1], both, *lines[at + 1 :])


def _one_note(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines with a 附件说明 of two annexes in one paragraph."""
    at = next((place for place, each in enumerate(lines) if each.role == "附件说明2"), 0)
    first, second = lines[at - 1], lines[at]
    if not at or first.role != "附件说明1" or first.left != second.left:
        return lines
    text = f"{first.text}\n{second.text}"
    both = replace(first, words=(replace(first.words[0], text=text),), left=5.0, first=-3.0)
    return (*lines[: at - 1], both, *lines[at + 1 :])
