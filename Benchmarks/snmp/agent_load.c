// Asks one agent as fast as it answers, and tells what that cost the agent's process.

#include <arpa/inet.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "card.h"
#include "cost.h"
#include "exchange.h"
#include "fatal.h"
#include "fleet.h"

/// What every agent with RFC 3418's groups serves from memory: the system group, and counters of the snmp group.
static const char *const scalars[] = {
    "1.3.6.1.2.1.1.1.0",  "1.3.6.1.2.1.1.2.0",  "1.3.6.1.2.1.1.3.0",  "1.3.6.1.2.1.1.4.0",  "1.3.6.1.2.1.1.5.0",
    "1.3.6.1.2.1.1.6.0",  "1.3.6.1.2.1.11.1.0", "1.3.6.1.2.1.11.3.0", "1.3.6.1.2.1.11.6.0", "1.3.6.1.2.1.11.30.0",
};
enum { SCALARS = sizeof scalars / sizeof *scalars, SNMP_GROUP_OBJECTS = 30 };
/// The snmp group, of which an agent has 30 objects.
static const char *const snmp_group[] = {"1.3.6.1.2.1.11"};

struct plan {
    enum snmp_version version;
    struct sockaddr_in address;
    enum { SCALARS_QUESTION, GROUP_QUESTION, CARD_QUESTION } question;
    unsigned window;
    double seconds;
    pid_t process;
};

static const char usage[] =
    "Usage: agent_load --address IPV4 --port PORT --pid PID [--version 2c|3] [--bulk|--card] [--window N] [--seconds N]\n"
    "Sends GETs of 10 scalars, GETBULKs of 30 objects, or GETs of 10 objects of the answerer's cards, N (32) at a time, and measures\n"
    "the process PID.\n";

static struct plan read_plan(int count, char *arguments[]) {
    static const struct option options[] = {
        {"address", required_argument, NULL, 'a'}, {"port", required_argument, NULL, 'p'},    {"pid", required_argument, NULL, 'i'},
        {"version", required_argument, NULL, 'v'}, {"bulk", no_argument, NULL, 'b'},          {"card", no_argument, NULL, 'c'},
        {"window", required_argument, NULL, 'w'},  {"seconds", required_argument, NULL, 's'}, {0}};
    struct plan plan = {.version = SNMP_V2C, .address.sin_family = AF_INET, .window = 32, .seconds = 3};
    for (int option; (option = getopt_long(count, arguments, "", options, NULL)) != -1;) {
        switch (option) {
        case 'a': plan.address.sin_addr.s_addr = inet_addr(optarg); break;
        case 'p': plan.address.sin_port = htons((uint16_t)atoi(optarg)); break;
        case 'i': plan.process = atoi(optarg); break;
        case 'v': plan.version = strcmp(optarg, "3") == 0 ? SNMP_V3 : SNMP_V2C; break;
        case 'b': plan.question = GROUP_QUESTION; break;
        case 'c': plan.question = CARD_QUESTION; break;
        case 'w': plan.window = (unsigned)atoi(optarg); break;
        case 's': plan.seconds = atof(optarg); break;
        default: plan.process = 0;
        }
    }
    if (plan.process <= 0 || plan.address.sin_port == 0) {
        fputs(usage, stderr);
        exit(64);
    }
    return plan;
}

static struct question card_question(void) {
    static char names[SCALARS][DOTTED_SIZE];
    const char *list[SCALARS];
    for (unsigned i = 0; i < SCALARS; i++) {
        card_object_name(i, names[i]);
        list[i] = names[i];
    }
    return question_of(BER_GET, 0, SCALARS, list, SCALARS);
}

static struct question make_question(const struct plan *plan) {
    switch (plan->question) {
    case GROUP_QUESTION: return question_of(BER_GET_BULK, SNMP_GROUP_OBJECTS, SNMP_GROUP_OBJECTS, snmp_group, 1);
    case CARD_QUESTION: return card_question();
    default: return question_of(BER_GET, 0, SCALARS, scalars, SCALARS);
    }
}

/// Prints "resident=KB peak=KB private=KB" of a process: what it has in memory, had at most, and shares with no file.
static void print_memory(pid_t process) {
    char path[64], line[256];
    long resident = 0, peak = 0, private = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)process);
    FILE *status = fopen(path, "r");
    if (status == NULL) fatal_errno("%s", path);
    while (fgets(line, sizeof line, status) != NULL) {
        sscanf(line, "VmRSS: %ld", &resident);
        sscanf(line, "VmHWM: %ld", &peak);
        sscanf(line, "RssAnon: %ld", &private);
    }
    fclose(status);
    printf("resident=%ld peak=%ld private=%ld\n", resident, peak, private);
}

int main(int count, char *arguments[]) {
    static struct exchange exchange;
    static struct peer peer;
    struct plan plan = read_plan(count, arguments);
    struct question question = make_question(&plan);
    peer.address = plan.address;
    exchange.version = plan.version;
    exchange.window = plan.window;
    exchange.questions = &question;
    exchange.question_count = 1;
    exchange.peers = &peer;
    exchange.peer_count = 1;
    exchange_prepare(&exchange);
    exchange_run(&exchange, 0.3);
    struct cost cost = cost_begin(plan.process);
    exchange_run(&exchange, plan.seconds);
    cost_print(&cost, "agent", "requests", exchange.responses, exchange.lost + exchange.wrong);
    print_memory(plan.process);
    return 0;
}
