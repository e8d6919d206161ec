#!/bin/sh
# Debian's chromium for the browser tests: by apt-get where that is allowed, else they skip and say so.
command -v chromium >/dev/null 2>&1 && exit 0
command -v apt-get >/dev/null 2>&1 || { echo "· no chromium and no apt-get: the browser tests will be skipped"; exit 0; }
if [ "$(id -u)" = 0 ]; then as=""; elif sudo -n true 2>/dev/null; then as="sudo -n"; else
    echo "· chromium is not installed: the browser tests will be skipped. To run them: sudo apt-get install chromium"; exit 0
fi
echo "· installing chromium for the browser tests"
{ $as apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 \
    || echo "· chromium could not be installed: the browser tests will be skipped"
