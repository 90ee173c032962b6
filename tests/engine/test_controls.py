"""Content controls: choice, date, tick and text, filled by a tag inside or in their name."""

import pickle

import pytest
from engine_docx import STYLES, build, codes, p, part
from lxml import etree

from liangqing.base.diagnostics import Diagnostic, Problems
from liangqing.engine import Flag, Record, Template, Text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
CHOICE = '<w:dropDownList><w:listItem w:displayText="特急" w:value="1"/><w:listItem w:value="平急"/></w:dropDownList>'
DATE = '<w:date><w:dateFormat w:val="yyyy年M月d日"/></w:date>'
TICK = (
    f'<w14:checkbox xmlns:w14="{W14[1:-1]}"><w14:checked w14:val="0"/><w14:checkedState w14:val="2611"/>'
    '<w14:uncheckedState w14:val="2610"/></w14:checkbox>'
)
SCHEMA = Record("函", lambda: {"缓急": Text(), "期限": Text(), "属实": Flag()})


def control(kind: str, content: str, names: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{names}{kind}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def found(template: Template, **values: object) -> etree._Element:
    root = etree.fromstring(part(template.render(values)).encode())
    return next(root.iter(f"{W}sdt"))


def refused(template: Template, **values: object) -> Diagnostic:
    with pytest.raises(Problems) as caught:
        template.render(values, subject="函1")
    (diagnostic,) = caught.value.diagnostics
    return diagnostic


def text(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{W}t"))


# ---------------------------------------------------------------- by what is inside


def test_a_choice() -> None:
    template = build(control(CHOICE, p("{{ 缓急 }}")), schema=SCHEMA)
    assert text(found(template, 缓急="特急")) == "特急"
    assert text(found(template, 缓急="1")) == "特急"
    assert text(found(template, 缓急="平急")) == "平急"
    fault = refused(template, 缓急="不急")
    assert (fault.code, fault.place.detail) == ("D561", "正文第1段「{{ 缓急 }}」")
    assert fault.message == "「{{ 缓急 }}」是「不急」，不在下拉选项里（函1）"
    assert fault.advice == "选项有：特急、平急"
    assert refused(template, 缓急=None).code == "D560"


def test_what_can_be_chosen_may_come_from_data() -> None:
    items = '<w:listItem w:displayText="{{ 缓急 }}" w:value="{{ 缓急 }}"/><w:listItem w:value="平急"/>'
    template = build(control(f"<w:dropDownList>{items}</w:dropDownList>", p("请选择")), schema=SCHEMA)
    (first, second) = found(template, 缓急='特"急').iter(f"{W}listItem")
    assert (first.get(f"{W}displayText"), first.get(f"{W}value")) == ('特"急', '特"急')
    assert second.get(f"{W}value") == "平急"
    assert template.reads == {"缓急": {}}


def test_a_fault_in_what_can_be_chosen_names_the_place() -> None:
    items = '<w:listItem w:displayText="{{ 急缓 }}" w:value="一"/>'
    with pytest.raises(Problems) as caught:
        build(control(f"<w:dropDownList>{items}</w:dropDownList>", p("请选择")), schema=SCHEMA)
    (fault,) = caught.value.diagnostics
    assert fault.place.detail == "正文第1段「请选择」 下拉选项"


@pytest.mark.parametrize("value", ["2021-03-05", "2021年3月5日", "2021.3.5"])
def test_a_date(value: str) -> None:
    control_element = found(build(control(DATE, p("{{ 期限 }}")), schema=SCHEMA), 期限=value)
    assert text(control_element) == value
    day = control_element.find(f"{W}sdtPr/{W}date")
    assert day is not None
    assert day.get(f"{W}fullDate") == "2021-03-05T00:00:00Z"


@pytest.mark.parametrize("value", ["三月五日", "2021-13-05", ""])
def test_what_is_no_date(value: str) -> None:
    assert refused(build(control(DATE, p("{{ 期限 }}"))), 期限=value).code == "D561"


@pytest.mark.parametrize(("value", "symbol", "state"), [(True, "☑", "1"), (False, "☐", "0")])
def test_a_tick(value: bool, symbol: str, state: str) -> None:
    element = found(build(control(TICK, p("{{ 属实 }}")), schema=SCHEMA), 属实=value)
    assert text(element) == symbol
    checked = next(element.iter(f"{W14}checked"))
    assert checked.get(f"{W14}val") == state


def test_what_is_no_tick() -> None:
    template = build(control(TICK, p("{{ 属实 }}")))
    assert refused(template, 属实="是").code == "D561"
    assert refused(template, 属实=None).code == "D560"
    assert codes(p("{{ 属实 }}"), schema=SCHEMA) == ["D543"]


def test_text_in_a_control_and_no_placeholder_any_more() -> None:
    run = '<w:p><w:r><w:rPr><w:rStyle w:val="a"/></w:rPr><w:t>{{ 期限 }}前</w:t></w:r></w:p>'
    names = '<w:dataBinding w:xpath="/x" w:storeItemID="{1}"/><w:showingPlcHdr/>'
    styles = '<w:style w:type="character" w:styleId="a"><w:name w:val="占位"/></w:style></w:styles>'
    template = build(control("<w:text/>", run, names), styles=STYLES.replace("</w:styles>", styles))
    element = found(template, 期限="今天")
    assert text(element) == "今天前"
    assert [child.tag for child in element.iterfind(f"{W}sdtPr/*")] == [f"{W}text"]
    assert element.find(f".//{W}rStyle") is None


# ---------------------------------------------------------------- by its name


@pytest.mark.parametrize("name", ["tag", "alias"])
def test_by_name(name: str) -> None:
    names = f'<w:{name} w:val="{{{{ 期限 }}}}"/><w:showingPlcHdr/>'
    content = "<w:r><w:rPr><w:b/></w:rPr><w:t>单击</w:t></w:r><w:r><w:t>输入日期</w:t></w:r>"
    template = build(f"<w:p>{control(DATE, content, names)}</w:p>", schema=SCHEMA)
    element = found(template, 期限="2021-03-05")
    assert text(element) == "2021-03-05"
    (named,) = element.iter(f"{W}{name}")
    assert named.get(f"{W}val") == "期限"
    assert element.find(f"{W}sdtContent/{W}r/{W}rPr/{W}b") is not None
    assert template.reads == {"期限": {}}


def test_an_empty_control_by_name() -> None:
    names = '<w:tag w:val="{{ 缓急 }}"/>'
    assert text(found(build(control("<w:text/>", "<w:p/>", names)), 缓急="急")) == "急"
    assert text(found(build(control(TICK, "<w:p><w:r><w:sym/></w:r></w:p>", names)), 缓急=True)) == "☑"


def test_faults_name_the_place() -> None:
    assert codes(control(CHOICE, p("{{ 缓急 }}{{ 期限 }}"))) == ["D539"]
    assert codes(control(CHOICE, p("文{{ 缓急 }}"))) == ["D539"]
    assert codes(control(CHOICE, p("甲"), '<w:tag w:val="{{ 缓及 }}"/>'), schema=SCHEMA) == ["D540"]


def test_in_a_loop_and_pickled() -> None:
    name = '<w:tag w:val="{{ 项.日 }}"/>'
    body = p("{% for 项 in 甲 %}") + control(DATE, p("x"), name) + p("{% endfor %}")
    template = build(body)
    values = {"甲": [{"日": "2021-01-02"}, {"日": "2021-03-04"}]}
    out = part(template.render(values))
    assert 'fullDate="2021-01-02T00:00:00Z"' in out
    assert 'fullDate="2021-03-04T00:00:00Z"' in out
    assert template.render(values) == pickle.loads(pickle.dumps(template)).render(values)
