"""Footnotes and endnotes in loops and conditions: each copy its own note and number."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest
from engine_docx import OFFICE, XML, build, cell, faults, lines, p, part, row, story, table
from lxml import etree
from programs import WORD, saved_by_office

from liangqing.base.diagnostics import Problems
from liangqing.base.docx_zip import W
from liangqing.engine import Link, List, Number, Record, RichText, Text

FOOT, END = "word/footnotes.xml", "word/endnotes.xml"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
LIST = {"清单": [{"名": "甲", "注": ["子", "丑"]}, {"名": "乙", "注": []}]}
LOOP = p("{% for 项 in 清单 %}"), p("{% endfor %}")


def refer(text: str, number: int, kind: str = "foot") -> str:
    """A paragraph with a reference behind its words."""
    reference = f'<w:r><w:{kind}noteReference w:id="{number}"/></w:r></w:p>'
    return p(text).removesuffix("</w:p>") + reference


def notes(*texts: str, kind: str = "foot") -> dict[str, str]:
    """The part of notes with its line above, and numbers from 1."""
    line = f'<w:{kind}note w:type="separator" w:id="0">{p("")}</w:{kind}note>'
    made = "".join(
        f'<w:{kind}note w:id="{number}">{text if text.startswith("<") else p(text)}</w:{kind}note>'
        for number, text in enumerate(texts, 1)
    )
    return {f"word/{kind}notes.xml": story(f"{kind}notes", line + made)}


def _words(paragraph: etree._Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(f"{W}t"))


def told(data: bytes, kind: str = "foot") -> list[str]:
    """What stands at each reference, in the order of the text; each note is referred to once, and there is no other."""
    numbers = re.findall(rf'{kind}noteReference w:id="(.*?)"', part(data))
    root = etree.fromstring(part(data, f"word/{kind}notes.xml").encode())
    plain = [note for note in root if note.get(f"{W}type") in (None, "normal")]
    texts = {note.get(f"{W}id", ""): "/".join(map(_words, note.iter(f"{W}p"))) for note in plain}
    assert sorted(numbers) == sorted(texts)
    assert len(set(numbers)) == len(numbers) == len(plain)
    return [texts[number] for number in numbers]


def test_each_turn_of_a_loop_has_a_note_of_its_own() -> None:
    body = refer("始", 1) + LOOP[0] + refer("{{ 项.名 }}", 2) + LOOP[1] + refer("末", 3)
    template = build(body, notes("头注", "注{{ 项.名 }}第{{ loop.index }}", "尾注"))
    assert template.reads == {"清单": {"[]": {"名": {}}}}
    out = template.render(LIST)
    assert told(out) == ["头注", "注甲第1", "注乙第2", "尾注"]
    assert lines(out) == ["始", "甲", "乙", "末"]
    assert 'w:type="separator" w:id="0"' in part(out, FOOT)
    assert pickle.loads(pickle.dumps(template)).render(LIST) == out


@pytest.mark.parametrize(("there", "expected"), [(True, ["前有", "后"]), (False, ["后"])])
def test_a_note_goes_with_what_its_condition_drops(there: bool, expected: list[str]) -> None:
    body = p("{% if 有 %}") + refer("甲", 1) + p("{% endif %}") + refer("乙", 2)
    out = build(body, notes("前{{ 有.名 }}", "后")).render({"有": {"名": "有"} if there else None})
    assert told(out) == expected


def test_a_note_that_all_turns_lack_leaves_its_part_whole() -> None:
    out = build(LOOP[0] + refer("甲", 1) + LOOP[1], notes("注{{ 项.名 }}")).render({"清单": []})
    assert told(out) == []
    assert part(out, FOOT).endswith("</w:footnote></w:footnotes>")


def test_words_of_one_paragraph_each_with_a_note() -> None:
    looped = p("列：{% for 项 in 清单 %}{{ 项.名 }}¦{% endfor %}")
    body = looped.replace("</w:t></w:r><w:r>", '</w:t><w:footnoteReference w:id="1"/></w:r><w:r>')
    out = build(body, notes("{{ 项.名 }}注")).render(LIST)
    assert (lines(out), told(out)) == (["列：甲乙"], ["甲注", "乙注"])


def test_rows_of_a_table_each_with_a_note() -> None:
    first = cell(refer("{% for 项 in 清单 %}{{ 项.名 }}", 1))
    out = build(table(row("头", "二"), row(first, "x{% endfor %}")), notes("行{{ 项.名 }}")).render(LIST)
    assert (lines(out), told(out)) == (["头|二", "甲|x", "乙|x"], ["行甲", "行乙"])


def test_a_note_with_loops_and_conditions_of_its_own() -> None:
    inner = p("{% for 句 in 项.注 %}") + p("{{ 句 }}{% if loop.first %}始{% endif %}") + p("{% endfor %}")
    out = build(LOOP[0] + refer("{{ 项.名 }}", 1) + LOOP[1], notes(inner)).render(LIST)
    assert told(out) == ["子始/丑", ""]  # a note without any paragraph is none that Word opens


def test_footnotes_and_endnotes_side_by_side() -> None:
    body = LOOP[0] + refer("{{ 项.名 }}", 1) + refer("x", 1, "end") + LOOP[1]
    out = build(body, {**notes("脚{{ 项.名 }}"), **notes("尾{{ 项.名 }}", kind="end")}).render(LIST)
    assert told(out) == ["脚甲", "脚乙"]
    assert told(out, "end") == ["尾甲", "尾乙"]


def test_notes_outside_of_blocks_stay_as_they_are() -> None:
    out = build(refer("甲{{ 名 }}", 2) + refer("乙", 1), notes("一", "二{{ 名 }}")).render({"名": "x"})
    assert told(out) == ["二x", "一"]
    assert re.findall('<w:footnote w:id="(.)"', part(out, FOOT)) == ["1", "2"]


def test_a_note_that_nothing_refers_to_is_not_passed_on() -> None:
    out = build(LOOP[0] + refer("{{ 项.名 }}", 2) + LOOP[1], notes("旧", "注")).render(LIST)
    assert "旧" not in part(out, FOOT)


def test_a_reference_without_its_note_goes() -> None:
    out = build(LOOP[0] + refer("{{ 项.名 }}", 7) + LOOP[1] + refer("末", 1), notes("注")).render(LIST)
    assert told(out) == ["注"]


def test_links_in_notes_belong_to_their_part() -> None:
    relation = f'<Relationship Id="rId1" Type="{OFFICE}/hyperlink" Target="https://a.cn/{{{{ 项.名 }}}}" TargetMode="External"/>'
    address = '<w:p><w:hyperlink r:id="rId1"><w:r><w:t>见</w:t></w:r></w:hyperlink></w:p>'
    rels = "word/_rels/footnotes.xml.rels"
    parts = {rels: f'{XML}<Relationships xmlns="{RELATIONS}">{relation}</Relationships>'}
    out = build(LOOP[0] + refer("x", 1) + LOOP[1], {**notes(address), **parts}).render(LIST)
    assert re.findall(r"https://a.cn/(.+?)\"", part(out, rels)) == ["甲", "乙"]
    used = re.findall('r:id="(.*?)"', part(out, FOOT))
    assert used == re.findall('Id="(.*?)"', part(out, rels))


def test_rich_values_in_notes_belong_to_their_part() -> None:
    schema = Record("函", lambda: {"链": RichText(), "清单": List(Record("项", lambda: {"名": Text()}))})
    body = LOOP[0] + refer("{{ 项.名 }}", 1) + LOOP[1]
    out = build(body, notes("{{r 链 }}"), schema=schema).render({"链": Link("见", "https://a.cn"), **LIST})
    assert told(out) == ["见", "见"]
    assert "https://a.cn" in part(out, "word/_rels/footnotes.xml.rels")


def test_bookmarks_and_tables_in_notes() -> None:
    mark = '<w:bookmarkStart w:id="4" w:name="书"/><w:bookmarkEnd w:id="4"/></w:p>'
    grid = '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid>'
    cells = row("{%tc for 句 in 项.注 %}", "{{ 句 }}", "{%tc endfor %}")
    body = LOOP[0] + refer("{{ 项.名 }}", 1) + LOOP[1]
    note = p("书").replace("</w:p>", mark) + f"{grid}{cells}</w:tbl>" + p("完")
    out = part(build(body, notes(note)).render(LIST), FOOT)
    assert re.findall('w:name="(.*?)"', out) == ["书", "书_2"]
    assert out.count("<w:gridCol ") == 2  # as many columns as the list has items
    assert re.search("[\U0010ff00-\U0010ff0f]", out) is None


def test_a_namespace_of_the_notes_is_declared() -> None:
    word14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    parts = notes("甲{{ 项.名 }}")
    parts[FOOT] = parts[FOOT].replace("<w:footnotes ", f'<w:footnotes xmlns:w14="{word14}" ')
    parts[FOOT] = parts[FOOT].replace("<w:t xml", "<w:rPr><w14:ligatures/></w:rPr><w:t xml")
    out = part(build(LOOP[0] + refer("x", 1) + LOOP[1], parts).render(LIST), FOOT)
    assert out.count("xmlns:") == 3  # of the part alone
    assert out.count("<w14:ligatures/>") == 3


def test_faults_in_a_note_are_told_with_its_place() -> None:
    schema = Record("函", lambda: {"清单": List(Record("项", lambda: {"名": Text(), "数": Number()}))})
    body = LOOP[0] + refer("{{ 项.名 }}", 1) + LOOP[1]
    (fault,) = faults(body, notes("{{ 项.名称 }}"), schema=schema)
    assert (fault.code, fault.place.detail) == ("D540", "脚注1第1段「{{ 项.名称 }}」")
    with pytest.raises(Problems) as caught:
        build(body, notes("{{ 项.名 }}{{ 项.数 }}")).render({"清单": [{"名": "a", "数": None}]})
    assert [fault.place.detail for fault in caught.value.diagnostics] == ["脚注1第1段「{{ 项.名 }}{{ 项.…」"]


def test_a_block_may_not_begin_in_a_note_and_end_outside() -> None:
    body = refer("甲", 1) + p("乙{% endif %}")
    assert {fault.code for fault in faults(body, notes("{% if 有 %}丙"))} == {"D533"}


def test_a_tag_in_the_line_above_the_notes_is_refused() -> None:
    parts = notes("注")
    parts[FOOT] = parts[FOOT].replace('w:id="0"><w:p>', 'w:id="0"><w:p><w:r><w:t>{{ 名 }}</w:t></w:r>', 1)
    found = faults(LOOP[0] + refer("x", 1) + LOOP[1], parts)
    assert [(fault.code, fault.message) for fault in found] == [
        ("D525", "脚注、尾注上面的分隔线里有标记，这里不会填写")
    ]


def test_a_chart_that_would_be_filled_in_such_a_note_is_refused() -> None:
    spaces = (
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    )
    reference = '<a:graphic><a:graphicData><c:chart r:id="rId1"/></a:graphicData></a:graphic>'
    drawing = (
        f'<w:drawing><wp:inline {spaces}><wp:docPr id="1" name="图"/>{reference}</wp:inline></w:drawing>'
    )
    relation = f'<Relationship Id="rId1" Type="{OFFICE}/chart" Target="charts/chart1.xml"/>'
    parts = {
        "word/_rels/footnotes.xml.rels": f'{XML}<Relationships xmlns="{RELATIONS}">{relation}</Relationships>',
        "word/charts/chart1.xml": f"<c:chartSpace {spaces}><c:chart><c:title><a:p><a:r><a:t>{{{{ 名 }}}}</a:t></a:r></a:p></c:title>"
        "<c:plotArea/></c:chart></c:chartSpace>",
    }
    found = faults(LOOP[0] + refer("x", 1) + LOOP[1], {**notes(f"<w:p><w:r>{drawing}</w:r></w:p>"), **parts})
    assert [(fault.code, fault.place.detail, fault.message) for fault in found] == [
        ("D538", "脚注1第1段 图表", "脚注、尾注里的图表不能填写")
    ]


@pytest.mark.office
def test_libreoffice_reads_each_note_at_its_reference(tmp_path: Path) -> None:
    relation = f'<Relationship Id="rId1" Type="{OFFICE}/footnotes" Target="footnotes.xml"/>'
    rels = {
        "word/_rels/document.xml.rels": f'{XML}<Relationships xmlns="{RELATIONS}">{relation}</Relationships>'
    }
    body = refer("始", 1) + LOOP[0] + refer("{{ 项.名 }}", 2) + LOOP[1] + refer("末", 3)
    out = tmp_path / "函.docx"
    out.write_bytes(build(body, {**notes("头", "注{{ 项.名 }}", "尾"), **rels}).render(LIST))
    saved = (saved_by_office([out], WORD, tmp_path) / "函.docx").read_bytes()
    assert [text.strip() for text in told(saved)] == ["头", "注甲", "注乙", "尾"]
