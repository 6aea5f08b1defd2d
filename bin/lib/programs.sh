# shellcheck shell=bash
# Starting, watching and stopping programs, none of which outlives the script. Sourced by bin/run after setup.sh; needs DATA.

NAMES=()
PIDS=()

# start NAME COMMAND...: in the background. It dies with this script, even if that is killed hard.
start() {
    local name=$1 guard=()
    shift
    if have setpriv; then guard=(setpriv --pdeathsig TERM); fi
    : >"$(log_of "$name")"
    rm -f "$(words_of "$name")"
    # Out of the terminal's process group: Ctrl-C reaches this script only, which stops the programs in order.
    setsid "${guard[@]}" "$@" </dev/null >>"$(words_of "$name")" 2>>"$(log_of "$name")" 9>&- &
    NAMES+=("$name")
    PIDS+=($!)
}

# stop_all: the last started first; who does not go in ten seconds is killed.
stop_all() {
    local i
    stop_step
    for ((i = ${#PIDS[@]} - 1; i >= 0; i--)); do
        stop_program "${PIDS[i]}" "${NAMES[i]}"
    done
    PIDS=()
    NAMES=()
}

stop_program() {
    kill -TERM "$1" 2>/dev/null || return 0
    local tenths
    for ((tenths = 0; tenths < 100; tenths++)); do
        kill -0 "$1" 2>/dev/null || break
        sleep 0.1
    done
    if kill -0 "$1" 2>/dev/null; then
        say "$2 did not stop within 10 s; killing it."
        kill -KILL "$1" 2>/dev/null || true
    fi
    wait "$1" 2>/dev/null || true
}

# require_alive: ends the script when a program has ended by itself.
require_alive() {
    local i
    for i in "${!PIDS[@]}"; do
        kill -0 "${PIDS[i]}" 2>/dev/null || program_ended "${PIDS[i]}" unknown
    done
}

# program_ended PID STATUS
program_ended() {
    local i name='' pids=() names=()
    for i in "${!PIDS[@]}"; do
        if [ "${PIDS[i]}" = "$1" ]; then
            name=${NAMES[i]}
        else
            pids+=("${PIDS[i]}")
            names+=("${NAMES[i]}")
        fi
    done
    PIDS=("${pids[@]}")
    NAMES=("${names[@]}")
    say "" >&2
    tail -n 15 "$(words_of "$name")" "$(log_of "$name")" >&2 || true
    stop_all
    die "$name ended by itself (status $2); everything else was stopped. Its last lines are above."
}

# Where a program's log (stderr) and its words to the user (stdout) go.
log_of() { printf '%s/log/%s.log' "$DATA" "$1"; }
words_of() { printf '%s/log/%s.out' "$DATA" "$1"; }

# watch_over: waits until a program ends or a signal comes.
watch_over() {
    local ended status
    while true; do
        ended=''
        status=0
        wait -n -p ended "${PIDS[@]}" || status=$?
        if [ -n "$ended" ]; then program_ended "$ended" "$status"; fi
        require_alive
    done
}
