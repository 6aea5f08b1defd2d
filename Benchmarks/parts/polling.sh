# shellcheck shell=bash
# shellcheck disable=SC2034  # manager.sh uses what is set here
# Cards with 60 objects each, read whole every 10 s by SNMPv3 authPriv, a tenth of them dead, values stored: FleetServer, then
# snmp_exporter with Prometheus, then collectd with its CSV files. Sourced by bin/bench-fleet after fleet.sh.

EXPORTER_PORT=18190
PROMETHEUS_PORT=18191
# Seconds after the first round, until what is done once only is over.
SETTLING=30

part_polling() {
    local repetition
    step "Polling $POLL_CARDS cards"
    MEASURE="$POLL_CARDS cards × 60 objects every 10 s, v3, $DEAD % dead"
    mkdir -p "$DATA/peers"
    for ((repetition = 0; repetition < REPETITIONS; repetition++)); do
        poll_by_fleet
        poll_by_exporter
        poll_by_collectd
    done
    record "$MEASURE: processor time, ms in a second" less bar 250
    record "$MEASURE: resident memory, MB" less bar 300
    record "$MEASURE: p99 of lateness, ms" less bar 250
    record "$MEASURE: ms until the dead are named" less bar 30000
    record "History: bytes a sample, all in" less bar 2
}

poll_by_fleet() {
    local before
    start_agents "$POLL_CARDS" --dead "$DEAD"
    start_fleet "$FLEET_OFFSET" FLEET_POLL_STATUS_SECONDS=10 FLEET_POLL_ALL_SECONDS=10
    enrol "$POLL_CARDS"
    sleep "$SETTLING"
    seconds_until NVFleet 120 has_status unreachable $((POLL_CARDS * DEAD / 100))
    sleep "$SETTLING"
    before=$(lateness)
    watch_pollers NVFleet $((POLL_CARDS * (100 - DEAD) / 100)) "$FLEET"
    record "$MEASURE: p99 of lateness, ms" less NVFleet "$(late_percentile "$before" "$(lateness)")"
    record_stored
    stop_last
    stop_last
}

# record_stored: what the history takes, as the server itself tells it after a while of polling.
record_stored() {
    local bytes
    bytes=$(member bytesPerSample "$(api GET /system)")
    [ -z "$bytes" ] || [ "$bytes" = null ] || record "History: bytes a sample, all in" less NVFleet "$bytes"
}

# --- snmp_exporter and Prometheus ---------------------------------------------------------------------------------

write_exporter_configuration() {
    local object
    {
        printf 'bench:\n  version: 3\n  timeout: 1s\n  retries: 1\n  auth:\n    username: bench\n    security_level: authPriv\n'
        printf '    auth_protocol: SHA\n    password: authentication\n    priv_protocol: AES\n    priv_password: privacy-password\n  get:\n'
        sed 's/^/  - /' "$DATA/objects"
        printf '  metrics:\n'
        while read -r object; do
            # The first three are texts.
            printf '  - name: nv_%s\n    oid: %s\n    type: %s\n    help: an object\n' "$(tr . _ <<<"${object#1.3.6.1.4.1.4555.1.1.7.1.}")" "$object" \
                "$(case ${object#*7.1.} in 1.[125].0) printf DisplayString ;; *) printf gauge ;; esac)"
        done <"$DATA/objects"
    } >"$DATA/peers/snmp.yml"
    {
        printf 'global: { scrape_interval: 10s, scrape_timeout: 9s }\nscrape_configs:\n- job_name: snmp\n  metrics_path: /snmp\n'
        printf '  params: { module: [bench] }\n  relabel_configs:\n  - { source_labels: [__address__], target_label: __param_target }\n'
        printf '  - { source_labels: [__param_target], target_label: instance }\n'
        printf '  - { target_label: __address__, replacement: "127.0.0.1:%d" }\n  static_configs:\n  - targets:\n' "$EXPORTER_PORT"
        awk -v count="$POLL_CARDS" -v port="$ANSWERER_PORT" 'BEGIN { for (i = 0; i < count; i++) printf "    - 127.20.%d.%d:%d\n", i / 250, i % 250 + 1, port }'
    } >"$DATA/peers/prometheus.yml"
}

# prometheus_value EXPRESSION: as a whole number; 0 where there is none.
prometheus_value() {
    local answer
    answer=$(curl -sf -G --data-urlencode "query=$1" "http://127.0.0.1:$PROMETHEUS_PORT/api/v1/query") || return 1
    answer=$(sed -n 's/.*"value":\[[^,]*,"\([^"]*\)".*/\1/p' <<<"$answer")
    printf '%.0f' "${answer:-0}"
}

prometheus_counts() { (($(prometheus_value "count(up == $1)") >= $2)); }

poll_by_exporter() {
    local subject="snmp_exporter + Prometheus" late
    start_agents "$POLL_CARDS" --dead "$DEAD"
    write_exporter_configuration
    rm -rf "$DATA/peers/prometheus"
    start snmp_exporter prometheus-snmp-exporter --config.file="$DATA/peers/snmp.yml" --web.listen-address="127.0.0.1:$EXPORTER_PORT" --log.level=error
    local exporter=${PIDS[-1]}
    start prometheus prometheus --config.file="$DATA/peers/prometheus.yml" --storage.tsdb.path="$DATA/peers/prometheus" \
        --web.listen-address="127.0.0.1:$PROMETHEUS_PORT" --log.level=error
    local prometheus=${PIDS[-1]}
    sleep $((10 + SETTLING))
    say "Prometheus has $(prometheus_value 'count(up == 1)') of $POLL_CARDS cards."
    seconds_until "$subject" 120 prometheus_counts 0 $((POLL_CARDS * DEAD / 100))
    sleep "$SETTLING"
    watch_pollers "$subject" $((POLL_CARDS * (100 - DEAD) / 100)) "$exporter" "$prometheus"
    late=$(prometheus_value '1000 * (max(avg_over_time(prometheus_target_interval_length_seconds{quantile="0.99"}[1m])) - 10)')
    record "$MEASURE: p99 of lateness, ms" less "$subject" "${late#-}"
    stop_last
    stop_last
    stop_last
}

# --- collectd -----------------------------------------------------------------------------------------------------

write_csv_configuration() {
    local card
    {
        printf 'BaseDir "%s"\nTypesDB "%s/types.db"\nInterval 10\nReadThreads 100\nWriteThreads 2\nLoadPlugin csv\n' "$DATA/collectd" "$DATA/collectd"
        # Below BaseDir: it makes no folder whose path has a part that begins with a dot.
        printf '<Plugin csv>\nDataDir "csv"\n</Plugin>\nLoadPlugin snmp\n<Plugin snmp>\n'
        collectd_data
        for ((card = 0; card < POLL_CARDS; card++)); do collectd_host "$card" | sed '2a Timeout 1\nRetries 1'; done
        printf '</Plugin>\n'
    } >"$DATA/collectd/collectd.conf"
    printf 'values' >"$DATA/collectd/types.db"
    printf ' v%d:GAUGE:U:U,' $(seq 1 60) | sed 's/,$/\n/' >>"$DATA/collectd/types.db"
}

poll_by_collectd() {
    VERSION=3
    PER_REQUEST=60
    start_agents "$POLL_CARDS" --dead "$DEAD"
    rm -rf "$DATA/collectd"
    mkdir -p "$DATA/collectd"
    write_csv_configuration
    start collectd env MIBS= collectd -f -C "$DATA/collectd/collectd.conf"
    sleep $((10 + SETTLING))
    # It names nobody; its log has a line for each read that failed.
    kill -USR2 "$ANSWERER"
    sleep "$SETTLING"
    watch_pollers collectd $((POLL_CARDS * (100 - DEAD) / 100)) "${PIDS[-1]}"
    stop_last
    stop_last
}
