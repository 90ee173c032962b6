"""The trial render: both sides of a condition are run with sample values of the schema."""

from __future__ import annotations

from pathlib import Path

from engine_docx import p, package, zipped

from liangqing.base.diagnostics import Severity
from liangqing.engine import Flag, List, Number, Record, Text, compile_template
from liangqing.engine.trial import trial


def numeral(value: object) -> str:
    return "一二三"[int(str(value)) - 1]


SCHEMA = Record(
    "样",
    lambda: {
        "名": Text(),
        "号": Text(optional=True),
        "次": Number(),
        "草稿": Flag(),
        "人": Record("人", lambda: {"职务": Text()}, optional=True),
        "清单": List(Text()),
    },
)


def told(tmp_path: Path, *paragraphs: str) -> list[str]:
    path = tmp_path / "样.docx"
    path.write_bytes(zipped(package("".join(map(p, paragraphs)))))
    template = compile_template(path, name="样.docx", schema=SCHEMA, filters={"汉字": numeral})
    found = trial(template, SCHEMA)
    assert all(each.severity is Severity.WARNING for each in found)
    return [f"{each.place} {each.message}" for each in found]


def test_a_sound_template_is_silent(tmp_path: Path) -> None:
    assert (
        told(
            tmp_path, "{{ 名 }}{{ 次|汉字 }}{% if 号 %}{{ 号 }}{% endif %}{% if 人 %}{{ 人.职务 }}{% endif %}"
        )
        == []
    )


def test_what_may_be_missing_is_printed_unguarded(tmp_path: Path) -> None:
    (said,) = told(tmp_path, "{{ 名 }}", "{{ 号 }}")
    assert said.startswith("样.docx 正文第2段「{{ 号 }}」")
    assert "试填（可空的都空着）" in said


def test_a_filter_refuses_on_the_side_that_is_seldom_run(tmp_path: Path) -> None:
    (said,) = told(tmp_path, "{% if 草稿 %}好{% else %}{{ 名|汉字 }}{% endif %}")
    assert "试填（可空的都空着）" in said


def test_a_loop_is_run_with_items_and_without(tmp_path: Path) -> None:
    (said,) = told(tmp_path, "{% for 项 in 清单 %}{{ 项|汉字 }}{% else %}无{% endfor %}")
    assert "试填（什么都有）" in said
