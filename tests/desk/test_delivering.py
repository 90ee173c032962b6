"""The desk: letters to be delivered with what goes along, the register of what came in, the scan of a paper."""

from __future__ import annotations

import re
from datetime import date

import httpx
import pytest
from desks import RunningDesk
from test_issuing import edit, lines, root_of, words

from liangqing.data import workspace

NUMBER = "市纪驻环整〔2021〕1号"
PDF = b"%PDF-1.4\n%scan\n"


def test_what_has_no_delivery_yet_is_listed_and_all_on_demand(desk: RunningDesk) -> None:
    with desk.client() as client:
        left = words(client.get(desk.of_workspace("delivering")))
        everything = words(client.get(desk.of_workspace("delivering") + "?all=1"))
    assert NUMBER not in left and "市纪驻环发〔2021〕1号" in left
    assert NUMBER in everything and "2021年4月21日 韦某某" in everything


@pytest.mark.office
def test_a_letter_brings_its_receipt_and_envelope_to_the_print_list(desk: RunningDesk) -> None:
    with desk.client() as client:
        shown = client.get(desk.of_workspace("delivering"), params={"number": NUMBER})
        keys = re.findall(r'name="paper" value="([^"]+)"', shown.text)
        assert [key.partition("~")[0] for key in keys] == ["送达回证", "信封", "发文登记簿", "收文登记簿"]
        assert client.get(desk.of_workspace(f"papers/{keys[0]}")).status_code == 200
        listed = client.post(desk.of_workspace("handing/print"), data={"paper": keys})
    told = words(listed)
    assert listed.status_code == 200
    assert "送达回证" in told and "信封" in told


def test_the_papers_of_the_year_are_not_flooded_by_what_goes_along(desk: RunningDesk) -> None:
    with desk.client() as client:
        told = words(client.get(desk.of_workspace("papers"), params={"kind": "信封"}))
    assert f"{NUMBER}/U11" not in told


def test_the_register_shows_forms_beside_what_was_entered(desk: RunningDesk) -> None:
    with desk.client() as client:
        told = words(client.get(desk.of_workspace("incoming")))
    for part in ("SW2021-003", "示例党组〔2021〕8号", "FK09", "整改情况反馈表", "YJ01"):
        assert part in told


def test_the_link_of_a_line_chooses_it_below(desk: RunningDesk) -> None:
    with desk.client() as client:
        shown = client.get(desk.of_workspace("incoming"), params={"of": "SW2021-002"}).text
    assert re.findall(r'<option value="([^"]+)" selected>', shown.partition('id="scan-of"')[2]) == [
        "SW2021-002"
    ]


def sent(desk: RunningDesk, client: httpx.Client, data: bytes) -> httpx.Response:
    """What comes of sending a scan for one of those that came in."""
    return client.post(
        desk.of_workspace("incoming/file"),
        data={"code": "SW2021-003"},
        files={"files": ("报告.pdf", data, "application/pdf")},
    )


def test_a_scan_is_copied_hashed_and_shown(desk: RunningDesk) -> None:
    address = desk.of_workspace("incoming/SW2021-003/file")
    with desk.client() as client:
        assert client.get(address).status_code == 404
        sent(desk, client, PDF)
        shown = client.get(address)
        second = sent(desk, client, PDF)
    paper = workspace.load(root_of(desk)).years[2021].incoming[2]
    assert (paper.file, len(paper.digest or "")) == ("SW2021-003/报告.pdf", 64)
    assert (root_of(desk) / "checklists/2021/佐证/SW2021-003/报告.pdf").read_bytes() == shown.content == PDF
    assert "已经有文件" in words(second)


def test_what_is_no_scan_is_refused_and_nothing_is_written(desk: RunningDesk) -> None:
    with desk.client() as client:
        refused = sent(desk, client, b"MZ")
    assert "内容不是PDF" in words(refused)
    assert workspace.load(root_of(desk)).years[2021].incoming[2].file is None


def test_who_signed_must_be_filled_in_and_is_remembered(desk: RunningDesk) -> None:
    address = desk.of_workspace("issue/督办函~DB1")
    with desk.client() as client:
        assert 'value="张某某"' in client.get(address).text
        refused = client.post(address, data={"day": "2021-11-01", "signer": " "})
        assert refused.status_code == 422
        assert "没有填签发人" in words(refused)
        assert len(lines(desk)) == 11
        client.post(address, data={"day": "2021-11-01", "signer": "覃某某"})
        assert 'value="覃某某"' in client.get(desk.of_workspace("issue/提醒函~TX1")).text
        assert 'value="覃某某"' in client.get(desk.of_workspace("issue")).text
    assert (lines(desk)[-1].signer, lines(desk)[-1].issued) == ("覃某某", date(2021, 11, 1))


def test_a_group_that_does_not_want_it_may_leave_it_out(desk: RunningDesk) -> None:
    edit(desk, "checklists/机构.yaml", "  一式份数: 2", "  登记签发人: 否\n  一式份数: 2")
    with desk.client() as client:
        client.post(desk.of_workspace("issue/督办函~DB1"), data={"day": "2021-11-01", "signer": ""})
    assert lines(desk)[-1].signer == ""
