"""Programs that write bytes: Jinja's code generator, but static text is encoded once, when it is compiled.

What a filter block gathers stays text until its filter is done with it.
"""

from __future__ import annotations

from collections.abc import Iterable

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame


class ByteGenerator(CodeGenerator):
    """For environments whose `finalize` makes bytes."""

    _gathered = False

    @staticmethod
    def _default_finalize(value: bytes) -> str:
        """For constants, which are joined as text before they are written."""
        return value.decode()

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        self._gathered = frame.buffer is not None
        super().visit_Output(node, frame)

    def _output_const_repr(self, group: Iterable[str]) -> str:
        text = "".join(group)
        return repr(text if self._gathered else text.encode())

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        self.write(finalize.src or "")

    def _output_child_post(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        self.write(").decode()" if self._gathered else ")")

    def end_write(self, frame: Frame) -> None:
        """After the filter of a block."""
        if frame.buffer is None:
            self.write(".encode()")
        super().end_write(frame)
