# shellcheck shell=bash
# Which ports are taken, read from the kernel's own tables. Sourced by bin/run.

# kernel_address 127.0.0.1: the address as /proc/net writes it, "0100007F".
kernel_address() {
    local a b c d
    IFS=. read -r a b c d <<<"$1"
    printf '%02X%02X%02X%02X' "$d" "$c" "$b" "$a"
}

# sockets tcp|udp: prints "ADDRESS PORT" (both hexadecimal) of every listening TCP or bound UDP socket.
sockets() {
    local file
    for file in "/proc/net/$1" "/proc/net/${1}6"; do
        [ -r "$file" ] || continue
        # State 0A is LISTEN; an unconnected UDP socket has 07.
        awk -v proto="$1" 'NR > 1 && (proto == "udp" || $4 == "0A") { split($2, at, ":"); print at[1], at[2] }' "$file"
    done
}

# port_taken tcp|udp ADDRESS PORT: whether a socket has the port on this address, or on all.
# An address may end in ".*": any address of that /24.
port_taken() {
    local port prefix=
    port=$(printf '%04X' "$3")
    if [ "${2%.\*}" != "$2" ]; then
        prefix=$(kernel_address "${2%.\*}.0")
        prefix="[0-9A-F][0-9A-F]${prefix:2}"
    else
        prefix=$(kernel_address "$2")
    fi
    # A socket of IPv6 on all addresses holds the port for IPv4 too.
    sockets "$1" | grep -Eq "^(${prefix}|0{8}|0{32}|0{16}FFFF0000${prefix}) ${port}\$"
}

# port_holder tcp|udp PORT: the program that has it, "FleetServer (process 123)", as far as ss may tell.
port_holder() {
    have ss || return 0
    ss -H -n -l -p "--$1" "sport = :$2" 2>/dev/null | sed -n 's/.*users:(("\([^"]*\)",pid=\([0-9]*\).*/\1 (process \2)/p' | sort -u | paste -sd, -
}

# require_port tcp|udp ADDRESS PORT WHAT ADVICE: ends the script with a clear message when the port is taken.
require_port() {
    port_taken "$1" "$2" "$3" || return 0
    local holder
    holder=$(port_holder "$1" "$3")
    die "Port $3/$1 on $2, for $4, is taken${holder:+ by $holder}.
  $5"
}
