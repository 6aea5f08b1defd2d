#define _GNU_SOURCE
#include "CDatagram.h"

#include <arpa/inet.h>
#include <endian.h>
#include <errno.h>
#include <linux/errqueue.h>
#include <linux/sock_diag.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

// MARK: Addresses

static const uint64_t ipv4_mapped = (uint64_t)0xFFFF << 32;

bool peer_read(const struct sockaddr *address, struct peer *peer) {
    if (address->sa_family == AF_INET) {
        struct sockaddr_in ipv4;
        memcpy(&ipv4, address, sizeof ipv4);
        *peer = (struct peer){.low = ipv4_mapped | ntohl(ipv4.sin_addr.s_addr), .port = ntohs(ipv4.sin_port)};
        return true;
    }
    if (address->sa_family != AF_INET6) return false;
    struct sockaddr_in6 ipv6;
    uint64_t words[2];
    memcpy(&ipv6, address, sizeof ipv6);
    memcpy(words, &ipv6.sin6_addr, sizeof words);
    *peer = (struct peer){be64toh(words[0]), be64toh(words[1]), ipv6.sin6_scope_id, ntohs(ipv6.sin6_port)};
    return true;
}

static socklen_t peer_write(struct peer peer, bool ipv4, struct sockaddr_storage *address) {
    if (ipv4) {
        struct sockaddr_in *to = (struct sockaddr_in *)address;
        *to = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(peer.port), .sin_addr.s_addr = htonl((uint32_t)peer.low)};
        return sizeof *to;
    }
    struct sockaddr_in6 *to = (struct sockaddr_in6 *)address;
    uint64_t words[2] = {htobe64(peer.high), htobe64(peer.low)};
    *to = (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_port = htons(peer.port), .sin6_scope_id = peer.scope};
    memcpy(&to->sin6_addr, words, sizeof words);
    return sizeof *to;
}

// MARK: Sockets

static void set_buffer(int descriptor, int plain, int forced, int octets) {
    // The plain option is capped by the system's limit but always allowed; the forced one takes CAP_NET_ADMIN.
    setsockopt(descriptor, SOL_SOCKET, plain, &octets, sizeof octets);
    setsockopt(descriptor, SOL_SOCKET, forced, &octets, sizeof octets);
}

int datagram_open(const struct sockaddr *address, socklen_t length, int octets) {
    int descriptor = socket(address->sa_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0) return -errno;
    set_buffer(descriptor, SO_RCVBUF, SO_RCVBUFFORCE, octets);
    set_buffer(descriptor, SO_SNDBUF, SO_SNDBUFFORCE, octets);
    if (bind(descriptor, address, length) == 0) return descriptor;
    int failure = -errno;
    close(descriptor);
    return failure;
}

static bool set_option(int descriptor, int level, int option, int value) {
    return setsockopt(descriptor, level, option, &value, sizeof value) == 0;
}

/// UPnP Device Architecture 2.0, 1.3.2: searches have a time to live of 2.
static bool set_interface(int descriptor, const char *interface) {
    struct ip_mreqn multicast = {.imr_ifindex = (int)if_nametoindex(interface)};
    return setsockopt(descriptor, SOL_SOCKET, SO_BINDTODEVICE, interface, (socklen_t)strlen(interface)) == 0
        && setsockopt(descriptor, IPPROTO_IP, IP_MULTICAST_IF, &multicast, sizeof multicast) == 0;
}

int datagram_open_search(const struct sockaddr *address, socklen_t length, const char *interface, bool shared, int octets) {
    int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0) return -errno;
    set_buffer(descriptor, SO_RCVBUF, SO_RCVBUFFORCE, octets);
    set_buffer(descriptor, SO_SNDBUF, SO_SNDBUFFORCE, octets);
    bool isReady = set_option(descriptor, SOL_SOCKET, SO_BROADCAST, 1) && set_option(descriptor, IPPROTO_IP, IP_RECVERR, 1)
        && set_option(descriptor, IPPROTO_IP, IP_MULTICAST_TTL, 2) && (!shared || set_option(descriptor, SOL_SOCKET, SO_REUSEADDR, 1))
        && (interface == NULL || set_interface(descriptor, interface)) && bind(descriptor, address, length) == 0;
    if (isReady) return descriptor;
    int failure = -errno;
    close(descriptor);
    return failure;
}

bool datagram_refusal(int descriptor, struct peer *peer, int *code) {
    struct sockaddr_storage to = {0};
    char octet;
    char control[512];
    struct iovec vector = {&octet, sizeof octet};
    struct msghdr message = {
        .msg_name = &to,
        .msg_namelen = sizeof to,
        .msg_iov = &vector,
        .msg_iovlen = 1,
        .msg_control = control,
        .msg_controllen = sizeof control,
    };
    if (recvmsg(descriptor, &message, MSG_ERRQUEUE | MSG_DONTWAIT) < 0) return false;
    *code = 0;
    for (struct cmsghdr *part = CMSG_FIRSTHDR(&message); part != NULL; part = CMSG_NXTHDR(&message, part)) {
        if (part->cmsg_level != SOL_IP || part->cmsg_type != IP_RECVERR) continue;
        struct sock_extended_err failure;
        memcpy(&failure, CMSG_DATA(part), sizeof failure);
        *code = (int)failure.ee_errno;
    }
    if (!peer_read((struct sockaddr *)&to, peer)) *code = 0;
    return true;
}

int datagram_send(int descriptor, const void *octets, unsigned length, uint32_t address, uint16_t port) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(address)};
    return sendto(descriptor, octets, length, MSG_DONTWAIT, (struct sockaddr *)&to, sizeof to) < 0 ? errno : 0;
}

void datagram_await_any(const int *descriptors, unsigned count, int milliseconds) {
    struct pollfd entries[64];
    if (count > 64) count = 64;
    for (unsigned index = 0; index < count; index++) entries[index] = (struct pollfd){.fd = descriptors[index], .events = POLLIN};
    poll(entries, count, milliseconds);
}

bool datagram_local(int descriptor, struct peer *peer) {
    struct sockaddr_storage address = {0};
    socklen_t length = sizeof address;
    return getsockname(descriptor, (struct sockaddr *)&address, &length) == 0 && peer_read((struct sockaddr *)&address, peer);
}

uint32_t datagram_dropped(int descriptor) {
    uint32_t memory[SK_MEMINFO_VARS] = {0};
    socklen_t length = sizeof memory;
    return getsockopt(descriptor, SOL_SOCKET, SO_MEMINFO, memory, &length) == 0 ? memory[SK_MEMINFO_DROPS] : 0;
}

void datagram_await_room(int descriptor) {
    struct pollfd writable = {.fd = descriptor, .events = POLLOUT};
    poll(&writable, 1, 100);
}

// MARK: Batches

struct batch {
    unsigned count;
    unsigned capacity;
    struct mmsghdr *headers;
    struct sockaddr_storage *addresses;
    struct iovec *vectors;
    char *memory;
};

static void *must(void *memory) {
    if (memory == NULL) abort();
    return memory;
}

struct batch *batch_make(unsigned count, unsigned capacity) {
    struct batch *batch = must(calloc(1, sizeof *batch));
    batch->count = count;
    batch->capacity = capacity;
    batch->headers = must(calloc(count, sizeof *batch->headers));
    batch->addresses = must(calloc(count, sizeof *batch->addresses));
    batch->vectors = must(calloc(count, sizeof *batch->vectors));
    // Pages that no datagram reaches are never touched, and take no memory.
    batch->memory = must(malloc((size_t)count * capacity));
    for (unsigned index = 0; index < count; index++) {
        batch->vectors[index] = (struct iovec){batch->memory + (size_t)index * capacity, capacity};
        batch->headers[index].msg_hdr = (struct msghdr){
            .msg_name = &batch->addresses[index],
            .msg_namelen = sizeof batch->addresses[index],
            .msg_iov = &batch->vectors[index],
            .msg_iovlen = 1,
        };
    }
    return batch;
}

void batch_free(struct batch *batch) {
    free(batch->headers);
    free(batch->addresses);
    free(batch->vectors);
    free(batch->memory);
    free(batch);
}

int batch_receive(struct batch *batch, int descriptor) {
    int count = recvmmsg(descriptor, batch->headers, batch->count, MSG_DONTWAIT, NULL);
    // The system has written the senders' lengths over the room for them.
    for (int index = 0; index < count; index++) batch->headers[index].msg_hdr.msg_namelen = sizeof batch->addresses[index];
    return count < 0 ? -errno : count;
}

void *batch_octets(struct batch *batch, unsigned index) { return batch->vectors[index].iov_base; }

unsigned batch_length(const struct batch *batch, unsigned index) { return batch->headers[index].msg_len; }

bool batch_peer(const struct batch *batch, unsigned index, struct peer *peer) {
    return peer_read((const struct sockaddr *)&batch->addresses[index], peer);
}

void batch_address(struct batch *batch, unsigned index, struct peer peer, bool ipv4, unsigned length) {
    batch->vectors[index].iov_len = length;
    batch->headers[index].msg_hdr.msg_namelen = peer_write(peer, ipv4, &batch->addresses[index]);
}

int batch_send(struct batch *batch, int descriptor, unsigned first, unsigned count) {
    int sent = sendmmsg(descriptor, batch->headers + first, count, MSG_DONTWAIT);
    return sent < 0 ? -errno : sent;
}

// MARK: Waiting

int wakeup_open(void) {
    int descriptor = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    return descriptor < 0 ? -errno : descriptor;
}

void wakeup_signal(int wakeup) { eventfd_write(wakeup, 1); }

void wakeup_clear(int wakeup) {
    eventfd_t count;
    eventfd_read(wakeup, &count);
}

void wait_readable(int first, int second, int64_t nanoseconds) {
    struct pollfd descriptors[2] = {{.fd = first, .events = POLLIN}, {.fd = second, .events = POLLIN}};
    struct timespec limit = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
    ppoll(descriptors, 2, nanoseconds < 0 ? NULL : &limit, NULL);
}
