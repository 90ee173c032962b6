"""The classes of type that the standard names, and the names under which offices have them installed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Face:
    """A class of type. `name` is what our own templates name; `aliases` are as good by the standard.

    `second_best` is taken where none of the class is installed: practice, not the standard.
    """

    kind: str
    name: str
    aliases: tuple[str, ...]
    second_best: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that is of this class, ours first."""
        return (self.name, *self.aliases)

    def __str__(self) -> str:
        return self.kind


TITLE = Face(
    "小标宋体",
    "方正小标宋简体",
    (
        *("方正小标宋_GBK", "方正小标宋", "小标宋体", "小标宋", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"),
        *("方正小标宋GB18030", "创艺简标宋", "文鼎小标宋简", "汉仪小标宋简"),
    ),
    ("华文中宋", "STZhongsong"),
)
BODY = Face(
    "仿宋体",
    "仿宋_GB2312",
    (
        *(
            "FangSong_GB2312",
            "仿宋",
            "FangSong",
            "SimFang",
            "方正仿宋_GBK",
            "方正仿宋简体",
            "方正仿宋_GB2312",
        ),
        *("FZFangSong-Z02", "FZFangSong-Z02S", "华文仿宋", "STFangsong", "FandolFang", "FandolFang R"),
    ),
)
KAI = Face(
    "楷体",
    "楷体_GB2312",
    (
        *("KaiTi_GB2312", "楷体", "KaiTi", "SimKai", "方正楷体_GBK", "方正楷体简体", "方正楷体_GB2312"),
        *("FZKai-Z03", "FZKai-Z03S", "华文楷体", "STKaiti", "FandolKai"),
    ),
)
HEI = Face(
    "黑体",
    "黑体",
    ("SimHei", "方正黑体_GBK", "方正黑体简体", "FZHei-B01", "FZHei-B01S", "华文黑体", "STHeiti", "FandolHei"),
)
SONG = Face(
    "宋体",
    "宋体",
    (
        "SimSun",
        "NSimSun",
        "新宋体",
        "方正书宋_GBK",
        "方正书宋简体",
        "FZShuSong-Z01",
        "华文宋体",
        "STSong",
        "FandolSong",
    ),
)
FACES = {face.kind: face for face in (TITLE, BODY, KAI, HEI, SONG)}


def face_of(name: str) -> Face | None:
    """The class that a font of this name belongs to; None for one we do not know. Case does not matter."""
    wanted = name.strip().casefold()
    return next(
        (face for face in FACES.values() if wanted in (alias.casefold() for alias in face.names)), None
    )
