#ifndef CDATAGRAM_H
#define CDATAGRAM_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

// UDP in batches: one system call for many datagrams, on memory that is laid out once. Swift's Glibc module has neither recvmmsg nor
// sendmmsg, and no file shows it the fields of an address for certain, hence both are dealt with here.

/// An IP address and port. IPv4 stands as an IPv4-mapped IPv6 address; numbers are in the host's order.
struct peer {
    uint64_t high;
    uint64_t low;
    uint32_t scope;
    uint16_t port;
};

/// False if the address is none of IP.
bool peer_read(const struct sockaddr *address, struct peer *peer);

/// A UDP socket that doesn't block, bound to `address`, with buffers of `octets` or what the system grants. -errno if it can't be had.
int datagram_open(const struct sockaddr *address, socklen_t length, int octets);

/// As `datagram_open`, for a search: the socket may send broadcasts, and is told by `datagram_refusal` who can't be reached. With the name of
/// an interface it sends and hears by that one alone. `shared` lets other sockets have the same port.
int datagram_open_search(const struct sockaddr *address, socklen_t length, const char *interface, bool shared, int octets);

/// The next destination that the network has refused a datagram of a search's socket for, and the errno of that. False if there is none.
bool datagram_refusal(int descriptor, struct peer *peer, int *code);

/// Sends one datagram to an IPv4 address without waiting: 0 or the errno.
int datagram_send(int descriptor, const void *octets, unsigned length, uint32_t address, uint16_t port);

/// Waits until one of `count` descriptors has something to read or an error, for `milliseconds` at most.
void datagram_await_any(const int *descriptors, unsigned count, int milliseconds);

/// Where a socket is bound. False if the system doesn't say.
bool datagram_local(int descriptor, struct peer *peer);

/// How many datagrams the kernel has dropped because the socket's receive buffer was full; 0 if it doesn't say.
uint32_t datagram_dropped(int descriptor);

/// Waits until there is room in the send buffer, for 100 ms at most.
void datagram_await_room(int descriptor);

/// The memory for `count` datagrams of up to `capacity` octets.
struct batch;
struct batch *batch_make(unsigned count, unsigned capacity);
void batch_free(struct batch *batch);

/// Receives what has arrived, without waiting: the number of datagrams, or -errno.
int batch_receive(struct batch *batch, int descriptor);
/// The octets of a datagram, or the room for them.
void *batch_octets(struct batch *batch, unsigned index);
unsigned batch_length(const struct batch *batch, unsigned index);
/// Where a datagram came from, or goes to. False if that is no IP address.
bool batch_peer(const struct batch *batch, unsigned index, struct peer *peer);

/// Addresses the datagram whose `length` octets have been put in place.
void batch_address(struct batch *batch, unsigned index, struct peer peer, bool ipv4, unsigned length);
/// Sends `count` datagrams from `first` on, without waiting: the number sent, or -errno of the first one.
int batch_send(struct batch *batch, int descriptor, unsigned first, unsigned count);

/// An eventfd that doesn't block, or -errno.
int wakeup_open(void);
void wakeup_signal(int wakeup);
void wakeup_clear(int wakeup);

/// Waits until one of two descriptors can be read, for `nanoseconds` at most (negative: without end).
void wait_readable(int first, int second, int64_t nanoseconds);

#endif
