"""台账: the year's lists as one workbook, and what a person changed in it on its way back."""

from liangqing.outputs.ledger.writing import write as write
