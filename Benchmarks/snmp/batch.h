// Many datagrams with one system call (recvmmsg, sendmmsg), each with the address that it came to or leaves from.
#ifndef BENCH_BATCH_H
#define BENCH_BATCH_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "ber.h"

enum { BATCH_CAPACITY = 64, DATAGRAM_SIZE = 4096 };

struct batch {
    unsigned count;
    struct mmsghdr messages[BATCH_CAPACITY];
    struct iovec parts[BATCH_CAPACITY];
    struct sockaddr_in peers[BATCH_CAPACITY];
    /// Room for IP_PKTINFO.
    _Alignas(struct cmsghdr) uint8_t control[BATCH_CAPACITY][CMSG_SPACE(sizeof(struct in_pktinfo))];
    uint8_t octets[BATCH_CAPACITY][DATAGRAM_SIZE];
};

/// A UDP socket bound to `address`, with buffers of 4 MiB, whose reads end after a tenth of a second without a datagram.
int socket_bound(const struct sockaddr_in *address);

/// Makes a batch empty, and ready to receive; with local addresses if the socket has IP_PKTINFO.
struct batch *batch_new(void);
/// Waits for the first datagram and takes what else is there. False when none came.
bool batch_receive(struct batch *batch, int socket);
struct octets batch_octets(const struct batch *batch, unsigned index);
/// The address that a received datagram was sent to.
struct in_addr batch_local(const struct batch *batch, unsigned index);

/// A writer over the next datagram's room. Follow with `batch_add`.
struct writer batch_writer(struct batch *batch);
/// Adds the message of `writer`, for `peer`, from the address `local` if that is not NULL.
void batch_add(struct batch *batch, const struct writer *writer, const struct sockaddr_in *peer, const struct in_addr *local);
/// Sends what was added. Waits while the socket's buffer is full.
void batch_send(struct batch *batch, int socket);

#endif
