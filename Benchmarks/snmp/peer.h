// An agent that is asked: its address, and for SNMPv3 what its engine has told.
#ifndef BENCH_PEER_H
#define BENCH_PEER_H

#include <netinet/in.h>

#include "usm.h"

enum { ENGINE_MAXIMUM = 32 };

struct peer {
    struct sockaddr_in address;
    uint8_t engine[ENGINE_MAXIMUM];
    size_t engine_count;
    uint32_t boots;
    /// snmpEngineTime less our clock.
    int64_t time_offset;
    struct usm_keys keys;
};

/// Asks the peer for its engine's id, boots and time (RFC 3414 §4), and localizes the user's keys. Ends the program when none answers.
void peer_discover(struct peer *peer, int socket, const struct usm_user *user);

struct octets peer_engine(const struct peer *peer);
uint32_t peer_engine_time(const struct peer *peer);

#endif
