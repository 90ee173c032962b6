"""两清两跟：由一套 YAML 生成全年文书。python generate.py --help"""

import sys

from liangqing.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
