#!/bin/sh
# Says the line to type when a tool that must be there is missing.
if [ "$1" = npm ]; then
    command -v npm >/dev/null 2>&1 || { echo "npm is missing. Install Node 20 or later; on Debian: sudo apt-get install nodejs npm" >&2; exit 1; }
    exit 0
fi
command -v "$1" >/dev/null 2>&1 || { echo "$1 is missing. On Debian: sudo apt-get install python3 python3-venv" >&2; exit 1; }
"$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; $1 is older. Try: make PYTHON=python3.11" >&2; exit 1; }
"$1" -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv is missing. On Debian: sudo apt-get install python3-venv" >&2; exit 1; }
