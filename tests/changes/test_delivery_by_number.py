"""A 送达 that is handed over needs the number and the day alone, in whatever brackets the number is typed."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import Run

from liangqing.base.diagnostics import Place
from liangqing.changes.judging import judge
from liangqing.changes.proposed import Handed, NewRecord
from liangqing.year.open_workspace import open_workspace
from liangqing.year.state.deliveries import delivered_to

pytestmark = pytest.mark.year
FILE = "checklists/2021/送达.yaml"


def test_the_number_and_the_day_are_enough(run: Run) -> None:
    run.edit(FILE, "  - {文号: 市纪驻环整〔2021〕4号, 单位: U06, 日期: 2021-09-29, 签收人: 徐某某}\n", "")
    opened = open_workspace(run.root, 2021, None, date(2021, 10, 31))
    tree = {"文号": "市纪驻环整[2021] 4号", "日期": "2021-09-29"}
    given = NewRecord("送达", tree, {(): Place("登记.xlsx", detail="送达!第5行")})
    judged = judge(opened, [Handed("登记.xlsx", (given,))])
    assert judged.refused == {}
    (written,) = judged.files.values()
    assert "市纪驻环整〔2021〕4号, 日期: 2021-09-29" in written[1].decode()
    (run.root / FILE).write_bytes(written[1])
    at = open_workspace(run.root, 2021, None, date(2021, 10, 31)).at
    unit = delivered_to(at, at.year.deliveries[-1])
    assert unit is not None and unit.code == "U06"


def test_a_number_that_never_went_out_is_refused_with_the_nearest(run: Run) -> None:
    opened = open_workspace(run.root, 2021, None, date(2021, 10, 31))
    place = Place("登记.xlsx", detail="送达!B5")
    given = NewRecord(
        "送达", {"文号": "市纪驻环整[2021]14号", "日期": "2021-09-29"}, {(): place, ("文号",): place}
    )
    judged = judge(opened, [Handed("登记.xlsx", (given,))])
    (problem,) = judged.refused["登记.xlsx"]
    assert (problem.code, problem.place) == ("D324", place)
    assert (
        "没有发过「市纪驻环整〔2021〕14号」" in problem.message and "市纪驻环整〔2021〕4号" in problem.advice
    )
    assert judged.files == {}
