#!/bin/sh
# What udhcpc calls when a lease begins or ends: gives the interface its address, and writes that to the file $LEASE.
set -eu
# shellcheck disable=SC2154 # udhcpc sets interface, ip and mask.
case $1 in
    deconfig) ip addr flush dev "$interface" ;;
    bound | renew)
        ip addr flush dev "$interface"
        ip addr add "$ip/$mask" brd + dev "$interface"
        echo "$ip" >"$LEASE"
        ;;
esac
