// Requests to many agents, or many to one, of which a window is always on its way: the cheapest manager there can be.
#ifndef BENCH_EXCHANGE_H
#define BENCH_EXCHANGE_H

#include "batch.h"
#include "pdu.h"
#include "peer.h"

enum { WINDOW_MAXIMUM = 4096 };

/// One request, the same for every peer.
struct question {
    uint8_t type;
    int max_repetitions;
    /// The contents of its list of bindings.
    struct octets bindings;
    /// How many values a right response has.
    unsigned values;
};

/// A place in the window.
struct slot {
    int64_t id;
    double sent_at;
    const struct peer *peer;
    const struct question *question;
};

struct exchange {
    int socket;
    enum snmp_version version;
    struct peer *peers;
    unsigned peer_count;
    const struct question *questions;
    unsigned question_count;
    unsigned window;
    // What has come of it.
    uint64_t responses;
    uint64_t values;
    uint64_t lost;
    uint64_t wrong;
    // The state of the run.
    struct slot slots[WINDOW_MAXIMUM];
    unsigned idle[WINDOW_MAXIMUM];
    unsigned idle_count;
    uint64_t turn;
    uint64_t salt;
    struct batch *outgoing;
    struct batch *incoming;
};

/// A question whose bindings, each with the value NULL, are the dotted `names`.
struct question question_of(uint8_t type, int max_repetitions, unsigned values, const char *const names[], size_t count);

/// Opens the socket and, for SNMPv3, discovers all engines.
void exchange_prepare(struct exchange *exchange);
/// Asks for so many seconds; each call counts from zero.
void exchange_run(struct exchange *exchange, double seconds);

#endif
