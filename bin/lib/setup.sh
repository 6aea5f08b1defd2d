# shellcheck shell=bash
# What bin/run and bin/test share: messages, packages, the toolchain, long steps that a signal can stop.
# Sourced, never run.
# shellcheck disable=SC2034  # the scripts that source this use what they need of it

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# Objects of earlier builds make a build of seconds out of one of minutes; so they live outside of the clone.
CACHE=${NVFLEET_BUILD:-${HOME:-$ROOT/.build}/.cache/nvfleet}
SWIFT_MINIMUM=6.2

say() { printf '%s\n' "$*"; }
step() { printf '\n== %s\n' "$*"; }

# die MESSAGE...: one paragraph on stderr that says what is wrong and what to do.
die() {
    printf '\n%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# --- Long steps -------------------------------------------------------------------------------------------------

STEP_PID=

# await_step COMMAND...: runs it in a process group of its own, so that a signal to the script ends all of it at once.
await_step() {
    setsid "$@" 9>&- &
    STEP_PID=$!
    local status=0
    wait "$STEP_PID" || status=$?
    STEP_PID=
    return "$status"
}

# Ends the running step, if there is one.
stop_step() {
    [ -n "$STEP_PID" ] || return 0
    kill -TERM -- "-$STEP_PID" 2>/dev/null || true
    wait "$STEP_PID" 2>/dev/null || true
    STEP_PID=
}

# --- System packages --------------------------------------------------------------------------------------------

# missing_packages NAME...: prints those that are not installed.
missing_packages() {
    local name
    for name in "$@"; do
        dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' || printf '%s\n' "$name"
    done
}

# as_root COMMAND...: runs it as root, by sudo where needed; says what to run where there is no way.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif have sudo && sudo -n true 2>/dev/null; then
        sudo -n "$@"
    elif have sudo && [ -t 2 ]; then
        sudo "$@"
    else
        return 77
    fi
}

# install_packages NAME...: installs those that are missing, and says which.
install_packages() {
    local missing
    if ! have dpkg-query || ! have apt-get; then
        die "This script installs packages with apt-get, on Debian 12 or later and Ubuntu 22.04 or later; here is no apt-get.
  Install what these Debian packages hold by the means of your system: $*
  Then build and start by hand, as docs/operations.md describes."
    fi
    mapfile -t missing < <(missing_packages "$@")
    [ "${#missing[@]}" -gt 0 ] || return 0
    say "Installing missing packages: ${missing[*]}"
    local status=0
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 update || status=$?
    [ "$status" = 77 ] && die "These packages are missing, and here are neither root rights nor sudo to install them. Let an administrator run:
  apt-get update && apt-get install --no-install-recommends ${missing[*]}"
    [ "$status" = 0 ] || say "apt-get update failed; trying with the package lists that are there."
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "${missing[@]}" \
        </dev/null >"$CACHE/apt.log" 2>&1 || {
        tail -n 15 "$CACHE/apt.log" >&2
        die "apt-get could not install: ${missing[*]}
  The lines above say why; the whole output is in $CACHE/apt.log."
    }
}

# The packages that building needs: a C++ compiler's headers only where there are none.
build_packages() {
    printf '%s\n' ca-certificates curl git libc6-dev libcurl4-openssl-dev libmosquitto-dev libpq-dev libsnappy-dev libsqlite3-dev libssl-dev pkg-config
    compgen -G '/usr/include/c++/*/cstdint' >/dev/null || printf '%s\n' g++
}

# The packages with which bin/build-web makes the pages.
web_packages() { printf '%s\n' esbuild libjs-dygraphs node-react node-react-dom; }

# --- The Swift toolchain ----------------------------------------------------------------------------------------

# swift_version: prints "6.3.1" for the swift in PATH, nothing when there is none.
swift_version() { swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1; }

at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

require_swift() {
    local place version
    if ! have swift; then
        for place in "$HOME/.local/share/swiftly/bin" /opt/swift/usr/bin /usr/local/swift/usr/bin; do
            [ -x "$place/swift" ] && PATH=$place:$PATH && break
        done
    fi
    local where="Install Swift $SWIFT_MINIMUM or later (6.3 is what we test with): https://www.swift.org/install/linux/
  and see that \`swift --version\` works in this shell."
    have swift || die "There is no Swift toolchain in PATH.
  $where"
    version=$(swift_version)
    [ -n "$version" ] || die "\`swift --version\` does not work; a library that the toolchain needs may be missing.
  $where"
    at_least "$SWIFT_MINIMUM" "$version" || die "The Swift toolchain is $version, which is too old.
  $where"
    say "Swift $version"
}

# writable_folder DIR: makes it if needed; false when it can't be written.
writable_folder() { mkdir -p "$1" 2>/dev/null && [ -w "$1" ]; }

# prepare_cache: the folder of build products, or a clear message.
prepare_cache() {
    writable_folder "$CACHE" || die "The build folder $CACHE can't be written.
  Set NVFLEET_BUILD to a folder of yours: NVFLEET_BUILD=~/nvfleet-build $0"
}
