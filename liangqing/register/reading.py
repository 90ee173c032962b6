"""The register read, and the chain of its lines held against what stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, Severity, error, warning
from liangqing.base.folders import DATA, KEPT
from liangqing.base.folders import REGISTER as FILE
from liangqing.base.plain_json import load_json
from liangqing.data.yaml import places
from liangqing.register.identity import HEAD, newer
from liangqing.register.lines import Annex, Line, Register, Void, number_of
from liangqing.register.sealing import WHOLE, hash_of, is_sealed

STAMP = f"{DATA}/{KEPT}/登记末行.json"
_QUOTED = re.compile(rb'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_ONE_COPY = "取号只在一份工作目录里进行"


@dataclass(frozen=True)
class Stamp:
    """How many lines the register had when it was last written, and the hash of the last of them."""

    serial: int
    last: str


def load(workspace: Path) -> Register:
    """Read the register; what is wrong with it is in its diagnostics (rule: "a broken register chain").

    Nothing is written. Half a line that an interrupted command left at the end counts for nothing and is told.
    """
    path, stamp = workspace / FILE, stamp_of(workspace)
    late = newer(workspace)
    if late:
        return Register(diagnostics=tuple(late), whole=False)
    try:
        if not path.exists():
            book = Register()
        else:
            read = _Whole(stamp)
            book = _RegisterReader(places.load(path, FILE, whole=read)).read()
            book = replace(book, diagnostics=(*book.diagnostics, *read.told))
    except Problems as problems:
        told = tuple(map(_restored, problems.diagnostics))
        return Register(diagnostics=(*told, _unreadable()), whole=False)
    wrong = any(problem.severity is Severity.ERROR for problem in book.diagnostics)
    told = book.diagnostics if wrong else (*book.diagnostics, *_hold_stamp(book, stamp))
    return replace(book, diagnostics=told, root=workspace)


def _restored(problem: Diagnostic) -> Diagnostic:
    """The same with what to do in a file that nobody writes by hand."""
    if problem.code == Code.DATA_FILE_UNREADABLE:
        return problem
    return replace(problem, advice="从备份恢复这个文件；登记只由程序写，不要照着语法改")


def _unreadable() -> Diagnostic:
    message = "发文登记读不全，发过什么不能全知道：存档、答复和其他数据先不对照，什么也不生成"
    return error(Code.REGISTER_UNREADABLE, Place(FILE), message, "先照同时列出的提示恢复登记，再运行 check")


class _Whole:
    """The bytes of a register without the half line at its end; `told` says that there was one."""

    def __init__(self, stamp: Stamp | None) -> None:
        self._stamp = stamp
        self.told: tuple[Diagnostic, ...] = ()

    def __call__(self, data: bytes) -> bytes:
        end = whole_until(data, self._stamp)
        if data[end:].startswith(b"-"):
            message = "登记末尾有半条：上一次印发或作废写到一半停了，那一份没有发出"
            advice = "再印发、作废时程序去掉这半条；那一份照常重新印发"
            place = Place(FILE, data.count(b"\n", 0, end) + 1)
            self.told = (warning(Code.LINE_CUT_OFF, place, message, advice),)
        return data[:end]


def whole_until(data: bytes, stamp: Stamp | None) -> int:
    """Where half a line begins that was never written to its end; the length of `data` where all is whole.

    Half is what has no check sum, no end of line, and brackets that are open; never a line that the stamp knows: such a
    one was whole, and is damaged.
    """
    start = data.rfind(b"\n") + 1
    tail, before = data[start:], data.count(b"\n- ", 0, start) + data.startswith(b"- ")
    if not tail or (stamp is not None and stamp.serial > before):
        return len(data)
    bare = _QUOTED.sub(b"", tail)
    is_open = b"{" not in bare or bare.count(b"{") != bare.count(b"}")
    half = tail.startswith(b"-") and is_open and not WHOLE.search(tail)
    return start if half or HEAD.encode().startswith(tail) else len(data)


def stamp_of(workspace: Path) -> Stamp | None:
    """The stamp of the register's last line, where there is one that can be read."""
    try:
        kept = load_json(workspace / STAMP)
    except (OSError, ValueError):
        return None
    serial, last = (kept.get("序号"), kept.get("末行")) if isinstance(kept, dict) else (None, None)
    if type(serial) is not int or serial < 1 or not isinstance(last, str):
        return None
    return Stamp(serial, last)


def _hold_stamp(book: Register, stamp: Stamp | None) -> tuple[Diagnostic, ...]:
    """Lines that were cut off at the end, or forged with the chain made good: the stamp remembers the last one."""
    if stamp is None or (stamp.serial <= len(book.hashes) and book.hashes[stamp.serial - 1] == stamp.last):
        return ()
    advice = (
        "运行 recover（找回）；找不到的，把较新的备份、换下来的文件夹写在后面再运行；"
        "哪里都没有的，把没有登记的存档移到别处，逐份补录，"
        "如 issue 整改函 ZG4 --date 2021-09-30 --number 4 --file 那份文件 --in-spite 登记丢了，"
        f"补齐后删掉 {STAMP}"
    )
    if stamp.serial > len(book.hashes):
        message = f"登记少了后面几行：写到过第{stamp.serial}条，现在只有{len(book.hashes)}条"
    else:
        message = f"第{stamp.serial}条不是当时写的那一条：登记被换过"
    return (error(Code.REGISTER_CUT_SHORT, Place(FILE), message, advice),)


class _RegisterReader:
    """Reads lines one by one, holding the chain against what stands."""

    def __init__(self, read: places.Source) -> None:
        self.read_source = read
        self.problems: list[Diagnostic] = []

    def read(self) -> Register:
        tree = self.read_source.tree
        if not isinstance(tree, list):
            problem = error(
                Code.BAD_REGISTER, self.read_source.place(), "登记应为一行一条的列表", "从备份恢复这个文件"
            )
            return Register() if tree is None else Register(diagnostics=(problem, _unreadable()), whole=False)
        texts = _texts(self.read_source.data)
        lines = {index: line for index in range(len(tree)) if (line := self._one(index, tree[index]))}
        if len(texts) != len(tree):
            self._say(Code.BAD_REGISTER, 0, "登记不再是一行一条", "从备份恢复这个文件；登记只由程序写")
        else:
            self._hold_chain(tree, texts)
        self._hold_serials(lines)
        whole = len(lines) == len(tree) == len(texts)
        self.problems += () if whole else (_unreadable(),)
        return Register(tuple(lines.values()), tuple(map(hash_of, texts)), tuple(self.problems), whole=whole)

    def _one(self, index: int, tree: places.Tree) -> Line | Void | None:
        try:
            return _parse(tree)
        except (KeyError, TypeError, ValueError, AttributeError):
            self._say(
                Code.BAD_REGISTER_LINE, index, "这一行缺项或写法不对", "从备份恢复这个文件；登记只由程序写"
            )
            return None

    def _hold_chain(self, tree: Sequence[places.Tree], texts: Sequence[str]) -> None:
        expected = "无"
        follower: dict[object, int] = {}  # which line follows the line of that hash
        for index, (item, text) in enumerate(zip(tree, texts, strict=True)):
            before = item.get("前") if isinstance(item, dict) else None
            if before != expected and is_sealed(text):
                self._say_unchained(index, follower.get(before), texts)
            elif not is_sealed(text):
                self._say(
                    Code.REGISTER_ALTERED,
                    index,
                    "这一行被改过，或是手加的",
                    "改过的，从备份恢复这一行；手加的，删去这一行；登记只由程序写",
                )
            follower.setdefault(before, index)
            expected = hash_of(text)

    def _say_unchained(self, index: int, other: int | None, texts: Sequence[str]) -> None:
        """Two lines that follow the same line were written in two copies of the workspace."""
        if other is not None and texts[other] != texts[index]:
            self._say(
                Code.TWO_REGISTERS,
                index,
                f"另一份工作目录也发过文：这一条和第{other + 1}条接在同一条后面",
                f"留下一份的登记，另一份多出的存档移到别处，用 issue --number --file 补录，重了号的收回重发；{_ONE_COPY}",
            )
            return
        self._say(
            Code.REGISTER_ALTERED,
            index,
            "与上一行对不上：上一行被改过、被删过，或另一台机器上也发过文",
            f"用备份里的登记比对，恢复被改、被删的那几行；{_ONE_COPY}",
        )

    def _hold_serials(self, lines: Mapping[int, Line | Void]) -> None:
        numbers: set[str] = set()
        voids = {line.target: line.serial for line in lines.values() if isinstance(line, Void)}
        for index, line in lines.items():
            if line.serial != index + 1:
                self._say(
                    Code.SERIALS_OUT_OF_ORDER,
                    index,
                    f"序号应为 {index + 1}，现为 {line.serial}",
                    "从备份恢复这个文件",
                )
            if isinstance(line, Line) and line.number:
                if line.number in numbers and voids.get(line.number, 0) <= line.serial:
                    self._say(
                        Code.NUMBER_ISSUED_TWICE,
                        index,
                        f"{line.number} 发了两次",
                        "从备份找回重号以前的登记；找不到的，两份都收回作废再各自印发："
                        f"void {line.number} --why 重号 --in-spite 重号",
                    )
                numbers.add(line.number)

    def _say(self, code: Code, index: int, message: str, advice: str) -> None:
        self.problems.append(error(code, self.read_source.place(index), message, advice))


def texts_in(path: Path) -> list[str]:
    """The lines of a register as they are written; none where it can't be read."""
    try:
        return _texts(path.read_bytes())
    except (OSError, ValueError):
        return []


def _texts(data: bytes) -> list[str]:
    """What begins with a dash: a line ends with a line feed alone, whatever else looks like an end."""
    written = (text.removesuffix("\r") for text in data.decode("utf-8-sig").split("\n"))
    return [text for text in written if text.startswith("- ")]


def parsed_line(text: str) -> Line | Void | None:
    """What one line as it was written says; None where it is none."""
    try:
        tree = places.parse(text.encode(), FILE)
        return _parse(tree[0]) if isinstance(tree, list) else None
    except (Problems, KeyError, IndexError, TypeError, ValueError, AttributeError):
        return None


def _parse(tree: places.Tree) -> Line | Void:
    if not isinstance(tree, dict):
        raise TypeError(tree)
    text = {key: value for key, value in tree.items() if isinstance(value, str)}
    if "作废" in text:
        day, notes = date.fromisoformat(text["日期"]), tuple(map(str, _items(tree.get("备注"))))
        return Void(int(text["序号"]), text["作废"], day, text["理由"], notes)
    number_of(text.get("文号", "1号"))
    return Line(
        serial=int(text["序号"]),
        number=text.get("文号"),
        kind=text["文种"],
        subject=text["对象"],
        title=text["标题"],
        addressee=text.get("主送", ""),
        year=int(text["年度"]),
        issued=date.fromisoformat(text["成文日期"]),
        signer=text.get("签发人", ""),
        copies=int(text.get("份数", "1")),
        **_kept(text),
        annexes=tuple(_annex(annex) for annex in _items(tree.get("附件"))),
        template=text.get("模板", ""),
        corrects=text.get("更正", ""),
        notes=tuple(map(str, _items(tree.get("备注")))),
    )


def _kept(text: Mapping[str, str]) -> dict[str, str]:
    """File and hashes of a paper; none of one that went out elsewhere, of which nothing is kept."""
    keys = {"file": "文件", "content": "内容", "values": "取值"}
    if not any(key in text for key in keys.values()):
        return dict.fromkeys(keys, "")
    return {name: text[key] for name, key in keys.items()}


def _items(tree: places.Tree) -> list[places.Tree]:
    return tree if isinstance(tree, list) else []


def _annex(tree: places.Tree) -> Annex:
    if not isinstance(tree, dict):
        raise TypeError(tree)
    kind, file, content = (str(tree[key]) for key in ("文种", "文件", "内容"))
    return Annex(kind, file, content, str(tree.get("模板", "")))
