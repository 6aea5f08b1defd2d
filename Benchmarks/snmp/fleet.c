#include "fleet.h"

#include <arpa/inet.h>
#include <string.h>
#include <time.h>

enum { FIRST_ADDRESS = 0x7f140000, PER_SUBNET = 250 };

struct sockaddr_in fleet_address(unsigned card, uint16_t port) {
    uint32_t host = FIRST_ADDRESS + (card / PER_SUBNET << 8) + card % PER_SUBNET + 1;
    return (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(host)};
}

int fleet_card(struct in_addr address) {
    uint32_t offset = ntohl(address.s_addr) - FIRST_ADDRESS;
    uint32_t last = offset & 0xff;
    if (offset > 0xffff || last < 1 || last > PER_SUBNET) return -1;
    return (int)((offset >> 8) * PER_SUBNET + last - 1);
}

void fleet_engine(unsigned card, uint8_t engine[static FLEET_ENGINE_LENGTH]) {
    static const uint8_t prefix[] = {0x80, 0x00, 0x11, 0xcb, 0x01};
    struct sockaddr_in address = fleet_address(card, 0);
    memcpy(engine, prefix, sizeof prefix);
    memcpy(engine + sizeof prefix, &address.sin_addr.s_addr, 4);
}

uint32_t fleet_engine_time(unsigned card) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return (uint32_t)now.tv_sec + card * 37 % 1000;
}
