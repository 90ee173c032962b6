"""Papers on their way out: Word files to PDF, to pictures of pages, to a printer. Knows files, nothing of the domain."""

from liangqing.press.converting import convert
from liangqing.press.drawing import pages

__all__ = ["convert", "pages"]
