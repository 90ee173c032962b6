"""The address of a link, filled in: checked, and made a relationship of its part."""

from __future__ import annotations

from typing import cast

from jinja2 import pass_context
from jinja2.runtime import Context

from liangqing.base.docx_zip import OFFICE
from liangqing.base.xml_text import unescape
from liangqing.engine.filling.rich import usable_address
from liangqing.engine.parts.added_parts import PartFilling
from liangqing.engine.parts.environment import FILLING, Filter, Xml

ADDRESS = "address!"


@pass_context
def _address(context: Context, xml: str) -> Xml:
    """`xml` is an address as it would stand in an attribute."""
    filling = cast(PartFilling, context[FILLING])
    url = usable_address(unescape(xml).strip())
    return Xml(filling.additions.relate(filling.part, f"{OFFICE}/hyperlink", url, external=True))


LINK_FILTERS: dict[str, Filter] = {ADDRESS: _address}
