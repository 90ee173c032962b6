"""`desk` as it is typed: what it says where its libraries were not installed."""

from __future__ import annotations

import sys

import pytest
from conftest import Run


@pytest.mark.parametrize("library", ["starlette", "uvicorn"])
def test_without_its_libraries_it_says_what_to_install(
    run: Run, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    ours = [name for name in sys.modules if name.startswith(("liangqing.desk.", library))]
    for name in ours:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    code, _, said = run("desk", "--no-open")
    assert code == 1
    assert "D034" in said
    assert f"还缺 {library}" in said
    assert 'pip install "liangqing[desk]"' in said
