"""Records out of a few lines of YAML."""

from __future__ import annotations

from liangqing.data.model.validate import Reading
from liangqing.data.yaml import places


def read(text: str) -> Reading:
    """The records of a file 甲.yaml."""
    reading, data = Reading(), text.encode()
    reading.read(places.Source("甲.yaml", data, places.parse(data, "甲.yaml")))
    return reading
