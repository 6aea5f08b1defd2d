# shellcheck shell=bash
# 2,000 cards in one process, when nobody asks them anything. Sourced by bin/bench-card after card.sh.

FARM_CARDS=2000
FARM_SUBNET=127.96.0.0/20

start_farm() {
    start farm "$SWIFT_BIN/CardAgent" farm --count "$FARM_CARDS" --subnet "$FARM_SUBNET" --port-offset "$CARD_OFFSET"
    local tenths
    for ((tenths = 0; tenths < 1200; tenths++)); do
        require_alive
        ! grep -q "cards on" "$(words_of farm)" || return 0
        sleep 0.1
    done
    die "The farm does not come up; see $DATA/log/farm.log."
}

# snmpsim with as many addresses, all of which give the same ten objects: SNMP alone, and no UPS behind it.
start_snmpsim_farm() {
    local card endpoints=()
    choose snmpsim
    for ((card = 0; card < FARM_CARDS; card++)); do
        endpoints+=("--agent-udpv4-endpoint=127.97.$((card / 250)).$((card % 250 + 1)):$SNMPSIM_PORT")
    done
    start snmpsim-farm "${COMMAND[@]:0:${#COMMAND[@]}-1}" "${endpoints[@]}"
    local tenths
    for ((tenths = 0; tenths < 1200; tenths++)); do
        require_alive
        # Its last address is open when all are.
        ! sockets udp | grep -q "$(kernel_address "127.97.$(((FARM_CARDS - 1) / 250)).$(((FARM_CARDS - 1) % 250 + 1))") $(printf '%04X' "$SNMPSIM_PORT")" \
            || return 0
        sleep 0.1
    done
    die "snmpsim does not open $FARM_CARDS ports; see $DATA/log/snmpsim-farm.log."
}

part_farm() {
    step "$FARM_CARDS cards at rest"
    start_snmpsim_farm
    sleep "$SETTLING"
    record_rest "snmpsim, SNMP alone" "${PIDS[-1]}" "$FARM_CARDS cards"
    stop_last
    start_farm
    # The first minute has the first samples of all logs in it.
    sleep $((60 + SETTLING))
    record_rest NVFleet "${PIDS[-1]}" "$FARM_CARDS cards"
    stop_last
}
