"""Ids of drawings, bookmarks and content controls: unique in every document, whatever repeats."""

import pickle
import re

import pytest
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


# ---------------------------------------------------------------- halves


def edges(data: bytes) -> list[str]:
    """What stands of bookmarks: 始 with its name, 末, in order; each end has the number of the start before it."""
    found = re.findall(r'bookmark(Start|End) w:id="(.*?)"(?: w:name="(.*?)")?', part(data))
    assert [number for kind, number, _ in found if kind == "Start"] == [
        number for kind, number, _ in found if kind == "End"
    ]
    return [name or "末" for _, _, name in found]


START, END = '<w:bookmarkStart w:id="1" w:name="跨"/>', '<w:bookmarkEnd w:id="1"/>'


def begun(text: str) -> str:
    return p(text).replace("<w:r>", f"{START}<w:r>", 1)


def ended(text: str) -> str:
    return p(text).removesuffix("</w:p>") + f"{END}</w:p>"


@pytest.mark.parametrize(("there", "expected"), [(True, ["跨", "末"]), (False, [])])
@pytest.mark.parametrize("within", ["start", "end", "both"])
def test_a_bookmark_cut_by_a_condition_goes_whole(within: str, there: bool, expected: list[str]) -> None:
    def block(text: str) -> str:
        return p("{% if 有 %}") + text + p("{% endif %}")

    first, last = begun("甲"), ended("乙")
    body = (
        (first if within == "end" else block(first)) + p("中") + (last if within == "start" else block(last))
    )
    assert edges(build(body).render({"有": there})) == expected


@pytest.mark.parametrize(("number", "expected"), [(1, []), (2, ["跨", "末"]), (3, [])])
def test_a_bookmark_that_ends_in_a_branch(number: int, expected: list[str]) -> None:
    branches = p("{% if 数 == 1 %}") + p("一") + p("{% elif 数 == 2 %}") + ended("二")
    body = begun("甲") + branches + p("{% else %}") + p("三") + p("{% endif %}")
    assert edges(build(body).render({"数": number})) == expected


def test_a_bookmark_from_one_branch_to_another_goes() -> None:
    body = p("{% if 有 %}") + begun("甲") + p("{% else %}") + ended("乙") + p("{% endif %}")
    assert [edges(build(body).render({"有": there})) for there in (True, False)] == [[], []]


def test_a_condition_in_words_takes_half_a_bookmark() -> None:
    body = p("甲{% if 有 %}乙¦丙{% endif %}丁").replace("</w:r><w:r>", f"</w:r>{START}<w:r>", 1)
    body = body.removesuffix("</w:p>") + f"{END}</w:p>"
    assert [edges(build(body).render({"有": there})) for there in (True, False)] == [["跨", "末"], []]


def test_a_bookmark_cut_by_a_condition_in_a_loop() -> None:
    inner = begun("{{ loop.index }}") + p("{% if 项.乙 %}") + ended("乙") + p("{% endif %}")
    out = build(loop(inner)).render({"甲": [{"乙": 1}, {"乙": 0}, {"乙": 1}]})
    assert edges(out) == ["跨", "末", "跨_3", "末"]


def test_a_bookmark_around_a_table_and_a_condition_within() -> None:
    inner = table(row("{% for 项 in 甲 %}{{ loop.index }}", "x{% endfor %}"))
    body = f"{START}{inner}{END}" + p("{% if 甲 %}") + p("有") + p("{% endif %}")
    assert edges(build(body).render(UNITS)) == ["跨", "末"]


def test_a_bookmark_in_the_else_of_a_loop_is_cut() -> None:
    body = begun("甲") + p("{% for 项 in 甲 %}") + p("x") + p("{% else %}") + ended("无") + p("{% endfor %}")
    assert [edges(build(body).render({"甲": items})) for items in ([], [1])] == [[], []]


@pytest.mark.parametrize("block", ["{% for 项 in 甲 %}|{% endfor %}", "{% if 甲 %}|{% endif %}"])
def test_a_bookmark_from_the_line_of_the_opening_to_that_of_the_closing_holds_all(block: str) -> None:
    opening, closing = block.split("|")
    out = build(begun(opening) + p("项") + ended(closing)).render({"甲": [1, 2]})
    assert edges(out) == ["跨", "末"]
    inside = part(out).partition("bookmarkStart")[2].partition("bookmarkEnd")[0]
    assert inside.count("项") == (2 if "for" in opening else 1)


@pytest.mark.parametrize("within", [True, False])
def test_a_permission_that_a_block_repeats_or_cuts_goes(within: bool) -> None:
    start, end = '<w:permStart w:id="9" w:edGrp="everyone"/>', '<w:permEnd w:id="9"/>'
    first, last = p("甲").replace("<w:r>", f"{start}<w:r>"), p("乙").removesuffix("</w:p>") + f"{end}</w:p>"
    body = loop(first, last) if within else first + loop(last)
    assert "w:perm" not in part(build(body).render(UNITS))
    kept = part(build(first + last + loop(p("x"))).render(UNITS))
    assert start in kept and end in kept
