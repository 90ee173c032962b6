"""Typed values: pictures, runs with a form, links, paragraphs."""

import io
import pickle
import re
import struct
import zipfile

import docx
import pytest
from engine_docx import build, cell, faults, lines, p, part, png, row, story, table
from lxml import etree

from liangqing.base.diagnostics import Place, Problems
from liangqing.engine import (
    Image,
    Link,
    List,
    Paragraphs,
    Picture,
    Record,
    Rich,
    RichText,
    Run,
    Template,
    Text,
    compile_text,
)
from liangqing.engine.filling.image_bytes import read_picture

SCHEMA = Record(
    "函", lambda: {"图": Image(), "文": RichText(), "名": Text(), "图集": List(Image()), "名单": List(Text())}
)


def jpeg(width: int, height: int) -> bytes:
    """The frame of a JPEG, without the picture itself."""
    head = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + bytes(9)
    frame = b"\xff\xc2" + struct.pack(">HBHHB", 17, 8, height, width, 3) + bytes(9)
    return b"\xff\xd8" + head + b"\xff\xff\xdb\0\3x" + frame + b"\xff\xd9"


def refused(template: Template, **values: object) -> tuple[str, str]:
    with pytest.raises(Problems) as caught:
        template.render(values)
    (found,) = caught.value.diagnostics
    assert found.place.detail.startswith("正文第1段")
    return found.code, found.message


def files(data: bytes, folder: str = "word/media/") -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [name for name in archive.namelist() if name.startswith(folder)]


def body(data: bytes) -> str:
    return part(data).partition("<w:body>")[2].partition("<w:sectPr")[0]


# ---------------------------------------------------------------- pictures


@pytest.mark.parametrize("text", ["前{{r 图 }}后", "前{{ 图 }}后"])
def test_a_picture(text: str) -> None:
    out = build(p(text), schema=SCHEMA).render({"图": Picture(png(), 30, alt='左"右')})
    shape = docx.Document(io.BytesIO(out)).inline_shapes[0]
    assert (shape.width.mm, shape.height.mm) == (30, 15)
    assert lines(out) == ["前后"]
    assert files(out) == ["word/media/picture1.png"]
    assert "descr='左\"右'" in part(out)
    assert 'PartName="/word/media/picture1.png" ContentType="image/png"' in part(out, "[Content_Types].xml")


@pytest.mark.parametrize(
    ("picture", "size"),
    [
        (Picture(png(40, 20), 30), (30, 15)),
        (Picture(png(40, 20), None, 30), (60, 30)),
        (Picture(png(40, 20), 10, 20), (10, 20)),
        (Picture(png(96, 192)), (25.4, 50.8)),
        (Picture(jpeg(300, 100), 60), (60, 20)),
    ],
)
def test_sizes(picture: Picture, size: tuple[float, float]) -> None:
    out = build(p("{{r 图 }}")).render({"图": picture})
    shape = docx.Document(io.BytesIO(out)).inline_shapes[0]
    assert (round(shape.width.mm, 2), round(shape.height.mm, 2)) == size


def test_equal_pictures_are_stored_once_and_ids_differ() -> None:
    same, other = Picture(png(), 10), Picture(png(shade=9), 10)
    parts = {"word/header1.xml": story("hdr", p("{{r 图 }}"))}
    template = build(p("{% for 项 in 图集 %}{{r 项 }}{% endfor %}"), parts)
    out = template.render({"图集": [same, other, Picture(png(), 20)], "图": same})
    assert files(out) == ["word/media/picture1.png", "word/media/picture2.png"]
    assert re.findall('r:embed="(.*?)"', part(out)) == ["rId1", "rId2", "rId1"]
    numbers = re.findall('docPr id="(.*?)"', part(out) + part(out, "word/header1.xml"))
    assert len(set(numbers)) == 4
    assert "picture1.png" in part(out, "word/_rels/header1.xml.rels")


def test_existing_relationships_and_parts_are_kept() -> None:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    given = f'<Relationship Id="rId7" Type="{office}/image" Target="media/picture1.png"/>'
    parts = {
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{space}">{given}</Relationships>',
        "word/media/picture1.png": "GIF89a",
    }
    out = build(p("{{r 图 }}"), parts).render({"图": Picture(png())})
    assert files(out) == ["word/media/picture1.png", "word/media/picture2.png"]
    relations = part(out, "word/_rels/document.xml.rels")
    assert given in relations
    assert f'Id="rId8" Type="{office}/image" Target="media/picture2.png"' in relations


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"GIF89a....", "已损坏"),
        (b"", "不是 PNG、JPEG、GIF、BMP、WebP、TIFF 或 SVG"),
        (b"%PDF-1.7", "不是 PNG、JPEG、GIF、BMP、WebP、TIFF 或 SVG"),
        (png()[:-6], "已损坏"),
        (png().replace(b"IDAT", b"IDAU"), "已损坏"),
        (jpeg(3, 3)[:-2], "已损坏"),
        (b"\xff\xd8\xff\xe0\xff\xff" + b"x" * 9 + b"\xff\xd9", "已损坏"),
        (png(0, 5), "已损坏"),
        ("文字", "没有文件的内容"),
    ],
)
def test_pictures_that_are_none(data: bytes, message: str) -> None:
    code, said = refused(build(p("{{r 图 }}")), 图=Picture(data, 30))
    assert (code, message in said) == ("D568", True)


def test_odd_sizes() -> None:
    for width in (0, -3, 5000):
        assert refused(build(p("{{r 图 }}")), 图=Picture(png(), width))[0] == "D568"
    found = read_picture(jpeg(30, 20))
    assert found is not None
    assert (found.kind, found.width, found.height) == ("JPEG", 30, 20)


def test_a_picture_where_none_can_stand() -> None:
    assert [each.code for each in faults(p("{{ '见' ~ 图 }}{{ 图.宽 }}{{ 图|大 }}"), schema=SCHEMA, filters={"大": str})] == [
        "D543", "D544", "D545"
    ]  # fmt: skip
    with pytest.raises(Problems, match="图 是图片，不能用在这里"):
        compile_text("{{ 图 }}", place=Place("文种.yaml"), schema=SCHEMA)


# ---------------------------------------------------------------- runs


def test_runs_take_the_form_of_the_tag() -> None:
    form = '<w:rPr><w:rFonts w:ascii="Times" w:eastAsia="仿宋"/><w:color w:val="00FF00"/><w:sz w:val="32"/></w:rPr>'
    text = p("前{{ 文 }}后").replace("<w:t ", f"{form}<w:t ")
    value = Rich(
        ("甲", Run("乙&", bold=True, underline=True, colour="#FF0000", face="黑体", size=10.5), "丙")
    )
    out = body(build(text, schema=SCHEMA).render({"文": value}))
    runs = etree.fromstring(f'<w xmlns:w="w">{out}</w>').findall(".//{w}r")
    assert ["".join(map(str, run.itertext())) for run in runs] == ["前", "甲", "乙&", "丙", "后"]
    assert form in out
    assert (
        '<w:rPr><w:rFonts w:ascii="Times" w:eastAsia="黑体" w:hint="eastAsia"/><w:b/><w:color w:val="FF0000"/>'
        '<w:sz w:val="21"/><w:szCs w:val="21"/><w:u w:val="single"/></w:rPr>'
    ) in out


def test_what_is_switched_off() -> None:
    text = p("{{r 文 }}").replace("<w:t ", "<w:rPr><w:b/></w:rPr><w:t ")
    out = body(build(text).render({"文": Run("甲", bold=False, italic=True, strike=True, underline=False)}))
    assert '<w:rPr><w:b w:val="0"/><w:i/><w:strike/><w:u w:val="none"/></w:rPr>' in out


def test_plain_values_and_lists() -> None:
    assert lines(build(p("前{{r 文 }}后")).render({"文": "一\n二"})) == ["前一\n二后"]
    assert lines(build(p("{{r 名单 }}"), schema=SCHEMA).render({"名单": ["甲", "乙"]})) == ["甲\n乙"]
    assert lines(build(p("{{ 文 or '无' }}"), schema=SCHEMA).render({"文": ""})) == ["无"]
    assert lines(build(p("{{r}}{{ p }}")).render({"r": "甲", "p": "乙"})) == ["甲乙"]
    assert lines(build(p("{{r or '无'}}")).render({"r": ""})) == ["无"]


def test_typed_values_without_a_schema() -> None:
    template = build(p("{% for 项 in 单 %}{{ 项 }}{% endfor %}{{ 文 }}"))
    values = {"单": [Picture(png(), 9), "甲&", 3], "文": Run("乙", bold=True)}
    assert lines(template.render({"单": ["1"], "文": "2"})) == ["12"]
    out = template.render(values)
    assert out == template.render(values) == pickle.loads(pickle.dumps(template)).render(values)
    assert lines(out) == ["甲&3乙"]
    assert 'docPr id="1"' in part(out)
    assert refused(template, 单=[], 文=Paragraphs(("甲",)))[0] == "D561"
    assert refused(template, 单=[], 文=None)[0] == "D560"
    assert refused(build(p("{{ '见' ~ 文 }}")), 文=Run("甲"))[0] == "D561"


def test_typed_values_that_fail() -> None:
    assert refused(build(p("{{r 文 }}")), 文=None)[0] == "D560"
    assert refused(build(p("{{r 文.长 }}")), 文={})[0] == "D562"
    assert refused(build(p("{{r 文 }}")), 文=True)[0] == "D561"
    assert refused(build(p("{{r 文 }}")), 文=[{"a": 1}])[0] == "D561"
    assert refused(build(p("{{r 文 }}")), 文=Run("甲", colour="红"))[0] == "D561"
    assert refused(build(p("{{r 文 }}")), 文=Run("坏\x0b"))[0] == "D563"
    assert refused(build(p("{{r 文 }}")), 文=Paragraphs(("甲",)))[0] == "D561"


# ---------------------------------------------------------------- links


def test_links() -> None:
    value = Rich(("见", Link("网站<1>", "https://a.cn/?x=1&y=2"), Link("又", "https://a.cn/?x=1&y=2")))
    out = build(p("前{{r 文 }}")).render({"文": value})
    assert 'r:id="rId1" w:history="1"' in part(out)
    relations = part(out, "word/_rels/document.xml.rels")
    assert relations.count('Target="https://a.cn/?x=1&amp;y=2" TargetMode="External"') == 1
    assert [each.text for each in docx.Document(io.BytesIO(out)).paragraphs[0].hyperlinks] == [
        "网站<1>",
        "又",
    ]


@pytest.mark.parametrize("url", ["file:///etc/passwd", "javascript:x", "", "https://a b"])
def test_links_that_are_refused(url: str) -> None:
    assert refused(build(p("{{r 文 }}")), 文=Link("甲", url))[0] == "D561"


# ---------------------------------------------------------------- paragraphs


def test_paragraphs() -> None:
    centred = '<w:pPr><w:jc w:val="center"/></w:pPr>'
    value = Paragraphs(("一", Rich(("二", Run("粗", bold=True))), Picture(png())))
    out = build(p("首") + p("{{p 文 }}", centred) + p("末")).render({"文": value})
    assert lines(out) == ["首", "一", "二粗", "", "末"]
    assert body(out).count(centred) == 3


def test_paragraphs_of_a_list_and_of_nothing() -> None:
    template = build(p("首") + p("{{p 名单 }}"), schema=SCHEMA)
    assert lines(template.render({"名单": ["甲", "乙"]})) == ["首", "甲", "乙"]
    assert lines(template.render({"名单": []})) == ["首"]


def test_paragraphs_in_a_cell_and_a_loop() -> None:
    template = build(table(row("{% for 项 in 甲 %}{{ 项.名 }}", cell("{{p 项.文 }}"), "{% endfor %}")))
    out = template.render(
        {"甲": [{"名": "1", "文": Paragraphs(("一", "二"))}, {"名": "2", "文": Paragraphs(())}]}
    )
    assert lines(out) == ["1|一/二|", "2||"]


def test_text_beside_paragraphs() -> None:
    (found,) = faults(p("首") + p("见{{p 文 }}"))
    assert (found.code, found.place.detail) == ("D534", "正文第2段「见{{p 文 }}」")


def test_prefixes_that_values_do_not_have() -> None:
    assert [each.code for each in faults(p("{{tr 文 }}"))] == ["D529"]
    with pytest.raises(Problems):
        compile_text("{{r 文 }}", place=Place("文种.yaml"))


def test_same_values_same_bytes_and_pickle() -> None:
    template = build(p("{{r 文 }}") + p("{{p 段 }}"))
    values = {"文": Rich((Link("甲", "https://a.cn"), Picture(png(), 9))), "段": Paragraphs(("一",))}
    out = template.render(values)
    again = pickle.loads(pickle.dumps((template, values)))
    assert out == template.render(values) == again[0].render(again[1])
