"""Nobody but this machine's own browser, with the token of this start, gets anything from the desk."""

from __future__ import annotations

import httpx
import pytest
from desks import RunningDesk
from selenium import webdriver

from liangqing.desk.application import pages


def test_the_first_page_leads_to_today(desk: RunningDesk) -> None:
    with desk.client() as client:
        answer = client.get("/")
    assert answer.status_code == 200
    assert "今天" in answer.text
    assert answer.headers["content-security-policy"].count("unsafe") == 1  # styles alone


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ({"cookie": ""}, 403),
        ({"cookie": "liangqing_desk_{port}=wrong"}, 403),
        ({"host": "evil.example"}, 421),
        ({"host": "127.0.0.1.evil.example:80"}, 421),
    ],
)
def test_a_stranger_gets_nothing(desk: RunningDesk, head: dict[str, str], status: int) -> None:
    with desk.client() as client:
        own = {name: value.replace("{port}", str(desk.port)) for name, value in head.items()}
        if "cookie" in own:
            client.cookies.clear()
        answer = client.get("/", headers=own)
    assert answer.status_code == status
    assert "工作" not in answer.text


def test_a_wrong_token_does_not_enter(desk: RunningDesk) -> None:
    assert httpx.get(f"{desk.site}/enter?token=wrong", trust_env=False).status_code == 403


@pytest.mark.parametrize("row", [row for row in pages() if row.posts], ids=lambda row: row.path)
def test_no_post_from_elsewhere_or_without_the_forms_token(desk: RunningDesk, row: object) -> None:
    path = desk.of_workspace(row.path.replace("{", "").replace("}", ""))  # type: ignore[attr-defined]
    with desk.client() as client:
        crossed = client.post(path, headers={"origin": "http://evil.example"})
        nowhere = client.post(path, headers={"origin": "null"})
        unsigned = client.post(path, headers={"x-form-token": "wrong"})
    assert (crossed.status_code, nowhere.status_code, unsigned.status_code) == (403, 403, 403)


@pytest.mark.browser
def test_the_page_is_quiet(desk: RunningDesk, driver: webdriver.Chrome) -> None:
    from desks import errors_of, violations

    driver.get(desk.entrance)
    assert "今天" in driver.title
    assert errors_of(driver) == []
    assert violations(driver) == []
