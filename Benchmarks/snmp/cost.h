// What a run has taken and done, and the line that tells of it.
#ifndef BENCH_COST_H
#define BENCH_COST_H

#include <stdint.h>
#include <sys/types.h>

/// Seconds of a clock that never goes back.
double now_seconds(void);

/// The processor time of a process so far, in seconds, user and system.
double processor_seconds(pid_t process);

struct cost {
    pid_t process;
    double started;
    double processor_at_start;
};

/// Begins to measure a process; 0 is this one.
struct cost cost_begin(pid_t process);
/// Prints "LABEL NAME=… lost=… seconds=… cpu=… per_second=… per_core_second=…" on stdout.
void cost_print(const struct cost *cost, const char *label, const char *name, uint64_t done, uint64_t lost);

#endif
