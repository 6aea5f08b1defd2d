// Starts an agent, asks it until it answers for the first time, and tells how long that took. Then ends it.

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cost.h"
#include "fatal.h"

static const char usage[] =
    "Usage: first_answer --address IPV4 --port PORT [--seconds N] PROGRAM ARGUMENT…\n"
    "Starts PROGRAM, sends it a GET of sysUpTime.0 (v2c, community public) each millisecond, and prints \"milliseconds=…\" from the start\n"
    "to the first answer. It gives up after N (30) seconds. PROGRAM is ended by SIGTERM, and its words go where ours go.\n";

/// SEQUENCE { version 1 (v2c), "public", GetRequest { 1, 0, 0, { sysUpTime.0 = NULL } } }
static const unsigned char question[] = {
    0x30, 0x26, 0x02, 0x01, 0x01, 0x04, 0x06, 'p',  'u',  'b',  'l',  'i',  'c',  0xA0, 0x19, 0x02, 0x01, 0x01, 0x02, 0x01,
    0x00, 0x02, 0x01, 0x00, 0x30, 0x0E, 0x30, 0x0C, 0x06, 0x08, 0x2B, 0x06, 0x01, 0x02, 0x01, 0x01, 0x03, 0x00, 0x05, 0x00,
};

static pid_t start(char *const program[]) {
    pid_t process = fork();
    if (process < 0) fatal_errno("fork");
    if (process > 0) return process;
    execvp(program[0], program);
    fatal_errno("%s", program[0]);
}

/// Sends one question, and waits a millisecond for an answer.
static int is_answered(int port) {
    unsigned char answer[2048];
    struct pollfd readable = {.fd = port, .events = POLLIN};
    // While nobody is there the system refuses to send at times; then the wait is what counts.
    if (send(port, question, sizeof question, 0) < 0 && errno != ECONNREFUSED) fatal_errno("send");
    if (poll(&readable, 1, 1) > 0 && recv(port, answer, sizeof answer, MSG_DONTWAIT) > 0) return 1;
    struct timespec pause = {.tv_nsec = 500000};
    nanosleep(&pause, NULL);
    return 0;
}

int main(int count, char *arguments[]) {
    static const struct option options[] = {
        {"address", required_argument, NULL, 'a'}, {"port", required_argument, NULL, 'p'}, {"seconds", required_argument, NULL, 's'}, {0}};
    struct sockaddr_in address = {.sin_family = AF_INET};
    double limit = 30;
    for (int option; (option = getopt_long(count, arguments, "+", options, NULL)) != -1;) {
        switch (option) {
        case 'a': address.sin_addr.s_addr = inet_addr(optarg); break;
        case 'p': address.sin_port = htons((uint16_t)atoi(optarg)); break;
        case 's': limit = atof(optarg); break;
        default: address.sin_port = 0;
        }
    }
    if (address.sin_port == 0 || optind >= count) {
        fputs(usage, stderr);
        return 64;
    }
    int port = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (port < 0 || connect(port, (struct sockaddr *)&address, sizeof address) != 0) fatal_errno("socket");
    double started = now_seconds(), elapsed = 0;
    pid_t process = start(arguments + optind);
    int answered = 0;
    while (!(answered = is_answered(port)) && waitpid(process, NULL, WNOHANG) == 0 && now_seconds() - started < limit) continue;
    elapsed = now_seconds() - started;
    if (kill(process, SIGTERM) == 0) waitpid(process, NULL, 0);
    if (!answered) fatal("%s did not answer", arguments[optind]);
    printf("milliseconds=%.1f\n", elapsed * 1000);
    return 0;
}
