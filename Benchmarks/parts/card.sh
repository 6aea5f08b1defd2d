# shellcheck shell=bash
# One card beside other agents: how soon it answers, what it takes. Sourced by bin/bench-card.

CARD_ADDRESS=127.20.250.1
CARD_OFFSET=10000
SNMPD_PORT=21162
SNMPSIM_PORT=21164
SUBJECTS=(snmpd snmpsim NVFleet)
# Seconds without a request, before and while what an idle agent takes is measured.
SETTLING=5
IDLE=20

check_card_ports() {
    local port
    for port in "$SNMPD_PORT" "$SNMPSIM_PORT"; do
        require_port udp 127.0.0.1 "$port" "the benchmark" "Stop that program first."
    done
    require_port udp "$CARD_ADDRESS" $((161 + CARD_OFFSET)) "the benchmark" "Stop that program first."
}

# --- What is measured: COMMAND is how it is started, ADDRESS and PORT are where it answers --------------------------

# choose NVFleet|snmpd|snmpsim
choose() {
    ADDRESS=127.0.0.1
    case $1 in
        NVFleet)
            ADDRESS=$CARD_ADDRESS
            PORT=$((161 + CARD_OFFSET))
            mkdir -p "$DATA/card"
            COMMAND=("$SWIFT_BIN/CardAgent" run --state "$DATA/card" --address "$CARD_ADDRESS" --port-offset "$CARD_OFFSET" --device "sim:MASTERYS BC+")
            ;;
        snmpd)
            PORT=$SNMPD_PORT
            mkdir -p "$DATA/snmpd/state"
            # Its own default is a line in the log for every request, which would be measured with it.
            printf '%s\n' 'dontLogTCPWrappersConnects yes' 'rocommunity public 127.0.0.1' 'sysLocation rack 3' 'sysContact operations' \
                'sysName ups-3' >"$DATA/snmpd/snmpd.conf"
            COMMAND=(env SNMP_PERSISTENT_DIR="$DATA/snmpd/state" MIBS= snmpd -f -C -c "$DATA/snmpd/snmpd.conf" -Lo "udp:127.0.0.1:$PORT")
            ;;
        snmpsim)
            PORT=$SNMPSIM_PORT
            write_snmpsim_data
            COMMAND=(env SNMPSIM_ALLOW_ROOT=true "$VENV/bin/snmpsim-command-responder" --logging-method=null --cache-dir="$DATA/snmpsim/cache"
                --data-dir="$DATA/snmpsim/data" --agent-udpv4-endpoint="127.0.0.1:$PORT")
            ;;
    esac
}

# The ten objects that agent_load asks for.
write_snmpsim_data() {
    mkdir -p "$DATA/snmpsim/data" "$DATA/snmpsim/cache"
    printf '1.3.6.1.2.1.%s\n' '1.1.0|4|Net Vision' '1.2.0|6|1.3.6.1.4.1.4555.1.1.7' '1.3.0|67|4711' '1.4.0|4|operations' '1.5.0|4|ups-3' \
        '1.6.0|4|rack 3' '11.1.0|65|12' '11.3.0|65|0' '11.6.0|65|0' '11.30.0|2|2' >"$DATA/snmpsim/data/public.snmprec"
}

# start_subject NAME: and waits until it answers.
start_subject() {
    choose "$1"
    start "$1" "${COMMAND[@]}"
    await_port "$PORT" "$1"
    SUBJECT=${PIDS[-1]}
}

# --- Parts ----------------------------------------------------------------------------------------------------------

part_start() {
    local subject line repetition
    step "From the start to the first answer"
    for subject in "${SUBJECTS[@]}"; do
        choose "$subject"
        for ((repetition = 0; repetition < REPETITIONS; repetition++)); do
            line=$(patiently "$C/first_answer" --address "$ADDRESS" --port "$PORT" "${COMMAND[@]}" 2>>"$DATA/log/first_answer.log") \
                || die "$subject did not start; the reason is in $DATA/log/first_answer.log."
            record "First SNMP answer after the start, ms" less "$subject" "$(field milliseconds "${line##*$'\n'}")"
        done
    done
}

# memory_of PID NAME: a figure of the process's status, in kB.
memory_of() { awk -v name="$2:" '$1 == name { print $2 }' "/proc/$1/status"; }

# record_rest SUBJECT PID WHAT: memory now, and the processor time of the seconds that follow.
record_rest() {
    local ticks
    ticks=$(processor_ticks "$2")
    sleep "$IDLE"
    ticks=$(($(processor_ticks "$2") - ticks))
    record "$3: processor time, ms in a second" less "$1" \
        "$(awk -v ticks="$ticks" -v rate="$(getconf CLK_TCK)" -v seconds="$IDLE" 'BEGIN { printf "%.1f", ticks * 1000 / rate / seconds }')"
    record "$3: resident memory, kB" less "$1" "$(memory_of "$2" VmRSS)"
    record "$3: private memory, kB" less "$1" "$(memory_of "$2" RssAnon)"
    record "$3: resident memory at most, kB" less "$1" "$(memory_of "$2" VmHWM)"
}

part_rest() {
    local subject
    step "At rest"
    for subject in "${SUBJECTS[@]}"; do
        start_subject "$subject"
        sleep "$SETTLING"
        record_rest "$subject" "$SUBJECT" "At rest"
        stop_last
    done
}

part_requests() {
    local subject words repetition
    step "Requests"
    for subject in "${SUBJECTS[@]}"; do
        start_subject "$subject"
        # snmpsim reads its data before it answers.
        sleep "$SETTLING"
        for ((repetition = 0; repetition < REPETITIONS; repetition++)); do
            words=$(patiently "$C/agent_load" --address "$ADDRESS" --port "$PORT" --pid "$SUBJECT" --seconds "$SECONDS_EACH" \
                2>>"$DATA/log/agent_load.log") || die "agent_load failed with $subject; the reason is in $DATA/log/agent_load.log."
            record_line "GET of 10: requests per core-second" "$subject" "${words%%$'\n'*}"
        done
        record "After these requests: resident memory, kB" less "$subject" "$(memory_of "$SUBJECT" VmRSS)"
        stop_last
    done
}
