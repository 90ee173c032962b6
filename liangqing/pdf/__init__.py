"""Papers on their way out: Word files to PDF, to pictures of pages, to a printer. Knows files, nothing of the domain."""

from liangqing.pdf.converting import convert
from liangqing.pdf.drawing import pages

__all__ = ["convert", "pages"]
