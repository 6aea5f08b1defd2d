// Sends traps at an exact rate: upsTrapAlarmEntryAdded of the NET VISION 7/8 branch with its two objects, as SNMPv2c, or as SNMPv3 from
// many engines. A trap is due when its number divided by the rate has passed; what is due goes out together.

#include <arpa/inet.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "batch.h"
#include "card.h"
#include "cost.h"
#include "fatal.h"
#include "fleet.h"
#include "pdu.h"

#define TRAP_BRANCH "1.3.6.1.4.1.4555.1.1.7.2"

enum { TICK_NANOSECONDS = 500000 };

struct engine {
    uint8_t id[FLEET_ENGINE_LENGTH];
    struct usm_keys keys;
};

struct sender {
    enum snmp_version version;
    struct sockaddr_in receiver;
    unsigned rate;
    unsigned engine_count;
    double seconds;
    struct engine *engines;
    uint8_t room[DATAGRAM_SIZE];
    struct octets bindings;
};

static struct octets engine_id(const struct engine *engine) {
    return (struct octets){.at = engine->id, .count = FLEET_ENGINE_LENGTH};
}

/// sysUpTime.0, snmpTrapOID.0, upsAlarmId and upsAlarmDescr (RFC 3416 §4.2.6).
static void make_bindings(struct sender *sender) {
    static const char *const names[] = {
        "1.3.6.1.2.1.1.3.0", "1.3.6.1.6.3.1.1.4.1.0", CARD_BRANCH ".6.2.1.1.1", CARD_BRANCH ".6.2.1.2.1"};
    struct writer writer = writer_of(sender->room, sizeof sender->room);
    for (unsigned i = 4; i > 0; i--) {
        const uint8_t *end = writer.at;
        switch (i - 1) {
        case 0: write_integer(&writer, BER_TIME_TICKS, 12123456); break;
        case 1: write_oid(&writer, TRAP_BRANCH ".0.3"); break;
        case 2: write_integer(&writer, BER_INTEGER, 1); break;
        default: write_oid(&writer, CARD_BRANCH ".6.3.15");
        }
        write_oid(&writer, names[i - 1]);
        write_header(&writer, BER_SEQUENCE, end);
    }
    sender->bindings = writer_octets(&writer);
}

static void make_engines(struct sender *sender) {
    struct usm_user user = usm_fleet_user();
    sender->engines = calloc(sender->engine_count, sizeof *sender->engines);
    if (sender->engines == NULL) fatal("no memory");
    for (unsigned i = 0; i < sender->engine_count; i++) {
        fleet_engine(i, sender->engines[i].id);
        usm_localize(&user, engine_id(&sender->engines[i]), &sender->engines[i].keys);
    }
}

/// The sender's engine is the authoritative one (RFC 3414 §1.5.1).
static void write_trap(const struct sender *sender, uint64_t number, struct writer *writer) {
    write_pdu(writer, &(struct pdu){.type = BER_TRAP2, .request_id = (int64_t)(number & INT32_MAX), .bindings = sender->bindings});
    if (sender->version == SNMP_V2C) {
        write_community(writer, SNMP_V2C);
        return;
    }
    unsigned card = (unsigned)(number % sender->engine_count);
    const struct engine *engine = &sender->engines[card];
    struct usm_message message = {
        .id = (int64_t)(number & INT32_MAX), .flags = USM_AUTHENTICATED | USM_ENCRYPTED, .engine = engine_id(engine), .boots = FLEET_BOOTS,
        .time = fleet_engine_time(card), .user = {.at = (const uint8_t *)FLEET_USER, .count = strlen(FLEET_USER)}};
    write_scoped(writer, message.engine);
    usm_seal(writer, &message, &engine->keys, number);
}

static void send_until(const struct sender *sender, struct batch *batch, int descriptor, uint64_t *sent, uint64_t due) {
    while (*sent < due) {
        struct writer writer = batch_writer(batch);
        write_trap(sender, *sent, &writer);
        batch_add(batch, &writer, &sender->receiver, NULL);
        *sent += 1;
        if (batch->count == BATCH_CAPACITY) batch_send(batch, descriptor);
    }
    batch_send(batch, descriptor);
}

static void run(struct sender *sender) {
    struct batch *batch = batch_new();
    int descriptor = socket_bound(&(struct sockaddr_in){.sin_family = AF_INET});
    uint64_t sent = 0, total = (uint64_t)(sender->seconds * sender->rate);
    struct cost cost = cost_begin(0);
    while (sent < total) {
        uint64_t due = (uint64_t)((now_seconds() - cost.started) * sender->rate) + 1;
        send_until(sender, batch, descriptor, &sent, due < total ? due : total);
        nanosleep(&(struct timespec){.tv_nsec = TICK_NANOSECONDS}, NULL);
    }
    cost_print(&cost, "sender", "traps", sent, 0);
}

/// The engines in snmptrapd's notation, for its `createUser -e`.
static void list_engines(unsigned count) {
    for (unsigned i = 0; i < count; i++) {
        uint8_t id[FLEET_ENGINE_LENGTH];
        fleet_engine(i, id);
        fputs("0x", stdout);
        for (size_t j = 0; j < sizeof id; j++) printf("%02x", id[j]);
        putchar('\n');
    }
}

static const char usage[] =
    "Usage: trap_sender --port PORT --rate N [--version 2c|3] [--engines N] [--seconds N] | --engines N --list\n"
    "Sends N traps a second to 127.0.0.1, SNMPv3 ones from N engines (200) in turn. --list prints the engines' ids.\n";

static void read_options(int count, char *arguments[], struct sender *sender) {
    static const struct option options[] = {
        {"port", required_argument, NULL, 'p'},    {"rate", required_argument, NULL, 'r'}, {"version", required_argument, NULL, 'v'},
        {"engines", required_argument, NULL, 'e'}, {"list", no_argument, NULL, 'l'},       {"seconds", required_argument, NULL, 's'}, {0}};
    for (int option; (option = getopt_long(count, arguments, "", options, NULL)) != -1;) {
        switch (option) {
        case 'p': sender->receiver.sin_port = htons((uint16_t)atoi(optarg)); break;
        case 'r': sender->rate = (unsigned)atoi(optarg); break;
        case 'v': sender->version = strcmp(optarg, "3") == 0 ? SNMP_V3 : SNMP_V2C; break;
        case 'e': sender->engine_count = (unsigned)atoi(optarg); break;
        case 'l': list_engines(sender->engine_count); exit(0);
        case 's': sender->seconds = atof(optarg); break;
        default: sender->rate = 0;
        }
    }
    if (sender->receiver.sin_port == 0 || sender->rate < 1 || sender->engine_count < 1 || sender->engine_count > FLEET_MAXIMUM) {
        fputs(usage, stderr);
        exit(64);
    }
}

int main(int count, char *arguments[]) {
    static struct sender sender = {.version = SNMP_V2C, .engine_count = 200, .seconds = 5};
    sender.receiver = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    read_options(count, arguments, &sender);
    make_bindings(&sender);
    make_engines(&sender);
    run(&sender);
    return 0;
}
