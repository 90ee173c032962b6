"""Any Word file in any paper: valid, the text as it was written, each look kept, the paper's own styles as they were."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.shared import Pt
from engine_docx import png
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from ooxml_lint import document_faults
from word_files import looks, saved, seen, styles, sub, with_look

from liangqing.engine import compile_template

FACES = ("仿宋", "楷体", "黑体", "隶书")
STYLES = ("Normal", "Heading 1", "Heading 2", "List Number", "List Bullet", "Body Text", "Quote")
WORDS = st.text("甲乙丙丁12", min_size=1, max_size=5)
CHOSEN = {style: st.tuples(st.sampled_from(FACES), st.sampled_from([9, 12, 16, 22])) for style in STYLES}
RUN = st.tuples(WORDS, st.sampled_from([None, *FACES]), st.sampled_from([None, 10, 18]), st.booleans())
PARAGRAPH = st.tuples(st.just("段"), st.sampled_from(STYLES), st.lists(RUN, min_size=1, max_size=3))
TABLE = st.tuples(
    st.just("表"), st.sampled_from(["Table Grid", "Normal Table"]), st.lists(WORDS, min_size=1, max_size=3)
)
PICTURE = st.tuples(st.just("图"), st.integers(5, 30), st.just(None))
BLOCKS = st.lists(st.one_of(PARAGRAPH, PARAGRAPH, TABLE, PICTURE), max_size=5)
FILES = st.tuples(BLOCKS, st.fixed_dictionaries({}, optional=CHOSEN))
# Where a file may stand, and what is printed there when the loop has two turns: lines, and files by name.
PLACES = st.lists(
    st.sampled_from(
        [
            (["{{p 甲 }}"], ["@甲"]),
            (["前", "{{p 乙 }}", "后"], ["前", "@乙", "后"]),
            (
                ["{%p for x in 次 %}", "第{{ x }}次", "{{p 甲 }}", "{%p endfor %}"],
                ["第1次", "@甲", "第2次", "@甲"],
            ),
            (
                ["{%p for x in 次 %}", "{%p if loop.first %}", "{{p 乙 }}", "{%p endif %}", "{%p endfor %}"],
                ["@乙"],
            ),
        ]
    ),
    min_size=1,
    max_size=3,
)


def written(file: tuple[list[Any], dict[str, tuple[str, int]]]) -> bytes:
    """正文 is always set, since text for which nobody chose a look takes that of its place."""
    blocks, chosen = file
    word = docx.Document()
    for style, (face, size) in {"Normal": ("楷体", 14), **chosen}.items():
        with_look(word, style, face, size)
    for kind, what, inner in blocks:
        if kind == "段":
            _paragraph(word, what, inner)
        elif kind == "表":
            table = word.add_table(1, len(inner), style=what)
            for cell, text in zip(table.rows[0].cells, inner, strict=True):
                cell.text = text
        else:
            word.add_picture(io.BytesIO(png(what, 10)))
    word.add_paragraph("末")
    return saved(word)


def _paragraph(word: WordDocument, style: str, runs: list[tuple[str, str | None, int | None, bool]]) -> None:
    paragraph = word.add_paragraph(style=style)
    for text, face, size, bold in runs:
        run = paragraph.add_run(text)
        run.font.name, run.font.bold = face, bold or None
        run.font.size = Pt(size) if size else None


@settings(max_examples=40, deadline=None, phases=[Phase.generate])
@given(own=FILES, one=FILES, other=FILES, places=PLACES)
def test_a_random_file_in_a_random_paper(own: Any, one: Any, other: Any, places: Any) -> None:
    template = docx.Document(io.BytesIO(written(own)))
    for lines, _ in places:
        for line in lines:
            template.add_paragraph(line)
    template.add_paragraph("尾")
    made = compile_template(saved(template), name="templates/函.docx")
    files = {"甲": written(one), "乙": written(other)}
    out = made.render({"次": [1, 2], **{name: sub(data) for name, data in files.items()}})

    assert document_faults(out) == []
    before, after = styles(made.render({"次": [], "甲": [], "乙": []})), styles(out)
    assert {name: after[name] for name in before} == before
    face, size = own[1].get("Normal", ("楷体", 14))
    flow = [*("@", *(each for _, shown in places for each in shown)), "尾"]
    read = {f"@{name}": seen(data) for name, data in {"": written(own), **files}.items()}
    lines = {each: [(each, face, size * 2.0, False, "auto")] for each in flow}
    texts = {
        name: [paragraph.words for paragraph in file.paragraphs if paragraph.words]
        for name, file in read.items()
    }
    expected = [look for each in flow for look in (looks(read[each]) if each in read else lines[each])]
    assert _joined(looks(seen(out))) == _joined(expected)
    assert [each.words for each in seen(out).paragraphs if each.words] == [
        words for each in flow for words in texts.get(each, [each])
    ]


def _joined(found: list[tuple[str, str, float, bool, str]]) -> list[tuple[str, ...]]:
    """Letter by letter, since a line of the paper may be read as several pieces."""
    return [(letter, *map(str, look)) for text, *look in found for letter in text]
