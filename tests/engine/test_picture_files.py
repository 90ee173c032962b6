"""Pictures from files: as they are or drawn anew, as large as their place, without what they tell of who took them and where."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import pickle
import random
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from engine_docx import build, codes, faults, p, part, png, row, story, table
from lxml import etree
from ooxml_lint import document_faults
from PIL import Image as Pillow
from test_values import SCHEMA

from liangqing.base.diagnostics import Problems
from liangqing.engine import Image, List, Picture, PictureFile, PictureFolder, Record, Template, Text

EMU = 36000
SECRET = b"Nikon D5600 zhang@office 25.27N 110.29E"
FITTED = "{{ 图 | 图片(宽=70) }}"
PHOTOS = Record("照片", lambda: {"图": Image(), "名": Text()})
ALBUM = Record("册", lambda: {"照片": List(PHOTOS), "缺": Image(optional=True)})
END = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1800" w:bottom="1440" w:left="1800"/></w:sectPr>'


def drawn(kind: str, size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: object) -> bytes:
    """A noisy picture, as hard to compress as a photo."""
    out = io.BytesIO()
    noise = Pillow.frombytes("L", size, random.Random(kind).randbytes(size[0] * size[1]))
    noise.convert(mode).save(out, kind, **options)
    return out.getvalue()


def exif(turned: int = 1) -> Pillow.Exif:
    """What a telephone writes."""
    told = Pillow.Exif()
    told[0x0112], told[0x010F], told[0x013B] = turned, "Nikon D5600", "zhang@office"
    told.get_ifd(0x8825)[2] = (25.0, 27.0, 0.0)
    return told


def rendered(value: object, text: str = FITTED, **more: object) -> bytes:
    return build(p(text), schema=SCHEMA).render({"图": value, **more})


def media(docx: bytes) -> dict[str, bytes]:
    """The pictures of a document by their names."""
    with zipfile.ZipFile(io.BytesIO(docx)) as file:
        return {name: file.read(name) for name in file.namelist() if "/media/" in name}


def only(docx: bytes) -> Pillow.Image:
    (data,) = media(docx).values()
    return Pillow.open(io.BytesIO(data))


def sizes(docx: bytes) -> list[tuple[int, int]]:
    """How large each picture is printed, in whole mm."""
    root = etree.fromstring(part(docx).encode())
    drawings = [(each.get("cx", ""), each.get("cy", "")) for each in root.iter("{*}extent")]
    return [(round(int(wide) / EMU), round(int(high) / EMU)) for wide, high in drawings]


def colour_at(picture: Pillow.Image, place: tuple[int, int]) -> tuple[int, ...]:
    """The parts of a colour."""
    found = picture.getpixel(place)
    assert isinstance(found, tuple)
    return found


def refused(make: Callable[[], object]) -> tuple[str, str, str]:
    """The code, the words and the advice of the one problem."""
    with pytest.raises(Problems) as caught:
        make()
    (problem,) = caught.value.diagnostics
    return problem.code, problem.message, problem.advice


def kept(folder: Path, name: str, data: bytes) -> PictureFile:
    """A file in a folder, as the values of a paper name it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return PictureFile.of(name, hashlib.sha256(data).hexdigest(), "门前")


# ---------------------------------------------------------------- as they are, or drawn anew


@pytest.mark.parametrize(("kind", "ending"), [("PNG", "png"), ("JPEG", "jpg")])
def test_png_and_jpeg_stay_as_they_are(kind: str, ending: str) -> None:
    data = drawn(kind)
    assert media(rendered(Picture(data))) == {f"word/media/picture1.{ending}": data}


@pytest.mark.parametrize(
    ("kind", "becomes"),
    [("GIF", "PNG"), ("BMP", "PNG"), ("WEBP", "JPEG"), ("TIFF", "JPEG")],
)
def test_other_kinds_become_what_word_shows(kind: str, becomes: str) -> None:
    found = only(rendered(Picture(drawn(kind, (60, 40)))))
    assert (found.format, found.size) == (becomes, (60, 40))


@pytest.mark.parametrize(
    ("at", "bits"), [(9, b"\xff"), (14, b"\xff"), (15, b"\xff"), (26, b"\xff"), (93, b"\xff")]
)
def test_of_a_damaged_picture_no_library_says_anything_of_its_own(
    at: int, bits: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    data = bytearray(drawn("TIFF"))
    data[at : at + 1] = bits
    with contextlib.suppress(Problems):
        assert only(rendered(Picture(bytes(data))))
    assert capfd.readouterr() == ("", "")


def test_what_can_be_seen_through_stays_so() -> None:
    whole = Pillow.new("RGBA", (900, 600), (255, 0, 0, 0))
    for kind in ("PNG", "WEBP"):
        out = io.BytesIO()
        whole.save(out, kind)
        assert colour_at(only(rendered(Picture(out.getvalue()), "{{ 图 | 图片(宽=40) }}")), (1, 1))[3] == 0


def test_the_colours_of_a_printing_press_become_those_of_a_screen() -> None:
    assert only(rendered(Picture(drawn("JPEG", (40, 30), "CMYK")))).mode == "RGB"


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_photo_stands_upright_however_the_camera_was_held(turned: int) -> None:
    """The left upper quarter of what is seen is red, whichever of the eight ways Exif names."""
    seen = Pillow.new("RGB", (80, 40), "blue")
    seen.paste("red", (0, 0, 40, 20))
    back = {
        2: 0,
        3: 3,
        4: 1,
        5: 5,
        6: 2,
        7: 6,
        8: 4,
    }  # Exif → what Pillow does to come from the seen to the stored
    stored = seen if turned == 1 else seen.transpose(Pillow.Transpose(back[turned]))
    out = io.BytesIO()
    stored.save(out, "JPEG", exif=exif(turned), quality=95, subsampling=0)
    docx = rendered(Picture(out.getvalue()))
    assert sizes(docx) == [(70, 35)]
    found = only(docx)
    assert found.size == (80, 40)
    red, _, blue = colour_at(found.convert("RGB"), (10, 5))
    assert red > 200 > 60 > blue
    red, _, blue = colour_at(found.convert("RGB"), (70, 35))
    assert blue > 200 > 60 > red


def test_a_photo_of_twelve_megapixels_is_no_finer_than_print_needs() -> None:
    data = drawn("JPEG", (4000, 3000), quality=95)
    docx = rendered(Picture(data))
    assert only(docx).size == (606, 454)  # 70 mm at 220 pixels an inch
    assert len(data) > 5_000_000 > 400_000 > len(docx)
    assert rendered(Picture(data)) == docx


def test_the_limit_of_pixels_is_not_reached_by_what_is_fine_enough() -> None:
    data = drawn("JPEG", (900, 600))
    assert list(media(rendered(Picture(data))).values()) == [data]  # at most half as many again


@pytest.mark.parametrize("name", ["photo.jpg", "photo.png", "large.jpg", "photo.webp", "photo.tiff"])
def test_nothing_goes_out_of_who_took_a_photo_and_where(name: str) -> None:
    size = (3000, 2000) if name.startswith("large") else (40, 30)
    kind = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "tiff": "TIFF"}[name.rpartition(".")[2]]
    data = drawn(kind, size, exif=exif())
    docx = rendered(Picture(data))
    (inside,) = media(docx).values()
    assert b"Nikon" in data
    assert b"zhang@office" in data
    assert b"Nikon" not in inside
    assert b"zhang@office" not in inside
    assert b"Exif" not in inside
    assert not only(docx).getexif()


def test_remarks_films_and_small_pictures_inside_a_file_stay_behind() -> None:
    plain = drawn("JPEG")
    said = struct.pack(">H", len(SECRET) + 2) + SECRET
    marked = b"".join([plain[:2], b"\xff\xfe" + said, b"\xff\xed" + said, plain[2:], SECRET])
    assert list(media(rendered(Picture(marked))).values()) == [plain]
    text = struct.pack(">I", len(SECRET)) + b"tEXt" + SECRET
    whole = png()
    with_text = whole[:33] + text + struct.pack(">I", zlib.crc32(text[4:])) + whole[33:] + SECRET
    assert list(media(rendered(Picture(with_text))).values()) == [whole]


@pytest.mark.process
def test_pillow_is_not_loaded_for_what_stays_as_it_is() -> None:
    probe = (
        "import sys; from liangqing.engine import compile_template, Picture; import liangqing.engine.filling.pictures;"
        "print(any(name == 'PIL' for name in sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert said.stdout == "False\n"


# ---------------------------------------------------------------- how large


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("{{ 图 | 图片(宽=70) }}", (70, 35)),
        ("{{ 图 | 图片(高=30) }}", (60, 30)),
        ("{{ 图 | 图片(宽=70, 高=20) }}", (40, 20)),
        ("{{ 图 | 图片(宽=20, 高=70) }}", (20, 10)),
        ("{{ 图｜图片（宽＝70，高＝20） }}", (40, 20)),
        ("{{ 图 }}", (106, 53)),
        ("{{ 图 | 图片 }}", (106, 53)),
        ("{{ 图 | 图片(宽=900) }}", (156, 78)),  # the width of the page
    ],
)
def test_the_sides_keep_their_proportion(text: str, size: tuple[int, int]) -> None:
    assert sizes(rendered(Picture(png(400, 200)), text)) == [size]


def test_the_size_that_a_file_names_is_taken() -> None:
    docx = rendered(Picture(drawn("PNG", (300, 150), dpi=(150, 150))), "{{ 图 }}")
    assert sizes(docx) == [(51, 25)]
    assert sizes(rendered(Picture(drawn("JPEG", (300, 150), dpi=(150, 150))), "{{ 图 }}")) == [(51, 25)]


def test_a_picture_is_no_larger_than_its_cell_and_its_page() -> None:
    narrow = '<w:tc><w:tcPr><w:tcW w:w="2268" w:type="dxa"/></w:tcPr>' + p("{{ 图 }}") + "</w:tc>"
    body = table(f"<w:tr>{narrow}{narrow}</w:tr>") + p("{{ 图 }}") + p("末") + END
    template = build(body, schema=SCHEMA)
    assert sizes(template.render({"图": Picture(png(3000, 1500))})) == [(36, 18), (36, 18), (147, 73)]
    assert sizes(template.render({"图": Picture(png(100, 3000))}))[2][1] < 247 - 10


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("{{ 图 | 图片(70) }}", "D590"),
        ("{{ 图 | 图片(长=70) }}", "D590"),
        ("{{ 名 | 图片(宽=70) }}", "D545"),
        ("{{ 图集 | 图片(宽=70) }}", "D545"),
        ("{{ 图 | upper }}", "D545"),
        ("{{ '见' ~ 图 | 图片(宽=70) }}", "D543"),
        ("{{ 图.宽 }}", "D544"),
        ("{{ 图 | 相片(宽=70) }}", "D541"),
    ],
)
def test_a_wrong_tag_is_told_before_any_paper(tag: str, code: str) -> None:
    assert code in codes(p(tag), schema=SCHEMA)


@pytest.mark.parametrize("size", ["'七十'", "0", "-3", "5000"])
def test_a_size_that_is_none_is_refused_with_an_example(size: str) -> None:
    code, said, _ = refused(lambda: rendered(Picture(png()), f"{{{{ 图 | 图片(宽={size}) }}}}"))
    assert (code, "宽=70" in said) == ("D564", True)


# ---------------------------------------------------------------- where it stands


def test_a_line_of_fixed_height_grows_with_its_picture() -> None:
    fixed = '<w:pPr><w:spacing w:before="60" w:line="560" w:lineRule="exact"/><w:jc w:val="center"/></w:pPr>'
    for properties, kept_ones in (
        (fixed, '<w:spacing w:before="60" w:line="240" w:lineRule="auto"/><w:jc'),
        ('<w:pPr><w:keepNext/><w:jc w:val="center"/></w:pPr>', '<w:keepNext/><w:spacing w:line="240" w:lineRule="auto"/><w:jc'),
        ("", '<w:pPr><w:spacing w:line="240" w:lineRule="auto"/></w:pPr>'),
    ):  # fmt: skip
        body = p("前", fixed) + p("见 {{ 图 | 图片(宽=70) }} 。", properties) + p("后", fixed)
        out = part(build(body, schema=SCHEMA).render({"图": Picture(png())}))
        assert kept_ones in out
        assert out.count('w:line="560"') == 2


def test_pictures_in_loops_cells_headers_and_notes_are_valid() -> None:
    photo = Picture(drawn("JPEG", (60, 40), exif=exif(6)))
    photos = [{"图": photo, "名": name} for name in "甲乙丙"]
    cells = row("{% for 照片 in 照片 %}{{ 照片.图 | 图片(宽=30) }}", "{{ 照片.名 }}{% endfor %}")
    header = story("hdr", p("{% for 照片 in 照片 %}{{ 照片.图 | 图片(高=8) }}{% endfor %}"))
    template = build(table(cells) + p("{{ 缺 or '没有照片' }}"), {"word/header1.xml": header}, schema=ALBUM)
    out = template.render({"照片": photos, "缺": None})
    assert document_faults(out) == []
    assert len(media(out)) == 1
    assert sizes(out) == [(30, 45)] * 3
    ids = [each.get("id") for name in ("word/document.xml", "word/header1.xml")
           for each in etree.fromstring(part(out, name).encode()).iter("{*}docPr")]  # fmt: skip
    assert len(set(ids)) == len(ids) == 6
    assert "没有照片" in part(out)


def test_a_picture_beside_text_closes_no_word() -> None:
    root = etree.fromstring(part(rendered(Picture(png()), "左{{ 图 | 图片(宽=9) }}右")).encode())
    order = [
        each.text or "图" for each in root.iter("{*}t", "{*}drawing") if each.text or "drawing" in each.tag
    ]
    assert order == ["左", "图", "右"]


def test_a_picture_in_a_control_for_plain_text_is_refused() -> None:
    control = f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{p('{{ 图 }}')}</w:sdtContent></w:sdt>"
    (found,) = faults(control, schema=SCHEMA)
    assert (found.code, "纯文本" in found.message) == ("D592", True)
    sound = control.replace("<w:text/>", "<w:richText/>")
    assert build(sound, schema=SCHEMA).warnings == ()


def test_a_picture_twice_in_a_paper_is_stored_once() -> None:
    data = drawn("JPEG", (3000, 2000))
    docx = rendered(Picture(data), f"{FITTED}和{FITTED}和{{{{ 图 | 图片(宽=30) }}}}")
    assert len(media(docx)) == 1
    assert sizes(docx)[0] == sizes(docx)[1] == (70, 47)


def test_what_it_shows_is_its_alternative_text() -> None:
    root = etree.fromstring(part(rendered(Picture(png(), alt="左\"右'<"))).encode())
    assert {each.get("descr") for each in root.iter("{*}docPr", "{*}cNvPr")} == {"左\"右'<"}


# ---------------------------------------------------------------- files


@pytest.fixture
def template() -> Template:
    return build(p(FITTED), schema=SCHEMA)


def test_a_file_is_read_when_the_paper_is_filled(tmp_path: Path, template: Template) -> None:
    value = kept(tmp_path, "W1/门.jpg", drawn("JPEG"))
    out = template.render({"图": value}, pictures=PictureFolder(tmp_path))
    assert list(media(out).values()) == [(tmp_path / "W1/门.jpg").read_bytes()]
    assert 'descr="门前"' in part(out)


def test_a_file_is_plain_data(tmp_path: Path) -> None:
    value = kept(tmp_path, "门.jpg", drawn("JPEG"))
    assert json.loads(json.dumps([value])) == [value]
    again = pickle.loads(pickle.dumps(value))
    assert (type(again), again.name, again.alt) == (PictureFile, "门.jpg", "门前")
    assert PictureFile.of("甲.jpg", "", "一\n二") == "甲.jpg\n\n一 二"


@pytest.mark.parametrize(
    "name",
    ["../外.jpg", "W1/../../外.jpg", "/etc/passwd", "C:\\外.jpg", "\\\\server\\外.jpg", "W1\\..\\外.jpg", "", "W1//外.jpg", "./外.jpg"],
)  # fmt: skip
def test_no_name_leads_out_of_the_folder(tmp_path: Path, template: Template, name: str) -> None:
    inside = tmp_path / "佐证"
    kept(inside, "W1/内.jpg", drawn("JPEG"))
    (tmp_path / "外.jpg").write_bytes(drawn("JPEG"))
    value = PictureFile.of(name, "", "")
    code, said, _ = refused(lambda: template.render({"图": value}, pictures=PictureFolder(inside)))
    assert (code, name[:80] in said) == ("D593", True)


def test_a_link_is_not_followed(tmp_path: Path, template: Template) -> None:
    inside, outside = tmp_path / "佐证", tmp_path / "外"
    real = kept(outside, "门.jpg", drawn("JPEG"))
    inside.mkdir()
    (inside / "门.jpg").symlink_to(outside / "门.jpg")
    (inside / "夹").symlink_to(outside)
    for name in ("门.jpg", "夹/门.jpg"):
        value = PictureFile.of(name, real.digest)
        assert refused(lambda: template.render({"图": value}, pictures=PictureFolder(inside)))[0] == "D593"  # noqa: B023


def test_a_file_that_is_gone_or_another_one_is_told(tmp_path: Path, template: Template) -> None:
    value = kept(tmp_path, "W1/门.jpg", drawn("JPEG"))
    folder = PictureFolder(tmp_path)
    (tmp_path / "W1/门.jpg").write_bytes(drawn("JPEG", (10, 10)))
    code, said, advice = refused(lambda: template.render({"图": value}, subject="函 ZG1", pictures=folder))
    assert (code, "W1/门.jpg" in said, "（函 ZG1）" in said, "找回原来的文件" in advice) == (
        "D516",
        True,
        True,
        True,
    )
    any_will_do = PictureFile.of("W1/门.jpg", "")
    assert media(template.render({"图": any_will_do}, pictures=folder))
    (tmp_path / "W1/门.jpg").unlink()
    assert refused(lambda: template.render({"图": value}, pictures=folder))[0] == "D515"
    (tmp_path / "W1/门.jpg").mkdir()
    assert refused(lambda: template.render({"图": value}, pictures=folder))[0] == "D515"
    assert refused(lambda: template.render({"图": value}))[0] == "D515"


def svg(inside: str, size: str = 'width="60mm" height="30mm"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{inside}</svg>'.encode()


# Ten groups, each of which uses the one before ten times.
USED_AGAIN = '<g id="g0"><rect width="1" height="1"/></g>' + "".join(
    f'<g id="g{number}">' + f'<use href="#g{number - 1}"/>' * 10 + "</g>" for number in range(1, 10)
)


@pytest.mark.parametrize("size", ['width="60mm" height="30mm"', 'viewBox="0 0 226.7716 113.3858"'])
def test_a_drawing_in_vectors_is_printed_at_its_size_and_as_fine_as_print_needs(
    tmp_path: Path, size: str
) -> None:
    value = kept(
        tmp_path, "图.svg", svg('<rect width="50%" height="100%" fill="#f00"/><text y="60">中</text>', size)
    )
    made = build(p("{{ 图 }}"), schema=SCHEMA).render({"图": value}, pictures=PictureFolder(tmp_path))
    with only(made) as image:
        assert (image.format, image.width) == ("PNG", 520) and image.height in (259, 260)
        assert colour_at(image.convert("RGBA"), (9, 9)) == (255, 0, 0, 255)
        assert colour_at(image.convert("RGBA"), (511, 9))[3] == 0
    assert sizes(made) == [(60, 30)]


@pytest.mark.parametrize(
    ("name", "data", "code", "word"),
    [
        ("门.png", drawn("JPEG"), "D517", "其实是 JPEG"),
        ("门.jpg", drawn("WEBP"), "D517", "其实是 WebP"),
        ("门.txt", drawn("PNG"), "D517", "其实是 PNG"),
        ("门.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "D517", "HEIC"),
        ("图.svg", svg("<rect>"), "D568", "已损坏"),
        ("图.svg", svg('<image href="/etc/passwd" width="9" height="9"/>'), "D568", "读别的文件"),
        ("图.svg", svg('<image href="http://example.cn/1.png" width="9" height="9"/>'), "D568", "读别的文件"),
        (
            "图.svg",
            svg('<image href="data:image/svg+xml;base64,PHN2Zy8+" width="9" height="9"/>'),
            "D568",
            "读别的文件",
        ),
        ("图.svg", svg("<style>@import 'http://example.cn/1.css'</style>"), "D568", "读别的文件"),
        ("图.svg", svg('<rect fill="url(1.svg#red)" width="9" height="9"/>'), "D568", "读别的文件"),
        ("图.svg", svg("<script>alert(1)</script>"), "D568", "运行程序"),
        ("图.svg", b'<!DOCTYPE svg [<!ENTITY e "x">]>' + svg("<text>&e;</text>"), "D568", "不是"),
        ("图.svg", svg("", 'width="99999" height="99999"'), "D518", "像素"),
        ("图.svg", svg(USED_AGAIN), "D518", "像素"),
        ("图.svg", svg('<g id="a"><use href="#a"/></g>'), "D518", "像素"),
        ("门.jpg", drawn("JPEG")[:-200], "D568", "已损坏"),
        ("门.gif", drawn("GIF")[:20], "D568", "已损坏"),
        ("门.webp", drawn("WEBP")[:60], "D568", "已损坏"),
        ("门.jpg", b"", "D568", "不是"),
        ("门.jpg", b"<html>", "D568", "不是"),
    ],
)
def test_a_file_that_can_not_be_printed_is_named(
    tmp_path: Path, template: Template, name: str, data: bytes, code: str, word: str
) -> None:
    value = kept(tmp_path, name, data)
    told, said, advice = refused(lambda: template.render({"图": value}, pictures=PictureFolder(tmp_path)))
    assert (told, word in said, name in said, bool(advice)) == (code, True, True, True)


def bomb(kind: str, size: tuple[int, int]) -> bytes:
    """A small file that says to be of that size."""
    if kind == "PNG":
        whole = bytearray(png())
        whole[16:24] = struct.pack(">II", *size)
        whole[29:33] = struct.pack(">I", zlib.crc32(bytes(whole[12:29])))
        return bytes(whole)
    if kind == "GIF":
        return b"GIF89a" + struct.pack("<HH", *size) + drawn("GIF")[10:]
    whole = bytearray(drawn("BMP"))
    whole[18:26] = struct.pack("<ii", *size)
    return bytes(whole)


@pytest.mark.parametrize("size", [(60000, 60000), (12000, 10000), (2, 60_000_000)])
@pytest.mark.parametrize("kind", ["PNG", "GIF", "BMP"])
def test_a_picture_that_would_fill_the_memory_is_refused_unread(kind: str, size: tuple[int, int]) -> None:
    if kind == "GIF" and max(size) > 65535:
        size = (65000, 2000)
    code, said, _ = refused(lambda: rendered(Picture(bomb(kind, size)), "{{ 图 }}"))
    assert (code, "像素" in said) == ("D518", True)


def test_a_bomb_that_is_fine_enough_for_its_size_is_refused_too() -> None:
    value = Picture(bomb("PNG", (9000, 60000)), 1000, 10)
    assert refused(lambda: rendered(value, "{{ 图 }}"))[0] == "D518"


def test_a_file_of_many_megabytes_is_refused_unread(tmp_path: Path, template: Template) -> None:
    value = kept(tmp_path, "门.jpg", b"\xff\xd8\xff")
    with (tmp_path / "门.jpg").open("r+b") as file:
        file.truncate(60 * 1024 * 1024)
    assert refused(lambda: template.render({"图": value}, pictures=PictureFolder(tmp_path)))[0] == "D518"
