"""An outline written as a Word file in one of many ways: `written(outline, way)`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape

from drawn import TWIPS, borders, edges, frame, run, stroke, table, text_box
from outlines import BIAO, FANG, HEI, KAI, LETTER, SONG, Line, Outline, Words
from raw_docx import docx
from suites import SUITES, Marks, fonts, indent, properties, styles, tag, theme
from ways import JS, OFFICE, PYTHON, Way

from liangqing.base.chinese import character_width

NAMES = {
    "GB2312": {FANG: "仿宋_GB2312", KAI: "楷体_GB2312", HEI: "黑体", SONG: "宋体", BIAO: "方正小标宋简体"},
    "系统": {FANG: "仿宋", KAI: "楷体", HEI: "黑体", SONG: "宋体", BIAO: "华文中宋"},
    "英文名": {FANG: "FangSong", KAI: "KaiTi", HEI: "SimHei", SONG: "SimSun", BIAO: "FZXiaoBiaoSong-B05S"},
    "方正": {FANG: "方正仿宋_GBK", KAI: "方正楷体_GBK", HEI: "方正黑体_GBK", SONG: "方正书宋_GBK", BIAO: "方正小标宋_GBK"},
}  # fmt: skip
MARK = 40.0  # points
_DROP = (
    0.8 * 44 - 0.86 * MARK
) * 20  # twips from the top of an exact line of 44 points to the ink of such a mark
_NUMERAL = {1: r"[一二三四五六七八九]、", 2: r"（[一二三四五六七八九]）", 3: r"\d\.", 4: r"（\d）"}
_LEVELS = (
    ("chineseCounting", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "（%4）"),
)
_STYLES = {"标题": "公文标题", "主送": "主送机关", "署名": "落款", "日期": "成文日期", "附注": "附注"}
_CHUNK = 7  # characters of a run, where text is in pieces


def written(outline: Outline, way: Way) -> bytes:
    """The bytes of a .docx."""
    return _Writer(outline, way).docx()


class _Writer:
    def __init__(self, outline: Outline, way: Way) -> None:
        self._outline, self._way = outline, way
        self._suite = SUITES[way["程序"]]
        sheet = outline.sheet
        grid = way["网格"]
        if grid == "行和字" and not self._suite.based:
            grid = "指定行"
        if sheet.pitch != 579 or sheet.rule != "exact":
            grid = "固定值"
        self._grid = grid
        self._pitch = 560 if grid == "28磅" else sheet.pitch
        self._rule = sheet.rule
        self._tight = 0 if grid == "行和字" else -5
        self._styles: dict[tuple[str, str], tuple[str, str]] = {}
        self._next = 1

    # ------------------------------------------------------------ looks

    def _twips(self, size: float) -> float:
        """The width of a character."""
        return size * 20 + (self._tight if size == 16 else 0)

    def _run_marks(self, words: Words) -> dict[str, str]:
        face = NAMES[self._way["字体名"]][words.face]
        latin = self._way["西文"] if words.face != SONG and self._way["西文"] != "同中文" else face
        half = round(words.size * 2)
        return {
            "rFonts": fonts(self._way["程序"], face, latin, words.how),
            "b": tag("b") if words.bold else "",
            "color": tag("color", val=words.colour) if words.colour else "",
            "spacing": tag("spacing", val=self._tight if words.size == 16 else 0) if self._tight else "",
            "sz": tag("sz", val=half),
            "szCs": tag("szCs", val=half),
        }

    def _base_run(self) -> dict[str, str]:
        return self._run_marks(Words("")) if self._suite.based else {}

    def _own(self, marks: Marks, base: Marks) -> dict[str, str]:
        return {key: value for key, value in marks.items() if value != base.get(key, "")}

    def _spacing(
        self, line: int | None = None, rule: str = "exact", before: int = 0, lines: float = 0
    ) -> str:
        if line is None:
            snapped = self._grid in ("指定行", "行和字")
            line, rule = (240, "auto") if snapped else (self._pitch, self._rule)
        return tag(
            "spacing",
            before=before,
            beforeLines=round(lines * 100) or None,
            after=0,
            line=line,
            lineRule=rule,
        )

    def _base_paragraph(self) -> dict[str, str]:
        return {
            "widowControl": tag("widowControl", val=0),
            "spacing": self._spacing(),
            "jc": tag("jc", val="both"),
        }

    def _falses(self) -> dict[str, str]:
        return {name: tag(name, val=0) for name in self._suite.falses}

    # ------------------------------------------------------------ text

    def _runs(self, words: Words, base: Marks, *, split: bool = True) -> str:
        look = properties("rPr", self._own(self._run_marks(words), base))
        how = self._way["碎"] if split and words.text else "整句"
        size = len(words.text) or 1
        pieces = (
            [words.text[at : at + _CHUNK] for at in range(0, size, _CHUNK)] if how == "拆开" else [words.text]
        )
        made = []
        for index, piece in enumerate(pieces):
            rsid = f' w:rsidR="00A{index:05d}"' if self._suite.rsid and how == "拆开" else ""
            made.append(f"<w:r{rsid}>{look}{_text(piece)}</w:r>")
        if how == "书签":
            self._next += 1
            mark = {"id": self._next}
            return (
                tag("bookmarkStart", name=f"_Toc{self._next}", **mark) + made[0] + tag("bookmarkEnd", **mark)
            )
        if how == "内容控件":
            return tag("sdt", tag("sdtPr", tag("alias", val="甲")) + tag("sdtContent", made[0]))
        proof = '<w:proofErr w:type="gramStart"/>' if self._suite.rsid else ""
        return proof.join(made)

    def _paragraph(
        self,
        words: Sequence[Words],
        marks: Marks,
        *,
        role: str = "",
        extra: str = "",
        before: str = "",
        styled: bool = True,
    ) -> str:
        """A paragraph in its look; `extra` are runs behind its text, `before` in front of it."""
        own = {**self._falses(), **{key: value for key, value in marks.items() if value}}
        base_run = dict(self._base_run())
        if self._suite.based:
            own = self._own(own, self._base_paragraph())
        if self._way["格式"] == "样式" and styled and words:
            look = self._run_marks(words[0])
            apart = ("numPr", "framePr", "pageBreakBefore")
            kept = {key: value for key, value in own.items() if key in apart}
            rest = {key: value for key, value in own.items() if key not in kept}
            own = {**kept, "pStyle": tag("pStyle", val=self._style(role, rest, self._own(look, base_run)))}
            base_run |= look
        elif self._suite.style_id == "Normal" and not self._suite.based:
            own["pStyle"] = tag("pStyle", val="Normal")
        if not words or not self._suite.based:
            mark = self._own(self._run_marks(words[0] if words else Words("")), base_run)
            own["rPr"] = properties("rPr", mark)
        text = "".join(self._runs(each, base_run) for each in words)
        return tag("p", properties("pPr", own) + before + text + extra)

    def _style(self, role: str, paragraph: Marks, look: Marks) -> str:
        key = (properties("pPr", paragraph), properties("rPr", look))
        if key not in self._styles:
            name = _STYLES.get(role, "公文" + role.rstrip("0123456789"))
            number = len(self._styles) + 10
            taken = {each for each, _ in self._styles.values()}
            name = name if name not in taken else f"{name}{number}"
            based = tag("basedOn", val=self._suite.style_id) if self._suite.style_id else ""
            xml = f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="s{number}">{tag("name", val=name)}{based}{key[0]}{key[1]}</w:style>'
            self._styles[key] = (name, xml)
        names = list(self._styles)
        return f"s{names.index(key) + 10}"

    def _blank(self, count: float) -> str:
        if not count:
            return ""
        plain: Marks = {"spacing": self._spacing(), "jc": tag("jc", val="both")}
        if self._way["空行"] == "一段换行" and count > 1:
            breaks = run(tag("br") * (round(count) - 1))
            return self._paragraph((), plain, extra=breaks, styled=False)
        return self._paragraph((), plain, styled=False) * round(count)

    # ------------------------------------------------------------ lines

    def _line(self, line: Line, *, extra: str = "", before: str = "", marks: Marks | None = None) -> str:
        """A line of the paper, with the white above it."""
        how, above = self._way["空行"], line.above
        blank, spacing = "", self._spacing()
        if how == "段前" or (how == "段前行" and self._grid not in ("指定行", "行和字")):
            spacing = self._spacing(before=round(above * self._pitch))
        elif how == "段前行":
            spacing = self._spacing(before=round(above * 579), lines=above)
        else:
            blank = self._blank(above)
        line, own = self._placed(line)
        numbered, line = self._numbered(line)
        own = {"spacing": spacing, **own, **numbered, **(marks or {})}
        if line.new_page and self._way["另页"] == "段前":
            own["pageBreakBefore"] = tag("pageBreakBefore")
        if line.new_page and self._way["另页"] == "段内":
            before = run(tag("br", type="page")) + before
        return blank + self._paragraph(line.words, own, role=line.role, extra=extra, before=before)

    def _placed(self, line: Line) -> tuple[Line, dict[str, str]]:
        """Indents and alignment, and the line with the blanks that stand for them."""
        width = self._twips(line.size)
        program, how = self._way["程序"], self._way["缩进"]
        if line.align == "right" and line.right and line.role.startswith(("署名", "日期")):
            return self._signed(line, width)
        first, left = line.first, line.left
        if how == "空格" and (first > 0 or (first < 0 and not line.role.startswith("抄送"))):
            line = replace(line, blanks="　" * round(first + left))
            first = left = 0.0
        made = indent(
            program, "磅" if how == "空格" else how, width, left=left, first=first, right=line.right
        )
        if line.blanks:
            line = replace(
                line, words=(replace(line.words[0], text=line.blanks + line.words[0].text), *line.words[1:])
            )
        return line, {"ind": made, "jc": tag("jc", val=line.align)}

    def _signed(self, line: Line, width: float) -> tuple[Line, dict[str, str]]:
        """A line of the signature, set from the right in one of the ways."""
        how, program = self._way["落款"], self._way["程序"]
        room = self._outline.sheet.text_width / width
        before = room - line.right - character_width(line.text)
        both = {"jc": tag("jc", val="both")}

        def spaced(start: str, end: str) -> Line:
            return replace(line, words=(replace(line.words[0], text=start + line.text + end),))

        if how == "后空格":
            return spaced("", _blanks(line.right)), {"jc": tag("jc", val="right")}
        if how == "前空格":
            return spaced(_blanks(before), ""), both
        if how == "左缩进":
            return line, {"ind": indent(program, "磅", width, left=before, first=0, right=0), **both}
        if how == "制表位":
            stop = round(self._outline.sheet.text_width - line.right * width)
            return spaced("\t", ""), {"tabs": tag("tabs", tag("tab", val="right", pos=stop)), **both}
        chars = "字符和磅" if how == "右字符" else "磅"
        return line, {
            "ind": indent(program, chars, width, left=0, first=0, right=line.right),
            "jc": tag("jc", val="right"),
        }

    def _numbered(self, line: Line) -> tuple[dict[str, str], Line]:
        if self._way["层次"] != "自动编号" or not line.level:
            return {}, line
        found = re.match(_NUMERAL[line.level], line.text)
        if found is None:
            return {}, line
        numbering = tag("ilvl", val=line.level - 1) + tag("numId", val=1)
        words = (replace(line.words[0], text=line.words[0].text[found.end() :]), *line.words[1:])
        return {"numPr": tag("numPr", numbering)}, replace(line, words=words)

    # ------------------------------------------------------------ head

    def _mark(self) -> str:
        lines, how = list(self._outline.mark), self._way["版头"]
        if not lines:
            return ""
        letter = self._outline.format == LETTER
        if letter and how not in ("图文框", "文本框"):
            how = "图文框"
        if len(lines) > 1 and how != "表格":
            lines = [*lines[:-2], lines[-2] + lines[-1]]
        words = [
            Words(text, self._outline.mark_face, MARK, colour=self._outline.mark_colour) for text in lines
        ]
        top = self._outline.top * TWIPS - _DROP
        centre = {"spacing": self._spacing(880), "jc": tag("jc", val="center")}
        if how == "表格":
            return self._mark_table(words, centre)
        if how == "图文框":
            place = tag(
                "framePr", w=9638, h=880 * len(words), hRule="exact", wrap="notBeside",
                vAnchor="page", hAnchor="page", x=1134, y=round(top),
            )  # fmt: skip
            return "".join(self._paragraph((each,), {**centre, "framePr": place}) for each in words)
        if how == "文本框":
            inner = "".join(self._paragraph((each,), centre, styled=False) for each in words)
            box = text_box(inner, width=170, height=15.5 * len(words), y=top / TWIPS)
            return self._paragraph(
                (), {"spacing": self._spacing(20), "jc": tag("jc", val="both")}, extra=box, styled=False
            )
        before = round(top - self._outline.sheet.top)
        if how == "空行" or any(each.role in ("份号", "密级") for each in self._outline.lines):
            used = sum(each.role in ("份号", "密级", "紧急程度") for each in self._outline.lines)
            blanks = self._paragraph((), {"spacing": self._spacing()}, styled=False) * max(
                0, before // 579 - used
            )
            return blanks + "".join(self._paragraph((each,), centre) for each in words)
        first = {**centre, "spacing": self._spacing(880, before=before)}
        return "".join(
            self._paragraph((each,), centre if index else first) for index, each in enumerate(words)
        )

    def _mark_table(self, words: Sequence[Words], centre: Marks) -> str:
        cell = [self._paragraph((each,), centre) for each in words]
        if len(words) == 1:
            return table([cell], widths=[8844])
        first = tag("vMerge", val="restart"), tag("vMerge")
        rows = [[cell[0], cell[-1]], [cell[1], self._paragraph((), centre, styled=False)]]
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
        outline = self._outline
        marks: dict[str, str] = {}
        off = self._way["版头"] in ("图文框", "文本框") and outline.mark
        if outline.format == LETTER:
            lower = round(54.9 * TWIPS - outline.sheet.top)
            marks["spacing"] = self._spacing(before=lower)
            line = replace(line, above=0)
        elif off and line.above:
            line = replace(line, above=line.above + 5)
        if outline.format == LETTER:
            return self._line(line, extra=self._doubles_drawn(), marks=marks)
        return self._ruled(line)

    def _ruled(self, line: Line) -> str:
        how, colour = self._way["红线"], self._outline.red_rule
        if how == "星" and not self._outline.kind.startswith(("通知", "决")):
            how = "连接符"
        width = self._outline.sheet.text_width / TWIPS
        tiny = {"spacing": self._spacing(20), "jc": tag("jc", val="center")}
        if not colour:
            return self._line(line)
        if how == "下框线":
            return self._line(line, marks={"pBdr": edges(bottom=(1, colour, 8))})
        if how == "上框线":
            return self._line(line) + self._paragraph(
                (), {**tiny, "pBdr": edges(top=(1, colour, 1))}, styled=False
            )
        if how == "表格":
            blank = self._blank(line.above)
            cell = self._line(replace(line, above=0))
            return blank + table([[cell]], widths=[8844], borders=borders(bottom=1, colour=colour))
        if how == "星":
            half = (width - 10) / 2
            lines = stroke("连接符", length=half, weight=1, colour=colour, y=None) + stroke(
                "连接符", length=half, weight=1, colour=colour, y=None, x=half + 10
            )
            star = self._paragraph(
                (Words("★", SONG, colour=colour),), tiny | {"spacing": self._spacing()}, extra=lines
            )
            return self._line(line) + star
        blank = self._blank(line.above)  # a line below a paragraph is measured from its upper edge
        rule = stroke(how, length=width, weight=1, colour=colour, y=None)
        return blank + self._line(replace(line, above=0), extra=rule)

    def _doubles(self) -> str:
        """The rules of a letter as frames; "" where they are drawn."""
        if self._way["红线"] not in ("下框线", "上框线", "表格", "星"):
            return ""
        made = []
        for each in self._outline.doubles:
            sides = {"top": (each.upper, "FF0000", 0), "bottom": (each.lower, "FF0000", 1)}
            shown = {side: given for side, given in sides.items() if given[0]}
            marks = {
                "framePr": frame(each.y, width=each.length),
                "pBdr": edges(**shown),
                "spacing": self._spacing(20),
            }
            made.append(self._paragraph((), marks, styled=False))
        return "".join(made)

    def _doubles_drawn(self) -> str:
        how, made = self._way["红线"], ""
        if how not in ("VML", "连接符", "形状", "矩形"):
            return ""
        for each in self._outline.doubles:
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
        above = [each for each in self._outline.lines if each.role in ("份号", "密级", "紧急程度")]
        yield from (self._line(each) for each in above)
        yield self._mark()
        yield self._doubles()
        before = ""
        for line in self._outline.lines:
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
                else self._line(line)
            )
        yield before

    def _ended(self, block: str, section: str) -> str:
        """A block that a new page follows."""
        how, page = self._way["另页"], run(tag("br", type="page"))
        if how == "段末":
            return block.removesuffix("</w:p>") + page + "</w:p>"
        if how == "独占一段":
            return block + self._paragraph((), {"spacing": self._spacing()}, extra=page, styled=False)
        if how == "分节":
            start = block.rindex("<w:p>")
            last = block[start:]
            if last.startswith("<w:p><w:pPr>"):
                return block[:start] + last.replace("</w:pPr>", section + "</w:pPr>", 1)
            return block[:start] + last.replace("<w:p>", f"<w:p>{tag('pPr', section)}", 1)
        return block

    def _title(self, line: Line) -> str:
        parts, how = line.text.split("|"), self._way["标题"]

        def part(text: str, above: float) -> str:
            return self._line(replace(line, words=(replace(line.words[0], text=text),), above=above))

        if how == "两段":
            return "".join(part(text, 0 if index else line.above) for index, text in enumerate(parts))
        return part(("\n" if how == "换行" else "").join(parts), line.above)

    def _imprint(self) -> str:
        lines, how = self._outline.imprint, self._way["版记"]
        if not lines:
            return ""
        ruled = self._outline.format != LETTER
        top, inside, bottom = self._outline.weights if ruled else (0, 0, 0)
        if how in ("表格", "两栏表格"):
            rule = borders(top, inside, bottom)
            cells = [[self._line(each)] for each in lines]
            widths = [8844]
            if how == "两栏表格" and len(lines[-1].text.split("　")) > 1:
                last, widths = lines[-1], [5000, 3844]
                organ, day = re.split("　+", last.text)
                split = (
                    replace(last, words=(replace(last.words[0], text=organ),), right=0),
                    replace(last, words=(replace(last.words[0], text=day),), align="right", left=0),
                )
                cells[-1] = [self._line(each) for each in split]
            return table(cells, widths=widths, borders=rule, foot=True) + self._paragraph(
                (), {"spacing": self._spacing(20)}, styled=False
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
            sides = {"top": (top, "000000", 1)} if index == 0 else {}
            sides["bottom"] = (bottom if index == len(lines) - 1 else inside, "000000", 1)
            marks = {"pBdr": edges(**sides)} if ruled else {}
            made.append(self._line(line, marks={**marks, **({"framePr": place} if how == "图文框" else {})}))
        if how == "图文框":
            return "".join(made)
        box = text_box("".join(made), width=156, height=22, foot=True)
        return self._paragraph((), {"spacing": self._spacing(20)}, extra=box, styled=False)

    def docx(self) -> bytes:
        """The package."""
        folios = self._folios()
        section = self._section({name: kind for name, (kind, _) in folios.items()})
        blocks = list(self._body(section))
        body = "".join(blocks) + self._imprint() + section
        even = any(kind == "even" for kind, _ in folios.values())
        parts = {
            "styles": styles(
                self._way["程序"],
                self._base_paragraph() if self._suite.based else {},
                self._base_run(),
                [xml for _, xml in self._styles.values()],
            ),
            "settings": tag("evenAndOddHeaders") if even else "",
            **{name: xml for name, (_, xml) in folios.items()},
        }
        if self._suite.themed:
            parts["theme"] = theme(self._way["程序"])
        if self._way["层次"] == "自动编号":
            parts["numbering"] = self._numbering()
        return docx(body, parts)

    def _section(self, footers: Mapping[str, str]) -> str:
        sheet = self._outline.sheet
        grid = {"指定行": "lines", "行和字": "linesAndChars"}.get(self._grid)
        usual = {PYTHON: 360, JS: 360, OFFICE: 100}.get(self._way["程序"], 312)
        refer = "".join(
            f'<w:footerReference w:type="{kind}" r:id="{name}"/>' for name, kind in footers.items()
        )
        return tag(
            "sectPr",
            refer
            + tag("pgSz", w=sheet.width, h=sheet.height)
            + tag("pgMar", top=sheet.top, right=sheet.right, bottom=sheet.bottom, left=sheet.left, header=851, footer=sheet.footer, gutter=0)
            + ("" if self._outline.folio.first else tag("titlePg"))
            + tag("docGrid", type=grid, linePitch=579 if grid else usual, charSpace=-848 if grid == "linesAndChars" else None),
        )  # fmt: skip

    # ------------------------------------------------------------ the number of the page

    def _folios(self) -> dict[str, tuple[str, str]]:
        """Footer parts: name → kind and XML."""
        folio, how = self._outline.folio, self._way["页码"]
        if not folio.shown:
            return {}
        outer = (folio.odd, folio.even) == ("right", "left")
        made = {} if folio.first else {"footer3": ("first", self._paragraph((), {}, styled=False))}
        if how in ("图文框", "文本框") and (outer or folio.odd == folio.even):
            side = "outside" if outer else folio.odd
            return {"footer1": ("default", self._boxed(side)), **made}
        sides = {"footer1": ("default", folio.odd), "footer2": ("even", folio.even)}
        for name, (kind, side) in sides.items():
            width = self._twips(folio.size)
            spaces = {
                "right": folio.space if side == "right" else 0.0,
                "left": folio.space if side == "left" else 0.0,
            }
            marks = {
                "spacing": self._spacing(320),
                "ind": indent(self._way["程序"], "磅", width, first=0, **spaces),
                "jc": tag("jc", val=side),
            }
            inner = self._paragraph((), marks, extra=self._folio_runs(), styled=False)
            if how == "内容控件":
                part = tag(
                    "docPartObj",
                    tag("docPartGallery", val="Page Numbers (Bottom of Page)") + tag("docPartUnique"),
                )
                inner = tag("sdt", tag("sdtPr", part) + tag("sdtContent", inner))
            made[name] = (kind, inner)
        return made

    def _boxed(self, side: str) -> str:
        marks: dict[str, str] = {"spacing": self._spacing(320), "jc": tag("jc", val="both")}
        if self._way["页码"] == "图文框":
            marks["framePr"] = tag(
                "framePr", wrap="around", vAnchor="text", hAnchor="margin", xAlign=side, y=1
            )
            number = self._paragraph((), marks, extra=self._folio_runs("　"), styled=False)
            return number + self._paragraph((), {}, styled=False)
        inner = self._paragraph((), marks, extra=self._folio_runs("　"), styled=False)
        box = text_box(inner, width=25, height=6, side=side)
        return self._paragraph((), {}, extra=box, styled=False)

    def _folio_runs(self, blank: str = "") -> str:
        folio = self._outline.folio
        base = self._base_run()

        def words(text: str) -> str:
            return self._runs(Words(text, folio.face, folio.size), base, split=False) if text else ""

        look = properties("rPr", self._own(self._run_marks(Words("1", folio.face, folio.size)), base))
        digit = f"<w:r>{look}<w:t>1</w:t></w:r>"
        if self._way["页码"] == "简单域":
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
                + tag("pPr", tag("ind", left=0, firstLine=round(2 * self._twips(16))))
                + properties("rPr", self._run_marks(Words("", face)))
            )  # fmt: skip
            levels.append(tag("lvl", inner, ilvl=index))
        abstract = tag(
            "abstractNum", tag("multiLevelType", val="multilevel") + "".join(levels), abstractNumId=0
        )
        return abstract + tag("num", tag("abstractNumId", val=0), numId=1)


def _text(words: str) -> str:
    """The children of a run: text, line breaks, tabs."""
    made = []
    for part in re.split(r"([\n\t])", words):
        if part in ("\n", "\t"):
            made.append(tag("br") if part == "\n" else tag("tab"))
        elif part:
            made.append(f'<w:t xml:space="preserve">{escape(part)}</w:t>')
    return "".join(made)


def _blanks(width: float) -> str:
    """White of so many characters, to the half."""
    halves = round(width * 2)
    return "　" * (halves // 2) + " " * (halves % 2)
