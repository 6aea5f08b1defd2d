#include "cost.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "fatal.h"

double now_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double own_seconds(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/// The clock of a process's processor time counts nanoseconds; /proc's figures, hundredths of a second.
double processor_seconds(pid_t process) {
    clockid_t clock;
    struct timespec time;
    if (process == 0) return own_seconds();
    if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &time) != 0) fatal("process %d", (int)process);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

struct cost cost_begin(pid_t process) {
    return (struct cost){.process = process, .started = now_seconds(), .processor_at_start = processor_seconds(process)};
}

void cost_print(const struct cost *cost, const char *label, const char *name, uint64_t done, uint64_t lost) {
    double seconds = now_seconds() - cost->started;
    double cpu = processor_seconds(cost->process) - cost->processor_at_start;
    printf("%s %s=%llu lost=%llu seconds=%.3f cpu=%.3f per_second=%.0f per_core_second=%.0f\n", label, name, (unsigned long long)done,
           (unsigned long long)lost, seconds, cpu, (double)done / seconds, (double)done / cpu);
    fflush(stdout);
}
