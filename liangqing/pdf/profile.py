"""The settings with which LibreOffice converts: it takes the rules of line breaks from its profile, not from the file."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from liangqing.gbt9704.line_breaks import LANGUAGE, NOT_FIRST, NOT_LAST

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/AsianLayout/StartEndCharacters">
<node oor:name="{language}" oor:op="replace">
<prop oor:name="StartCharacters" oor:op="fuse"><value>{first}</value></prop>
<prop oor:name="EndCharacters" oor:op="fuse"><value>{last}</value></prop>
</node></item>
</oor:items>
"""


def write_profile(folder: Path) -> None:
    """Begins the profile of one run in `folder`, which need not be there."""
    settings = _SETTINGS.format(language=LANGUAGE, first=escape(NOT_FIRST), last=escape(NOT_LAST))
    (folder / "user").mkdir(parents=True, exist_ok=True)
    (folder / "user" / "registrymodifications.xcu").write_text(settings, "utf-8")
