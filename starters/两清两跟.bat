@echo off
rem 双击打开「两清两跟」：第一次从旁边的 wheels 文件夹装好（不上网），以后直接打开页面。
rem 管理员已经装在 C:\liangqing 的，用那一份。
chcp 65001 >nul
title 两清两跟
setlocal
set "PYTHONUTF8=1"
set "here=%~dp0"
set "env=%here%env"
set "wheel="
for %%w in ("%here%liangqing-*.whl") do set "wheel=%%~nxw"
if exist "%env%\%wheel%.ok" goto open
if not exist "%env%" if exist "C:\liangqing\Scripts\python.exe" set "env=C:\liangqing"
if "%env%"=="C:\liangqing" goto open
if not defined wheel goto nothing
set "python="
for %%v in (3.14 3.13 3.12 3.11) do if not defined python py -%%v -c "" >nul 2>nul && set "python=py -%%v"
if not defined python python -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && set "python=python"
if not defined python goto nopython
echo 第一次打开，正在安装，要一两分钟，请不要关这个窗口……
set "log=%here%安装记录.txt"
%python% -m venv "%env%" >"%log%" 2>&1
if errorlevel 1 goto notmade
"%env%\Scripts\python.exe" -m pip install --quiet --disable-pip-version-check --no-input --no-index --find-links "%here%wheels" --upgrade --require-hashes -r "%here%requirements.txt" >>"%log%" 2>&1
if errorlevel 1 goto notmade
type nul >"%env%\%wheel%.ok"
:open
cd /d "%USERPROFILE%"
"%env%\Scripts\python.exe" -m liangqing desk %*
if errorlevel 1 goto notopened
exit /b 0
:nothing
echo 没有装好，也没有安装用的文件：把整个 dist 文件夹拷过来再打开。
goto wait
:nopython
echo 这台机器上没有 Python 3.11 或更新的：请管理员先装，见使用手册「管理员」。
goto wait
:notmade
echo 没有装成。原因记在：%log%
echo 把这个文件交给管理员。
goto wait
:notopened
echo 没有打开，原因在上面。
:wait
echo 按任意键关上这个窗口。
pause >nul
exit /b 1
