// What answerer, managers and trap senders agree on: addresses, names, passwords, engines.
#ifndef BENCH_FLEET_H
#define BENCH_FLEET_H

#include <netinet/in.h>
#include <stdint.h>

#define FLEET_COMMUNITY "public"
#define FLEET_USER "bench"
#define FLEET_AUTHENTICATION_PASSWORD "authentication"
#define FLEET_PRIVACY_PASSWORD "privacy-password"

enum {
    /// Addresses 127.20.0.1 to 127.20.0.250, 127.20.1.1 and so on; as many as fit into the third octet.
    FLEET_MAXIMUM = 250 * 250,
    FLEET_ENGINE_LENGTH = 9,
    /// snmpEngineBoots of every simulated engine.
    FLEET_BOOTS = 7,
};

struct sockaddr_in fleet_address(unsigned card, uint16_t port);
/// The index of the card at an address, or -1.
int fleet_card(struct in_addr address);
/// RFC 3411 §5, format 1: the enterprise 4555 with the highest bit set, 1, the IPv4 address.
void fleet_engine(unsigned card, uint8_t engine[static FLEET_ENGINE_LENGTH]);
/// snmpEngineTime: each engine has been started at another moment.
uint32_t fleet_engine_time(unsigned card);

#endif
