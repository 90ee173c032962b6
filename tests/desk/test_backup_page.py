"""备份 on the desk: the same package as by command, for who opens no terminal."""

from __future__ import annotations

from pathlib import Path

from desks import RunningDesk

from liangqing.actions.restoring import prove
from liangqing.register.witness import new_card


def root_of(desk: RunningDesk) -> Path:
    assert desk.settings.first is not None
    return desk.settings.first


def test_a_backup_is_made_by_a_button_and_told_where(desk: RunningDesk) -> None:
    with desk.client() as client:
        assert '/backup"' in client.get(desk.of_workspace("today")).text
        assert "<button>备份</button>" in client.get(desk.of_workspace("backup")).text
        answer = client.post(desk.of_workspace("backup/make"))
    (place,) = root_of(desk).with_name("工作-备份").glob("工作-*.zip")
    assert answer.status_code == 200
    assert str(place) in answer.text
    assert len(prove(place).book.lines) == 11


def test_a_backup_that_is_due_stands_among_what_waits(desk: RunningDesk) -> None:
    new_card(root_of(desk))
    with desk.client() as client:
        assert "还没有备份过" in client.get(desk.of_workspace("today")).text
        client.post(desk.of_workspace("backup/make"))
        assert "还没有备份过" not in client.get(desk.of_workspace("today")).text
