"""Comments and tracked changes of a template: nothing of them goes out, and `template check` tells of them."""

from __future__ import annotations

import io
import zipfile

import pytest
from engine_docx import OFFICE, XML, build, cell, codes, lines, p, part, row, story, table

from liangqing.engine import Template

WHO = 'w:id="9" w:author="张三" w:date="2026-01-01T00:00:00Z"'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def put_in(text: str) -> str:
    return f"<w:ins {WHO}><w:r><w:t>{text}</w:t></w:r></w:ins>"


def taken_out(text: str) -> str:
    return f"<w:del {WHO}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def paragraph(*runs: str, mark: str = "") -> str:
    settings = f"<w:pPr><w:rPr>{mark}</w:rPr></w:pPr>" if mark else ""
    return f"<w:p>{settings}{''.join(runs)}</w:p>"


def words(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def told(template: Template) -> list[tuple[str, str]]:
    return [(each.code, each.place.detail) for each in template.warnings]


DELETED_MARK = f"<w:del {WHO}/>"
CASES = {
    "insertion": (paragraph(words("甲"), put_in("乙")), ["甲乙"]),
    "deletion": (paragraph(words("甲"), taken_out("乙")), ["甲"]),
    "deletion inside an insertion": (
        paragraph(words("甲"), f"<w:ins {WHO}>{taken_out('乙')}{words('丙')}</w:ins>"),
        ["甲丙"],
    ),
    "a tag that was put in": (paragraph(put_in("{{ 名 }}"), words("局")), ["某局"]),
    "a tag half of which was put in": (paragraph(words("{{ "), put_in("名 }}")), ["某"]),
    "text that was moved": (
        paragraph(
            f'<w:moveFromRangeStart w:id="1" w:name="m"/><w:moveFrom {WHO}>{words("甲")}</w:moveFrom>'
            '<w:moveFromRangeEnd w:id="1"/>'
        )
        + paragraph(
            words("乙"),
            f'<w:moveToRangeStart w:id="2" w:name="m"/><w:moveTo {WHO}>{words("甲")}</w:moveTo>'
            '<w:moveToRangeEnd w:id="2"/>',
        ),
        ["", "乙甲"],
    ),
    "a paragraph mark that was deleted": (paragraph(words("甲"), mark=DELETED_MARK) + p("乙"), ["甲乙"]),
    "three paragraphs made one": (
        paragraph(words("甲"), mark=DELETED_MARK) + paragraph(words("乙"), mark=DELETED_MARK) + p("丙"),
        ["甲乙丙"],
    ),
    "a paragraph that was deleted whole": (p("甲") + paragraph(taken_out("乙"), mark=DELETED_MARK) + p("丙"), ["甲", "丙"]),
    "a row that was deleted": (
        table(row("甲"), row("乙").replace("<w:tr>", f"<w:tr><w:trPr><w:del {WHO}/></w:trPr>")),
        ["甲"],
    ),
    "a row that was put in": (
        table(row("甲").replace("<w:tr>", f"<w:tr><w:trPr><w:ins {WHO}/></w:trPr>")),
        ["甲"],
    ),
    "a table that was deleted whole": (
        p("前") + table(row("乙").replace("<w:tr>", f"<w:tr><w:trPr><w:del {WHO}/></w:trPr>")) + p("后"),
        ["前", "后"],
    ),
    "a cell that was deleted": (
        table(row("甲", cell("乙").replace("<w:tcPr/>", f"<w:tcPr><w:cellDel {WHO}/></w:tcPr>"))),
        ["甲"],
    ),
    "a form that was changed": (
        paragraph(f"<w:r><w:rPr><w:b/><w:rPrChange {WHO}><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr><w:t>甲</w:t></w:r>"),
        ["甲"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_tracked_changes_are_accepted(name: str) -> None:
    body, wanted = CASES[name]
    template = build(body + p("{{ 名 }}"))
    out = template.render({"名": "某"})
    assert lines(out) == [*wanted, "某"]
    assert not {"<w:ins", "<w:del", "moveFrom", "moveTo", "Change"} & {
        sign for sign in ("<w:ins", "<w:del", "moveFrom", "moveTo", "Change") if sign in part(out)
    }
    assert [code for code, _ in told(template)] == ["D559"]


def test_a_form_that_was_changed_is_the_new_one() -> None:
    out = build(CASES["a form that was changed"][0]).render({})
    assert "<w:b/>" in part(out)
    assert "<w:i/>" not in part(out)


def test_what_is_accepted_is_told_with_counts_and_the_place_of_the_first() -> None:
    template = build(
        p("前") + paragraph(words("甲"), put_in("乙"), taken_out("丙")) + paragraph(put_in("丁"))
    )
    (warning,) = template.warnings
    assert (warning.severity.value, warning.place.detail) == ("警告", "正文第2段「甲乙」")
    assert "插入 2 处" in warning.message
    assert "删除 1 处" in warning.message


def test_a_deleted_tag_is_left_behind_and_named() -> None:
    template = build(paragraph(words("文"), taken_out("{{ 甲 }}")))
    assert lines(template.render({})) == ["文"]
    assert told(template)[0] == ("D523", "正文第1段「文」")
    assert "{{ 甲 }}" in template.warnings[0].message


def test_the_half_of_a_tag_that_was_deleted_is_named_beside_what_is_left() -> None:
    assert codes(paragraph(words("{{ 文"), taken_out("号 }}"))) == ["D520", "D523", "D559"]


def test_places_are_those_of_the_file_as_it_lies() -> None:
    gone = paragraph(taken_out("旧"), mark=DELETED_MARK)
    template = build(gone + gone + paragraph(words("新"), taken_out("{{ 甲 }}")))
    assert ("D523", "正文第3段「新」") in told(template)


def test_headers_without_a_tag_are_cleaned_too() -> None:
    header = {"word/header1.xml": story("hdr", paragraph(words("甲"), taken_out("乙")))}
    out = build(p("{{ 名 }}"), header).render({"名": "某"})
    assert "乙" not in part(out, "word/header1.xml")


def test_forms_of_styles_as_they_were_go() -> None:
    styles = (
        f'{XML}<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style '
        f'w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:rPr><w:rFonts w:eastAsia="仿宋"/>'
        f"<w:rPrChange {WHO}><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr></w:style></w:styles>"
    )
    out = build(p("{{ 名 }}"), styles=styles).render({"名": "某"})
    assert "rPrChange" not in part(out, "word/styles.xml")


def test_tracking_is_switched_off() -> None:
    settings = {"word/settings.xml": story("settings", "<w:trackRevisions/><w:zoom/>")}
    out = build(p("{{ 名 }}"), settings).render({"名": "某"})
    assert "trackRevisions" not in part(out, "word/settings.xml")
    assert "zoom" in part(out, "word/settings.xml")


def test_the_note_of_a_deleted_reference_goes() -> None:
    reference = f'<w:del {WHO}><w:r><w:footnoteReference w:id="2"/></w:r></w:del>'
    notes = story("footnotes", "".join(f'<w:footnote w:id="{n}">{p(f"注{n}")}</w:footnote>' for n in (2, 3)))
    body = paragraph(words("甲"), reference, '<w:r><w:footnoteReference w:id="3"/></w:r>')
    out = part(build(body, {"word/footnotes.xml": notes}).render({}), "word/footnotes.xml")
    assert "注2" not in out
    assert "注3" in out


# ---------------------------------------------------------------- comments


def commented(text: str) -> str:
    return (
        f'<w:p><w:commentRangeStart w:id="1"/>{words(text)}<w:commentRangeEnd w:id="1"/>'
        '<w:r><w:commentReference w:id="1"/></w:r></w:p>'
    )


def related() -> dict[str, str]:
    comment = f'<w:comment w:id="1" w:author="张三">{p("这里 {{ 再想想 }}")}</w:comment>'
    relation = (
        f'<Relationship Id="rId7" Type="{OFFICE}/comments" Target="comments.xml"/>'
        f'<Relationship Id="rId8" Type="{OFFICE}/styles" Target="styles.xml"/>'
        '<Relationship Id="rId9" Type="http://schemas.microsoft.com/office/2011/relationships/people" Target="people.xml"/>'
    )
    return {
        "word/comments.xml": story("comments", comment),
        "word/people.xml": f"{XML}<people>张三</people>",
        "word/_rels/document.xml.rels": f'{XML}<Relationships xmlns="{RELATIONS}">{relation}</Relationships>',
    }


@pytest.mark.parametrize("body", [commented("甲{{ 名 }}"), commented("甲某")], ids=["with a tag", "without"])
def test_comments_do_not_go_out(body: str) -> None:
    out = build(body, related()).render({"名": "某"})
    with zipfile.ZipFile(io.BytesIO(out)) as archive:
        whole = {name: archive.read(name).decode() for name in archive.namelist()}
    assert not [name for name in whole if "comment" in name or "people" in name]
    assert not [
        name for name, text in whole.items() if "omment" in text or "张三" in text or "people" in text
    ]
    assert "styles.xml" in whole["word/_rels/document.xml.rels"]
    assert lines(out) == ["甲某"]


def test_comments_are_told_with_their_place() -> None:
    template = build(p("前") + commented("甲"), related())
    assert told(template) == [("D558", "正文第2段「甲」")]
    assert "1 条批注" in template.warnings[0].message


def test_a_comment_in_a_loop_goes_and_the_loop_stays() -> None:
    body = p("{% for 项 in 甲 %}") + commented("{{ 项 }}") + p("{% endfor %}")
    assert lines(build(body, related()).render({"甲": ["一", "二"]})) == ["一", "二"]


def test_a_comment_beside_a_tag_that_holds_its_paragraph() -> None:
    body = commented("{% for 项 in 甲 %}") + p("{{ 项 }}") + p("{% endfor %}")
    assert lines(build(body, related()).render({"甲": ["一", "二"]})) == ["一", "二"]


def test_a_template_without_remarks_tells_nothing() -> None:
    assert build(p("{{ 名 }}")).warnings == ()
