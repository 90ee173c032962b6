"""How inputs are spoilt: bytes, texts, YAML, JSON, zips and workbooks, each by one to three small accidents."""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from lxml import etree

Spoil = Callable[[bytes, Random], bytes]

# What people, programs and accidents leave where something else was meant.
SCALARS = (
    "", "~", "null", "Null", "[]", "{}", "-", "?", ":", "'", '"', "是", "0", "-1", "1e400", ".inf", "-.inf", ".nan",
    "NaN", "9" * 400, "9" * 5000, "0x10", "1_000", "²", "٣", "一", "0001-01-01", "9999-12-31", "2021-02-30",
    "1899-12-31", "2021-13-01", "3000-01-01", "!!python/object:os.system x", "!!binary eA==", "&a x", "*a", "- x",
    "|", ">", "[a, [b, [c]]]", "{a: {b: c}}", "<<: *a", "\\ud800", "\u2028x", "\u200bx", "\ufeff", "{{ 7*7 }}",
    "{% for x in 一 %}", "../../x", "/dev/zero", "C:\\x", "x" * 5000, "[" * 60 + "]" * 60, "true", "2021", "U1", "W1",
    "整改函", "=1/0", "%s%n", "\x07", "\0", "\x85", "２０２１－０３－０４", "限期整改", "立行立改", "长期坚持",
)  # fmt: skip
NODES: tuple[Any, ...] = (
    None, True, -1, 0, 10**30, 1e300, float("inf"), float("nan"), "", "x", [], {}, [[]], {"a": {}}, [None],
    "9999-12-31", "2021", "\ud800", "\0", "../x", -(2**63), 2**64, ["x"] * 3,
)  # fmt: skip
TOKENS = (
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\r",
    b"\n\n",
    b"\t",
    b"- ",
    b": ",
    b"#",
    b"<",
    b">",
    b"&",
    b"]]>",
    b"PK\3\4",
)


def data(whole: bytes, random: Random) -> bytes:
    """Bytes flipped, cut, doubled, exchanged, put in."""
    made = bytearray(whole)
    for _ in range(random.randint(1, 3)):
        random.choice(_BYTES)(made, random)
    return bytes(made)


def _flip(made: bytearray, random: Random) -> None:
    if made:
        made[random.randrange(len(made))] ^= 1 << random.randrange(8)


def _cut(made: bytearray, random: Random) -> None:
    start = random.randrange(len(made) + 1)
    del made[start : start + random.choice((1, 2, 16, 256, len(made)))]


def _double(made: bytearray, random: Random) -> None:
    start = random.randrange(len(made) + 1)
    made[start:start] = made[start : start + random.choice((1, 16, 256))]


def _put(made: bytearray, random: Random) -> None:
    start = random.randrange(len(made) + 1)
    made[start:start] = random.choice(TOKENS)


def _exchange(made: bytearray, random: Random) -> None:
    if len(made) > 1:
        one, other = random.randrange(len(made)), random.randrange(len(made))
        made[one], made[other] = made[other], made[one]


_BYTES = (_flip, _cut, _double, _put, _exchange)


def text(whole: bytes, random: Random) -> bytes:
    """Lines doubled, lost, exchanged, indented; words replaced; now and then bytes."""
    if random.random() < 0.25:
        return data(whole, random)
    lines = whole.decode("utf-8", "replace").split("\n")
    for _ in range(random.randint(1, 3)):
        at = random.randrange(len(lines))
        other = random.randrange(len(lines))
        action = random.randrange(6)
        if action == 0:
            lines.insert(other, lines[at])
        elif action == 1 and len(lines) > 1:
            del lines[at]
        elif action == 2:
            lines[at], lines[other] = lines[other], lines[at]
        elif action == 3:
            lines[at] = random.choice((" ", "  ", "\t", "- ", "#", "", "")) + lines[at].lstrip(" ")
        else:
            lines[at] = re.sub(r"[^\s,:]+$", lambda _: random.choice(SCALARS), lines[at])
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def line(whole: bytes, random: Random) -> bytes:
    """A short text: bytes, or some of its signs and words lost, doubled, replaced by odd ones."""
    if random.random() < 0.2:
        return data(whole, random)
    pieces = re.findall(r"\w+|\s+|\W", whole.decode("utf-8", "replace"))
    for _ in range(random.randint(1, 3)):
        at = random.randrange(len(pieces) + 1)
        pieces[at : at + random.choice((0, 1, 1, 2))] = random.choice(
            (
                [],
                pieces[at : at + 3] * 2,
                [random.choice(SCALARS)],
                [random.choice(pieces or [""])],
                list(_SIGNS_OF_TAGS),
            )
        )
    return "".join(pieces).encode("utf-8", "surrogatepass")


_SIGNS_OF_TAGS = ("{{", "%}", "|", "(", "'", "[")


def yaml_text(whole: bytes, random: Random) -> bytes:
    """A text, or one or two of its values replaced by odd ones."""
    if random.random() < 0.3:
        return text(whole, random)
    lines = whole.decode("utf-8").split("\n")
    holders = [number for number, line in enumerate(lines) if re.match(r"[ -]*[^#\s][^:]*:", line)]
    for _ in range(random.randint(1, 2)):
        at = random.choice(holders)
        lines[at] = re.sub(r":.*", lambda _: f": {random.choice(SCALARS)}", lines[at], count=1)
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def json_text(whole: bytes, random: Random) -> bytes:
    """A node of the tree replaced, lost, or buried deep; or bytes."""
    if random.random() < 0.25:
        return data(whole, random)
    if random.random() < 0.1:
        return random.choice(
            (b"[" * 100_000, b'{"a":' * 100_000, b"9" * 5000, b"-", b"NaN", b"[]", b"null", b'""')
        )
    head, body = whole.split(b"\n", 1) if re.match(rb"[0-9a-f]{64}\n", whole) else (b"", whole)
    try:
        tree = json.loads(body)
    except ValueError:
        return data(whole, random)
    made = json.dumps(_tree(tree, random), ensure_ascii=random.random() < 0.5)
    said = made.encode("utf-8", "surrogatepass")
    return _summed(said) if head and random.random() < 0.9 else said


def _summed(body: bytes) -> bytes:
    from liangqing.base.output_inputs import sum_of

    return sum_of(body) + b"\n" + body


def _tree(tree: Any, random: Random) -> Any:
    """The tree with one of its nodes replaced."""
    if not isinstance(tree, dict | list) or not tree or random.random() < 0.2:
        return random.choice(NODES)
    if isinstance(tree, dict):
        key = random.choice(list(tree))
        if random.random() < 0.1:
            return {other: value for other, value in tree.items() if other != key}
        return {**tree, key: _tree(tree[key], random)}
    at = random.randrange(len(tree))
    return [*tree[:at], _tree(tree[at], random), *tree[at + 1 :]]


# ---------------------------------------------------------------- zips

Members = list[tuple[str, bytes]]


def package(whole: bytes, random: Random) -> bytes:
    """A zip whose bytes, directory or one or two members are spoilt."""
    luck = random.random()
    if luck < 0.15:
        return data(whole, random)
    members = _members(whole)
    if luck < 0.3:
        return random.choice(_DIRECTORY)(members, random)
    for _ in range(random.randint(1, 2)):
        at = random.randrange(len(members))
        if random.random() < 0.5:  # the parts that say something
            at = max(range(len(members)), key=lambda number: len(members[number][1]))
        name, inside = members[at]
        members[at] = name, member(inside, random)
    return zipped(members)


def _members(whole: bytes) -> Members:
    with zipfile.ZipFile(io.BytesIO(whole)) as parts:
        return [(name, parts.read(name)) for name in parts.namelist()]


def member(inside: bytes, random: Random) -> bytes:
    """One part: as XML where it is some, else as bytes."""
    if random.random() < 0.2 or not inside.lstrip().startswith(b"<"):
        return data(inside, random)
    return xml(inside, random)


def xml(whole: bytes, random: Random) -> bytes:
    """Elements lost, doubled, emptied, moved, buried; attributes and texts replaced."""
    try:
        root = etree.fromstring(whole)
    except etree.XMLSyntaxError:  # spoilt before, or a page of HTML
        return data(whole, random)
    for _ in range(random.randint(1, 3)):
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        random.choice(_XML)(random.choice(elements), random)
    return etree.tostring(root)


def _sound(value: str) -> str:
    return re.sub("[^\t\n -\ud7ff\ue000-\ufffd]", "", value)


def _lose(element: Any, random: Random) -> None:
    above = element.getparent()
    if above is not None:
        above.remove(element)


def _repeat(element: Any, random: Random) -> None:
    above = element.getparent()
    if above is not None:
        above.append(etree.fromstring(etree.tostring(element)))


def _empty(element: Any, random: Random) -> None:
    for child in list(element):
        element.remove(child)


def _attribute(element: Any, random: Random) -> None:
    if element.attrib:
        element.set(random.choice(list(element.attrib)), _sound(random.choice(SCALARS)))


def _attribute_lost(element: Any, random: Random) -> None:
    if element.attrib:
        del element.attrib[random.choice(list(element.attrib))]


def _words(element: Any, random: Random) -> None:
    element.text = _sound(random.choice(SCALARS))


def _buried(element: Any, random: Random) -> None:
    for _ in range(random.choice((3, 60, 240))):
        element.append(inner := element.makeelement(element.tag, dict(element.attrib)))
        element = inner


def _renamed(element: Any, random: Random) -> None:
    element.tag = random.choice(
        [other.tag for other in element.getroottree().iter() if isinstance(other.tag, str)]
    )


_XML = (_lose, _repeat, _empty, _attribute, _attribute_lost, _words, _buried, _renamed)


def zipped(members: Sequence[tuple[str, bytes]], **told: Any) -> bytes:
    """A zip of the members in their order, under whatever names; `told` are fields of its directory that lie."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, inside in members:
            info = zipfile.ZipInfo("x")
            info.filename, info.compress_type = name, zipfile.ZIP_DEFLATED
            parts.writestr(info, inside)
        for field, value in told.items():
            setattr(parts.filelist[-1], field, value)
    return made.getvalue()


def _missing(members: Members, random: Random) -> bytes:
    del members[random.randrange(len(members))]
    return zipped(members)


def _nameless(members: Members, random: Random) -> bytes:
    odd = ("", "/", "..", "../x", "x" * 3000, "a:b", "\\x", "目录/", "word/", " ", ".", "x/../y", "\ufffd")
    return zipped([*members, (random.choice(odd), b"x")])


def _twice(members: Members, random: Random) -> bytes:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return zipped([*members, random.choice(members)])


def _lying(members: Members, random: Random) -> bytes:
    field, values = random.choice(
        (
            ("CRC", (0, 2**32 - 1)),
            ("file_size", (0, 1, 2**31, 2**32 - 2)),
            ("compress_size", (0, 1, 2**31)),
            ("flag_bits", (1, 8, 0x40, 0x2000)),
            ("compress_type", (1, 9, 12, 14, 99)),
            ("external_attr", (0xA1FF0000, 0x10)),
            ("header_offset", (0, 1, 2**31)),
            ("extra", (b"\1\0\4\0aaaa", b"\1\0\xff\xff", b"u")),
        )
    )
    random.shuffle(members)
    return zipped(members, **{field: random.choice(values)})


def _ends(members: Members, random: Random) -> bytes:
    whole = zipped(members)
    return random.choice(
        (whole[: len(whole) // 2], whole + b"x" * 100_000, b"x" + whole, whole[:-22], whole[-22:], b"", b"PK\5\6" + bytes(18),
         whole.replace(b"PK\5\6", b"PK\6\6"), whole[:-2] + struct.pack("<H", 999))
    )  # fmt: skip


_DIRECTORY = (_missing, _nameless, _twice, _lying, _ends)


# ---------------------------------------------------------------- workbooks

_CELLS = (
    '<c r="{at}"><v>{odd}</v></c>', '<c r="{at}" t="s"><v>{odd}</v></c>', '<c r="{at}" t="e"><v>#REF!</v></c>',
    '<c r="{at}" t="b"><v>{odd}</v></c>', '<c r="{at}" t="d"><v>{odd}</v></c>', '<c r="{at}" t="inlineStr"/>',
    '<c r="{at}" t="inlineStr"><is><r><t>{odd}</t></r></is></c>', '<c r="{at}"><f>1/0</f></c>',
    '<c r="{at}"><f t="shared" si="9"/><v>1</v></c>', '<c r="{at}"><f t="array" ref="{odd}">A1</f></c>',
    '<c r="{at}" s="1"><v>2958466</v></c>', '<c r="{at}" s="1"><v>-1</v></c>', '<c r="{at}" s="9999"><v>1</v></c>',
    '<c r="{at}" t="n"><v>1e400</v></c>', '<c r="{odd}"><v>1</v></c>', '<c><v>1</v></c>', '<c r="{at}" t="str"><v/></c>',
    '<c r="ZZZ1"><v>1</v></c>', '<c r="A0"><v>1</v></c>', '<c r="{at}" t="x"><v>1</v></c>',
    '<c r="{at}" s="2"><v>0.5</v></c>', '<c r="{at}" s="3"><v>60</v></c>', '<c r="{at}" s="-1"><v>44000.75</v></c>',
)  # fmt: skip


def workbook(whole: bytes, random: Random) -> bytes:
    """A package, or odd cells in its sheets, or a 1904 calendar."""
    luck = random.random()
    if luck < 0.45:
        return package(whole, random)
    members = _members(whole)
    if luck < 0.5:
        members = [
            (name, inside.replace(b"<workbookPr", b'<workbookPr date1904="1"')) for name, inside in members
        ]
    sheets = [
        number for number, (name, _) in enumerate(members) if "/sheet" in name and name.endswith(".xml")
    ]
    for _ in range(random.randint(1, 4)):
        at = random.choice(sheets)
        name, inside = members[at]
        members[at] = name, _odd_cell(inside, random)
    return zipped(members)


def _odd_cell(sheet: bytes, random: Random) -> bytes:
    cells = list(re.finditer(rb'<c r="([A-Z]+[0-9]+)"[^>]*?(/>|>.*?</c>)', sheet, re.DOTALL))
    if not cells:
        return sheet
    cell = random.choice(cells)
    odd = _sound(random.choice(SCALARS)).replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    new = random.choice(_CELLS).format(at=cell[1].decode(), odd=odd)
    return sheet[: cell.start()] + new.encode() + sheet[cell.end() :]
