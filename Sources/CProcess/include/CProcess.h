#ifndef CPROCESS_H
#define CPROCESS_H

#include <stddef.h>
#include <stdint.h>

// What a program does with its own process and with one that it starts. Swift's Glibc module shows neither fork nor prctl nor what a signal
// handler may do.

/// Starts `path` with `arguments` and this process's environment, in which `variables` (NAME=value) are added or replaced. Both lists end with
/// NULL. The new process has our standard streams, the descriptor `inherited` (-1: none) and no other, no blocked or ignored signals, and is
/// killed when the thread that has called this ends, however that happens. Its process identifier, or -errno if the program can't be executed.
int process_start(const char *path, char *const arguments[], char *const variables[], int inherited);

/// Goes on as another program in the same process: with our standard streams and no other descriptor. Returns -errno if that can't be.
int process_replace(const char *path, char *const arguments[], char *const variables[]);

/// A pipe's reading end, from which each of SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGUSR2 and SIGCHLD that comes from now on is read as one octet,
/// its number. It does not block. -errno if it can't be had. Once in a process.
int process_signals(void);

/// The two ends of a pipe, which programs that are started don't get: 0, or -errno.
int process_pipe(int *reading, int *writing);

/// What `process_run` returns when the time was up.
#define PROCESS_TIMED_OUT 1000

/// Runs `path` to its end, in a process group of its own, without any privilege that this process has not: `input` is its standard input, what
/// it says on both standard outputs is put into `output`, up to `capacity` octets, and `said` is set to their number. `environment` is all of
/// its environment. Both lists end with NULL. Waits for at most so many seconds; then the group is killed. The exit code, 256 and the number
/// of the signal that has ended it, PROCESS_TIMED_OUT, or -errno if it can't be executed. SIGPIPE must be ignored.
int process_run(const char *path, char *const arguments[], char *const environment[], const uint8_t *input, size_t length, uint8_t *output,
                size_t capacity, size_t *said, int seconds);

/// Gives back to the system what memory this process can do without: free memory of its heap, and the pages of programs and libraries that
/// are as they are on disk. What is still needed of those comes back by itself, mostly out of the system's cache.
void process_trim(void);

#endif
