#include "peer.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "fatal.h"
#include "fleet.h"
#include "pdu.h"

enum { PROBE_SIZE = 512, ATTEMPTS = 20 };

static int64_t clock_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return now.tv_sec;
}

struct octets peer_engine(const struct peer *peer) {
    return (struct octets){.at = peer->engine, .count = peer->engine_count};
}

uint32_t peer_engine_time(const struct peer *peer) {
    return (uint32_t)(clock_seconds() + peer->time_offset);
}

static struct octets user_name(void) {
    return (struct octets){.at = (const uint8_t *)FLEET_USER, .count = strlen(FLEET_USER)};
}

/// Sends an unsigned request of the user and takes what the answer's envelope says. net-snmp tells its boots and time to nobody who has
/// not named its engine; so this is asked twice.
static bool probe(struct peer *peer, int socket, uint8_t flags) {
    uint8_t room[PROBE_SIZE];
    struct usm_message report;
    struct writer writer = writer_of(room, sizeof room);
    write_pdu(&writer, &(struct pdu){.type = BER_GET, .request_id = 1, .bindings = {.at = room, .count = 0}});
    write_scoped(&writer, peer_engine(peer));
    usm_seal(
        &writer, &(struct usm_message){.id = 1, .flags = flags | USM_REPORTABLE, .engine = peer_engine(peer), .user = user_name()},
        &peer->keys, 0);
    sendto(socket, writer.at, writer_count(&writer), 0, (const struct sockaddr *)&peer->address, sizeof peer->address);
    ssize_t count = recv(socket, room, sizeof room, 0);
    if (count <= 0 || !usm_decode((struct octets){.at = room, .count = (size_t)count}, &report)) return false;
    if (report.engine.count < 1 || report.engine.count > ENGINE_MAXIMUM) return false;
    memcpy(peer->engine, report.engine.at, report.engine.count);
    peer->engine_count = report.engine.count;
    peer->boots = report.boots;
    peer->time_offset = (int64_t)report.time - clock_seconds();
    return true;
}

static void probe_patiently(struct peer *peer, int socket, uint8_t flags) {
    int attempts = 1;
    while (!probe(peer, socket, flags)) {
        if (attempts++ == ATTEMPTS) fatal("no engine answers at %s", inet_ntoa(peer->address.sin_addr));
    }
}

void peer_discover(struct peer *peer, int socket, const struct usm_user *user) {
    peer->engine_count = 0;
    probe_patiently(peer, socket, 0);
    usm_localize(user, peer_engine(peer), &peer->keys);
    // Signed for a time that can't be right: the report tells the right one, whatever the first has said (RFC 3414 §4, second step).
    probe_patiently(peer, socket, USM_AUTHENTICATED);
}
