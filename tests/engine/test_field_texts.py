"""Tags beside the text: alternative text of pictures, custom properties."""

import pytest
from engine_docx import XML, build, codes, faults, p, part

PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
VT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"


def picture(text: str) -> str:
    return (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{WP}"><wp:docPr id="1" name="图" descr="{text}"/>'
        f'<pic:cNvPr xmlns:pic="{PIC}" id="1" name="图" descr="{text}"/></wp:inline></w:drawing></w:r></w:p>'
    )


def custom(value: str) -> dict[str, str]:
    inside = f'<property fmtid="{{1}}" pid="2" name="文号"><vt:lpwstr>{value}</vt:lpwstr></property>'
    return {"docProps/custom.xml": f'{XML}<Properties xmlns="{CUSTOM}" xmlns:vt="{VT}">{inside}</Properties>'}


def test_alternative_text_of_a_picture() -> None:
    out = part(build(picture("{{ 单位 }}的照片")).render({"单位": '甲"<&\n局'}))
    assert out.count('descr="甲&quot;&lt;&amp; 局的照片"') == 2


def test_in_a_loop() -> None:
    body = p("{% for 项 in 甲 %}") + picture("{{ 项 }}") + p("{% endfor %}")
    out = part(build(body).render({"甲": ["一", "二"]}))
    assert [f'descr="{name}"' in out for name in "一二三"] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "code"),
    [("{% if 甲 %}", "D525"), ("{{r 甲 }}", "D525"), ("{{ 甲", "D520"), ("{{ 1 + }}", "D527")],
)
def test_faults_of_alternative_text(text: str, code: str) -> None:
    found = faults(p("首") + picture(text))
    assert {(each.code, each.place.detail) for each in found} == {(code, "正文第2段 图片说明")}


def test_custom_properties() -> None:
    out = build(p("{{ 文号 }}"), custom("{{ 文号 }}号")).render({"文号": "<1>"})
    assert "<vt:lpwstr>&lt;1&gt;号</vt:lpwstr>" in part(out, "docProps/custom.xml")


def test_faults_of_custom_properties() -> None:
    (found,) = faults(p("文"), custom("{{ 1 + }}"))
    assert (found.code, found.place.detail) == ("D527", "文档属性「文号」")
    assert codes(p("文"), custom("{%p if 甲 %}{%p endif %}")) == ["D537", "D537"]
