"""Variables of pictures of findings: the picture itself, what stands below it, and rows of two."""

from __future__ import annotations

from liangqing.base.chinese import long_date, unstopped
from liangqing.engine import PictureFile
from liangqing.variables.owners import FindingOf
from liangqing.variables.table import Rows, VariableTable, number, picture, record, records, text
from liangqing.year.photos import Photo, PhotoRow, photo_rows, photos_of


def caption(photo: Photo) -> str:
    """3号排污口（2021年4月29日摄；标识牌已装）"""
    evidence = photo.kept.evidence
    told = [f"{long_date(evidence.day)}摄"] if evidence.day else []
    told += [unstopped(evidence.remark)] if evidence.remark else []
    return unstopped(evidence.name) + (f"（{'；'.join(told)}）" if told else "")


def picture_file(photo: Photo) -> PictureFile:
    """The picture as a template prints it; who can't see it is told what it shows."""
    words = f"{photo.phase}：{caption(photo)}" if photo.phase else caption(photo)
    return PictureFile.of(photo.kept.name, photo.kept.evidence.digest or "", words)


def _photos(found: FindingOf) -> list[Photo]:
    return photos_of(found.at, found.finding)


def photo_count(found: list[FindingOf]) -> int:
    """How many pictures some findings have."""
    return sum(len(_photos(one)) for one in found)


PHOTO = VariableTable[Photo](
    "照片",
    {
        "图片": picture("照片本身；怎样印、印多大见“改模板”的“照片”", picture_file),
        "名称": text("佐证的名称", lambda photo: unstopped(photo.kept.evidence.name)),
        "阶段": text("整改前 或 整改后；没有写的没有", lambda photo: photo.phase, optional=True),
        "题注": text("名称，括号里是拍摄日期和说明", caption),
        "日期": text(
            "拍摄日期",
            lambda photo: long_date(photo.kept.evidence.day) if photo.kept.evidence.day else None,
            optional=True,
        ),
        "说明": text("说明", lambda photo: photo.kept.evidence.remark, optional=True),
    },
)

PHOTO_ROW = VariableTable[PhotoRow](
    "照片行",
    {
        "左": record(PHOTO, "左边的照片；有整改前的，是整改前", lambda row: row.left),
        "右": record(PHOTO, "右边的照片；单着的最后一张没有", lambda row: row.right, optional=True),
    },
)

ROWS: Rows[FindingOf] = {
    "照片": records(PHOTO, "到统计日收下的照片", _photos),
    "照片数": number("到统计日收下的照片", lambda found: len(_photos(found))),
    "照片行": records(
        PHOTO_ROW,
        "这些照片两张一行：整改前和整改后左右并排",
        lambda found: photo_rows(_photos(found)),
    ),
}
