"""Draw the invented photos of the sample anew and print what 问题.yaml says of each: `python tests/support/sample_photos.py`."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FOLDER = Path(__file__).resolve().parents[2] / "checklists/2021/佐证"
FACE = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
SIZE = (800, 600)
MARK = "示例（虚构），不是真的照片"
SKY, BANK, WATER, CONCRETE, DARK = "#c9dbe6", "#8a9a6b", "#5c8194", "#b9b4a8", "#3f4a4e"
BOARD, WORDS = "#1f5fa8", "#ffffff"


@dataclass(frozen=True)
class Scene:
    """An outfall by the water: its name, whether its board stands, and whether rubbish lies there."""

    file: str
    name: str
    board: bool
    rubbish: bool = False


SCENES = (
    Scene("W2021-01/3号排污口-整改前.jpg", "3号排污口", board=False, rubbish=True),
    Scene("W2021-01/3号排污口-整改后.jpg", "3号排污口", board=True),
    Scene("W2021-01/5号排污口-整改前.jpg", "5号排污口", board=False),
    Scene("W2021-01/5号排污口-整改后.jpg", "5号排污口", board=True),
    Scene("W2021-01/水库东岸全景.jpg", "水库东岸", board=True),
)


def drawn(scene: Scene) -> Image.Image:
    """A plain drawing that nobody takes for a photo."""
    picture = Image.new("RGB", SIZE, SKY)
    pen = ImageDraw.Draw(picture)
    pen.polygon([(0, 230), (320, 200), (800, 260), (800, 430), (0, 430)], fill=BANK)
    pen.rectangle((0, 400, 800, 600), fill=WATER)
    pen.rectangle((300, 300, 470, 440), fill=CONCRETE)
    pen.ellipse((340, 325, 430, 415), fill=DARK)
    if scene.board:
        pen.rectangle((585, 250, 595, 420), fill=DARK)
        pen.rectangle((500, 160, 680, 260), fill=BOARD)
        pen.text((590, 210), scene.name, WORDS, ImageFont.truetype(FACE, 30), anchor="mm")
    if scene.rubbish:
        for place in range(7):
            pen.rectangle((120 + 22 * place, 380 - 6 * (place % 3), 136 + 22 * place, 396), fill=CONCRETE)
    pen.text((400, 560), MARK, WORDS, ImageFont.truetype(FACE, 34), anchor="mm")
    return picture


def main() -> None:
    """Write the pictures."""
    for scene in SCENES:
        path = FOLDER / scene.file
        path.parent.mkdir(parents=True, exist_ok=True)
        drawn(scene).save(path, "JPEG", quality=70, optimize=True)
        sys.stdout.write(f"{scene.file} {hashlib.sha256(path.read_bytes()).hexdigest()}\n")


if __name__ == "__main__":
    main()
