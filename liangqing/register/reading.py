"""The register read, and the chain of its lines held against what stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error
from liangqing.base.folders import DATA, KEPT
from liangqing.base.folders import REGISTER as FILE
from liangqing.base.plain_json import load_json
from liangqing.data.yaml import places
from liangqing.register.lines import Annex, Line, Register, Void
from liangqing.register.sealing import hash_of, is_sealed

STAMP = f"{DATA}/{KEPT}/登记末行.json"
_ONE_COPY = "取号只在一份工作目录里进行"


@dataclass(frozen=True)
class Stamp:
    """How many lines the register had when it was last written, and the hash of the last of them."""

    serial: int
    last: str


def load(workspace: Path) -> Register:
    """Read the register; what is wrong with it is in its diagnostics (rule: "a broken register chain")."""
    path = workspace / FILE
    try:
        book = _RegisterReader(places.load(path, FILE)).read() if path.exists() else Register()
    except Problems as problems:
        return Register(diagnostics=problems.diagnostics)
    told = book.diagnostics or _hold_stamp(book, stamp_of(workspace))
    return replace(book, diagnostics=told, root=workspace)


def stamp_of(workspace: Path) -> Stamp | None:
    """The stamp of the register's last line, where there is one that can be read."""
    try:
        kept = load_json(workspace / STAMP)
        stamp = Stamp(int(kept["序号"]), str(kept["末行"]))
        return stamp if stamp.serial > 0 else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _hold_stamp(book: Register, stamp: Stamp | None) -> tuple[Diagnostic, ...]:
    """Lines that were cut off at the end, or forged with the chain made good: the stamp remembers the last one."""
    if stamp is None or (stamp.serial <= len(book.hashes) and book.hashes[stamp.serial - 1] == stamp.last):
        return ()
    advice = f"从较新的备份恢复登记；确已找不回的，用 issue --number 补录，补齐后删掉 {STAMP}"
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
            return Register(diagnostics=() if tree is None else (problem,))
        texts = [
            text for text in self.read_source.data.decode("utf-8-sig").splitlines() if text.startswith("- ")
        ]
        lines = {index: line for index in range(len(tree)) if (line := self._one(index, tree[index]))}
        if len(texts) != len(tree):
            self._say(Code.BAD_REGISTER, 0, "登记不再是一行一条", "从备份恢复这个文件；登记只由程序写")
        else:
            self._hold_chain(tree, texts)
        self._hold_serials(lines)
        return Register(tuple(lines.values()), tuple(map(hash_of, texts)), tuple(self.problems))

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
                self._say(Code.REGISTER_ALTERED, index, "这一行被改过", "从备份恢复这一行；登记只由程序写")
            follower.setdefault(before, index)
            expected = hash_of(text)

    def _say_unchained(self, index: int, other: int | None, texts: Sequence[str]) -> None:
        """Two lines that follow the same line were written in two copies of the workspace."""
        if other is not None and texts[other] != texts[index]:
            self._say(
                Code.TWO_REGISTERS,
                index,
                f"另一份工作目录也发过文：这一条和第{other + 1}条接在同一条后面",
                f"留下一份的登记，另一份多出的文书用 issue --number 补录，重了号的收回重发；{_ONE_COPY}",
            )
            return
        self._say(
            Code.REGISTER_ALTERED,
            index,
            "与上一行对不上：上一行被改过、被删过，或另一台机器上也发过文",
            f"用备份里的登记比对，恢复被改的那一行；{_ONE_COPY}",
        )

    def _hold_serials(self, lines: Mapping[int, Line | Void]) -> None:
        numbers: set[str] = set()
        for index, line in lines.items():
            if line.serial != index + 1:
                self._say(
                    Code.SERIALS_OUT_OF_ORDER,
                    index,
                    f"序号应为 {index + 1}，现为 {line.serial}",
                    "从备份恢复这个文件",
                )
            if isinstance(line, Line) and line.number:
                if line.number in numbers:
                    self._say(
                        Code.NUMBER_ISSUED_TWICE,
                        index,
                        f"{line.number} 发了两次",
                        "查清哪一份是真的，另一份作废后重新取号",
                    )
                numbers.add(line.number)

    def _say(self, code: Code, index: int, message: str, advice: str) -> None:
        self.problems.append(error(code, self.read_source.place(index), message, advice))


def _parse(tree: places.Tree) -> Line | Void:
    if not isinstance(tree, dict):
        raise TypeError(tree)
    text = {key: value for key, value in tree.items() if isinstance(value, str)}
    if "作废" in text:
        return Void(int(text["序号"]), text["作废"], date.fromisoformat(text["日期"]), text["理由"])
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
