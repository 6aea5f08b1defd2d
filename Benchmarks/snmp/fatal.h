// How a benchmark ends that cannot go on.
#ifndef BENCH_FATAL_H
#define BENCH_FATAL_H

/// Prints "program: message" on stderr, and ends with status 1.
__attribute__((format(printf, 1, 2), noreturn)) void fatal(const char *format, ...);

/// `fatal` with the reason that the system has put into errno.
__attribute__((format(printf, 1, 2), noreturn)) void fatal_errno(const char *format, ...);

#endif
