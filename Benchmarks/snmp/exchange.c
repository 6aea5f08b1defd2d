#include "exchange.h"

#include <stdlib.h>
#include <string.h>

#include "cost.h"
#include "fatal.h"
#include "fleet.h"

static const double patience = 1.0;

/// A request id carries its slot in the lowest bits, and above a count that tells the slot's requests apart.
enum { SLOT_BITS = 12, COUNT_MASK = 0x3ffff };

struct question question_of(uint8_t type, int max_repetitions, unsigned values, const char *const names[], size_t count) {
    static const uint8_t null[] = {BER_NULL, 0};
    uint8_t room[DATAGRAM_SIZE];
    struct writer writer = writer_of(room, sizeof room);
    for (size_t i = count; i > 0; i--) {
        const uint8_t *end = writer.at;
        write_octets(&writer, null, sizeof null);
        write_oid(&writer, names[i - 1]);
        write_header(&writer, BER_SEQUENCE, end);
    }
    uint8_t *bindings = malloc(writer_count(&writer));
    if (bindings == NULL) fatal("no memory");
    memcpy(bindings, writer.at, writer_count(&writer));
    return (struct question){
        .type = type, .max_repetitions = max_repetitions, .bindings = {.at = bindings, .count = writer_count(&writer)}, .values = values};
}

void exchange_prepare(struct exchange *exchange) {
    exchange->socket = socket_bound(&(struct sockaddr_in){.sin_family = AF_INET});
    exchange->outgoing = batch_new();
    exchange->incoming = batch_new();
    if (exchange->window < 1 || exchange->window > WINDOW_MAXIMUM) fatal("the window is 1 to %d", WINDOW_MAXIMUM);
    for (unsigned i = 0; i < exchange->window; i++) exchange->idle[exchange->idle_count++] = i;
    if (exchange->version != SNMP_V3) return;
    struct usm_user user = usm_fleet_user();
    for (unsigned i = 0; i < exchange->peer_count; i++) peer_discover(&exchange->peers[i], exchange->socket, &user);
}

// --- Sending ---------------------------------------------------------------------------------------------------------------------

static void write_request(struct exchange *exchange, const struct slot *slot, struct writer *writer) {
    const struct peer *peer = slot->peer;
    write_pdu(
        writer, &(struct pdu){.type = slot->question->type, .request_id = slot->id, .error_index = slot->question->max_repetitions,
                              .bindings = slot->question->bindings});
    if (exchange->version == SNMP_V2C) {
        write_community(writer, SNMP_V2C);
        return;
    }
    struct usm_message message = {
        .id = slot->id, .flags = USM_AUTHENTICATED | USM_ENCRYPTED | USM_REPORTABLE, .engine = peer_engine(peer), .boots = peer->boots,
        .time = peer_engine_time(peer), .user = {.at = (const uint8_t *)FLEET_USER, .count = strlen(FLEET_USER)}};
    write_scoped(writer, message.engine);
    usm_seal(writer, &message, &peer->keys, ++exchange->salt);
}

/// Every peer is asked its questions one after the other.
static void occupy(struct exchange *exchange, struct slot *slot, double now) {
    uint64_t turn = exchange->turn++;
    slot->id = 1 << 30 | (int64_t)(turn & COUNT_MASK) << SLOT_BITS | (slot - exchange->slots);
    slot->sent_at = now;
    slot->question = &exchange->questions[turn % exchange->question_count];
    slot->peer = &exchange->peers[turn / exchange->question_count % exchange->peer_count];
}

static void fill_window(struct exchange *exchange, double now) {
    while (exchange->idle_count > 0) {
        struct slot *slot = &exchange->slots[exchange->idle[--exchange->idle_count]];
        struct writer writer = batch_writer(exchange->outgoing);
        occupy(exchange, slot, now);
        write_request(exchange, slot, &writer);
        batch_add(exchange->outgoing, &writer, &slot->peer->address, NULL);
        if (exchange->outgoing->count == BATCH_CAPACITY) batch_send(exchange->outgoing, exchange->socket);
    }
    batch_send(exchange->outgoing, exchange->socket);
}

// --- Receiving -------------------------------------------------------------------------------------------------------------------

static void release(struct exchange *exchange, struct slot *slot) {
    slot->id = 0;
    exchange->idle[exchange->idle_count++] = (unsigned)(slot - exchange->slots);
}

static struct slot *find_slot(struct exchange *exchange, int64_t id) {
    struct slot *slot = &exchange->slots[id & ((1 << SLOT_BITS) - 1)];
    return id > 0 && slot->id == id ? slot : NULL;
}

/// The PDU of a response, and the request that it belongs to; NULL where it belongs to none.
static struct slot *open_secure(struct exchange *exchange, struct octets datagram, uint8_t *room, struct pdu *pdu) {
    struct usm_message message;
    if (!usm_decode(datagram, &message)) return NULL;
    struct slot *slot = find_slot(exchange, message.id);
    if (slot == NULL || !usm_is_authentic(&slot->peer->keys, datagram, &message)) return NULL;
    struct octets scoped = usm_decrypt(&slot->peer->keys, &message, room, DATAGRAM_SIZE);
    return scoped_decode(scoped, pdu) ? slot : NULL;
}

static struct slot *open_response(struct exchange *exchange, struct octets datagram, uint8_t *room, struct pdu *pdu) {
    if (exchange->version == SNMP_V3) return open_secure(exchange, datagram, room, pdu);
    return community_decode(datagram, pdu) ? find_slot(exchange, pdu->request_id) : NULL;
}

static void take_response(struct exchange *exchange, struct octets datagram) {
    uint8_t room[DATAGRAM_SIZE];
    struct pdu pdu;
    struct slot *slot = open_response(exchange, datagram, room, &pdu);
    if (slot == NULL) {
        exchange->wrong++;
        return;
    }
    struct tally tally = tally_bindings(pdu.bindings);
    bool is_right = pdu.type == BER_RESPONSE && pdu.error_status == 0 && !tally.is_malformed && tally.exceptions == 0
                    && tally.values == slot->question->values;
    exchange->responses += is_right;
    exchange->wrong += !is_right;
    exchange->values += is_right ? tally.values : 0;
    release(exchange, slot);
}

static void give_up_late(struct exchange *exchange, double now) {
    for (unsigned i = 0; i < exchange->window; i++) {
        struct slot *slot = &exchange->slots[i];
        if (slot->id == 0 || now - slot->sent_at < patience) continue;
        exchange->lost++;
        release(exchange, slot);
    }
}

/// Takes what has come. Late requests are looked for only where nothing comes, or some time has passed.
static void receive(struct exchange *exchange, double now, double *checked_at) {
    bool has_come = batch_receive(exchange->incoming, exchange->socket);
    for (unsigned i = 0; has_come && i < exchange->incoming->count; i++) take_response(exchange, batch_octets(exchange->incoming, i));
    if (now - *checked_at < patience / 4) return;
    *checked_at = now;
    give_up_late(exchange, now);
}

void exchange_run(struct exchange *exchange, double seconds) {
    double start = now_seconds(), now = start, checked_at = start;
    exchange->responses = exchange->values = exchange->lost = exchange->wrong = 0;
    for (; now - start < seconds; now = now_seconds()) {
        fill_window(exchange, now);
        receive(exchange, now, &checked_at);
    }
    while (exchange->idle_count < exchange->window) receive(exchange, now_seconds(), &checked_at);
}
