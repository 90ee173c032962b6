"""Programs that some tests need besides Python."""

from __future__ import annotations

import os
import shutil

import pytest


def need(*programs: str) -> None:
    """Skip the test where one of them is missing; in CI that is a failure (.ci/packages.txt)."""
    missing = [each for each in programs if shutil.which(each) is None]
    if missing:
        assert not os.environ.get("CI"), f"CI must have {missing}: .ci/packages.txt"
        pytest.skip(f"没有 {'、'.join(missing)}")
