"""A PDF with given words on its pages, of nothing but the words."""

from __future__ import annotations

from collections.abc import Sequence

_WIDTH = 40  # characters of a line
_ROWS = "\n".join(f"<{row:02X}00> <{row:02X}FF> <{row:02X}00>" for row in range(256))
# Every code of the font is the character of that number.
_UNICODE = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
    "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    f"100 beginbfrange\n{_ROWS}\nendbfrange\nendcmap end end"
)


def plain_pdf(pages: Sequence[str]) -> bytes:
    """Pages of A4 with these words in lines from the top down."""
    count = len(pages)
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /U /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /U /DW 1000 /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _stream(_UNICODE),
    ]
    for number, text in enumerate(pages):
        page = (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595.3 841.9] /Resources << /Font << /F 3 0 R >> >>"
        )
        objects += [f"{page} /Contents {7 + 2 * number} 0 R >>", _stream(_drawn(text))]
    return _file(objects)


def _drawn(text: str) -> str:
    lines = [text[start : start + _WIDTH] for start in range(0, len(text), _WIDTH)]
    codes = [line.encode("utf-16-be").hex() for line in lines]
    step = 800 / max(len(lines), 80)
    return "\n".join(
        f"BT /F 10 Tf 1 0 0 1 20 {820 - step * turn:.2f} Tm <{line}> Tj ET" for turn, line in enumerate(codes)
    )


def _stream(text: str) -> str:
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"


def _file(objects: Sequence[str]) -> bytes:
    body, offsets = "%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return f"{body}{head}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n".encode(
        "ascii"
    )
