"""python -m liangqing"""

import sys

from liangqing.cli import main

if __name__ == "__main__":
    sys.exit(main())
