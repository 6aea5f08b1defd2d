// The physical limit of a manager: a loop around sendmmsg and recvmmsg that asks the fleet and hardly decodes. It matches a response to its
// request, checks its status (and for SNMPv3 its digest), and counts the values without reading them.

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "card.h"
#include "cost.h"
#include "exchange.h"
#include "fatal.h"
#include "fleet.h"

struct plan {
    enum snmp_version version;
    uint16_t port;
    unsigned cards;
    unsigned per_request;
    unsigned window;
    double seconds;
};

static const char usage[] =
    "Usage: raw_manager --port PORT [--version 2c|3] [--cards N] [--per-request N] [--window N] [--seconds N]\n"
    "Asks N cards (2000) for their 60 objects, N (30) in a request, N (256) requests at a time.\n";

static struct plan read_plan(int count, char *arguments[]) {
    static const struct option options[] = {
        {"port", required_argument, NULL, 'p'},   {"version", required_argument, NULL, 'v'},
        {"cards", required_argument, NULL, 'c'},  {"per-request", required_argument, NULL, 'r'},
        {"window", required_argument, NULL, 'w'}, {"seconds", required_argument, NULL, 's'}, {0}};
    struct plan plan = {.version = SNMP_V2C, .cards = 2000, .per_request = 30, .window = 256, .seconds = 3};
    for (int option; (option = getopt_long(count, arguments, "", options, NULL)) != -1;) {
        switch (option) {
        case 'p': plan.port = (uint16_t)atoi(optarg); break;
        case 'v': plan.version = strcmp(optarg, "3") == 0 ? SNMP_V3 : SNMP_V2C; break;
        case 'c': plan.cards = (unsigned)atoi(optarg); break;
        case 'r': plan.per_request = (unsigned)atoi(optarg); break;
        case 'w': plan.window = (unsigned)atoi(optarg); break;
        case 's': plan.seconds = atof(optarg); break;
        default: plan.port = 0;
        }
    }
    if (plan.port == 0 || plan.cards < 1 || plan.cards > FLEET_MAXIMUM || plan.per_request < 1 || plan.per_request > CARD_OBJECTS) {
        fputs(usage, stderr);
        exit(64);
    }
    return plan;
}

/// The card's objects as requests of `per_request` names; the last may have fewer.
static unsigned make_questions(unsigned per_request, struct question questions[static CARD_OBJECTS]) {
    static char names[CARD_OBJECTS][DOTTED_SIZE];
    const char *list[CARD_OBJECTS];
    unsigned made = 0;
    for (unsigned i = 0; i < CARD_OBJECTS; i++) {
        card_object_name(i, names[i]);
        list[i] = names[i];
    }
    for (unsigned first = 0; first < CARD_OBJECTS; first += per_request) {
        unsigned count = CARD_OBJECTS - first < per_request ? CARD_OBJECTS - first : per_request;
        questions[made++] = question_of(BER_GET, 0, count, list + first, count);
    }
    return made;
}

int main(int count, char *arguments[]) {
    static struct exchange exchange;
    static struct question questions[CARD_OBJECTS];
    struct plan plan = read_plan(count, arguments);
    exchange.version = plan.version;
    exchange.window = plan.window;
    exchange.questions = questions;
    exchange.question_count = make_questions(plan.per_request, questions);
    exchange.peer_count = plan.cards;
    exchange.peers = calloc(plan.cards, sizeof *exchange.peers);
    if (exchange.peers == NULL) fatal("no memory");
    for (unsigned i = 0; i < plan.cards; i++) exchange.peers[i].address = fleet_address(i, plan.port);
    exchange_prepare(&exchange);
    exchange_run(&exchange, 0.3);
    struct cost cost = cost_begin(0);
    exchange_run(&exchange, plan.seconds);
    cost_print(&cost, "raw", "oids", exchange.values, exchange.lost + exchange.wrong);
    return 0;
}
