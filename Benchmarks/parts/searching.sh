# shellcheck shell=bash
# shellcheck disable=SC2034  # fleet.sh uses what is set here
# Finding cards in a /16 whose network loses 1 % each way: FleetServer with at most 5,000 packets a second, beside nmap with the same
# limit, and onesixtyone without one. On port 161, because nmap says something there only. Sourced by bin/bench-fleet after fleet.sh.

SEARCH_RANGE=127.20.0.0/16

part_searching() {
    local repetition start
    step "Searching $SEARCH_RANGE"
    MEASURE="$POLL_CARDS cards in a /16, 1 % loss"
    ANSWERER_PORT=161
    start_agents "$POLL_CARDS" --loss 1
    for ((repetition = 0; repetition < REPETITIONS; repetition++)); do
        start_fleet 0
        start=$(date +%s%N)
        search "$SEARCH_RANGE" false
        record_search NVFleet "$start" "$(member found "$SEARCH")"
        stop_last
        start=$(date +%s%N)
        record_search nmap "$start" "$(nmap -n -Pn -sU -p 161 --open --min-rate 5000 --max-rate 5000 --max-retries 2 -T4 -oG - "$SEARCH_RANGE" 2>>"$DATA/log/nmap.log" | grep -c '161/open/')"
        start=$(date +%s%N)
        record_search "onesixtyone, as fast as it can" "$start" "$(onesixtyone -w 0 "$SEARCH_RANGE" public 2>>"$DATA/log/onesixtyone.log" | cut -d ' ' -f 1 | sort -u | grep -c '^127')"
    done
    record "$MEASURE: seconds" less bar 30
    record "$MEASURE: found" more bar "$POLL_CARDS"
    stop_last
    ANSWERER_PORT=$((161 + FLEET_OFFSET))
}

# record_search SUBJECT START FOUND
record_search() {
    record "$MEASURE: seconds" less "$1" "$(awk -v ns=$(($(date +%s%N) - $2)) 'BEGIN { printf "%.1f", ns / 1e9 }')"
    record "$MEASURE: found" more "$1" "$3"
}
