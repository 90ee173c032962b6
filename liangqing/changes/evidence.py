"""Files of evidence that a person hands over for a finding: proved, named, kept, and registered with a hash."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

from liangqing.base import bounds
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error
from liangqing.base.docx_zip import content_hash
from liangqing.changes.judging import JudgedRun
from liangqing.changes.ledger_altered import END
from liangqing.changes.proposed import AlteredValue, Handed
from liangqing.changes.proposed import Path as ChangePath
from liangqing.data.model.findings import Finding
from liangqing.data.model.follow_up import Incoming
from liangqing.data.model.year import Year
from liangqing.data.yaml.places import Tree
from liangqing.engine import PICTURE_ENDINGS, kind_of_picture
from liangqing.year.evidence_files import KeptEvidence, digest_of, folder_of, of_finding, of_year
from liangqing.year.photos import is_picture

LARGEST = bounds.EVIDENCE_FILE
LONGEST = 80  # signs of its name
# By ending: what people call such a file.
KINDS: Mapping[str, str] = {
    ".pdf": "PDF",
    **dict.fromkeys((".jpg", ".jpeg"), "照片"),
    **dict.fromkeys((".png", ".gif", ".bmp", ".webp", ".tif", ".tiff"), "图片"),
    ".docx": "Word 文件",
    ".xlsx": "Excel 文件",
}
_PDF = b"%PDF-"
_PACKED = (".docx", ".xlsx")
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]|^\.+|[. ]+$')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


@dataclass(frozen=True)
class DroppedFile:
    """A file as it came: its name, which is never used as a path, and its bytes."""

    name: str
    data: bytes

    @property
    def digest(self) -> str:
        """SHA-256 in hex."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def ending(self) -> str:
        """The ending of its name, with the dot, in small letters."""
        return PurePosixPath(self.name).suffix.lower()


@dataclass(frozen=True)
class TakenEvidence:
    """What a drop comes to: the change of the finding, the files to be kept by name below the workspace, and of files
    that are registered elsewhere too, where.
    """

    handed: Handed
    files: Mapping[str, bytes]
    also: Mapping[str, KeptEvidence]

    def with_files(self, run: JudgedRun) -> JudgedRun:
        """The judged run with the files beside it."""
        return replace(run, originals={**run.originals, **self.files})


@dataclass(frozen=True)
class EvidenceFor:
    """Where evidence goes: to a 进展 that is there (`progress`, from 0), to what was seen on the site (`on_site`), else to a
    new 进展 of `day` that says `what`. `phase`: what pictures show, 整改前 or 整改后; "": nobody says.
    """

    finding: Finding
    progress: int | None
    day: date
    what: str = ""
    evidence_day: str = ""  # 日期 of the evidence as a person wrote it; "": none
    on_site: bool = False
    phase: str = ""

    @property
    def begins_progress(self) -> bool:
        """Whether a new 进展 is made for it."""
        return self.progress is None and not self.on_site


def take(root: Path, year: Year, wanted: EvidenceFor, dropped: Sequence[DroppedFile]) -> TakenEvidence:
    """Prove and name the files, all or none; nothing is written.

    Raises Problems where a new 进展 says nothing, and with each file that can't be taken: of another kind, too large,
    not what its name says, or registered with this finding already.
    """
    problems = list(_unfit(year, wanted, dropped))
    if problems:
        raise Problems(problems)
    elsewhere = {kept.evidence.digest: kept for kept in of_year(year) if kept.evidence.digest}
    folder = f"{folder_of(year.year)}/{_safe(wanted.finding.code)}"
    named = dict(_named(root, folder, dropped))
    entries = [_entry(name, file, wanted) for name, file in named.items()]
    return TakenEvidence(
        Handed(f"佐证 {wanted.finding.code}", tuple(_proposals(wanted, entries, dropped))),
        {name: file.data for name, file in named.items() if not (root / name).exists()},
        {file.name: elsewhere[file.digest] for file in dropped if file.digest in elsewhere},
    )


def take_scan(root: Path, year: Year, paper: Incoming, dropped: Sequence[DroppedFile]) -> TakenEvidence:
    """Prove and name the scan of a paper that came in (收文); nothing is written.

    Raises Problems for more or less than one file, and for one that can't be taken.
    """
    problems = list(_unfit_files(dropped, {}))
    if len(dropped) != 1 or paper.file is not None:
        advice = "几页的合成一个 PDF；要换的，先把原来的「文件」「校验码」清空"
        there = (
            f"已经有文件 {paper.file}" if paper.file is not None else f"送来 {len(dropped)} 个文件，要一个"
        )
        problems.insert(0, _refused(paper.label, there, advice))
    if problems:
        raise Problems(problems)
    ((name, file),) = _named(root, f"{folder_of(year.year)}/{_safe(paper.code)}", dropped)
    place: dict[ChangePath, Place] = {(): Place(file.name)}
    values = {"文件": name.split("/", 3)[3], "校验码": file.digest}
    changes = tuple(AlteredValue(paper, (key,), value, place, key) for key, value in values.items())
    files = {} if (root / name).exists() else {name: file.data}
    return TakenEvidence(Handed(f"收文 {paper.code}", changes), files, {})


def _unfit(year: Year, wanted: EvidenceFor, dropped: Sequence[DroppedFile]) -> Iterator[Diagnostic]:
    if wanted.begins_progress and not wanted.what.strip():
        advice = "写一句做了什么，如 标识牌已安装；或者选一条已有的进展"
        yield error(
            Code.KEY_MISSING, Place("收佐证", detail="「新的进展写什么」"), "缺新的进展的内容", advice
        )
    if not dropped:
        yield _refused("佐证", "没有送来文件", "选好文件再收")
    there = {kept.evidence.digest or "": kept for kept in of_finding(year, wanted.finding)}
    yield from _unfit_files(dropped, there)


def _unfit_files(dropped: Sequence[DroppedFile], there: Mapping[str, KeptEvidence]) -> Iterator[Diagnostic]:
    """What keeps a file from being taken, whatever it is for; `there`: what is registered already, by its hash."""
    seen: set[str] = set()
    for file in dropped:
        if file.ending not in KINDS:
            kinds = "、".join(ending.removeprefix(".") for ending in KINDS)
            yield _refused(
                file.name,
                f"这种文件不收，收的是 {kinds}",
                "手机拍的照片（苹果手机的 heic）存成 jpg；旧的 doc、xls 另存为 docx、xlsx",
            )
        elif len(file.data) > LARGEST:
            size = f"{len(file.data) / 2**20:.1f} MB，一个文件最多 {LARGEST // 2**20} MB"
            yield _refused(file.name, f"有 {size}", "照片缩小，扫描件降低分辨率，再收")
        elif not _is_what_it_says(file):
            message = f"内容不是{KINDS[file.ending]}，或者是空的、已损坏"
            yield _refused(file.name, message, "打开看看是不是这个文件，另存一份再收")
        elif file.digest in there or file.digest in seen:
            known = there.get(file.digest)
            of = (
                f"，名称是「{known.evidence.name}」（{known.record.place(*known.path)}）"
                if known
                else "，这次送来两份"
            )
            yield _refused(file.name, f"同一个文件已经收过{of}", "不用再收")
        seen.add(file.digest)


def _refused(name: str, message: str, advice: str) -> Diagnostic:
    return error(Code.EVIDENCE_NOT_TAKEN, Place(name), message, advice)


def _is_what_it_says(file: DroppedFile) -> bool:
    if file.ending in PICTURE_ENDINGS:
        return kind_of_picture(file.data) == PICTURE_ENDINGS[file.ending]
    if file.ending not in _PACKED:
        return file.data.startswith(_PDF)
    try:
        content_hash(file.data)  # proves the zip: sizes, names, check sums
    except Problems:
        return False
    return True


def _safe(name: str) -> str:
    """A name without ending that any system takes, of at most LONGEST signs."""
    plain = _UNSAFE.sub("_", unicodedata.normalize("NFC", name).strip())[:LONGEST].rstrip(". ") or "_"
    return f"_{plain}" if _RESERVED.fullmatch(plain) else plain


def _stem(file: DroppedFile) -> str:
    return _safe(PurePosixPath(file.name).stem)


def _named(root: Path, folder: str, dropped: Sequence[DroppedFile]) -> Iterator[tuple[str, DroppedFile]]:
    """Each file with the name that it gets below the workspace: one that is free, or under which it lies there already."""
    taken = {path.name.lower() for path in (root / folder).glob("*")}
    for file in dropped:
        number, name = 1, f"{_stem(file)}{file.ending}"
        while name.lower() in taken and digest_of(root / folder / name) != file.digest:
            number += 1
            name = f"{_stem(file)}（{number}）{file.ending}"
        taken.add(name.lower())
        yield f"{folder}/{name}", file


def _entry(name: str, file: DroppedFile, wanted: EvidenceFor) -> dict[str, Tree]:
    below = name.split("/", 3)[3]  # checklists/2021/佐证/…
    day: dict[str, Tree] = {"日期": wanted.evidence_day} if wanted.evidence_day else {}
    phase: dict[str, Tree] = {"阶段": wanted.phase} if wanted.phase and is_picture(file.name) else {}
    return {"名称": _stem(file), **day, "文件": below, "校验码": file.digest, **phase}


def _proposals(
    wanted: EvidenceFor, entries: Sequence[dict[str, Tree]], dropped: Sequence[DroppedFile]
) -> Iterator[AlteredValue]:
    places: list[dict[ChangePath, Place]] = [{(): Place(file.name)} for file in dropped]
    listed: Tree = [dict(entry) for entry in entries]
    if wanted.begins_progress:
        told: Tree = {"日期": wanted.day.isoformat(), "内容": wanted.what, "佐证": listed}
        yield AlteredValue(wanted.finding, ("进展", END), told, places[0], "进展")
        return
    owner: ChangePath = ("现场佐证",) if wanted.progress is None else ("进展", wanted.progress, "佐证")
    there = (
        wanted.finding.seen_on_site
        if wanted.progress is None
        else wanted.finding.progress[wanted.progress].evidence
    )
    if there:
        for entry, place in zip(entries, places, strict=True):
            yield AlteredValue(wanted.finding, (*owner, END), entry, place, "佐证")
    else:
        yield AlteredValue(wanted.finding, owner, listed, places[0], "佐证")
