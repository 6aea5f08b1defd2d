// Ready answers: the bindings of a response are made once for each list of names that is asked for.
#ifndef BENCH_ANSWERS_H
#define BENCH_ANSWERS_H

#include "ber.h"

enum { KNOWN_LISTS = 64 };

/// The answer to a list of names: the contents of both lists of bindings, and how many values the answer has.
struct answer {
    struct octets names;
    struct octets bindings;
    unsigned values;
    /// Where in `bindings` the serial number is; NULL where none was asked for.
    char *serial;
};

struct answers {
    struct answer list[KNOWN_LISTS];
    unsigned count;
};

/// The answer to a request's bindings; NULL where these are malformed, more than a card has objects, or the 65th list that is asked for.
const struct answer *answers_find(struct answers *answers, struct octets bindings);

#endif
