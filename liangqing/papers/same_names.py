"""Files of one name in the folders of several kinds: in one mail, or one folder, one would take the place of the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, warning
from liangqing.base.file_names import folded
from liangqing.papers.catalogue import Entry


def same_names(files: Iterable[tuple[Entry, str]]) -> Iterator[Diagnostic]:
    """A remark for each two kinds that have a file of the same name, told at the 文件名 of the later one.

    `files` are kind and path of each paper, the folder of the kind before its last slash.
    """
    first: dict[str, Entry] = {}
    told: set[tuple[str, str]] = set()
    for entry, path in files:
        name = path.rpartition("/")[2]
        other = first.setdefault(folded(name), entry)
        pair = (other.name, entry.name)
        if other.name != entry.name and pair not in told:
            told.add(pair)
            yield warning(
                Code.FILE_NAME_OF_TWO_KINDS,
                entry.place("文件名"),
                f"{entry.name}和{other.name}的文件同名：{name}",
                f"发邮件、放进一个文件夹会互相覆盖；在「文件名」开头加上「{entry.name}-」",
            )
