#!/bin/sh
# Makes .venv from the lock file, fetching uv first where the machine has none.
#
# Usage: tools/environment.sh [uv sync options]
# Reads: PYTHON (the interpreter to use), UV (the uv to use), and whatever pip and uv read
# themselves; where packages come from is the user's own configuration.
set -eu
cd "$(dirname "$0")/.."

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for candidate in ${PYTHON:-} python3.11 python3 python3.12 python3.13 python; do
        if is_new_enough "$candidate"; then
            "$candidate" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    fail "Uphold needs Python 3.11 or newer, and none was found on the PATH." \
        "On Debian and Ubuntu: sudo apt-get install python3" \
        "Elsewhere: name one, as in: make PYTHON=/path/to/python3.11 test"
}

# Debian splits ensurepip off into python3-venv; --without-pip tells a broken venv from a whole one.
has_venv() {
    "$python" -c 'import ensurepip, venv' >/dev/null 2>&1
}

fetch_with_venv() {
    rm -rf .tools/uv
    "$python" -m venv .tools/uv && .tools/uv/bin/python -m pip install --quiet uv
}

# --target needs neither ensurepip nor leave to change the system's own packages.
fetch_with_pip() {
    "$python" -m pip --version >/dev/null 2>&1 || return 1
    rm -rf .tools/uv
    "$python" -m pip install --quiet --target .tools/uv uv
}

install_venv() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
    package="python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    echo "Installing $package, which Python needs to make environments."
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -y -qq "$package" >/dev/null 2>&1 && return
    apt-get update -qq >/dev/null && apt-get install -y -qq "$package" >/dev/null
}

fetch_uv() {
    echo "Fetching uv into .tools"
    mkdir -p .tools
    if ! has_venv; then
        fetch_with_pip && return
        install_venv && has_venv || fail \
            "Python at $python has neither ensurepip nor pip, so uv cannot be fetched." \
            "On Debian and Ubuntu: sudo apt-get install python3-venv" \
            "Then run make again. A uv on the PATH does as well."
    fi
    fetch_with_venv || fail "uv could not be fetched: pip's own words are above." \
        "Install uv by hand, put it on the PATH, and run make again."
}

# A shim on the PATH may stand for a uv that is not there, so each is asked for its version.
find_uv() {
    for candidate in ${UV:-} uv .tools/uv/bin/uv; do
        if "$candidate" --version >/dev/null 2>&1; then
            echo "$candidate"
            return
        fi
    done
}

python=$(find_python)
uv=$(find_uv)
if [ -z "$uv" ]; then
    fetch_uv >&2
    uv=.tools/uv/bin/uv
fi
# The system's certificates may hold those of the user's own network; uv's built-in ones do not.
if [ -z "${SSL_CERT_FILE:-}" ] && [ -s /etc/ssl/certs/ca-certificates.crt ]; then
    export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}" UV_NATIVE_TLS="${UV_NATIVE_TLS:-true}"
fi
UV_PROJECT_ENVIRONMENT=.venv exec "$uv" sync --frozen --quiet --compile-bytecode --python "$python" "$@"
