# shellcheck shell=bash
# A farm of cards, a FleetServer that hears its traps, and a webhook's far end. Sourced by bin/bench-alarms after measuring.sh.

ALARMS_HTTP=127.0.0.1:18288
ALARMS_CONTROL=127.0.0.1:18290
ALARMS_HOOK=127.0.0.1:18291
ALARMS_OFFSET=11600
ALARMS_TRAPS=127.0.0.1:$((162 + ALARMS_OFFSET))
ALARMS_PASSWORD=benchmark-of-the-alarms
LATENCY_CARDS=100

check_alarms_ports() {
    local port
    for port in 161 162; do require_port udp 127.0.0.1 $((port + ALARMS_OFFSET)) "the benchmark" "Stop that program first."; done
    for port in 18288 18290 18291; do require_port tcp 127.0.0.1 "$port" "the benchmark" "Stop that program first."; done
}

# start_alarm_farm CARDS [OPTION…]: UPS of several makes; a transfer system would have nothing to say of a battery.
start_alarm_farm() {
    printf -- '- model: %s\n' "MASTERYS BC+" "ITYS PRO" "MODULYS XM" "NETYS RT" >"$DATA/farm.yaml"
    printf 'bench:SHA:eight-or-more:AES:eight-or-more\n' >"$DATA/users"
    start farm "$SWIFT_BIN/CardAgent" farm --count "$1" --subnet 127.104.0.0/20 --port-offset "$ALARMS_OFFSET" --profile "$DATA/farm.yaml" \
        --control "$ALARMS_CONTROL" --snmp-users "$DATA/users" "${@:2}"
    FARM=${PIDS[-1]}
    await_words farm "cards on" 120
}

# await_words NAME TEXT SECONDS: until a program has said so.
await_words() {
    local end=$((SECONDS + $3))
    until grep -q "$2" "$(words_of "$1")" 2>/dev/null; do
        require_alive
        ((SECONDS < end)) || die "$1 does not come up; see $DATA/log/$1.log."
        sleep 0.1
    done
}

# start_alarm_server: with an empty store.
start_alarm_server() {
    rm -rf "$DATA/fleet"
    mkdir -p "$DATA/fleet" "$DATA/web"
    printf '<!doctype html><title>NVFleet</title>\n' >"$DATA/web/index.html"
    start FleetServer env FLEET_ADMIN_PASSWORD="$ALARMS_PASSWORD" "$SWIFT_BIN/FleetServer" serve \
        --data "$DATA/fleet" --listen "$ALARMS_HTTP" --port-offset "$ALARMS_OFFSET" --web "$DATA/web"
    FLEET=${PIDS[-1]}
    local end=$((SECONDS + 30))
    until curl -sf "http://$ALARMS_HTTP/health/ready" >/dev/null; do
        require_alive
        ((SECONDS < end)) || die "FleetServer is not ready; see $DATA/log/FleetServer.log."
        sleep 0.2
    done
}

# measure_by SCRIPT ARGUMENT…: its table goes to the user; whether all bars hold is remembered.
measure_by() {
    timeout -k 5 "$PATIENCE" python3 "$ROOT/Benchmarks/alarms/$1.py" --server "$ALARMS_HTTP" --password "$ALARMS_PASSWORD" \
        --control "$ALARMS_CONTROL" "${@:2}" || MISSED+=("$1")
}

part_storm() {
    step "The mains fail at $STORM_CARDS cards"
    local channel
    rm -f "$DATA/messages"
    start webhook python3 "$ROOT/Tests/IntegrationTests/alarms/webhook.py" "${ALARMS_HOOK%:*}" "${ALARMS_HOOK#*:}" "$DATA/messages"
    await_words webhook listening 10
    start_alarm_farm "$STORM_CARDS" --trap-receiver "$ALARMS_TRAPS,version=v3,user=bench"
    start_alarm_server
    channel='{"name":"bench","kind":"webhook","settings":{"url":"http://'$ALARMS_HOOK'/"}}'
    measure_by storm --messages "$DATA/messages" --channel "$channel" --farm-pid "$FARM" --server-pid "$FLEET" \
        --cards "$STORM_CARDS" --sites "$STORM_SITES"
    stop_all
}

part_latency() {
    step "From the trap to the browser"
    start_alarm_farm "$LATENCY_CARDS"
    start_alarm_server
    measure_by latency --traps "$ALARMS_TRAPS"
    stop_all
}
