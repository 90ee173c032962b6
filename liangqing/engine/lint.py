"""What is wrong with a template beside its tags: tags in parts that are not filled, styles, fonts."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field

from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, error, warning
from liangqing.base.docx_zip import Package, W
from liangqing.base.wordprocessingml import value_of
from liangqing.engine.fonts import TemplateStyles, chinese_runs, has_theme_font

_STYLE_USES = (f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
_OPENINGS = tuple(opening.encode() for opening in ("{{", "{%", "｛｛", "｛％", "{％", "｛%"))


def misplaced_tags(package: Package, filled: Container[str]) -> list[Diagnostic]:
    """Tags in parts that are not filled in."""
    problems = []
    for name, part in package.parts.items():
        if _elsewhere(name, filled) and any(opening in part.data for opening in _OPENINGS):
            message = f"「{name}」（图表、设置等）里有标记，这里不会填写"
            place, advice = Place(package.name), "把标记移到正文、页眉或页脚"
            problems.append(error(Code.TAG_MISPLACED, place, message, advice))
    return problems


def _elsewhere(name: str, filled: Container[str]) -> bool:
    return name.endswith(".xml") and name.startswith(("word/", "docProps/")) and name not in filled


@dataclass
class _Use:
    place: Place
    count: int = 0


@dataclass
class TextLint:
    """Styles and fonts of the paragraphs; the same fault in the same style is told once, with a count."""

    styles: TemplateStyles
    _missing: dict[str, _Use] = field(default_factory=dict)
    _fontless: dict[str, _Use] = field(default_factory=dict)

    def table_styles(self, root: etree._Element, places: Mapping[etree._Element, Place]) -> None:
        """The styles of tables, each told with the place of the table's first paragraph."""
        for style in root.iter(f"{W}tblStyle"):
            table = next(style.iterancestors(f"{W}tbl"))
            first = next(
                (places[paragraph] for paragraph in table.iter(f"{W}p") if paragraph in places), None
            )
            if first is not None:
                self._style(style, first)

    def paragraph(self, paragraph: etree._Element, place: Place) -> None:
        """To be called when the tags are marked: a run that prints a value needs a Chinese font too."""
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        if named is not None:
            self._style(named, place)
        name = named.get(f"{W}val", "") if named is not None else ""
        runs = list(chinese_runs(paragraph))
        for run in runs:
            used = run.find(f"{W}rPr/{W}rStyle")
            if used is not None:
                self._style(used, place)
        table = _table_style(paragraph) if runs else ""
        fontless = [run for run in runs if not self.styles.chinese_font(run, name, table)]
        if fontless:
            own = all(map(has_theme_font, fontless))
            self._fontless.setdefault("" if own else name or self.styles.default, _Use(place)).count += 1

    def warnings(self) -> list[Diagnostic]:
        """What was found in all parts together, once a style, at the first place: styles that are not there, which Word takes
        for the usual one, and Chinese text for which no font is named, neither outright nor by the theme.
        """
        return [
            *(
                warning(
                    Code.UNKNOWN_STYLE,
                    use.place,
                    f"没有样式「{name}」{_times(use)}，Word 照默认的样式显示",
                    "样子对的不用改；不对的在 Word 里重新选一个样式",
                )
                for name, use in self._missing.items()
            ),
            *(
                warning(
                    Code.NO_CHINESE_FONT,
                    use.place,
                    f"{self._name(name)}的中文没有指定字体{_times(use)}，各台电脑印出来可能不一样",
                    _font_menu(self.styles.name(name) if self.styles.known(name) else ""),
                )
                for name, use in self._fontless.items()
            ),
        ]

    def _style(self, element: etree._Element, place: Place) -> None:
        name = element.get(f"{W}val", "")
        if not self.styles.known(name):
            self._missing.setdefault(name, _Use(place)).count += 1

    def _name(self, style: str) -> str:
        return f"样式「{self.styles.name(style)}」" if self.styles.known(style) else "这里"


def _table_style(paragraph: etree._Element) -> str:
    """The style of the table that a paragraph stands in; "" outside."""
    table = next(paragraph.iterancestors(f"{W}tbl"), None)
    return value_of(table.find(f"{W}tblPr"), "tblStyle") if table is not None else ""


def _font_menu(style: str) -> str:
    """Where in Word the font of a style, or of text itself, is chosen."""
    if not style:
        return "选中这些文字，“开始→字体”右下角打开对话框，在“中文字体”一栏选字体，如仿宋_GB2312"
    return f"“开始→样式”里右键点「{style}」，“修改→格式→字体”，在“中文字体”一栏选字体，如仿宋_GB2312"


def _times(use: _Use) -> str:
    return f"（共 {use.count} 处）" if use.count > 1 else ""
