#include "batch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "fatal.h"

enum { SOCKET_BUFFER = 4 << 20, PATIENCE_MICROSECONDS = 100000 };

int socket_bound(const struct sockaddr_in *address) {
    int size = SOCKET_BUFFER;
    struct timeval patience = {.tv_usec = PATIENCE_MICROSECONDS};
    int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) fatal_errno("no socket");
    // The system may grant less than asked for (net.core.rmem_max).
    setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (bind(descriptor, (const struct sockaddr *)address, sizeof *address) != 0) fatal_errno("port %u", ntohs(address->sin_port));
    return descriptor;
}

struct batch *batch_new(void) {
    struct batch *batch = calloc(1, sizeof *batch);
    if (batch == NULL) fatal("no memory");
    for (unsigned i = 0; i < BATCH_CAPACITY; i++) {
        struct msghdr *header = &batch->messages[i].msg_hdr;
        header->msg_iov = &batch->parts[i];
        header->msg_iovlen = 1;
        header->msg_name = &batch->peers[i];
    }
    return batch;
}

bool batch_receive(struct batch *batch, int socket) {
    for (unsigned i = 0; i < BATCH_CAPACITY; i++) {
        struct msghdr *header = &batch->messages[i].msg_hdr;
        batch->parts[i] = (struct iovec){.iov_base = batch->octets[i], .iov_len = DATAGRAM_SIZE};
        header->msg_namelen = sizeof batch->peers[i];
        header->msg_control = batch->control[i];
        header->msg_controllen = sizeof batch->control[i];
    }
    int count = recvmmsg(socket, batch->messages, BATCH_CAPACITY, MSG_WAITFORONE, NULL);
    // ECONNREFUSED tells of an earlier datagram that nobody took.
    if (count < 0 && errno != EAGAIN && errno != EINTR && errno != ECONNREFUSED) fatal_errno("recvmmsg");
    batch->count = count > 0 ? (unsigned)count : 0;
    return count > 0;
}

struct octets batch_octets(const struct batch *batch, unsigned index) {
    return (struct octets){.at = batch->octets[index], .count = batch->messages[index].msg_len};
}

struct in_addr batch_local(const struct batch *batch, unsigned index) {
    const struct cmsghdr *control = CMSG_FIRSTHDR(&batch->messages[index].msg_hdr);
    struct in_pktinfo info = {0};
    if (control != NULL && control->cmsg_level == IPPROTO_IP && control->cmsg_type == IP_PKTINFO) {
        memcpy(&info, CMSG_DATA(control), sizeof info);
    }
    return info.ipi_addr;
}

struct writer batch_writer(struct batch *batch) {
    return writer_of(batch->octets[batch->count], DATAGRAM_SIZE);
}

static void set_source(struct batch *batch, unsigned index, const struct in_addr *local) {
    struct msghdr *header = &batch->messages[index].msg_hdr;
    struct in_pktinfo info = {.ipi_spec_dst = *local};
    header->msg_control = batch->control[index];
    header->msg_controllen = sizeof batch->control[index];
    struct cmsghdr *control = CMSG_FIRSTHDR(header);
    *control = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof info), .cmsg_level = IPPROTO_IP, .cmsg_type = IP_PKTINFO};
    memcpy(CMSG_DATA(control), &info, sizeof info);
}

void batch_add(struct batch *batch, const struct writer *writer, const struct sockaddr_in *peer, const struct in_addr *local) {
    unsigned index = batch->count++;
    struct msghdr *header = &batch->messages[index].msg_hdr;
    batch->parts[index] = (struct iovec){.iov_base = writer->at, .iov_len = writer_count(writer)};
    batch->peers[index] = *peer;
    header->msg_namelen = sizeof *peer;
    header->msg_control = NULL;
    header->msg_controllen = 0;
    if (local != NULL) set_source(batch, index, local);
}

void batch_send(struct batch *batch, int socket) {
    unsigned sent = 0;
    while (sent < batch->count) {
        int count = sendmmsg(socket, batch->messages + sent, batch->count - sent, 0);
        if (count < 0 && errno != EINTR && errno != ECONNREFUSED) fatal_errno("sendmmsg");
        if (count > 0) sent += (unsigned)count;
    }
    batch->count = 0;
}
