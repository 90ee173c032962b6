"""The folder that a group works in: found, read and proved (docs/使用手册/数据.md, 工作目录)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from liangqing.base import file_names
from liangqing.base.chinese import suggestion
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, Severity, error, refuse, warning
from liangqing.base.folders import CARD, DATA, KEPT, LIBRARY, OUTPUT, REGISTER, TEMPLATES
from liangqing.base.safe_files import leads_outside, outside
from liangqing.data.model.group import Options
from liangqing.data.model.validate import GENERAL, LISTS, SECTIONS, Reading
from liangqing.data.model.year import Year
from liangqing.data.references import names_of, resolve, take_out_loose, texts
from liangqing.data.yaml import places as source
from liangqing.data.yaml.kept_trees import KeptTrees
from liangqing.data.yaml.places import Source

TREES = ".trees"  # below the output folder


@dataclass(frozen=True)
class Workspace:
    """What stands in the folder: the years that could be read, and everything wrong with the data.

    `complete` tells whether nothing was taken out, so that what is missing is really missing.
    """

    root: Path
    years: Mapping[int, Year]
    diagnostics: tuple[Diagnostic, ...] = ()
    complete: bool = True
    sources: Mapping[str, Source] = field(default_factory=dict)
    trees: KeptTrees | None = field(default=None, compare=False)

    def concerns(self, places: Iterable[Place], names: Set[str]) -> bool:
        """Whether what stands at one of `places` may bear on a paper that is about the records called `names`."""
        known = map(self.named_at, places)
        return any(named is None or not names.isdisjoint(named) for named in known)

    def named_at(self, place: Place) -> frozenset[str] | None:
        """All that the record at `place` says: it bears on papers about whatever it names.

        None for what bears on everything: a section without a list, and what can't be told.
        """
        source = self.sources.get(place.file)
        if source is None or place.line is None:
            return None
        path = source.item_at(place.line)
        return None if len(path) < 2 else frozenset(text for _, text in texts(source.at(path)))

    def year(self, number: int | None) -> Year:
        """The year asked for, else the latest. Raises Problems when there is none."""
        if number is None and self.years:
            return self.years[max(self.years)]
        if number is not None and number in self.years:
            return self.years[number]
        if number is None and self.diagnostics and _year_folders(self.root):
            raise Problems(())  # why the year can't be read is told by the diagnostics
        place = Place(DATA if number is None else f"{DATA}/{number}")
        if number is not None and (self.root / DATA / str(number)).is_dir():
            raise refuse(
                Code.YEAR_UNREADABLE, place, f"{number} 年的数据读不出来", "先改好这里列出的其他错误"
            )
        what = "还没有任何年度的数据" if number is None else f"没有 {number} 年的数据"
        raise refuse(
            Code.NO_DATA_OF_YEAR, place, what, suggestion(str(number or ""), sorted(map(str, self.years)))
        )


def load(root: Path, instead: Mapping[str, Source] = MappingProxyType({})) -> Workspace:
    """Read and prove the data of all years.

    A file called as one of `instead` is judged as that says; what is not there yet as if it stood in its folder.
    """
    sources: dict[str, Source] = {}
    trees = KeptTrees(root / OUTPUT / TREES)
    overlooked = list(_overlooked(root))
    unread_at = {problem.place.file for problem in overlooked if problem.severity is Severity.ERROR}

    def read_files(
        found: Iterable[Path], folder: str, allowed: tuple[str, ...] | None
    ) -> tuple[Reading, bool]:
        names = {path.relative_to(root).as_posix() for path in found}
        names |= {name for name in instead if _stands_in(name, folder)}
        in_order = sorted(names, key=lambda name: name.split("/"))
        return _read_files(root, in_order, allowed, sources, trees, instead)

    general, unread = read_files((root / DATA).glob("*.yaml"), DATA, GENERAL)
    unread |= any(posixpath.dirname(name) == DATA for name in unread_at)
    diagnostics = [*general.diagnostics, *overlooked]
    read: dict[int, tuple[Reading, bool]] = {}
    for folder in _year_folders(root):
        reading, missing = read_files(folder.rglob("*.yaml"), f"{DATA}/{folder.name}", None)
        missing |= any(name.startswith(f"{DATA}/{folder.name}/") for name in unread_at)
        read[int(folder.name)] = reading, missing
    findings = {number: names_of(reading)["问题"] for number, (reading, _) in read.items()}
    years: dict[int, Year] = {}
    for number, (reading, missing) in read.items():
        resolve(reading, _union(findings, before=number), _union(findings), whole=not missing)
        year = _assemble(number, reading, general)
        if isinstance(year, Year):
            years[number] = year
        elif not missing and not unread:
            reading.diagnostics += year
        diagnostics += reading.diagnostics
    wrong = any(problem.severity is Severity.ERROR for problem in diagnostics)
    complete = not (wrong or unread or any(missing for _, missing in read.values()))
    if not complete:
        years = _without_loose({number: read[number][0] for number in years}, general)
    return Workspace(root, years, tuple(diagnostics), complete, sources, trees)


def _without_loose(readings: Mapping[int, Reading], general: Reading) -> dict[int, Year]:
    """The years without the records that hang on findings of a year that could not be read, or that were taken out."""
    left = _union({number: names_of(reading)["问题"] for number, reading in readings.items()})
    for reading in readings.values():
        take_out_loose(reading, left)
    assembled = ((number, _assemble(number, reading, general)) for number, reading in readings.items())
    return {number: year for number, year in assembled if isinstance(year, Year)}


def _year_folders(root: Path) -> list[Path]:
    return sorted(folder for folder in (root / DATA).iterdir() if folder.is_dir() and _is_year(folder.name))


def _default_options() -> Options:
    options = Options.model_validate({})
    options.put(Source("（默认选项）", "选项: {}\n".encode(), {"选项": {}}), ("选项",))
    return options


def _union(names: Mapping[int, frozenset[str]], before: int = 1 << 30) -> frozenset[str]:
    """The names of all years, or of those before one."""
    return frozenset().union(*(known for number, known in names.items() if number < before))


def _is_year(name: str) -> bool:
    return len(name) == 4 and name.isascii() and name.isdigit()


def _overlooked(root: Path) -> Iterator[Diagnostic]:
    """An error for each file or folder in checklists/ that looks like data and is not read; a warning for other files.

    What programs leave beside an open file, and what is kept there on purpose, is passed over.
    """
    for path in sorted((root / DATA).iterdir()):
        if path.is_dir() and not _is_year(path.name) and path.name != KEPT and not path.name.startswith("."):
            place = Place(f"{DATA}/{path.name}")
            yield error(
                Code.FILE_IGNORED,
                place,
                "这个文件夹不会被读：年度文件夹的名字是四位数字",
                "改名（如 2021），或移到别处",
            )
    paths = sorted((root / DATA).rglob("*"))
    for path in _other_files(root / DATA, paths):
        yield _not_read(path, Place(path.relative_to(root).as_posix()))
    for first, second in file_names.alike([*paths, *sorted((root / TEMPLATES).glob("*"))]):
        yield _called_alike(root, first, second)


def _called_alike(root: Path, first: Path, second: Path) -> Diagnostic:
    """Two names that some disks take for one: in capitals and small letters, or as a Mac writes them."""
    name = first.relative_to(root).as_posix()
    how = (
        "只差大小写"
        if file_names.folded(first.name, case=True) != file_names.folded(second.name, case=True)
        else ("看起来一样，只是存法不同（从苹果电脑上拷来的常这样）")
    )
    message = f"这个文件和 {name} 的名字{how}，换一台电脑会互相覆盖"
    advice = "打开两个比一比，内容一样的留一个；不一样的改其中一个的名字"
    return warning(Code.NAMES_ALIKE, Place(second.relative_to(root).as_posix()), message, advice)


# What is kept in the data folders and is no data: scans, the notes of new-year and init, the program's own records.
_CARD = posixpath.basename(CARD)
_KEPT_BESIDE = {".md", ".pdf", ".jpg", ".jpeg", ".png", ".jsonl"}
# Folders of a year for files as they came: forms that were taken, evidence.
EVIDENCE = "佐证"
_AS_THEY_CAME = {"收回", EVIDENCE}
_LEFT_BY_PROGRAMS = re.compile(
    r"~\$.*|\..*|.*~|.*\.(tmp|temp|bak|swp|orig|lock|part|crdownload)|thumbs\.db|desktop\.ini|#.*#|.*\.wbk",
    re.IGNORECASE,
)


def _other_files(folder: Path, paths: Iterable[Path]) -> Iterator[Path]:
    """Of the `paths` below the data folder the files that are not read and that nobody keeps there on purpose."""
    for path in paths:
        inside = path.relative_to(folder).parts
        kept = (
            inside[0] == KEPT
            or inside == (_CARD,)
            or not _AS_THEY_CAME.isdisjoint(inside)
            or any(part.startswith(".") for part in inside)
        )
        harmless = path.suffix == ".yaml" or path.suffix.lower() in _KEPT_BESIDE
        if not kept and not harmless and not _LEFT_BY_PROGRAMS.fullmatch(path.name) and path.is_file():
            yield path


_SHOW_ENDINGS = "资源管理器里先勾选“查看—文件扩展名”"
_FOR_OTHERS = (
    (
        (".xlsx", ".xls", ".et", ".csv"),
        "台账里的改动用 collect 收；别处来的台账用 init --from 带入；不是数据的移到别处",
    ),
    ((".docx", ".doc", ".wps"), "单位填好的表用 collect 收；别的移到别处"),
    (("",), "是数据的，另存为后缀 .yaml 的文件；不是数据的移到别处"),
)


def _not_read(path: Path, place: Place) -> Diagnostic:
    """That a file is not read: an error where it was meant to be."""
    message, ending = "这个文件不会被读：后缀应为 .yaml", path.suffix.lower()
    meant = re.search(r"\.ya?ml(?![a-z])", path.name, re.IGNORECASE)
    more = path.name[meant.end() :] if meant else ""
    if meant is None and not (ending in (".txt", "") and _holds_sections(path)):
        advice = next(advice for endings, advice in _FOR_OTHERS if ending in endings or "" in endings)
        return warning(Code.FILE_NOT_DATA, place, "数据文件夹里的这个文件不会被读", advice)
    advice = "把后缀改成 .yaml" if meant else f"里面写的是数据：把后缀改成 .yaml（{_SHOW_ENDINGS}）"
    if meant and more:
        message = f"这个文件不会被读：名字最后还有「{more}」（Windows 常把它藏起来）"
        advice = f"改名为「{path.name[: meant.start()]}.yaml」：{_SHOW_ENDINGS}，再删去多出来的「{more}」"
    return error(Code.FILE_IGNORED, place, message, advice)


def _holds_sections(path: Path) -> bool:
    """Whether the beginning of a file reads like data."""
    with suppress(OSError), path.open("rb") as file:
        head = file.read(8192).decode("utf-8", "replace")
        return any(re.search(rf"^{section.key}[:：]", head, re.MULTILINE) for section in SECTIONS)
    return False


def _stands_in(name: str, folder: str) -> bool:
    """Whether a file is read with those of a folder: of checklists/ itself, or of a year with all below it."""
    return posixpath.dirname(name) == folder or (folder != DATA and name.startswith(f"{folder}/"))


def _read_files(
    root: Path,
    names: list[str],
    allowed: tuple[str, ...] | None,
    sources: dict[str, Source],
    trees: KeptTrees,
    instead: Mapping[str, Source],
) -> tuple[Reading, bool]:
    """Read files into one Reading; also whether one of them could not be read at all."""
    reading, unread = Reading(), False
    for name in names:
        if name in (REGISTER, LIBRARY):
            continue
        path = root / name
        try:
            if name not in instead:
                _refuse_escape(root, path, name)
            sources[name] = instead.get(name) or source.load(path, name, trees.read)
            reading.read(sources[name], allowed)
        except Problems as problems:
            reading.diagnostics += problems.diagnostics
            unread = True
    return reading, unread


def _refuse_escape(root: Path, path: Path, name: str) -> None:
    if leads_outside(root, path):
        raise outside(name)


def _assemble(number: int, reading: Reading, general: Reading) -> Year | list[Diagnostic]:
    """The year's records in one place, or what every paper needs and nobody wrote."""
    single: dict[str, Any] = {
        field: (reading.records.get(field) or general.records.get(field) or [None])[0]
        for field in ("group", "options", "checklist", "summary")
    }
    if single["checklist"] is None or single["group"] is None:
        unwritten = {
            "清单": (single["checklist"], {*reading.first, *reading.unread}, Place(f"{DATA}/{number}")),
            "机构": (
                single["group"],
                {*reading.first, *reading.unread, *general.first, *general.unread},
                Place(DATA),
            ),
        }
        return [
            error(
                Code.SECTION_MISSING,
                place,
                f"缺分区「{section}」",
                f"在这个文件夹的一个 .yaml 文件里写上「{section}: …」",
            )
            for section, (record, seen, place) in unwritten.items()
            if record is None and section not in seen
        ]
    single["options"] = single["options"] or _default_options()
    many: dict[str, Any] = {
        name: (*general.records.get(name, ()), *reading.records.get(name, ())) for name in LISTS
    }
    return Year(year=number, **single, **many)
