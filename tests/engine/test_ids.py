"""Ids of drawings, bookmarks and content controls: unique in every document, whatever repeats."""

import pickle
import re

from engine_docx import build, p, part, row, story, table

WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
UNITS = {"甲": [{"乙": [1, 2]}, {"乙": [3]}]}


def drawing(number: int) -> str:
    return (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{WP}"><wp:docPr id="{number}" name="图"/></wp:inline>'
        "</w:drawing></w:r></w:p>"
    )


def bookmarked(name: str, text: str, number: int = 0) -> str:
    mark = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return (
        p(text).replace("<w:r>", f"{mark}<w:r>").replace("</w:p>", f'<w:bookmarkEnd w:id="{number}"/></w:p>')
    )


def control(number: int, text: str) -> str:
    content = f"<w:sdtContent>{p(text)}</w:sdtContent>"
    return f'<w:sdt><w:sdtPr><w:id w:val="{number}"/></w:sdtPr>{content}</w:sdt>'


def loop(*content: str) -> str:
    return p("{% for 项 in 甲 %}") + "".join(content) + p("{% endfor %}")


def found(pattern: str, data: bytes, name: str = "word/document.xml") -> list[str]:
    return re.findall(pattern, part(data, name))


def test_drawings_in_a_loop() -> None:
    out = build(drawing(7) + loop(drawing(3), drawing(4))).render(UNITS)
    assert found('docPr id="(.*?)"', out) == ["7", "8", "9", "10", "11"]


def test_drawings_that_stand_twice() -> None:
    header = {"word/header1.xml": story("hdr", drawing(2) + p("{{ 丙 }}"))}
    out = build(drawing(2) + drawing(2) + p("{{ 丙 }}"), header).render({"丙": "x"})
    numbers = found('docPr id="(.*?)"', out) + found('docPr id="(.*?)"', out, "word/header1.xml")
    assert sorted(numbers) == ["2", "3", "4"]


def test_a_part_without_tags_keeps_its_ids() -> None:
    header = {"word/header1.xml": story("hdr", drawing(2))}
    out = build(drawing(2) + p("{{ 丙 }}"), header).render({"丙": "x"})
    assert found('docPr id="(.*?)"', out) == ["3"]
    assert found('docPr id="(.*?)"', out, "word/header1.xml") == ["2"]


def test_large_ids_do_not_overflow() -> None:
    out = build(drawing(2147483647) + loop(drawing(5))).render(UNITS)
    assert found('docPr id="(.*?)"', out) == ["2147483647", "6", "7"]


def test_controls_in_a_loop() -> None:
    out = build(loop(control(5, "{{ loop.index }}"))).render(UNITS)
    assert found('w:id w:val="(.*?)"', out) == ["6", "7"]


def test_bookmarks_in_a_loop() -> None:
    out = build(bookmarked("头", "头", 1) + loop(bookmarked("条", "文", 2))).render(UNITS)
    assert (
        found('bookmarkStart w:id="(.*?)"', out) == found('bookmarkEnd w:id="(.*?)"', out) == ["1", "3", "4"]
    )
    assert found('w:name="(.*?)"', out) == ["头", "条", "条_2"]


def test_links_and_fields_follow_their_bookmark() -> None:
    field = '<w:p><w:r><w:instrText xml:space="preserve"> REF 条 \\h </w:instrText></w:r></w:p>'
    link = '<w:p><w:hyperlink w:anchor="条"><w:r><w:t>见</w:t></w:r></w:hyperlink></w:p>'
    out = build(loop(link, field, bookmarked("条", "文")) + link).render(UNITS)
    assert found('anchor="(.*?)"', out) == ["条", "条_2", "条"]
    assert found("REF (.*?) ", out) == ["条", "条_2"]


def test_bookmarks_in_nested_loops() -> None:
    inner = p("{% for 子 in 项.乙 %}") + bookmarked("内", "{{ 子 }}", 2) + p("{% endfor %}")
    out = build(loop(bookmarked("外", "文", 1), inner)).render(UNITS)
    assert found('w:name="(.*?)"', out) == ["外", "内", "内_2", "外_2", "内_3"]
    numbers = found('bookmarkStart w:id="(.*?)"', out)
    assert len(set(numbers)) == 5
    assert numbers == found('bookmarkEnd w:id="(.*?)"', out)


def test_bookmarks_in_rows() -> None:
    rows = table(row("{% for 项 in 甲 %}" + "x", "{% endfor %}")).replace("<w:p>", "<w:p>", 1)
    marked = rows.replace(
        "x</w:t></w:r>", 'x</w:t></w:r><w:bookmarkStart w:id="1" w:name="行"/><w:bookmarkEnd w:id="1"/>'
    )
    assert found('w:name="(.*?)"', build(marked).render(UNITS)) == ["行", "行_2"]


def test_a_bookmark_across_the_edge_of_a_loop_goes() -> None:
    start = p("始").replace("<w:r>", '<w:bookmarkStart w:id="1" w:name="跨"/><w:r>')
    end = p("终").replace("</w:p>", '<w:bookmarkEnd w:id="1"/></w:p>')
    out = build(start + loop(end)).render(UNITS)
    assert "bookmark" not in part(out)


def test_bookmarks_that_stand_twice() -> None:
    out = build(bookmarked("名", "{{ 丙 }}", 1) + bookmarked("名", "乙", 1)).render({"丙": "x"})
    assert found('w:name="(.*?)"', out) == ["名", "名_2"]
    assert found('bookmarkStart w:id="(.*?)"', out) == found('bookmarkEnd w:id="(.*?)"', out) == ["1", "2"]


def test_same_values_same_ids() -> None:
    template = build(loop(bookmarked("条", "文", 2), drawing(1), control(5, "{{ loop.index }}")))
    assert template.render(UNITS) == pickle.loads(pickle.dumps(template)).render(UNITS)
