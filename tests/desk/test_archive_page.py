"""归档 and 一段时间 on the desk: the same as by command."""

from __future__ import annotations

import io
import zipfile

import pytest
from desks import RunningDesk

from liangqing.variables import periods
from liangqing.year.open_workspace import open_workspace


def test_the_page_of_the_archive_lists_the_items_and_what_stays_out(desk: RunningDesk) -> None:
    with desk.client() as client:
        assert "archive" in client.get(desk.of_workspace("papers")).text
        shown = client.get(desk.of_workspace("archive")).text
    assert "共 16 件" in shown and "保管期限：30年（10 件）" in shown
    assert (
        "市纪驻环整〔2021〕1号" in shown
        and "农村污水处理设施运行维护问题整改逾期" in shown.split("没有印发、定稿，不归入")[1]
    )


def test_the_package_comes_in_one_file_that_holds_what_the_command_packs(desk: RunningDesk) -> None:
    with desk.client() as client:
        answer = client.post(desk.of_workspace("archive/zip"))
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        names = package.namelist()
    assert {"清单.txt", "说明.txt", "归档文件目录.docx", "归档文件目录.xlsx"} <= set(names)
    assert sum(name.endswith(".docx") for name in names) == 22


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"span": "2021-04"}, "2021年4月"),
        ({"first": "2021-03-10", "last": "2021-04-20"}, "2021年3月10日至2021年4月20日"),
        ({}, "2021年11月（截至2021年11月1日）"),
    ],
)
def test_the_numbers_of_a_span_are_those_of_the_command(
    desk: RunningDesk, asked: dict[str, str], name: str
) -> None:
    with desk.client() as client:
        shown = client.get(desk.of_workspace("figures/span"), params=asked).text
    assert f"<caption>{name}</caption>" in shown
    assert desk.settings.first is not None
    opened = open_workspace(desk.settings.first, 2021, None, desk.settings.clock(), look_at_today=True)
    words = asked.get("span") or "至".join(asked.values()) or "2021-11"
    for row in periods.compared(periods.asked(opened.at, words)):
        cells = f"（{row.measure}）</th><td>{row.now}</td><td>{row.before}</td>"
        assert f"{row.name}{cells}" in shown


def test_presets_lead_to_their_span(desk: RunningDesk) -> None:
    with desk.client() as client:
        shown = client.get(desk.of_workspace("figures/span")).text
    nav = shown.split('aria-label="常用的期间"')[1].split("</nav>")[0]
    names = ("2021年11月", "2021年10月", "2021年第四季度", "2021年第三季度", "2021年下半年", "2021年")
    assert all(f">{name}</a>" in nav for name in names)


def test_days_that_can_not_be_counted_are_told_on_the_page(desk: RunningDesk) -> None:
    with desk.client() as client:
        for asked, said in (
            ({"first": "2021-04-20", "last": "2021-03-10"}, "看不出是从哪天到哪天"),
            ({"span": "2022-05"}, "2022年5月还没有开始"),
            ({"span": "2015"}, "2015年没有数据"),
        ):
            answer = client.get(desk.of_workspace("figures/span"), params=asked)
            assert answer.status_code == 200 and said in answer.text
