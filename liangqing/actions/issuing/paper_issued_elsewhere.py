"""Papers that were numbered by hand and went out before, entered afterwards (issue --number N --file F)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from liangqing.actions.comparing import passages
from liangqing.actions.issuing import numbering
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.base.docx_zip import load_file
from liangqing.base.output_files import Artifact
from liangqing.papers.catalogue import Catalogue, Entry
from liangqing.papers.rendering import Made
from liangqing.register import place_of
from liangqing.year.open_workspace import OpenWorkspace


def number_of_hand(opened: OpenWorkspace, known: Catalogue, entry: Entry, day: date, number: int) -> str:
    """The 文号 of a paper that bears `number` already. Raises Problems when it is taken, or leaves a gap."""
    if entry.kind.number is None:
        raise refuse(
            Code.KIND_WITHOUT_NUMBERS,
            Place("--number"),
            f"{entry.name}不编文号",
            "去掉 --number 和 --file，直接 issue",
        )
    series = numbering.series_of(opened, known, entry, day)
    name = numbering.name_of(series, day, number)
    for line, taken in numbering.numbered(opened.register, series, day):
        if taken == number:
            message = f"{number} 号已经登记了：{line.name}（{line.kind} {line.subject}，{place_of(opened.register, line)}）"
            raise refuse(
                Code.NUMBER_TAKEN, Place("--number"), message, "核对文号；两份用了同一个号的，收回一份重发"
            )
    following = numbering.next_number(opened, series, entry, day)
    if number > following:
        gap = str(following) if number - 1 == following else f"{following} 到 {number - 1}"
        advice = "先补录前面的；以前用的号不补录的，在选项的「文号起始」里写从几号起"
        raise refuse(
            Code.NUMBER_SKIPPED, Place("--number"), f"{gap} 号还没有登记，不能跳到 {number} 号", advice
        )
    return name


def paper_of_hand(made: Made, file: Path, source: Path | bytes, name: str) -> Made:
    """The paper as it went out, in place of what the data makes. Raises Problems for a file that can't be it.

    `file` is what messages call it, `source` where its bytes are (or they themselves).
    """
    place = Place(str(file))
    data = load_file(source, place)
    said = "".join(passage.text for passage in passages(data, str(file)))
    prefix, _, _ = name.rpartition("〕")
    head = said[: said.find("号") + 1]
    printed = re.search(re.escape(prefix) + r"〕(\d+)号", head)
    if printed is not None and printed[0] != name:
        raise refuse(
            Code.ANOTHER_NUMBER_PRINTED,
            place,
            f"文件上印的是 {printed[0]}，不是 {name}",
            "核对 --number 和 --file",
        )
    return replace(made, artifact=Artifact(made.artifact.path, data))
