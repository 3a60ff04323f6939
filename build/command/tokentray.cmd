@echo off
rem The command line of an installed Tokentray, under the Node of the system (docs/decisions/0006).
setlocal
if not defined TOKENTRAY_NODE set "TOKENTRAY_NODE=node"
where /q "%TOKENTRAY_NODE%" 2>nul || if not exist "%TOKENTRAY_NODE%" (
  echo tokentray: The command line needs Node 20 or newer, and there is no "node" on the PATH. 1>&2
  echo Install it from https://nodejs.org, or name one: set TOKENTRAY_NODE=C:\path\to\node.exe 1>&2
  exit /b 1
)
rem As in the script for Unix: the caller's options of Node are for what it runs.
if defined NODE_OPTIONS set "TOKENTRAY_CALLER_NODE_OPTIONS=%NODE_OPTIONS%"
set "NODE_OPTIONS="
"%TOKENTRAY_NODE%" -- "%~dp0..\cli\tokentray.cjs" %*
