"""python -m liangqing"""

import sys

from liangqing.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
