// What a card of the benchmark answers: 60 objects of the NET VISION 7/8 branch, with the values of a three-phase UPS on mains.
#ifndef BENCH_CARD_H
#define BENCH_CARD_H

#include <stddef.h>

enum { CARD_OBJECTS = 60 };

struct card_object {
    /// Below `CARD_BRANCH`.
    const char *tail;
    /// NULL where the value is an integer.
    const char *text;
    int integer;
};

#define CARD_BRANCH "1.3.6.1.4.1.4555.1.1.7.1"

/// In the order of their names.
extern const struct card_object card_objects[CARD_OBJECTS];

enum { DOTTED_SIZE = 128 };

/// Writes the name of an object in its dotted form.
void card_object_name(size_t index, char name[static DOTTED_SIZE]);

#endif
