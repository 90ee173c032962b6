"""Records from forms as the text of a file of the year, with what a person has still to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from liangqing.data.json_schema import headed
from liangqing.data.yaml.places import Tree
from liangqing.data.yaml.write import dump

TOLD = (
    "由 collect 收回表单时写下；以后不再改写，可以接着编辑",
    "原件在同名文件夹里。自查要审核后才计数：填好审核日期、审核人和审核结果（通过 或 退回补充）",
)
Row = tuple[str, Tree, str, str]


def document(name: str, rows: Sequence[Row], title: str, review: Sequence[str]) -> str:
    """The file called `name` (below the workspace): of each row its section, record, original and SHA-256 of that.

    `review` are keys that are left open below each 自查, for a person to fill in.
    """
    sections = (
        "\n".join(_section(rows, section, review)) for section in dict.fromkeys(row[0] for row in rows)
    )
    return headed(name, (title, *TOLD), "\n\n".join(sections) + "\n")


def _section(rows: Sequence[Row], section: str, review: Sequence[str]) -> Iterator[str]:
    yield f"{section}:"
    for kind, tree, original, digest in rows:
        if kind == section:
            yield f"  # {original}  sha256 {digest}"
            yield from (f"  {line}" if line else "" for line in dump([tree], indented=True).splitlines())
            yield from (f"    {key}:" for key in review if section == "自查")
