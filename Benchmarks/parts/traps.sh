# shellcheck shell=bash
# Trap receivers: what is lost at a given rate, and the receiver's time for one trap. Sourced by bin/bench-snmp.

TRAP_PORT=21163
ENGINES=200

write_snmptrapd_configuration() {
    mkdir -p "$DATA/snmptrapd"
    {
        printf '[snmp] serverRecvBuf 4194304\n[snmptrapd]\nauthCommunity log public\nauthUser log bench\n'
        "$C/trap_sender" --engines "$ENGINES" --list \
            | while read -r engine; do printf 'createUser -e %s bench SHA authentication AES privacy-password\n' "$engine"; done
    } >"$DATA/snmptrapd/snmptrapd.conf"
}

# A letter in a file for each trap is the least that snmptrapd can do with one.
start_snmptrapd() {
    rm -rf "$DATA/snmptrapd/state" "$DATA/snmptrapd/traps"
    mkdir -p "$DATA/snmptrapd/state"
    start snmptrapd env SNMP_PERSISTENT_DIR="$DATA/snmptrapd/state" MIBS= \
        snmptrapd -f -C -c "$DATA/snmptrapd/snmptrapd.conf" -n -F 'x\n' -Lf "$DATA/snmptrapd/traps" "udp:127.0.0.1:$TRAP_PORT"
    await_port "$TRAP_PORT" snmptrapd
}

start_listener() {
    start listener "$SWIFT_BIN/SNMPBenchmark" traps --port "$TRAP_PORT"
    await_port "$TRAP_PORT" SNMPBenchmark
}

count_snmptrapd() { grep -c '^x' "$DATA/snmptrapd/traps"; }
count_listener() { field received "$(tail -n 1 "$(words_of listener)")"; }

# await_idle PID: until it has worked off what it has received.
await_idle() {
    local before after
    after=$(processor_ticks "$1")
    for ((before = -1; after - before > 2; )); do
        before=$after
        sleep 0.5
        after=$(processor_ticks "$1")
    done
}

# measure_receiver SUBJECT NAME RATE: NAME is what start_… and count_… are called by.
measure_receiver() {
    local line sent ticks
    "start_$2"
    local pid=${PIDS[-1]}
    await_idle "$pid"
    ticks=$(processor_ticks "$pid")
    line=$(patiently "$C/trap_sender" --port "$TRAP_PORT" --version "$VERSION" --rate "$3" --engines "$ENGINES" --seconds "$SECONDS_EACH") \
        || die "The trap sender failed."
    await_idle "$pid"
    ticks=$(($(processor_ticks "$pid") - ticks))
    stop_last
    sent=$(field traps "$line")
    record "Traps v$VERSION at $3/s: lost of $sent" less "$1" $((sent - $("count_$2")))
    record "Traps v$VERSION at $3/s: µs of processor time for each received" less "$1" \
        "$(awk -v ticks="$ticks" -v rate="$(getconf CLK_TCK)" -v count="$("count_$2")" 'BEGIN { printf "%.1f", ticks / rate * 1e6 / count }')"
}

# part_traps VERSION RATE...
part_traps() {
    local rate
    VERSION=$1
    shift
    step "Trap receivers, SNMPv$VERSION"
    write_snmptrapd_configuration
    for rate in "$@"; do
        for ((repetition = 0; repetition < REPETITIONS; repetition++)); do
            measure_receiver snmptrapd snmptrapd "$rate"
            measure_receiver NVFleet listener "$rate"
        done
    done
}
