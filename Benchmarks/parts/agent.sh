# shellcheck shell=bash
# Agents: requests per core-second and memory of the agent's process. Sourced by bin/bench-snmp.

SNMPD_PORT=21162
CARD_ADDRESS=127.20.250.1
CARD_OFFSET=10000

# snmpd's own default is a line in the log for every request, which would be measured with it.
start_snmpd() {
    rm -rf "$DATA/snmpd"
    mkdir -p "$DATA/snmpd/state"
    cat >"$DATA/snmpd/snmpd.conf" <<'END'
dontLogTCPWrappersConnects yes
rocommunity public 127.0.0.1
createUser bench SHA authentication AES privacy-password
rouser bench authpriv
sysLocation rack 3
sysContact operations
sysName ups-3
END
    start snmpd env SNMP_PERSISTENT_DIR="$DATA/snmpd/state" MIBS= snmpd -f -C -c "$DATA/snmpd/snmpd.conf" -Lo "udp:127.0.0.1:$SNMPD_PORT"
    SNMPD=${PIDS[-1]}
    await_port "$SNMPD_PORT" snmpd
}

start_card() {
    rm -rf "$DATA/card"
    mkdir -p "$DATA/card"
    printf 'bench/ro:SHA:authentication:AES:privacy-password\n' >"$DATA/card-users"
    start CardAgent "$SWIFT_BIN/CardAgent" run --state "$DATA/card" --address "$CARD_ADDRESS" --port-offset "$CARD_OFFSET" \
        --device "sim:MASTERYS BC+" --snmp-users "$DATA/card-users"
    CARD=${PIDS[-1]}
    await_port $((161 + CARD_OFFSET)) CardAgent
}

# ask_agent SUBJECT ADDRESS PORT PID OPTIONS...: one run, and what it tells.
ask_agent() {
    local subject=$1 words
    words=$(patiently "$C/agent_load" --address "$2" --port "$3" --pid "$4" --version "$VERSION" --seconds "$SECONDS_EACH" "${@:5}" \
        2>>"$DATA/log/agents.log") || die "agent_load failed with $subject; the reason is in $DATA/log/agents.log."
    record_line "Agent v$VERSION, $QUESTION: requests per core-second" "$subject" "${words%%$'\n'*}"
    MEMORY=${words##*$'\n'}
}

measure_agents() {
    local options=()
    [ "$QUESTION" = "GET of 10" ] || options=(--bulk)
    for ((repetition = 0; repetition < REPETITIONS; repetition++)); do
        if [ "$QUESTION" = "GET of 10" ]; then
            ask_agent "C loop with ready answers" 127.20.0.1 "$ANSWERER_PORT" "$ANSWERER" --card
        fi
        ask_agent snmpd 127.0.0.1 "$SNMPD_PORT" "$SNMPD" "${options[@]}"
        SNMPD_MEMORY=$MEMORY
        ask_agent NVFleet "$CARD_ADDRESS" $((161 + CARD_OFFSET)) "$CARD" "${options[@]}"
        CARD_MEMORY=$MEMORY
    done
}

# record_memory SUBJECT LINE: in the kilobytes that the kernel counts.
record_memory() {
    record "Agent: resident memory, kB" less "$1" "$(field resident "$2")"
    record "Agent: private memory, kB" less "$1" "$(field private "$2")"
}

part_agent() {
    step "Agents"
    start_answerer
    start_snmpd
    start_card
    for VERSION in 2c 3; do
        for QUESTION in "GET of 10" "GETBULK of 30"; do measure_agents; done
    done
    record_memory snmpd "$SNMPD_MEMORY"
    record_memory NVFleet "$CARD_MEMORY"
    stop_all
}
