"""Nothing goes out and nothing is made void while register or archive are damaged, but where a person says why."""

from __future__ import annotations

from collections.abc import Sequence

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error
from liangqing.base.folders import REGISTER
from liangqing.base.one_line import one_line
from liangqing.register import IN_SPITE


def noted_in_spite(
    damage: Sequence[Diagnostic], reason: str, *, takes_number: bool, lost: Sequence[Diagnostic] = ()
) -> tuple[str, ...]:
    """What the register is to note; nothing where nothing is damaged, whatever the reason.

    Raises Problems with the damage where there is no reason, or one is of no use: when the register can't be read, when
    a witness knows lines that are `lost`, and when the stamp does and the next number would be taken of what is left.
    """
    if lost:
        advice = "先照上面的建议办好，再作废；加 --in-spite 也不行"
        raise Problems([*lost, *damage, _refused("登记和发文见证对不上，先不作废", advice)])
    if not damage:
        return ()
    if any(problem.code == Code.REGISTER_UNREADABLE for problem in damage):
        raise Problems(
            [*damage, _refused("登记读不全，不知道发过哪些号", "先照上面的建议恢复登记，没有别的办法")]
        )
    if takes_number and any(problem.code == Code.REGISTER_CUT_SHORT for problem in damage):
        advice = "先照上面的建议恢复登记；找不回的几条用 issue --number --file 补录，加 --in-spite 写明理由"
        raise Problems([*damage, _refused("登记少了几条，取新号会和发过的重号", advice)])
    if not reason:
        advice = "照上面的建议恢复；确需先办的，加 --in-spite 写明理由，如 --in-spite 备份在外地，明天恢复"
        raise Problems([*damage, _refused("登记或存档有损，先不印发、不作废", advice)])
    example = "--in-spite 备份在外地，明天恢复"
    return (f"{IN_SPITE}：{one_line(reason, Place('--in-spite'), '带损办理的理由', example)}",)


def _refused(message: str, advice: str) -> Diagnostic:
    return error(Code.NOT_WHILE_DAMAGED, Place(REGISTER), message, advice)
