#!/bin/sh
# A Chromium of Debian's, by apt-get where that is allowed: the first of the given packages that there is,
# else whatever uses it says that it is not there. The tests ask for the headless shell, which draws pages by
# the same code without a browser's frame around them, for two thirds of the processor's time.
missing() { command -v chromium >/dev/null 2>&1 || echo "· $1: the browser tests will be skipped"; exit 0; }

command -v "$1" >/dev/null 2>&1 && exit 0
command -v apt-get >/dev/null 2>&1 || missing "no chromium and no apt-get"
if [ "$(id -u)" = 0 ]; then as=""; elif sudo -n true 2>/dev/null; then as="sudo -n"; else
    missing "chromium is not installed (sudo apt-get install $1)"
fi
echo "· installing $1"
$as apt-get update -qq >/dev/null 2>&1
for package in "$@"; do
    DEBIAN_FRONTEND=noninteractive $as apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 && exit 0
done
missing "chromium could not be installed"
