# shellcheck shell=bash
# What the parts have measured: a line for each figure in $RESULTS, and the table made of them. Sourced by bin/bench-*.

# field NAME LINE: the value of NAME=value in a program's line; nothing when it is not there.
field() {
    local words=" $2 "
    [[ $words == *" $1="* ]] || return 0
    words=${words#*" $1="}
    printf '%s' "${words%% *}"
}

# record MEASURE more|less SUBJECT FIGURE: whether more of it is better, and whose figure it is; ours is "NVFleet".
record() {
    [ -n "$4" ] || die "$3 gave no figure for \"$1\"; its last words are in $DATA/log."
    printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" >>"$RESULTS"
    say "$1: $3 $4"
}

# record_line MEASURE SUBJECT LINE: the figure of a program that prints "… lost=0 … per_core_second=N". What was lost makes the figure
# worthless, so it is said.
record_line() {
    local lost
    lost=$(field lost "$3")
    if [ "${lost:-0}" != 0 ]; then say "NOTE: $2 lost $lost of $1"; fi
    record "$1" more "$2" "$(field per_core_second "$3")"
}

# print_table: the medians, ours beside each other one.
print_table() {
    printf '\n| Measure | NVFleet | beside | its figure | ratio |\n|---|--:|---|--:|--:|\n'
    sort -t $'\t' -s -k1,1 -k3,3 -k4,4n "$RESULTS" | awk -F '\t' '
        function figure(value) {
            if (value >= 1e6) return sprintf("%.2f M", value / 1e6)
            if (value >= 1e4) return sprintf("%.1f k", value / 1e3)
            return value == int(value) ? sprintf("%d", value) : sprintf("%.1f", value)
        }
        function median(list,   values, count) {
            count = split(list, values, " ")
            return count % 2 ? values[(count + 1) / 2] : (values[count / 2] + values[count / 2 + 1]) / 2
        }
        { list[$1, $3] = list[$1, $3] " " $4; better[$1] = $2; if (!seen[$1, $3]++ && $3 != "NVFleet") { rows++; measure[rows] = $1; peer[rows] = $3 } }
        END {
            for (row = 1; row <= rows; row++) {
                m = measure[row]
                theirs = median(list[m, peer[row]])
                if ((m, "NVFleet") in list) {
                    ours = median(list[m, "NVFleet"])
                    quotient = better[m] == "more" ? (theirs ? ours / theirs : "") : (ours ? theirs / ours : "")
                    printf "| %s | %s | %s | %s | %s |\n", m, figure(ours), peer[row], figure(theirs), quotient == "" ? "–" : sprintf("%.2f", quotient)
                } else {
                    printf "| %s | – | %s | %s | – |\n", m, peer[row], figure(theirs)
                }
            }
        }'
    printf '\nA ratio above 1 is in favour of NVFleet. Medians of %s runs, of %s s each where it is requests that are counted.\n' \
        "$REPETITIONS" "$SECONDS_EACH"
}

version_of() { dpkg-query -W -f='${Version}' "$1" 2>/dev/null; }

# describe_machine PEERS: what the figures depend on; PEERS are the versions of those that are not Debian's everywhere.
describe_machine() {
    local model
    model=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1)
    printf '\n%s, %s cores, Linux %s, %s. Swift %s, net-snmp %s, OpenSSL %s' \
        "${model:-unknown processor}" "$(nproc)" "$(uname -r)" "$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release)" \
        "$(swift_version)" "$(version_of snmpd)" "$(version_of libssl3)"
    printf ', %s. Everything on loopback; before the parts began, others took up to %s %% of a core.\n' "$1" "$BUSIEST"
}
