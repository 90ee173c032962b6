"""A paragraph of an outline as a file of some program has it: fonts, indents, white, runs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from xml.sax.saxutils import escape

from drawn import run
from outlines import BIAO, FANG, HEI, KAI, SONG, Line, Outline, Words
from suites import SUITES, Marks, fonts, indent, properties, tag, theme_fonts
from ways import Way

from liangqing.base.chinese import character_width

NAMES = {
    "GB2312": {FANG: "仿宋_GB2312", KAI: "楷体_GB2312", HEI: "黑体", SONG: "宋体", BIAO: "方正小标宋简体"},
    "系统": {FANG: "仿宋", KAI: "楷体", HEI: "黑体", SONG: "宋体", BIAO: "华文中宋"},
    "英文名": {FANG: "FangSong", KAI: "KaiTi", HEI: "SimHei", SONG: "SimSun", BIAO: "FZXiaoBiaoSong-B05S"},
    "方正": {FANG: "方正仿宋_GBK", KAI: "方正楷体_GBK", HEI: "方正黑体_GBK", SONG: "方正书宋_GBK", BIAO: "方正小标宋_GBK"},
}  # fmt: skip
NAMES["主题"] = NAMES["系统"]
_NUMERAL = {1: r"[一二三四五六七八九]、", 2: r"（[一二三四五六七八九]）", 3: r"\d\.", 4: r"（\d）"}
_STYLES = {"标题": "公文标题", "主送": "主送机关", "署名": "落款", "日期": "成文日期", "附注": "附注"}
_CHUNK = 7  # characters of a run, where text is in pieces


class ParagraphWriter:
    """Writes the lines of an outline in a way; collects the styles that they are in."""

    def __init__(self, outline: Outline, way: Way) -> None:
        self.outline, self.way = outline, way
        self.suite = SUITES[way["程序"]]
        sheet = outline.sheet
        grid = way["网格"]
        if grid == "行和字" and not self.suite.based:
            grid = "指定行"
        if sheet.pitch != 579 or sheet.rule != "exact":
            grid = "固定值"
        self.grid = grid
        self.themed = way["字体名"] == "主题" and self.suite.themed
        self.pitch = 560 if grid == "28磅" else sheet.pitch
        self._rule = sheet.rule
        self.tight = 0 if grid == "行和字" else sheet.tight
        self.styles: dict[tuple[str, str], tuple[str, str]] = {}
        self._next = 1

    # ------------------------------------------------------------ looks

    def twips(self, size: float) -> float:
        """The width of a character."""
        return size * 20 + (self.tight if size == 16 else 0)

    def run_marks(self, words: Words) -> dict[str, str]:
        face = NAMES[self.way["字体名"]][words.face]
        latin = self.way["西文"] if words.face != SONG and self.way["西文"] != "同中文" else face
        half = round(words.size * 2)
        return {
            "rFonts": theme_fonts(self.way["程序"])
            if words.face == FANG and not words.how and self.themed
            else fonts(self.way["程序"], face, latin, words.how),
            "b": tag("b") if words.bold else "",
            "color": tag("color", val=words.colour) if words.colour else "",
            "highlight": tag("highlight", val="yellow") if words.how == "突出" else "",
            "spacing": tag("spacing", val=self.tight if words.size == 16 else 0) if self.tight else "",
            "sz": tag("sz", val=half),
            "szCs": tag("szCs", val=half),
        }

    def base_run(self) -> dict[str, str]:
        return self.run_marks(Words("")) if self.suite.based else {}

    def own(self, marks: Marks, base: Marks) -> dict[str, str]:
        return {key: value for key, value in marks.items() if value != base.get(key, "")}

    def spacing(self, line: int | None = None, rule: str = "exact", before: int = 0, lines: float = 0) -> str:
        if line is None:
            snapped = self.grid in ("指定行", "行和字")
            line, rule = (240, "auto") if snapped else (self.pitch, self._rule)
        return tag(
            "spacing",
            before=before,
            beforeLines=round(lines * 100) or None,
            after=0,
            line=line,
            lineRule=rule,
        )

    def base_paragraph(self) -> dict[str, str]:
        return {
            "widowControl": tag("widowControl", val=0),
            "spacing": self.spacing(),
            "jc": tag("jc", val="both"),
        }

    def _falses(self) -> dict[str, str]:
        return {name: tag(name, val=0) for name in self.suite.falses}

    # ------------------------------------------------------------ text

    def runs(self, words: Words, base: Marks, *, split: bool = True) -> str:
        look = properties("rPr", self.own(self.run_marks(words), base))
        how = self.way["碎"] if split and words.text and not words.how else "整句"
        size = len(words.text) or 1
        pieces = (
            [words.text[at : at + _CHUNK] for at in range(0, size, _CHUNK)] if how == "拆开" else [words.text]
        )
        made = []
        for index, piece in enumerate(pieces):
            rsid = f' w:rsidR="00A{index:05d}"' if self.suite.rsid and how == "拆开" else ""
            made.append(f"<w:r{rsid}>{look}{_text(piece)}</w:r>")
        if how == "书签":
            self._next += 1
            mark = {"id": self._next}
            return (
                tag("bookmarkStart", name=f"_Toc{self._next}", **mark) + made[0] + tag("bookmarkEnd", **mark)
            )
        if how == "内容控件":
            return tag("sdt", tag("sdtPr", tag("alias", val="甲")) + tag("sdtContent", made[0]))
        if words.how == "插入":
            return tag("ins", "".join(made), id=1, author="张某某", date="2026-01-04T09:00:00Z")
        proof = '<w:proofErr w:type="gramStart"/>' if self.suite.rsid else ""
        return proof.join(made)

    def paragraph(
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
        base_run = dict(self.base_run())
        if self.suite.based:
            own = self.own(own, self.base_paragraph())
        if self.way["格式"] == "样式" and styled and words:
            look = self.run_marks(words[0])
            apart = ("numPr", "framePr", "pageBreakBefore")
            kept = {key: value for key, value in own.items() if key in apart}
            rest = {key: value for key, value in own.items() if key not in kept}
            own = {**kept, "pStyle": tag("pStyle", val=self._style(role, rest, self.own(look, base_run)))}
            base_run |= look
        elif self.suite.style_id == "Normal" and not self.suite.based:
            own["pStyle"] = tag("pStyle", val="Normal")
        if not words or not self.suite.based:
            mark = self.own(self.run_marks(words[0] if words else Words("")), base_run)
            own["rPr"] = properties("rPr", mark)
        text = "".join(self.runs(each, base_run) for each in words)
        return tag("p", properties("pPr", own) + before + text + extra)

    def _style(self, role: str, paragraph: Marks, look: Marks) -> str:
        key = (properties("pPr", paragraph), properties("rPr", look))
        if key not in self.styles:
            name = _STYLES.get(role, "公文" + role.rstrip("0123456789"))
            number = len(self.styles) + 10
            taken = {each for each, _ in self.styles.values()}
            name = name if name not in taken else f"{name}{number}"
            based = tag("basedOn", val=self.suite.style_id) if self.suite.style_id else ""
            xml = f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="s{number}">{tag("name", val=name)}{based}{key[0]}{key[1]}</w:style>'
            self.styles[key] = (name, xml)
        names = list(self.styles)
        return f"s{names.index(key) + 10}"

    def blank(self, count: float) -> str:
        if not count:
            return ""
        plain: Marks = {"spacing": self.spacing(), "jc": tag("jc", val="both")}
        if self.way["空行"] == "一段换行" and count > 1:
            breaks = run(tag("br") * (round(count) - 1))
            return self.paragraph((), plain, extra=breaks, styled=False)
        return self.paragraph((), plain, styled=False) * round(count)

    # ------------------------------------------------------------ lines

    def line(self, line: Line, *, extra: str = "", before: str = "", marks: Marks | None = None) -> str:
        """A line of the paper, with the white above it."""
        how, above = self.way["空行"], line.above
        blank, spacing = "", self.spacing()
        if how == "段前" or (how == "段前行" and self.grid not in ("指定行", "行和字")):
            spacing = self.spacing(before=round(above * self.pitch))
        elif how == "段前行":
            spacing = self.spacing(before=round(above * 579), lines=above)
        elif (
            how == "段内换行"
            and above
            and (self.way["缩进"] == "空格" or line.first == 0)
            and line.align != "right"
        ):
            before += run(tag("br") * round(above))
        else:
            blank = self.blank(above)
        line, own = self._placed(line)
        numbered, line = self._numbered(line)
        own = {"spacing": spacing, **own, **numbered, **(marks or {})}
        if line.new_page and self.way["另页"] == "段前":
            own["pageBreakBefore"] = tag("pageBreakBefore")
        if line.new_page and self.way["另页"] == "段内":
            before = run(tag("br", type="page")) + before
        return blank + self.paragraph(line.words, own, role=line.role, extra=extra, before=before)

    def _placed(self, line: Line) -> tuple[Line, dict[str, str]]:
        """Indents and alignment, and the line with the blanks that stand for them."""
        width = self.twips(line.size)
        program, how = self.way["程序"], self.way["缩进"]
        if line.align == "right" and line.role.startswith(("署名", "日期")):
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
        how, program = self.way["落款"], self.way["程序"]
        room = self.outline.sheet.text_width / width
        before = room - line.right - character_width(line.text)
        both = {"jc": tag("jc", val="both")}

        def spaced(start: str, end: str) -> Line:
            return replace(line, words=(replace(line.words[0], text=start + line.text + end),))

        if how in ("后空格", "一段"):
            return spaced("", blanks(line.right)), {"jc": tag("jc", val="right")}
        if how == "前空格":
            return spaced(blanks(before), ""), both
        if how == "左缩进":
            return line, {"ind": indent(program, "磅", width, left=before, first=0, right=0), **both}
        if how == "制表位":
            stop = round(self.outline.sheet.text_width - line.right * width)
            return spaced("\t", ""), {"tabs": tag("tabs", tag("tab", val="right", pos=stop)), **both}
        chars = "字符和磅" if how == "右字符" else "磅"
        return line, {
            "ind": indent(program, chars, width, left=0, first=0, right=line.right),
            "jc": tag("jc", val="right"),
        }

    def _numbered(self, line: Line) -> tuple[dict[str, str], Line]:
        if line.lost:
            return {"numPr": tag("numPr", tag("ilvl", val=0) + tag("numId", val=77))}, line
        if self.way["层次"] != "自动编号" or not line.level:
            return {}, line
        found = re.match(_NUMERAL[line.level], line.text)
        if found is None:
            return {}, line
        numbering = tag("ilvl", val=line.level - 1) + tag("numId", val=1)
        words = (replace(line.words[0], text=line.words[0].text[found.end() :]), *line.words[1:])
        return {"numPr": tag("numPr", numbering)}, replace(line, words=words)


def _text(words: str) -> str:
    """The children of a run: text, line breaks, tabs."""
    made = []
    for part in re.split(r"([\n\t])", words):
        if part in ("\n", "\t"):
            made.append(tag("br") if part == "\n" else tag("tab"))
        elif part:
            made.append(f'<w:t xml:space="preserve">{escape(part)}</w:t>')
    return "".join(made)


def blanks(width: float) -> str:
    """White of so many characters, to the half."""
    halves = round(width * 2)
    return "　" * (halves // 2) + " " * (halves % 2)
