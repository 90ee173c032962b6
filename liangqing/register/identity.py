"""Which workspace this is, and in which format its data and register are written: checklists/工作目录.json.

The code is random, made once, and says nothing of machine or person: by it the witnesses (`liangqing.register.witness`)
know a workspace again wherever it was moved. Data of the first release have no such file: they are of format 1.
"""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from liangqing import __version__
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error
from liangqing.base.folders import CARD
from liangqing.base.folders import REGISTER as FILE
from liangqing.base.safe_files import write_durably

FORMAT = 2  # of what this program writes; what is older is read
HEAD = f"# 发文登记：由程序写入，只增不改。查重号、查改动都靠它，请勿手改。（格式 {FORMAT}）\n"
_CODE = re.compile("[0-9a-f]{16}")
_HEAD_FORMAT = re.compile(r"# [^\n]*（格式 (\d{1,9})）")
_LONGEST = 4096  # bytes of a card, and of the head of a register


@dataclass(frozen=True)
class IdentityCard:
    """The format of the data, and the code of the workspace; "" where it has none yet."""

    format: int = 1
    code: str = ""


def card_of(root: Path) -> IdentityCard:
    """What the card says; one that is not there or can't be read says nothing."""
    try:
        with (root / CARD).open("rb") as handle:
            told = json.loads(handle.read(_LONGEST))
    except (OSError, ValueError, RecursionError):
        return IdentityCard()
    if not isinstance(told, dict):
        return IdentityCard()
    number, code = told.get("格式"), told.get("编号")
    right = isinstance(number, int) and not isinstance(number, bool) and number > 0
    known = isinstance(code, str) and _CODE.fullmatch(code)
    return IdentityCard(number if right else 1, code if known else "")  # type: ignore[arg-type]


def put_card(root: Path, card: IdentityCard) -> None:
    """Write the card. Raises OSError."""
    write_durably(root / CARD, card_text(card.format, card.code))


def card_text(number: int, code: str) -> bytes:
    """A card as it is written."""
    said = {"说明": "由程序写，请勿手改", "格式": number, "编号": code}
    return (json.dumps(said, ensure_ascii=False) + "\n").encode()


def new_code() -> str:
    """A code that no other workspace has."""
    return secrets.token_hex(8)


def register_format(root: Path) -> int:
    """The format that the head of the register names; 1 for one that names none, FORMAT where there is no register."""
    try:
        with (root / FILE).open("rb") as handle:
            head = handle.read(_LONGEST)
    except OSError:
        return FORMAT
    found = _HEAD_FORMAT.match(head.decode("utf-8-sig", "replace"))
    return int(found[1]) if found else 1


def format_of(root: Path) -> tuple[int, int]:
    """The oldest and the newest format of what stands in a workspace."""
    both = (card_of(root).format, register_format(root))
    return min(both), max(both)


def newer(root: Path) -> list[Diagnostic]:
    """Why this program can't work in a workspace that a later one wrote; none where it can."""
    written = format_of(root)[1]
    if written <= FORMAT:
        return []
    message = f"这份数据是较新的程序写的（格式 {written}），现在这个程序只认得到格式 {FORMAT}：什么也没有动"
    advice = (
        f"请转告管理员：“两清两跟的数据是格式 {written}，这台机器上的程序（{__version__}）太旧，请升级程序”；"
        "升级好再打开，不要手改"
    )
    return [error(Code.WRITTEN_BY_A_NEWER_PROGRAM, Place(CARD), message, advice)]


def refuse_newer(root: Path) -> None:
    """Raise Problems for a workspace that a later program wrote."""
    found = newer(root)
    if found:
        raise Problems(found)
