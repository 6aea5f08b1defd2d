#!/usr/bin/env bash
# network.sh BIN PYTHON HERE COMMAND…: a network of several hosts on a bridge, in namespaces of its own, in which COMMAND is run on br0.
# Run it by "unshare --map-root-user --net --mount --pid --fork --kill-child": all of it ends with it.
set -euo pipefail

bin=$1 python=$2 here=$3
shift 3

mount -t tmpfs none /run
mount -t proc none /proc
ip link set lo up
ip link add br0 type bridge
ip addr add 10.9.0.1/24 brd + dev br0
ip link set br0 up
# An interface that leads nowhere.
ip link add void0 type veth peer name void1
ip addr add 10.8.0.1/24 brd + dev void0
ip link set void0 up

# host NUMBER MAC: a host 10.9.0.NUMBER.
host() {
    ip netns add "h$1"
    ip link add "v$1" type veth peer name eth0 netns "h$1"
    ip link set "v$1" master br0 up
    ip -n "h$1" link set lo up
    ip -n "h$1" link set eth0 address "$2" up
    ip -n "h$1" addr add "10.9.0.$1/24" brd + dev eth0
    ip -n "h$1" route add default via 10.9.0.1
}

on() { local number=$1; shift; ip netns exec "h$number" "$@" >"$HOME/h$number.log" 2>&1 & }

host 11 02:00:00:00:00:11
host 12 02:00:00:00:00:12
host 13 02:00:00:00:00:13
host 14 02:00:00:00:00:14
host 15 00:e0:d8:00:00:15
host 16 02:00:00:00:00:16
host 17 02:00:00:00:00:17
host 18 02:00:00:00:00:18

on 11 "$bin/CardAgent" run --state "$HOME/card" --address 10.9.0.11 --mac 00:E0:D8:FF:C1:90 --device "sim:MASTERYS BC+"
on 12 "$python" "$here/upnp_device.py" 10.9.0.12 SOCOMEC "NET VISION 7" 00E0D8000012
on 13 "$python" "$here/bacnet_device.py" 10.9.0.13/24 591 1883 "NETYS RT" "2D22451188"
on 14 "$python" "$here/bacnet_device.py" 10.9.0.14/24 15 14 "Boiler" "4711"
on 16 "$python" "$here/upnp_device.py" 10.9.0.16 ACME Router 0123
on 17 "$bin/upssim" --model "MASTERYS BC+" --listen 10.9.0.17:502
on 18 "$python" "$here/modbus_device.py" 10.9.0.18

# listening NUMBER KIND PORT: waits until a host serves.
listening() {
    for _ in $(seq 100); do
        ip netns exec "h$1" ss -Hln"$2" "sport = :$3" | grep -q . && return
        sleep 0.1
    done
    cat "$HOME/h$1.log" >&2
    echo "host $1 does not listen on port $3" >&2
    return 1
}
listening 11 u 4555
listening 12 u 1900
listening 13 u 47808
listening 14 u 47808
listening 16 u 1900
listening 17 t 502
listening 18 t 502

"$@"
