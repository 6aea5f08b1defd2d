# shellcheck shell=bash
# shellcheck disable=SC2034  # the parts use what is set here
# A FleetServer and the agents that it polls: started, logged in to, filled, looked at. Sourced by bin/bench-fleet.

FLEET_HTTP=127.0.0.1:18188
# Where the agents answer; the server adds the offset to 161.
FLEET_OFFSET=11500
ANSWERER_PORT=$((161 + FLEET_OFFSET))
# Of the cards, in percent, when it is said that some fall silent.
DEAD=10
CREDENTIALS='{"version":"3","user":"bench","authProtocol":"SHA","authPassword":"authentication","privProtocol":"AES","privPassword":"privacy-password"}'

check_fleet_ports() {
    local port
    for port in "$ANSWERER_PORT" 161; do require_port udp 127.0.0.1 "$port" "the benchmark" "Stop that program first."; done
    for port in 18188 18190 18191; do require_port tcp 127.0.0.1 "$port" "the benchmark" "Stop that program first."; done
}

# start_agents CARDS [OPTION…]
start_agents() {
    start answerer "$C/answerer" --port "$ANSWERER_PORT" --cards "$1" "${@:2}"
    ANSWERER=${PIDS[-1]}
    await_port "$ANSWERER_PORT" answerer
}

# start_fleet OFFSET [NAME=VALUE…]: with an empty store, and logs in.
start_fleet() {
    local token
    rm -rf "$DATA/fleet"
    mkdir -p "$DATA/fleet"
    [ -d "$DATA/web" ] || "$ROOT/bin/build-web" --out "$DATA/web" >/dev/null || die "The dashboard could not be built."
    start FleetServer env FLEET_ADMIN_PASSWORD=benchmark-of-the-fleet FLEET_TRAPS_LISTEN=off "${@:2}" "$SWIFT_BIN/FleetServer" serve \
        --data "$DATA/fleet" --listen "$FLEET_HTTP" --port-offset "$1" --web "$DATA/web"
    FLEET=${PIDS[-1]}
    eventually 30 "FleetServer is ready" curl -sf "http://$FLEET_HTTP/health/ready"
    token=$(curl -sf -X POST -H 'Content-Type: application/json' -d '{"username":"admin","password":"benchmark-of-the-fleet"}' \
        "http://$FLEET_HTTP/api/v1/session" | sed -n 's/.*"token":"\([^"]*\)".*/\1/p')
    [ -n "$token" ] || die "The login at FleetServer failed; see $DATA/log/FleetServer.log."
    printf 'Authorization: Bearer %s\n' "$token" >"$DATA/headers"
}

# eventually SECONDS WHAT COMMAND…: until the command succeeds.
eventually() {
    local end=$((SECONDS + $1)) what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        require_alive
        ((SECONDS < end)) || die "Waited in vain: $what. The logs are in $DATA/log."
        sleep 0.2
    done
}

# api METHOD PATH [BODY]: the answer's document.
api() {
    curl -sf -X "$1" -H "@$DATA/headers" -H 'Content-Type: application/json' ${3:+-d "$3"} "http://$FLEET_HTTP/api/v1$2"
}

# member NAME DOCUMENT: a text or number of a JSON document; the first that has the name.
member() { grep -o "\"$1\":\"\{0,1\}[^,\"}]*" <<<"$2" | head -n 1 | sed 's/^[^:]*:"\{0,1\}//' || true; }

# search RANGE ACCEPT [CREDENTIALS]: starts a search by SNMP, waits for its end, and leaves what came of it in SEARCH.
search() {
    local order id
    order="{\"methods\":[\"snmp\"],\"ranges\":[\"$1\"],\"accept\":$2${3:+,\"credentials\":[$3]}}"
    SEARCH=$(api POST /discoveries "$order") || die "The search was not taken: $order"
    id=$(member id "$SEARCH")
    eventually 600 "the search ends" has_ended "$id"
    SEARCH=$(api GET "/discoveries/$id")
}

has_ended() { [ "$(member state "$(api GET "/discoveries/$1")")" != running ]; }

# enrol CARDS: takes the agents into the inventory, and waits until all have been read.
enrol() {
    search "127.20.0.1-127.20.$((($1 - 1) / 250)).250" true "$CREDENTIALS"
    eventually 300 "$1 cards are read" has_status normal "$1"
}

# figure NAME: of /metrics, labels included.
figure() { curl -sf "http://$FLEET_HTTP/metrics" | awk -v name="$1" '$1 == name { printf "%d", $2; found = 1; exit } END { exit !found }'; }

# has_status STATUS COUNT: whether at least so many cards have it.
has_status() { (($(figure "nvfleet_cards{status=\"$1\"}") >= $2)); }

# lateness: the buckets of the histogram, as "BOUND COUNT" lines.
lateness() {
    curl -sf "http://$FLEET_HTTP/metrics" | sed -n 's/^nvfleet_poll_lateness_seconds_bucket{le="\([^"]*\)"} \(.*\)/\1 \2/p'
}

# late_percentile BEFORE AFTER: milliseconds that 99 of 100 polls between the two were late at most, as Prometheus would interpolate it.
late_percentile() {
    awk 'NR == FNR { before[$1] = $2; next } { bound[FNR] = $1; count[FNR] = $2 - before[$1]; last = FNR }
        END {
            wanted = count[last] * 0.99
            for (i = 1; i <= last; i++) {
                if (count[i] >= wanted) {
                    if (bound[i] == "+Inf") { print bound[i - 1] * 1000; exit }
                    low = i > 1 ? bound[i - 1] : 0; below = i > 1 ? count[i - 1] : 0
                    printf "%.0f", 1000 * (low + (bound[i] - low) * (count[i] > below ? (wanted - below) / (count[i] - below) : 0)); exit
                }
            }
        }' <(printf '%s\n' "$1") <(printf '%s\n' "$2")
}

# resident PID…: megabytes, of all together.
resident() {
    local pid sum=0
    for pid in "$@"; do sum=$((sum + $(awk '/^VmRSS:/ { print $2 }' "/proc/$pid/status"))); done
    printf '%d' $((sum / 1024))
}

# ticks_of PID…: processor time, of all together.
ticks_of() {
    local pid sum=0
    for pid in "$@"; do sum=$((sum + $(processor_ticks "$pid"))); done
    printf '%d' "$sum"
}

# watch_pollers SUBJECT CARDS PID…: what polling takes for a while: time, memory, and the values that the agents gave meanwhile.
watch_pollers() {
    local subject=$1 cards=$2 ticks values
    shift 2
    values=$(answered)
    ticks=$(ticks_of "$@")
    sleep "$SECONDS_EACH"
    values=$(($(answered) - values))
    ticks=$(($(ticks_of "$@") - ticks))
    record "$MEASURE: processor time, ms in a second" less "$subject" $((ticks * 1000 / $(getconf CLK_TCK) / SECONDS_EACH))
    record "$MEASURE: resident memory, MB" less "$subject" "$(resident "$@")"
    record "$MEASURE: values of each card that lives in 10 s" more "$subject" $((values * 10 / SECONDS_EACH / cards))
}

# seconds_until SUBJECT LIMIT COMMAND…: records how long it takes after the dead fell silent; nothing where it takes longer than LIMIT.
seconds_until() {
    local subject=$1 limit=$2 start
    shift 2
    start=$(date +%s%N)
    kill -USR2 "$ANSWERER"
    until "$@"; do
        require_alive
        if (($(date +%s%N) - start > limit * 1000000000)); then
            say "NOTE: $subject has not named the dead after $limit s."
            return 0
        fi
        sleep 0.25
    done
    record "$MEASURE: ms until the dead are named" less "$subject" $((($(date +%s%N) - start) / 1000000))
}
