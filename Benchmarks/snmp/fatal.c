#include "fatal.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print(const char *format, va_list arguments) {
    fprintf(stderr, "%s: ", program_invocation_short_name);
    vfprintf(stderr, format, arguments);
}

void fatal(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    print(format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(1);
}

void fatal_errno(const char *format, ...) {
    int reason = errno;
    va_list arguments;
    va_start(arguments, format);
    print(format, arguments);
    va_end(arguments);
    fprintf(stderr, ": %s\n", strerror(reason));
    exit(1);
}
