"""Records from forms as the text of a file of the year, with what a person has still to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from liangqing.data.json_schema import headed
from liangqing.data.yaml.places import Source, Tree
from liangqing.data.yaml.style import YamlStyle, style_of
from liangqing.data.yaml.write import block_lines

TOLD = (
    "由 collect 收回表单时写下；以后不再改写，可以接着编辑",
    "原件在同名文件夹里。自查要审核后才计数：填好审核日期、审核人和审核结果（通过 或 退回补充）",
)
Row = tuple[str, Tree, str, str]


def document(
    name: str, rows: Sequence[Row], title: str, review: Sequence[str], sources: Iterable[Source]
) -> str:
    """The file called `name` (below the workspace): of each row its section, record, original and SHA-256 of that.

    `review` are keys that are left open below each 自查, for a person to fill in; `sources` the files of theirs, in the
    style of which all is written.
    """
    near, sections = list(sources), dict.fromkeys(row[0] for row in rows)
    folder = name.split("/收回/")[0]
    styles = {section: style_of(section, near, f"{folder}/") for section in sections}
    texts = ("\n".join(_section(rows, section, review, styles[section])) for section in sections)
    return next(iter(styles.values())).finished(headed(name, (title, *TOLD), "\n\n".join(texts) + "\n"))


def _section(rows: Sequence[Row], section: str, review: Sequence[str], style: YamlStyle) -> Iterator[str]:
    yield f"{section}:"
    column = style.offset_at((section,))
    pad, below = " " * column, " " * (column + style.gap)
    own = [row for row in rows if row[0] == section]
    for number, (_, tree, original, digest) in enumerate(own):
        assert isinstance(tree, dict)
        yield from [""] * (style.blank if number else 0)
        yield f"{pad}# {original}  sha256 {digest}"
        record = style.in_order((section,), tree)
        yield from block_lines([record], column, style, (section,))
        yield from (f"{below}{key}:" for key in review if section == "自查")
