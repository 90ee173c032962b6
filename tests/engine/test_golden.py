"""What compile does, as a text that a person can read. To write it anew: GOLDEN=1 pytest tests/engine/test_golden.py"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from dump import source_of
from engine_docx import CORE, build, cell, p, row, story, table

from liangqing.engine import Template, compile_template

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).resolve().parent / "golden"


def letter() -> Template:
    """A small template with every kind of scope."""
    body = (
        p("关于{{ 单位.名称 }}的¦整改函")
        + p("{%p if 文号 %}")
        + p("{{ 文号|大写 }}{# 机关代字在文种目录里 #}")
        + p("{%p elif 单位.人数 + 1 > 3 and not (单位.属实 or 文号) %}")
        + p("{{ '共' ~ 单位.人数 ~ '人' }}")
        + p("{%p else %}")
        + p("草稿")
        + p("{%p endif %}")
        + table(
            row("序号", "问题"),
            row(
                "{% for 项 in 清单 if 项.数 >= 1 %}{% vm %}{{ 项.类 }}",
                "{{ loop.index }}{{ 项.名 or '无' }}{% endfor %}",
            ),
        )
        + table(row(cell("{% for 名 in 单位.名单 %}", "{{ 名 }}", "{% endfor %}"), "{% cellbg 单位.色 %}乙"))
        + p("抄送{% for 名 in 单位.名单 %}{{ 名 if loop.first else '、' ~ 名 }}{% else %}无{% endfor %}")
        + p("第一项{{ 清单[0].名 }}、末项{{ 清单[-1]['名'] }}")
    )
    parts = {
        "word/header1.xml": story("hdr", p("{{ 文号 }}")),
        "docProps/core.xml": CORE.replace("TITLE", "{{ 标题 }}"),
    }
    return build(body, parts, filters={"大写": str.upper})


def test_golden_of_what_compile_does() -> None:
    path = GOLDEN / "整改函.txt"
    said = source_of(letter())
    if os.environ.get("GOLDEN"):
        path.write_text(said, "utf-8")
    assert said == path.read_text("utf-8")


@pytest.mark.parametrize("name", ["整改函", "体检报告", "年度监督工作总结"])
def test_every_tag_of_our_own_templates_is_in_their_source(name: str) -> None:
    from liangqing.base.chinese import FILTERS

    path = ROOT / f"templates/{name}.docx"
    template = compile_template(path, name=name, filters=FILTERS)
    said = source_of(template)
    for program in template.programs:
        unlisted = (
            "{%p e",
            "{% e",
            "{%tr e",
            "{%tc e",
            "{% set",
        )  # ends and else; what a listing has no line for
        places = {place.detail for text, place in program.tags if not text.startswith(unlisted)}
        assert {each for each in places if f"← {each}\n" not in said} == set()
