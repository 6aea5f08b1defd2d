# shellcheck shell=bash
# What every benchmark needs: time limits, processor time, the end of what was started, a look at the machine. Sourced by bin/bench-*.

# The most that other programs took before a part began, in hundredths of a core.
BUSIEST=0

# patiently PROGRAM...: runs it, and ends it where it does not come to an end. Others may be waiting for the machine.
patiently() { timeout -k 5 $((SECONDS_EACH + 60)) "$@"; }

# processor_ticks PID: the processor time that a process has taken, in the kernel's ticks.
processor_ticks() {
    local words
    words=$(<"/proc/$1/stat")
    # The name, in parentheses, may hold blanks.
    read -ra words <<<"${words##*) }"
    printf '%s' $((words[11] + words[12]))
}

# await_port PORT PROGRAM: until the program that was started last has bound it.
await_port() {
    local tenths
    for ((tenths = 0; tenths < 300; tenths++)); do
        require_alive
        # Any address will do.
        ! sockets udp | grep -q " $(printf '%04X' "$1")\$" || return 0
        sleep 0.1
    done
    die "$2 does not open port $1; see $DATA/log."
}

# stop_last: the program that was started last.
stop_last() {
    local last=$((${#PIDS[@]} - 1))
    stop_program "${PIDS[last]}" "${NAMES[last]}"
    unset "PIDS[last]" "NAMES[last]"
}

# busy_ticks: the processor time that the whole machine has spent working.
busy_ticks() { awk '/^cpu / { print $2 + $3 + $4 + $6 + $7 + $8 + $9; exit }' /proc/stat; }

# check_quiet: what others do takes caches and the core that the other end wants; so it is looked at for a second, and told.
check_quiet() {
    local before share
    before=$(busy_ticks)
    sleep 1
    share=$((($(busy_ticks) - before) * 100 / $(getconf CLK_TCK)))
    ((share <= BUSIEST)) || BUSIEST=$share
    ((share < 10)) || say "NOTE: other programs take $share % of a core; the figures will be worse than they could be."
}
