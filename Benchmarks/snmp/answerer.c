// The other end of every manager that is measured: thousands of agents on one socket, as cheap as they can be made.
//
// A response's bindings are made once for each list of names that is asked for; then only ids change. SNMPv3 is whole: an engine for each
// address, discovery, time window, digests verified, data encrypted.

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "batch.h"
#include "card.h"
#include "cost.h"
#include "fatal.h"
#include "fleet.h"
#include "pdu.h"

enum { TIME_WINDOW = 150 };

/// One simulated card's engine.
struct engine {
    uint8_t id[FLEET_ENGINE_LENGTH];
    struct usm_keys keys;
};

struct answerer {
    unsigned cards;
    struct engine *engines;
    struct answers answers;
    uint64_t salt;
    uint64_t values;
    uint64_t responses;
    uint64_t reports;
    uint64_t refused;
    /// So many of a hundred cards fall silent at SIGUSR2, and speak again at the next.
    unsigned dead_percent;
    bool is_partly_dead;
    /// So many of a hundred datagrams are lost, on their way in and on their way out.
    unsigned loss_percent;
    uint64_t lost;
    uint32_t dice;
};

static volatile sig_atomic_t is_stopped;
static volatile sig_atomic_t is_asked;
static volatile sig_atomic_t is_told_to_die;

static void stop(int signal) {
    (void)signal;
    is_stopped = 1;
}

static void ask(int signal) {
    (void)signal;
    is_asked = 1;
}

static void fall_silent(int signal) {
    (void)signal;
    is_told_to_die = 1;
}

/// Whether a datagram is lost; the same ones in every run (xorshift).
static bool is_lost(struct answerer *answerer) {
    answerer->dice ^= answerer->dice << 13;
    answerer->dice ^= answerer->dice >> 17;
    answerer->dice ^= answerer->dice << 5;
    bool is_lost = answerer->dice % 100 < answerer->loss_percent;
    answerer->lost += is_lost;
    return is_lost;
}

/// Whether a card does not speak; those that do so are spread over the fleet.
static bool is_dead(const struct answerer *answerer, unsigned card) {
    return answerer->is_partly_dead && card % 100 * 37 % 100 < answerer->dead_percent;
}

// --- Messages --------------------------------------------------------------------------------------------------------------------

/// Writes the response's PDU; false where the request is none that is answered here.
static bool respond(struct answerer *answerer, unsigned card, const struct pdu *request, struct writer *writer) {
    const struct answer *answer = request->type == BER_GET ? answers_find(&answerer->answers, request->bindings) : NULL;
    if (answer == NULL) return false;
    if (answer->serial != NULL) {
        char serial[sizeof CARD_SERIAL];
        snprintf(serial, sizeof serial, "P%09u", card % 1000000000);
        memcpy(answer->serial, serial, strlen(CARD_SERIAL));
    }
    write_pdu(writer, &(struct pdu){.type = BER_RESPONSE, .request_id = request->request_id, .bindings = answer->bindings});
    answerer->values += answer->values;
    answerer->responses++;
    return true;
}

static bool answer_community(
    struct answerer *answerer, unsigned card, enum snmp_version version, struct octets datagram, struct writer *writer) {
    struct pdu request;
    if (!community_decode(datagram, &request) || !respond(answerer, card, &request, writer)) return false;
    write_community(writer, version);
    return true;
}

static struct octets engine_id(const struct engine *engine) {
    return (struct octets){.at = engine->id, .count = FLEET_ENGINE_LENGTH};
}

/// A report of usmStatsNotInTimeWindows (2, signed) or usmStatsUnknownEngineIDs (4, not signed).
static void report(
    struct answerer *answerer, const struct engine *engine, struct usm_message message, unsigned statistic, struct writer *writer) {
    char name[DOTTED_SIZE];
    snprintf(name, sizeof name, "1.3.6.1.6.3.15.1.1.%u.0", statistic);
    uint8_t room[DOTTED_SIZE];
    struct writer binding = writer_of(room, sizeof room);
    write_integer(&binding, BER_COUNTER32, 1);
    write_oid(&binding, name);
    write_header(&binding, BER_SEQUENCE, binding.end);
    write_pdu(writer, &(struct pdu){.type = BER_REPORT, .bindings = writer_octets(&binding)});
    write_scoped(writer, engine_id(engine));
    message.flags &= statistic == 2 ? USM_AUTHENTICATED : 0;
    message.engine = engine_id(engine);
    usm_seal(writer, &message, &engine->keys, 0);
    answerer->reports++;
}

static bool is_in_window(const struct usm_message *message, uint32_t now) {
    int64_t distance = (int64_t)now - message->time;
    return message->boots == FLEET_BOOTS && distance <= TIME_WINDOW && distance >= -TIME_WINDOW;
}

/// RFC 3414 §3.2, without the error reports that no measured manager causes.
static bool answer_secure(struct answerer *answerer, unsigned card, struct octets datagram, struct writer *writer) {
    struct engine *engine = &answerer->engines[card];
    struct usm_message message;
    struct pdu request;
    uint8_t room[DATAGRAM_SIZE];
    if (!usm_decode(datagram, &message)) return false;
    struct usm_message answer = {.id = message.id, .flags = message.flags & (USM_AUTHENTICATED | USM_ENCRYPTED), .user = message.user,
                                 .boots = FLEET_BOOTS, .time = fleet_engine_time(card), .engine = engine_id(engine)};
    if (!octets_equal(message.engine, answer.engine)) {
        report(answerer, engine, answer, 4, writer);
        return true;
    }
    if (!usm_is_authentic(&engine->keys, datagram, &message)) return false;
    if (!is_in_window(&message, answer.time)) {
        report(answerer, engine, answer, 2, writer);
        return true;
    }
    struct octets scoped = usm_decrypt(&engine->keys, &message, room, sizeof room);
    if (!scoped_decode(scoped, &request) || !respond(answerer, card, &request, writer)) return false;
    write_scoped(writer, answer.engine);
    usm_seal(writer, &answer, &engine->keys, ++answerer->salt);
    return true;
}

// --- Datagrams -------------------------------------------------------------------------------------------------------------------

static bool answer(struct answerer *answerer, unsigned card, struct octets datagram, struct writer *writer) {
    int version = message_version(datagram);
    switch (version) {
    case SNMP_V1:
    case SNMP_V2C: return answer_community(answerer, card, (enum snmp_version)version, datagram, writer);
    case SNMP_V3: return answer_secure(answerer, card, datagram, writer);
    default: return false;
    }
}

static void answer_batch(struct answerer *answerer, const struct batch *requests, struct batch *responses) {
    for (unsigned i = 0; i < requests->count; i++) {
        struct in_addr local = batch_local(requests, i);
        int card = fleet_card(local);
        struct writer writer = batch_writer(responses);
        if (is_lost(answerer)) continue;
        if (card < 0 || is_dead(answerer, (unsigned)card) || (unsigned)card >= answerer->cards || !answer(answerer, (unsigned)card, batch_octets(requests, i), &writer)) {
            answerer->refused++;
        } else if (!is_lost(answerer)) {
            batch_add(responses, &writer, &requests->peers[i], &local);
        }
    }
}

static void make_engines(struct answerer *answerer) {
    struct usm_user user = usm_fleet_user();
    answerer->engines = calloc(answerer->cards, sizeof *answerer->engines);
    if (answerer->engines == NULL) fatal("no memory");
    for (unsigned i = 0; i < answerer->cards; i++) {
        struct engine *engine = &answerer->engines[i];
        fleet_engine(i, engine->id);
        usm_localize(&user, engine_id(engine), &engine->keys);
    }
}

static void print_counts(const struct answerer *answerer) {
    printf("responses=%llu values=%llu reports=%llu refused=%llu lost=%llu cpu=%.3f\n", (unsigned long long)answerer->responses,
           (unsigned long long)answerer->values, (unsigned long long)answerer->reports, (unsigned long long)answerer->refused,
           (unsigned long long)answerer->lost, processor_seconds(0));
    fflush(stdout);
}

static void serve(struct answerer *answerer, int descriptor) {
    struct batch *requests = batch_new(), *responses = batch_new();
    while (!is_stopped) {
        if (batch_receive(requests, descriptor)) {
            answer_batch(answerer, requests, responses);
            batch_send(responses, descriptor);
        }
        if (is_asked) {
            is_asked = 0;
            print_counts(answerer);
        }
        if (is_told_to_die) {
            is_told_to_die = 0;
            answerer->is_partly_dead = !answerer->is_partly_dead;
        }
    }
    free(requests);
    free(responses);
}

static void list_objects(void) {
    char name[DOTTED_SIZE];
    for (size_t i = 0; i < CARD_OBJECTS; i++) {
        card_object_name(i, name);
        puts(name);
    }
}

static const char usage[] =
    "Usage: answerer --port PORT [--cards N] [--dead PERCENT] [--loss PERCENT] | --objects\n"
    "Answers for N cards (2000) on 127.20.0.1, 127.20.0.2 …; 250 in each /24. Prints its counts at SIGUSR1, and at SIGTERM when it ends.\n"
    "At SIGUSR2 PERCENT of the cards fall silent, or speak again. PERCENT of the datagrams are lost each way.\n"
    "--objects prints the names of what a card answers.\n";

static struct sockaddr_in read_options(int count, char *arguments[], struct answerer *answerer) {
    static const struct option options[] = {
        {"port", required_argument, NULL, 'p'}, {"cards", required_argument, NULL, 'c'}, {"dead", required_argument, NULL, 'd'},
        {"loss", required_argument, NULL, 'l'}, {"objects", no_argument, NULL, 'o'}, {0}};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_ANY)};
    answerer->cards = 2000;
    for (int option; (option = getopt_long(count, arguments, "", options, NULL)) != -1;) {
        switch (option) {
        case 'p': address.sin_port = htons((uint16_t)atoi(optarg)); break;
        case 'c': answerer->cards = (unsigned)atoi(optarg); break;
        case 'd': answerer->dead_percent = (unsigned)atoi(optarg); break;
        case 'l': answerer->loss_percent = (unsigned)atoi(optarg); break;
        case 'o': list_objects(); exit(0);
        default: answerer->cards = 0;
        }
    }
    if (address.sin_port == 0 || answerer->cards < 1 || answerer->cards > FLEET_MAXIMUM) {
        fputs(usage, stderr);
        exit(64);
    }
    return address;
}

int main(int count, char *arguments[]) {
    static struct answerer answerer = {.dice = 2463534242};
    struct sockaddr_in address = read_options(count, arguments, &answerer);
    sigaction(SIGTERM, &(struct sigaction){.sa_handler = stop}, NULL);
    sigaction(SIGINT, &(struct sigaction){.sa_handler = stop}, NULL);
    sigaction(SIGUSR1, &(struct sigaction){.sa_handler = ask}, NULL);
    sigaction(SIGUSR2, &(struct sigaction){.sa_handler = fall_silent}, NULL);
    make_engines(&answerer);
    int descriptor = socket_bound(&address), on = 1;
    if (setsockopt(descriptor, IPPROTO_IP, IP_PKTINFO, &on, sizeof on) != 0) fatal_errno("IP_PKTINFO");
    serve(&answerer, descriptor);
    print_counts(&answerer);
    return 0;
}
