# shellcheck shell=bash
# Many cards at the intervals of a new installation: what the server takes at rest, how soon lists, metrics and the dashboard are there.
# Sourced by bin/bench-fleet after fleet.sh.

REQUESTS=500

part_large() {
    local before
    step "$LARGE_CARDS cards"
    MEASURE="$LARGE_CARDS cards at default intervals, v3"
    start_agents "$LARGE_CARDS"
    start_fleet "$FLEET_OFFSET"
    enrol "$LARGE_CARDS"
    # The first full round comes a minute after the first status round.
    sleep 90
    before=$(lateness)
    watch_pollers NVFleet "$LARGE_CARDS" "$FLEET"
    record "$MEASURE: p99 of lateness, ms" less NVFleet "$(late_percentile "$before" "$(lateness)")"
    record "$MEASURE: p99 of lateness, ms" less bar 250
    MEASURE="$LARGE_CARDS cards"
    ask_list "limit=100" "list of 100"
    ask_list "limit=500" "list of 500"
    ask_list "limit=100&status=normal&q=127.20.3" "list by status and text"
    ask_metrics
    open_dashboard
    stop_last
    stop_last
}

# ask_list QUERY WHAT: the 99th of a hundred answers, one after the other on one connection, while the server polls.
ask_list() {
    local number
    for ((number = 0; number < REQUESTS; number++)); do
        printf 'url = "http://%s/api/v1/cards?%s"\noutput = /dev/null\n' "$FLEET_HTTP" "$1"
    done >"$DATA/requests"
    curl -sf -H "@$DATA/headers" -w '%{time_total}\n' -K "$DATA/requests" | sort -n >"$DATA/times"
    [ "$(wc -l <"$DATA/times")" = "$REQUESTS" ] || die "Some lists were not answered."
    record "$MEASURE, $2: p99 of the answer, ms" less NVFleet "$(awk -v at=$((REQUESTS * 99 / 100)) 'NR == at { printf "%.1f", $1 * 1000 }' "$DATA/times")"
    record "$MEASURE, $2: p99 of the answer, ms" less bar 20
}

ask_metrics() {
    local words ticks
    ticks=$(processor_ticks "$FLEET")
    words=$(curl -sf -o "$DATA/page" -w '%{time_total} %{size_download}' "http://$FLEET_HTTP/metrics")
    ticks=$(($(processor_ticks "$FLEET") - ticks))
    say "/metrics: ${words% *} s, $((${words#* } / 1000000)) MB, $(grep -vc '^#' "$DATA/page") series, $((ticks * 1000 / $(getconf CLK_TCK))) ms of processor time; memory then $(resident "$FLEET") MB"
    rm -f "$DATA/page"
}

# Until the first rows of the cards are there, from the moment that the page is asked for; in a browser that has seen it before.
open_dashboard() {
    local figures
    figures=$("$VENV/bin/python3" "$ROOT/Benchmarks/parts/dashboard.py" "http://$FLEET_HTTP" "$DATA/headers") || die "The dashboard did not open."
    record "$MEASURE: the dashboard shows rows after, ms" less NVFleet "$(field rows "$figures")"
    record "$MEASURE: the dashboard shows rows after, ms" less bar 1000
}
