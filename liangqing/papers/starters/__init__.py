"""A template to begin with, in each format: the styles are there, the words are for the group to write.

They stand ready-made in this folder: `make templates` writes them from template_sources/起步.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
LAYOUTS = ("信函", "文件", "上行文", "纪要", "命令", "表格", "横表", "表单")
NUMBERED = ("信函", "文件", "上行文", "纪要")  # formats that take a 文号
VARIANTS = ("单位", "问题清单", "问题明细")


def starter(layout: str, names: Collection[str]) -> bytes:
    """The .docx of a format, such as 信函; `names` are the variables at the top of the kind of subject.

    表格-问题清单.docx is for subjects with the variable 问题清单, 表格.docx for those that have none of VARIANTS with
    a file of its own. Either reads only what every paper has, and that variable.
    """
    variants = (FOLDER / f"{layout}-{name}.docx" for name in VARIANTS if name in names)
    return next((path for path in variants if path.is_file()), FOLDER / f"{layout}.docx").read_bytes()
