"""Names of files: kind, code and unit, one over all kinds, fit for a mail."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from conftest import Run

from liangqing.base.file_names import LONGEST

OF_THE_YEAR = {"监督检查清单", "意见采纳情况表", "挂图作战图", "年度监督工作总结"}


def test_each_paper_of_the_year_says_kind_code_and_unit(year_papers: dict[str, list[Path]]) -> None:
    names = [(kind, path.name) for kind, files in year_papers.items() for path in files]
    assert len(names) > 150
    doubled = [name for name, times in Counter(name for _, name in names).items() if times > 1]
    assert not doubled
    for kind, name in names:
        if name.endswith(".docx") and kind not in OF_THE_YEAR:
            assert re.match(rf"{kind}(送审稿)?-[^-]+", name), name
        name.encode("gb18030")
        assert len(name.encode()) <= LONGEST and not re.search(r'[\s\\/:*?"<>|]', name)


def test_two_kinds_with_files_of_one_name_are_told_once(run: Run) -> None:
    for kind in ("体检报告", "检查底稿"):
        old = f'文件名: "{kind}-{{{{ 检查.编号 }}}}-{{{{ 单位.简称 }}}}"'
        run.edit("templates/文种.yaml", old, '文件名: "{{ 检查.编号 }}-{{ 单位.简称 }}"')
    _, out, err = run("build")
    told = [line for line in (out + err).splitlines() if " D827 " in line]
    assert len(told) == 1
    assert "体检报告和检查底稿的文件同名：JZ01-灵川局党支部.docx" in told[0]
    assert re.search(r"templates/文种\.yaml:\d+:\d+ 警告", told[0])
