# shellcheck shell=bash
# Managers: OIDs per core-second of the manager's process, asking the answerer's cards. Sourced by bin/bench-snmp.

CARDS=2000
ANSWERER_PORT=21161

start_answerer() {
    start answerer "$C/answerer" --port "$ANSWERER_PORT" --cards "$CARDS"
    ANSWERER=${PIDS[-1]}
    await_port "$ANSWERER_PORT" answerer
}

# ask_fleet PROGRAM...: runs a manager with the usual options, and prints its line.
ask_fleet() {
    patiently "$@" --port "$ANSWERER_PORT" --version "$VERSION" --per-request "$PER_REQUEST" --seconds "$SECONDS_EACH" 2>>"$DATA/log/managers.log" \
        || die "$1 failed; the reason is in $DATA/log/managers.log."
}

measure_managers() {
    local measure
    measure="Manager v$VERSION, $((60 / PER_REQUEST)) × $PER_REQUEST: OIDs per core-second"
    for ((repetition = 0; repetition < REPETITIONS; repetition++)); do
        record_line "$measure" "C loop that hardly decodes" "$(ask_fleet "$C/raw_manager" --cards "$CARDS")"
        record_line "$measure" "net-snmp's library" "$(ask_fleet "$C/netsnmp_poller" --cards "$CARDS")"
        # net-snmp looks for an engine's user in a list; with few engines that costs nothing.
        [ "$VERSION" = 2c ] || record_line "$measure" "net-snmp's library, 100 cards" "$(ask_fleet "$C/netsnmp_poller" --cards 100)"
        record_line "$measure" NVFleet "$(ask_fleet "$SWIFT_BIN/SNMPBenchmark" manager --cards "$CARDS" <"$DATA/objects")"
    done
}

# part_manager VERSION
part_manager() {
    VERSION=$1
    step "Managers, SNMPv$VERSION"
    start_answerer
    for PER_REQUEST in 30 60; do measure_managers; done
    stop_last
}

# --- pysnmp -------------------------------------------------------------------------------------------------------

part_pysnmp() {
    step "Manager: pysnmp"
    start_answerer
    for VERSION in 2c 3; do
        for PER_REQUEST in 30 60; do
            for ((repetition = 0; repetition < REPETITIONS; repetition++)); do
                # Fewer cards, so that its first round, in which it discovers the engines, does not take longer than all else.
                record_line "Manager v$VERSION, $((60 / PER_REQUEST)) × $PER_REQUEST: OIDs per core-second" "pysnmp, 50 cards" \
                    "$(ask_fleet "$VENV/bin/python3" "$ROOT/Benchmarks/snmp/pysnmp_poller.py" --cards 50 <"$DATA/objects")"
            done
        done
    done
    stop_last
}

# --- collectd -----------------------------------------------------------------------------------------------------

COLLECTD_INTERVAL=2

# collectd_data: its lists of objects. It wants numbers only, therefore three of the card's are asked for twice instead of its texts.
collectd_data() {
    local first names
    mapfile -t names < <(tail -n +4 "$DATA/objects" && sed -n 4,6p "$DATA/objects")
    for ((first = 0; first < 60; first += PER_REQUEST)); do
        printf '<Data "from%d">\nTable false\nType "values"\nTypeInstance "from%d"\nValues' "$first" "$first"
        printf ' "%s"' "${names[@]:first:PER_REQUEST}"
        printf '\n</Data>\n'
    done
}

collectd_host() {
    local first
    printf '<Host "card%d">\nAddress "127.20.%d.%d:%d"\n' "$1" $(($1 / 250)) $(($1 % 250 + 1)) "$ANSWERER_PORT"
    if [ "$VERSION" = 2c ]; then
        printf 'Version 2\nCommunity "public"\n'
    else
        printf 'Version 3\nSecurityLevel "authPriv"\nUsername "bench"\nAuthProtocol "SHA"\nAuthPassphrase "authentication"\n'
        printf 'PrivacyProtocol "AES"\nPrivacyPassphrase "privacy-password"\n'
    fi
    printf 'Collect'
    for ((first = 0; first < 60; first += PER_REQUEST)); do printf ' "from%d"' "$first"; done
    printf '\n</Host>\n'
}

write_collectd_configuration() {
    local card
    {
        printf 'BaseDir "%s"\nTypesDB "%s/types.db"\nInterval %d\n' "$DATA/collectd" "$DATA/collectd" "$COLLECTD_INTERVAL"
        printf 'LoadPlugin snmp\n<Plugin snmp>\n'
        collectd_data
        for ((card = 0; card < CARDS; card++)); do collectd_host "$card"; done
        printf '</Plugin>\n'
    } >"$DATA/collectd/collectd.conf"
    printf 'values' >"$DATA/collectd/types.db"
    printf ' v%d:GAUGE:U:U,' $(seq 1 "$PER_REQUEST") | sed 's/,$/\n/' >>"$DATA/collectd/types.db"
}

# answered: the values that the answerer has given so far.
answered() {
    local before after
    before=$(wc -l <"$(words_of answerer)")
    kill -USR1 "$ANSWERER"
    for ((after = before; after == before; )); do
        sleep 0.02
        after=$(wc -l <"$(words_of answerer)")
    done
    field values "$(tail -n 1 "$(words_of answerer)")"
}

# measure_collectd: it asks at intervals, so what it takes for four of them is measured, after it has got to know all cards.
measure_collectd() {
    local values ticks
    write_collectd_configuration
    local before patience=60
    before=$(answered)
    start collectd env MIBS= collectd -f -C "$DATA/collectd/collectd.conf"
    while (($(answered) - before < CARDS * 60 * 3 / 2)); do
        ((patience-- > 0)) || die "collectd does not get round; see $DATA/log/collectd.log."
        sleep 1
    done
    sleep $((2 * COLLECTD_INTERVAL))
    values=$(answered)
    ticks=$(processor_ticks "${PIDS[-1]}")
    sleep $((4 * COLLECTD_INTERVAL))
    values=$(($(answered) - values))
    ticks=$(($(processor_ticks "${PIDS[-1]}") - ticks))
    record "Manager v$VERSION, $((60 / PER_REQUEST)) × $PER_REQUEST: OIDs per core-second" more "collectd, one run" \
        $((values * $(getconf CLK_TCK) / ticks))
    stop_last
}

part_collectd() {
    step "Manager: collectd"
    mkdir -p "$DATA/collectd"
    start_answerer
    for VERSION in 2c 3; do
        for PER_REQUEST in 30 60; do measure_collectd; done
    done
    stop_last
}
