"""Values: how they print, what is refused at run time, and that the same input gives the same bytes."""

import io
import pickle
import threading
import tracemalloc
import zipfile
from collections.abc import Callable

import docx
import pytest
from engine_docx import STYLES, build, lines, p, part, rendered, row, table

from liangqing.base import docx_zip
from liangqing.base.diagnostics import Diagnostic, Place, Problems
from liangqing.engine import Record, Run, Text, compile_expression, compile_text, merge_reads
from liangqing.engine.filling import render as running
from liangqing.engine.parts import environment


def fault(render: Callable[[], object]) -> Diagnostic:
    with pytest.raises(Problems) as caught:
        render()
    (diagnostic,) = caught.value.diagnostics
    return diagnostic


def run_fault(text: str, subject: str = "整改函 2021-03", **values: object) -> Diagnostic:
    template = build(
        p("首段") + p(text), filters={"加": lambda text: text + "！", "数": lambda text: int(text)}
    )
    return fault(lambda: template.render(values, subject=subject))


# ---------------------------------------------------------------- printing


def test_text_is_escaped_once() -> None:
    assert rendered(p("{{ 甲 }}"), 甲="<w:p>&amp;]]>\"'") == ["<w:p>&amp;]]>\"'"]


def test_data_is_never_a_template() -> None:
    assert rendered(p("{{ 甲 }}"), 甲="{{ 乙 }}{% if 丙 %}") == ["{{ 乙 }}{% if 丙 %}"]


def test_line_breaks_and_tabs() -> None:
    out = part(build(p("甲{{ 乙 }}丙")).render({"乙": "一\n二\t三\r\n四\r五"}))
    space = ' xml:space="preserve"'
    assert (
        f"<w:t{space}>甲一</w:t><w:br/><w:t{space}>二</w:t><w:tab/><w:t{space}>三</w:t><w:br/>"
        f"<w:t{space}>四</w:t><w:br/><w:t{space}>五丙</w:t>"
    ) in out


@pytest.mark.parametrize(
    ("value", "printed"),
    [(0, "0"), (-3, "-3"), (92.5, "92.5"), (3.0, "3"), (1e-7, "0.0000001"), (1e20, "1" + "0" * 20)],
)
def test_numbers_print_as_digits(value: float, printed: str) -> None:
    assert rendered(p("{{ 甲 }}"), 甲=value) == [printed]


def test_empty_text_prints_as_a_blank() -> None:
    assert rendered(p("甲{{ 乙 }}丙"), 乙="") == ["甲丙"]


def test_operators() -> None:
    text = "{{ 甲 + 1 }}{{ 甲 - 1 }}{{ '共' ~ 甲 ~ '项' }}{{ '有' if 甲 > 1 and not 乙 else '无' }}{{ 乙 or '空' }}{{ 丙[-1] }}"
    assert rendered(p(text), 甲=2, 乙=None, 丙=["末"]) == ["31共2项有空末"]


def test_tests() -> None:
    assert rendered(p("{% if 甲 is none %}无{% endif %}{% if 甲 is not none %}有{% endif %}"), 甲=None) == [
        "无"
    ]
    assert rendered(p("{% if 甲 in ['一', '二'] %}在{% endif %}"), 甲="二") == ["在"]


def test_loop_fields() -> None:
    text = "{% for 项 in 甲 %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.length }}{{ 项 }}"
    text += "{% if loop.first %}首{% endif %}{% if loop.last %}末{% else %}、{% endif %}{% endfor %}"
    assert rendered(p(text), 甲=["a", "b"]) == ["1022a首、2112b末"]


def test_loop_with_a_condition() -> None:
    text = "{% for 项 in 甲 if 项.真 %}{{ loop.index }}{{ 项.名 }}{% else %}无{% endfor %}"
    assert rendered(p(text), 甲=[{"真": False, "名": "a"}, {"真": True, "名": "b"}]) == ["1b"]
    assert rendered(p(text), 甲=[]) == ["无"]


def test_filters() -> None:
    template = build(
        p("{{ 名单|连(',') }}{{ 甲|默认('无') }}"),
        filters={"连": lambda each, by: by.join(each), "默认": lambda a, b: a or b},
    )
    assert lines(template.render({"名单": ["a", "b"], "甲": None})) == ["a,b无"]


# ---------------------------------------------------------------- refused at run time


def test_none() -> None:
    found = run_fault("文号{{ 文号 }}", 文号=None)
    assert found.place == Place("templates/模板.docx", detail="正文第2段「文号{{ 文号 }}」")
    assert (found.code, found.message) == ("D560", "「{{ 文号 }}」没有值（整改函 2021-03）")
    assert "{% if" in found.advice


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("{{ 甲 }}", True, "D561"),
        ("{{ 甲 }}", ["一"], "D561"),
        ("{{ 甲 }}", {"a": 1}, "D561"),
        ("{{ 甲 }}", float("nan"), "D561"),
        ("{{ '共' ~ 甲 }}", None, "D560"),
        ("{{ '共' ~ 甲 }}", True, "D561"),
        ("{{ 乙 }}", None, "D562"),
        ("{% if 乙 %}{% endif %}", None, "D562"),
        ("{{ 甲.姓名 }}", None, "D562"),
        ("{{ 甲.姓名 }}", {"名": "x"}, "D562"),
        ("{{ 甲.姓名.长 }}", {"名": "x"}, "D562"),
        ("{{ 甲[1] }}", ["x"], "D562"),
        ("{{ 甲 }}", "坏\x0b字", "D563"),
        ("{{ 甲 }}", "坏\U0010ff00字", "D563"),
        ("{{ 甲 }}", "坏\ud800字", "D563"),
        ("{% for 项 in 甲 %}{% endfor %}", "文字", "D542"),
        ("{% for 项 in 甲 %}{% endfor %}", {"a": 1}, "D542"),
        ("{% for 项 in 甲 %}{% endfor %}", None, "D542"),
        ("{{ 甲|加 }}", None, "D564"),
        ("{{ 甲|数 }}", "十", "D564"),
        ("{{ 乙|加 }}", None, "D562"),
        ("{% if 甲 > 1 %}{% endif %}", None, "D565"),
        ("{{ 甲 + 1 }}", "x", "D565"),
        ("{% rightind 甲 %}文", "x", "D561"),
    ],
)
def test_values_that_cannot_be_used(text: str, value: object, code: str) -> None:
    found = run_fault(text, 甲=value)
    assert found.code == code
    assert found.place.detail.startswith("正文第2段")
    assert "整改函 2021-03" in found.message


def test_place_of_a_fault_in_a_loop_in_a_table() -> None:
    body = table(row("头", "头"), row("{% for 项 in 清单 %}{{ 项.a }}", "{{ 项.b }}{% endfor %}"))
    found = fault(lambda: build(body).render({"清单": [{"a": "1", "b": "2"}, {"a": "1", "b": None}]}))
    assert found.place.detail == "表1 第2行 第2格"
    assert "{{ 项.b }}" in found.message


@pytest.mark.parametrize(
    ("tag", "value"), [("colspan", 0), ("colspan", "二"), ("cellbg", "红"), ("cellbg", '"/><x')]
)
def test_properties_take_only_what_fits(tag: str, value: object) -> None:
    template = build(table(row(f"{{% {tag} 值 %}}甲")))
    assert fault(lambda: template.render({"值": value})).code == "D561"


def test_a_filter_never_sees_what_is_missing() -> None:
    template = build(p("{{ 甲.乙|有 }}"), filters={"有": lambda value: "有"})
    assert fault(lambda: template.render({"甲": {}})).code == "D562"


def test_output_is_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "MAX_OUTPUT", 100_000)
    template = build(
        p("首") + p("{% for a in x %}{% for b in x %}{% for c in x %}文{% endfor %}{% endfor %}{% endfor %}")
    )
    found = fault(lambda: template.render({"x": ["1"] * 1000}))
    assert (found.code, found.place.detail[:5]) == ("D566", "正文第2段")


def test_whatever_needs_care_is_not_printable() -> None:
    """print_word looks closer at nothing else."""
    careful = [chr(code) for code in range(0x110000) if environment._forbidden(chr(code))]
    assert len(careful) > 2048
    assert not any(each.isprintable() for each in (*careful, *"\t\n\r"))


def test_constants_and_typed_values_are_written_as_they_are() -> None:
    template = build(p("{{ '甲&amp;乙' }}{{ 3 }}{{ 值 }}"))
    assert lines(template.render({"值": "a<b>\t文\r\n&amp;"})) == ["甲&乙3a<b>\t文\n&amp;"]
    assert lines(template.render({"值": Run("粗<", bold=True)})) == ["甲&乙3粗<"]


def test_a_long_table_is_never_held_as_a_whole() -> None:
    turns = row("{%tr for 项 in x %}"), row("{{ 项 }}", "乙" * 500), row("{%tr endfor %}")
    template = build(table(row("头", "头"), *turns))
    rows = [str(number) for number in range(12_000)]
    template.render({"x": rows[:2]})
    tracemalloc.start()
    out = template.render({"x": rows})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    text = part(out)
    assert peak < len(text.encode()) / 2
    assert text.count("<w:tr>") == 12_001
    assert f">{rows[-1]}<" in text
    assert out == template.render({"x": rows})


def test_a_fault_late_in_a_long_table_is_told_at_its_place() -> None:
    template = build(table(row("{%tr for 项 in x %}"), row("{{ 项.名 }}"), row("{%tr endfor %}")))
    found = fault(lambda: template.render({"x": [{"名": "甲"}] * 9000 + [{}]}))
    assert (found.code, found.place.detail) == ("D562", "表1 第2行 第1格")


def test_a_mistake_of_a_filter_is_not_the_users() -> None:
    def broken(text: str) -> str:
        raise KeyError(text)

    with pytest.raises(KeyError):
        build(p("{{ 甲|坏 }}"), filters={"坏": broken}).render({"甲": "x"})


class Odd:
    def __eq__(self, other: object) -> bool:
        raise TypeError("a bug of the caller's")

    __hash__ = None  # type: ignore[assignment]


def test_a_mistake_of_the_callers_data_is_not_the_users() -> None:
    with pytest.raises(TypeError, match="a bug"):
        build(p("{% if 甲 == 1 %}文{% endif %}")).render({"甲": Odd()})


def test_paragraph_ids_do_not_repeat() -> None:
    space = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" w14:paraId="1" w14:textId="2"'
    body = p("{% for 项 in 甲 %}") + p("文").replace("<w:p>", f"<w:p {space}>") + p("{% endfor %}")
    assert "paraId" not in part(build(body).render({"甲": ["1", "2"]}))


# ---------------------------------------------------------------- bytes


def test_same_values_same_bytes() -> None:
    template = build(p("{{ 甲 }}"))
    assert (
        template.render({"甲": "文"})
        == template.render({"甲": "文"})
        == build(p("{{ 甲 }}")).render({"甲": "文"})
    )


def test_parts_without_tags_keep_their_bytes() -> None:
    source = build(p("文")).render({})
    template = build(p("{{ 甲 }}"), {"word/media/image1.bin": "像" * 100})
    out = docx_zip.read_package(template.render({"甲": "x"}), "甲.docx")
    kept = docx_zip.read_package(source, "甲.docx").parts["word/styles.xml"]
    assert out.parts["word/styles.xml"] == kept
    with zipfile.ZipFile(io.BytesIO(template.render({"甲": "x"}))) as archive:
        assert {each.date_time[0] for each in archive.infolist()} == {1980}


def test_python_docx_opens_it() -> None:
    assert docx.Document(io.BytesIO(build(p("{{ 甲 }}")).render({"甲": "文"}))).paragraphs[0].text == "文"


def shout(text: str) -> str:
    return text + "！"


def test_pickle() -> None:
    template = build(p("{{ 甲|喊 }}{% for a in 乙 %}{{ a }}{% endfor %}"), filters={"喊": shout})
    values = {"甲": "文", "乙": ["1", "2"]}
    before = template.render(values)
    again = pickle.loads(pickle.dumps(template))
    assert again.render(values) == before
    assert (again.name, again.reads) == (template.name, template.reads)
    assert fault(lambda: again.render({"甲": None, "乙": []})).place == Place(
        "templates/模板.docx", detail="正文第1段「{{ 甲|喊 }}{% fo…」"
    )


def test_threads() -> None:
    template = build(p("{% for a in 乙 %}{{ a }}{% endfor %}"))
    found: dict[int, list[str]] = {}

    def work(number: int) -> None:
        found[number] = lines(template.render({"乙": [str(number)] * 50}))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found == {number: [str(number) * 50] for number in range(8)}


def test_values_are_not_changed() -> None:
    values = {"甲": [{"乙": "1"}]}
    build(p("{% for 项 in 甲 %}{{ 项.乙 }}{% endfor %}")).render(values)
    assert values == {"甲": [{"乙": "1"}]}


# ---------------------------------------------------------------- fonts


def test_fonts_are_replaced_everywhere() -> None:
    own = '<w:p><w:r><w:rPr><w:rFonts w:ascii="仿宋" w:eastAsia="仿宋" w:cs="黑体"/></w:rPr><w:t>甲</w:t></w:r></w:p>'
    table_part = '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:font w:name="仿宋"/></w:fonts>'
    template = build(own, {"word/fontTable.xml": table_part}, fonts={"仿宋": "仿宋_GB2312"})
    out = template.render({})
    assert '<w:rFonts w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312" w:cs="黑体"/>' in part(out)
    assert 'w:eastAsia="仿宋_GB2312"' in part(out, "word/styles.xml")
    assert 'w:name="仿宋_GB2312"' in part(out, "word/fontTable.xml")
    assert "仿宋_GB2312" not in part(build(own).render({}), "word/styles.xml")


# ---------------------------------------------------------------- outside Word

HERE = Place("templates/文种.yaml", 3, 5)


def test_text() -> None:
    name = compile_text("{{ 文号 or '草稿-' ~ 整改函.编号 }}-{{ 单位.简称 }}", place=HERE)
    assert name.reads == {"文号": {}, "整改函": {"编号": {}}, "单位": {"简称": {}}}
    values: dict[str, object] = {"文号": None, "整改函": {"编号": "01"}, "单位": {"简称": "甲&乙"}}
    assert name.render(values) == "草稿-01-甲&乙"
    assert (
        pickle.loads(pickle.dumps(name)).render({**values, "文号": "整〔2021〕3号"}) == "整〔2021〕3号-甲&乙"
    )


def test_text_without_tags_and_with_blocks() -> None:
    assert compile_text("年度总结", place=HERE).render({}) == "年度总结"
    text = compile_text("{{ 年 }}{% if 稿 %}（{{ 稿 }}）{% endif %}", place=HERE)
    assert (text.render({"年": 2021, "稿": None}), text.render({"年": 2021, "稿": "一"})) == (
        "2021",
        "2021（一）",
    )


def test_text_faults_come_together() -> None:
    schema = Record("函", lambda: {"文号": Text()})
    with pytest.raises(Problems) as caught:
        compile_text("{{ 文好 }}{{ 1 + }}{% if 文号 %}「「文号」」{%p endfor %}", place=HERE, schema=schema)
    found = caught.value.diagnostics
    assert sorted(each.code for each in found) == ["D527", "D530", "D531", "D537", "D540", "D547"]
    assert {each.place for each in found} == {HERE}


def test_text_at_run_time() -> None:
    found = fault(lambda: compile_text("甲{{ 乙 }}", place=HERE).render({"乙": None}))
    assert (found.code, found.place) == ("D560", HERE)


def test_expression() -> None:
    expression = compile_expression("检查.类型 == '集中清查'", place=HERE)
    assert expression.reads == {"检查": {"类型": {}}}
    assert expression.evaluate({"检查": {"类型": "集中清查"}}) is True
    assert pickle.loads(pickle.dumps(expression)).evaluate({"检查": {"类型": "日常"}}) is False
    assert compile_expression("单位.问题", place=HERE).evaluate({"单位": {"问题": [1]}}) == [1]


@pytest.mark.parametrize("text", ["", "甲 ==", "甲()", "甲 == 《乙》", "丙"])
def test_expression_faults(text: str) -> None:
    schema = Record("函", lambda: {"甲": Text()})
    assert fault(lambda: compile_expression(text, place=HERE, schema=schema)).place == HERE


def test_expression_at_run_time() -> None:
    expression = compile_expression("检查.类型", place=HERE)
    assert fault(lambda: expression.evaluate({"检查": {}})).code == "D562"
    assert fault(lambda: expression.evaluate({"检查": None})).code == "D562"


def test_merge_reads() -> None:
    first: dict[str, object] = {"甲": {"乙": {}}}
    assert merge_reads({"甲": {"乙": {}}}, {"甲": {"丙": {}}, "丁": {}}, {"甲": {}}) == {
        "甲": {"乙": {}, "丙": {}},
        "丁": {},
    }
    assert first == {"甲": {"乙": {}}}
    assert STYLES
