"""两清两跟：由一套 YAML 生成全年文书。python generate.py --help"""

import sys

try:
    from liangqing.cli.main import main
except ModuleNotFoundError as missing:
    if (missing.name or "").startswith("liangqing"):
        raise
    sys.exit(f"缺少 {missing.name}：先装好（make run，或 pip install -e .），再用 .venv 里的 python 运行")

if __name__ == "__main__":
    sys.exit(main())
