#!/bin/sh
# 双击打开「两清两跟」：第一次从旁边的 wheels 文件夹装好（不上网），以后直接打开页面。
# 管理员已经装在 /opt/liangqing 的，用那一份。

here=$(cd "$(dirname "$0")" && pwd)
export PYTHONUTF8=1
cd "${HOME:-/}" || cd /

wait_and_end() {
  printf '%s\n' "$@" ""
  if [ -t 0 ]; then
    printf '按回车关上这个窗口。'
    read -r _
  fi
  exit 1
}

newest_python() {
  for name in python3.14 python3.13 python3.12 python3.11 python3; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$name"
      return
    fi
  done
}

room=$here
[ -w "$room" ] || room=${XDG_DATA_HOME:-$HOME/.local/share}/liangqing
env=$room/env
wheel=$(cd "$here" && ls liangqing-*.whl 2>/dev/null | tail -n 1)

if [ -x /opt/liangqing/bin/python ] && [ ! -d "$env" ]; then
  env=/opt/liangqing
elif [ ! -e "$env/$wheel.ok" ]; then
  [ -n "$wheel" ] || wait_and_end "没有装好，也没有安装用的文件：把整个 dist 文件夹拷过来再打开。"
  python=$(newest_python)
  [ -n "$python" ] || wait_and_end "这台机器上没有 Python 3.11 或更新的：请管理员先装，见使用手册「管理员」。"
  echo "第一次打开，正在安装，要一两分钟，请不要关这个窗口……"
  mkdir -p "$room" && log=$room/安装记录.txt
  { "$python" -m venv "$env" &&
    "$env/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
      --no-index --find-links "$here/wheels" --upgrade --require-hashes -r "$here/requirements.txt"; } >"$log" 2>&1 ||
    wait_and_end "没有装成。原因记在：$log" "把这个文件交给管理员。"
  : >"$env/$wheel.ok"
fi

"$env/bin/python" -m liangqing desk "$@" || wait_and_end "没有打开，原因在上面。"
