// The peer: net-snmp's library as a C program would use it that asks thousands of agents. A session for each agent (the single session
// API), requests sent asynchronously with a window always on its way, epoll instead of select, every value read.

#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
#include <net-snmp/library/large_fd_set.h>

#include <arpa/inet.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include "card.h"
#include "cost.h"
#include "fatal.h"
#include "fleet.h"

enum { EVENTS = 256, DESCRIPTORS = 65536, TIMEOUT_MICROSECONDS = 1000000, RETRIES = 3 };

struct card {
    void *session;
    int socket;
    /// Requests without a response yet.
    unsigned waiting;
};

struct poller {
    int version;
    uint16_t port;
    unsigned card_count;
    unsigned per_request;
    unsigned window;
    double seconds;
    struct card *cards;
    netsnmp_pdu *templates[CARD_OBJECTS];
    unsigned template_count;
    int epoll;
    netsnmp_large_fd_set readable;
    // The state of the run.
    unsigned turn;
    unsigned waiting;
    bool is_ending;
    uint64_t values;
    uint64_t lost;
    /// Made of every value, so that no compiler leaves out the reading.
    uint64_t checksum;
};

static struct poller poller = {.version = SNMP_VERSION_2c, .card_count = 2000, .per_request = 30, .window = 256, .seconds = 3};

// --- Requests --------------------------------------------------------------------------------------------------------------------

static void make_templates(void) {
    char dotted[DOTTED_SIZE];
    for (unsigned i = 0; i < CARD_OBJECTS; i++) {
        oid name[MAX_OID_LEN];
        size_t length = MAX_OID_LEN;
        if (i % poller.per_request == 0) poller.templates[poller.template_count++] = snmp_pdu_create(SNMP_MSG_GET);
        card_object_name(i, dotted);
        if (!read_objid(dotted, name, &length)) fatal("\"%s\" is no object identifier", dotted);
        snmp_add_null_var(poller.templates[poller.template_count - 1], name, length);
    }
}

/// A copy of a template, which is cheaper than adding the names one by one: the library frees each request's PDU.
static bool send_request(struct card *card, unsigned template) {
    netsnmp_pdu *pdu = snmp_clone_pdu(poller.templates[template]);
    if (pdu == NULL) fatal("no memory");
    pdu->reqid = snmp_get_next_reqid();
    pdu->msgid = snmp_get_next_msgid();
    if (snmp_sess_send(card->session, pdu) != 0) return true;
    snmp_free_pdu(pdu);
    return false;
}

/// Asks the next cards that are not being asked, until the window is full. Both halves of a card go out together.
static void fill_window(void) {
    for (unsigned tried = 0; tried < poller.card_count && poller.waiting < poller.window && !poller.is_ending; tried++) {
        struct card *card = &poller.cards[poller.turn++ % poller.card_count];
        if (card->waiting > 0) continue;
        for (unsigned i = 0; i < poller.template_count; i++) {
            if (!send_request(card, i)) continue;
            card->waiting++;
            poller.waiting++;
        }
    }
}

// --- Responses -------------------------------------------------------------------------------------------------------------------

static void read_values(const netsnmp_pdu *pdu) {
    for (const netsnmp_variable_list *variable = pdu->variables; variable != NULL; variable = variable->next_variable) {
        switch (variable->type) {
        case ASN_INTEGER: poller.checksum += (uint64_t)*variable->val.integer; break;
        case ASN_OCTET_STR: poller.checksum += variable->val_len > 0 ? variable->val.string[0] : 0; break;
        default: poller.lost++; continue;
        }
        poller.checksum += variable->name[variable->name_length - 1];
        poller.values++;
    }
}

static int took_response(int operation, netsnmp_session *session, int request_id, netsnmp_pdu *pdu, void *magic) {
    struct card *card = magic;
    (void)session;
    (void)request_id;
    // The library resends by itself, and tells of it.
    if (operation == NETSNMP_CALLBACK_OP_RESEND) return 1;
    poller.waiting--;
    card->waiting--;
    if (operation == NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE && pdu->command == SNMP_MSG_RESPONSE && pdu->errstat == SNMP_ERR_NOERROR) {
        read_values(pdu);
    } else {
        poller.lost++;
    }
    return 1;
}

static void read_card(struct card *card) {
    NETSNMP_LARGE_FD_SET(card->socket, &poller.readable);
    snmp_sess_read2(card->session, &poller.readable);
    NETSNMP_LARGE_FD_CLR(card->socket, &poller.readable);
}

static void check_timeouts(void) {
    for (unsigned i = 0; i < poller.card_count; i++) {
        if (poller.cards[i].waiting > 0) snmp_sess_timeout(poller.cards[i].session);
    }
}

static void run(double seconds) {
    struct epoll_event events[EVENTS];
    double start = now_seconds(), checked_at = start;
    poller.values = poller.lost = 0;
    poller.is_ending = false;
    while (!poller.is_ending || poller.waiting > 0) {
        fill_window();
        int count = epoll_wait(poller.epoll, events, EVENTS, 100);
        for (int i = 0; i < count; i++) read_card(events[i].data.ptr);
        double now = now_seconds();
        poller.is_ending = now - start >= seconds;
        if (now - checked_at < 0.25) continue;
        checked_at = now;
        check_timeouts();
    }
}

// --- Sessions --------------------------------------------------------------------------------------------------------------------

/// Keys are made from the passwords once; the library localizes them for each engine.
static void secure(netsnmp_session *session) {
    static u_char authentication[USM_AUTH_KU_LEN], privacy[USM_PRIV_KU_LEN];
    static size_t authentication_length, privacy_length;
    if (authentication_length == 0) {
        authentication_length = sizeof authentication;
        privacy_length = sizeof privacy;
        generate_Ku(
            usmHMACSHA1AuthProtocol, USM_AUTH_PROTO_SHA_LEN, (const u_char *)FLEET_AUTHENTICATION_PASSWORD,
            strlen(FLEET_AUTHENTICATION_PASSWORD), authentication, &authentication_length);
        generate_Ku(
            usmHMACSHA1AuthProtocol, USM_AUTH_PROTO_SHA_LEN, (const u_char *)FLEET_PRIVACY_PASSWORD, strlen(FLEET_PRIVACY_PASSWORD), privacy,
            &privacy_length);
    }
    session->securityLevel = SNMP_SEC_LEVEL_AUTHPRIV;
    session->securityName = FLEET_USER;
    session->securityNameLen = strlen(FLEET_USER);
    session->securityAuthProto = (oid *)usmHMACSHA1AuthProtocol;
    session->securityAuthProtoLen = USM_AUTH_PROTO_SHA_LEN;
    session->securityAuthKeyLen = authentication_length;
    memcpy(session->securityAuthKey, authentication, authentication_length);
    session->securityPrivProto = (oid *)usmAESPrivProtocol;
    session->securityPrivProtoLen = USM_PRIV_PROTO_AES128_LEN;
    session->securityPrivKeyLen = privacy_length;
    memcpy(session->securityPrivKey, privacy, privacy_length);
}

static void open_card(unsigned index) {
    char peer[64], host[INET_ADDRSTRLEN];
    struct card *card = &poller.cards[index];
    struct sockaddr_in address = fleet_address(index, poller.port);
    netsnmp_session session;
    snmp_sess_init(&session);
    inet_ntop(AF_INET, &address.sin_addr, host, sizeof host);
    snprintf(peer, sizeof peer, "udp:%s:%u", host, poller.port);
    session.peername = peer;
    session.version = poller.version;
    session.timeout = TIMEOUT_MICROSECONDS;
    session.retries = RETRIES;
    session.callback = took_response;
    session.callback_magic = card;
    session.community = (u_char *)FLEET_COMMUNITY;
    session.community_len = strlen(FLEET_COMMUNITY);
    if (poller.version == SNMP_VERSION_3) secure(&session);
    card->session = snmp_sess_open(&session);
    if (card->session == NULL) fatal("no session with %s", peer);
    card->socket = snmp_sess_transport(card->session)->sock;
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = card};
    if (epoll_ctl(poller.epoll, EPOLL_CTL_ADD, card->socket, &event) != 0) fatal_errno("epoll_ctl");
}

static void open_cards(void) {
    // Neither configuration nor MIB files: names are numbers here.
    netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DONT_READ_CONFIGS, 1);
    netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DONT_PERSIST_STATE, 1);
    setenv("MIBS", "", 1);
    init_snmp("bench");
    make_templates();
    netsnmp_large_fd_set_init(&poller.readable, DESCRIPTORS);
    NETSNMP_LARGE_FD_ZERO(&poller.readable);
    poller.epoll = epoll_create1(EPOLL_CLOEXEC);
    poller.cards = calloc(poller.card_count, sizeof *poller.cards);
    if (poller.epoll < 0 || poller.cards == NULL) fatal_errno("no memory");
    for (unsigned i = 0; i < poller.card_count; i++) open_card(i);
}

static const char usage[] =
    "Usage: netsnmp_poller --port PORT [--version 2c|3] [--cards N] [--per-request N] [--window N] [--seconds N]\n"
    "Asks N cards (2000) for their 60 objects, N (30) in a request, N (256) requests at a time.\n";

static void read_options(int count, char *arguments[]) {
    static const struct option options[] = {
        {"port", required_argument, NULL, 'p'},   {"version", required_argument, NULL, 'v'},
        {"cards", required_argument, NULL, 'c'},  {"per-request", required_argument, NULL, 'r'},
        {"window", required_argument, NULL, 'w'}, {"seconds", required_argument, NULL, 's'}, {0}};
    for (int option; (option = getopt_long(count, arguments, "", options, NULL)) != -1;) {
        switch (option) {
        case 'p': poller.port = (uint16_t)atoi(optarg); break;
        case 'v': poller.version = strcmp(optarg, "3") == 0 ? SNMP_VERSION_3 : SNMP_VERSION_2c; break;
        case 'c': poller.card_count = (unsigned)atoi(optarg); break;
        case 'r': poller.per_request = (unsigned)atoi(optarg); break;
        case 'w': poller.window = (unsigned)atoi(optarg); break;
        case 's': poller.seconds = atof(optarg); break;
        default: poller.port = 0;
        }
    }
    if (poller.port == 0 || poller.card_count < 1 || poller.card_count > 15000 || poller.per_request < 1) {
        fputs(usage, stderr);
        exit(64);
    }
}

int main(int count, char *arguments[]) {
    read_options(count, arguments);
    open_cards();
    // The first round also sets the time windows of SNMPv3.
    run(0.5);
    struct cost cost = cost_begin(0);
    run(poller.seconds);
    cost_print(&cost, "net-snmp", "oids", poller.values, poller.lost);
    return poller.checksum == 0;
}
