#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

// MARK: The environment

static bool same_name(const char *left, const char *right) {
    size_t length = strcspn(left, "=");
    return strncmp(left, right, length) == 0 && right[length] == '=';
}

static bool is_replaced(const char *entry, char *const variables[]) {
    for (; *variables; variables++)
        if (same_name(entry, *variables)) return true;
    return false;
}

/// Our environment with `variables` in it; NULL if there is no memory. Only the list is the caller's to free.
static char **environment_with(char *const variables[]) {
    size_t count = 1;
    for (char **entry = environ; *entry; entry++) count++;
    for (char *const *entry = variables; *entry; entry++) count++;
    char **list = calloc(count, sizeof *list), **next = list;
    if (!list) return NULL;
    for (char **entry = environ; *entry; entry++)
        if (!is_replaced(*entry, variables)) *next++ = *entry;
    for (; *variables; variables++) *next++ = *variables;
    return list;
}

// MARK: Another program

/// Marks all descriptors but the standard ones and `kept` to be closed when another program takes over.
static void close_on_exec(int kept) {
#ifdef SYS_close_range
    const unsigned cloexec = 1U << 2;
    if (syscall(SYS_close_range, 3U, ~0U, cloexec) == 0) {
        if (kept >= 0) fcntl(kept, F_SETFD, 0);
        return;
    }
#endif
    long limit = sysconf(_SC_OPEN_MAX);
    for (int descriptor = 3; descriptor < limit; descriptor++) {
        if (descriptor != kept) fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    }
    if (kept >= 0) fcntl(kept, F_SETFD, 0);
}

/// Signals as they are in a process that nobody has told about them.
static void reset_signals(void) {
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/// In the new process, between fork and exec: nothing here may allocate. Does not return.
static void become(const char *path, char *const arguments[], char **environment, pid_t parent, int inherited, int report) {
    reset_signals();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // The parent may have died before it was watched.
    if (getppid() != parent) _exit(EXIT_FAILURE);
    close_on_exec(inherited);
    execve(path, arguments, environment);
    int code = errno;
    ssize_t told = write(report, &code, sizeof code);
    _exit(told == sizeof code ? EXIT_FAILURE : EXIT_FAILURE + 1);
}

/// What the new process reports: 0 when it has become the other program, else its errno.
static int read_report(int report) {
    int code = 0;
    ssize_t count;
    do count = read(report, &code, sizeof code);
    while (count < 0 && errno == EINTR);
    return count == sizeof code ? code : 0;
}

int process_start(const char *path, char *const arguments[], char *const variables[], int inherited) {
    int reading = -1, writing = -1;
    int failure = process_pipe(&reading, &writing);
    if (failure) return failure;
    char **environment = environment_with(variables);
    pid_t parent = getpid();
    pid_t child = environment ? fork() : -1;
    if (child == 0) become(path, arguments, environment, parent, inherited, writing);
    failure = child < 0 ? errno : 0;
    close(writing);
    if (child > 0) failure = read_report(reading);
    close(reading);
    free(environment);
    if (child > 0 && failure) waitpid(child, NULL, 0);
    return failure ? -failure : child;
}

int process_replace(const char *path, char *const arguments[], char *const variables[]) {
    char **environment = environment_with(variables);
    if (!environment) return -ENOMEM;
    reset_signals();
    close_on_exec(-1);
    execve(path, arguments, environment);
    int code = errno;
    free(environment);
    return -code;
}

// MARK: Signals

static int signals_to = -1;

static void note_signal(int number) {
    int saved = errno;
    uint8_t octet = (uint8_t)number;
    ssize_t written = write(signals_to, &octet, 1);
    (void)written;  // A full pipe holds enough of them.
    errno = saved;
}

int process_signals(void) {
    static const int watched[] = {SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGUSR2, SIGCHLD};
    int reading = -1;
    int failure = process_pipe(&reading, &signals_to);
    if (failure) return failure;
    fcntl(reading, F_SETFL, O_NONBLOCK);
    fcntl(signals_to, F_SETFL, O_NONBLOCK);
    struct sigaction action = {.sa_handler = note_signal, .sa_flags = SA_RESTART | SA_NOCLDSTOP};
    sigemptyset(&action.sa_mask);
    for (size_t index = 0; index < sizeof watched / sizeof *watched; index++) sigaction(watched[index], &action, NULL);
    return reading;
}

int process_pipe(int *reading, int *writing) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return -errno;
    *reading = ends[0];
    *writing = ends[1];
    return 0;
}

// MARK: A program that is run to its end

static int64_t milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/// In the new process of `process_run`. Does not return.
static void become_filter(const char *path, char *const arguments[], char *const environment[], int input, int output, int report) {
    setpgid(0, 0);
    if (dup2(input, STDIN_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0 || dup2(output, STDERR_FILENO) < 0) _exit(EXIT_FAILURE);
    reset_signals();
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    close_on_exec(-1);
    execve(path, arguments, environment);
    int code = errno;
    ssize_t told = write(report, &code, sizeof code);
    _exit(told == sizeof code ? EXIT_FAILURE : EXIT_FAILURE + 1);
}

/// Writes `input` and reads what is said, until the other side has closed its end. False if the time is up before.
static bool talk(int *writing, int reading, const uint8_t *input, size_t length, uint8_t *output, size_t capacity, size_t *said, int64_t end) {
    size_t written = 0;
    for (;;) {
        if (written == length && *writing >= 0) {
            close(*writing);
            *writing = -1;
        }
        int64_t left = end - milliseconds();
        if (left <= 0) return false;
        struct pollfd ends[2] = {{.fd = reading, .events = POLLIN}, {.fd = *writing, .events = POLLOUT}};
        if (poll(ends, 2, (int)left) < 0 && errno != EINTR) return false;
        if (ends[1].fd >= 0 && ends[1].revents) {
            ssize_t count = write(*writing, input + written, length - written);
            // It may end without having read all.
            if (count > 0) written += (size_t)count;
            else if (count < 0 && errno != EINTR && errno != EAGAIN) written = length;
        }
        if (ends[0].revents) {
            uint8_t piece[4096];
            ssize_t count = read(reading, piece, sizeof piece);
            if (count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN)) return true;
            if (count > 0 && *said < capacity) {
                size_t kept = (size_t)count < capacity - *said ? (size_t)count : capacity - *said;
                memcpy(output + *said, piece, kept);
                *said += kept;
            }
        }
    }
}

/// The exit code, or 256 and the signal. PROCESS_TIMED_OUT, and the whole group is killed, if the time is up before.
static int await_end(pid_t child, bool in_time, int64_t end) {
    int status = 0;
    while (in_time) {
        pid_t ended = waitpid(child, &status, WNOHANG);
        if (ended == child) break;
        if (ended < 0 && errno != EINTR) return -errno;
        in_time = milliseconds() < end;
        usleep(5000);
    }
    // What it has started goes with it.
    kill(-child, SIGKILL);
    if (in_time) return WIFSIGNALED(status) ? 256 + WTERMSIG(status) : WEXITSTATUS(status);
    kill(child, SIGKILL);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    return PROCESS_TIMED_OUT;
}

int process_run(const char *path, char *const arguments[], char *const environment[], const uint8_t *input, size_t length, uint8_t *output,
                size_t capacity, size_t *said, int seconds) {
    int in[2] = {-1, -1}, out[2] = {-1, -1}, report[2] = {-1, -1};
    int failure = 0;
    *said = 0;
    if (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC) || pipe2(report, O_CLOEXEC)) failure = errno;
    pid_t child = failure ? -1 : fork();
    if (child == 0) become_filter(path, arguments, environment, in[0], out[1], report[1]);
    if (child < 0 && !failure) failure = errno;
    int theirs[3] = {in[0], out[1], report[1]};
    for (int index = 0; index < 3; index++)
        if (theirs[index] >= 0) close(theirs[index]);
    if (!failure) failure = read_report(report[0]);
    int result = -failure;
    if (!failure) {
        int64_t end = milliseconds() + (int64_t)seconds * 1000;
        fcntl(in[1], F_SETFL, O_NONBLOCK);
        bool in_time = talk(&in[1], out[0], input, length, output, capacity, said, end);
        result = await_end(child, in_time, end);
    } else if (child > 0) {
        waitpid(child, NULL, 0);
    }
    int ours[3] = {in[1], out[0], report[0]};
    for (int index = 0; index < 3; index++)
        if (ours[index] >= 0) close(ours[index]);
    return result;
}

// MARK: Memory

/// Drops the segments of one object that nothing can have written to: what a page of theirs holds is in the file.
static int drop_unwritable(struct dl_phdr_info *object, size_t size, void *page_size) {
    (void)size;
    uintptr_t mask = *(const uintptr_t *)page_size - 1;
    for (int index = 0; index < object->dlpi_phnum; index++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[index];
        if (segment->p_type == PT_DYNAMIC) {
            // Code that the loader has changed: such an object is left alone.
            for (const ElfW(Dyn) *entry = (const ElfW(Dyn) *)(object->dlpi_addr + segment->p_vaddr); entry->d_tag != DT_NULL; entry++)
                if (entry->d_tag == DT_TEXTREL) return 0;
        }
    }
    for (int index = 0; index < object->dlpi_phnum; index++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[index];
        if (segment->p_type != PT_LOAD || segment->p_flags & PF_W) continue;
        uintptr_t start = (object->dlpi_addr + segment->p_vaddr) & ~mask;
        uintptr_t end = object->dlpi_addr + segment->p_vaddr + segment->p_memsz;
        madvise((void *)start, end - start, MADV_DONTNEED);
    }
    return 0;
}

void process_trim(void) {
    uintptr_t page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
    malloc_trim(0);
    dl_iterate_phdr(drop_unwritable, &page_size);
}
