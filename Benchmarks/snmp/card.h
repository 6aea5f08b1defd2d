// What a card of the benchmark answers: 60 objects of the NET VISION 7/8 branch, with the values of a three-phase UPS on mains.
#ifndef BENCH_CARD_H
#define BENCH_CARD_H

#include <stddef.h>

enum {
    /// What a poll reads.
    CARD_OBJECTS = 60,
    /// What tells that it is a card: sysDescr, sysObjectID, sysName. Whoever searches asks these first.
    CARD_SYSTEM_OBJECTS = 3,
};

struct card_object {
    /// Below `CARD_BRANCH`.
    const char *tail;
    /// NULL where the value is an integer. Of `sysObjectID` the identifier.
    const char *text;
    int integer;
};

#define CARD_BRANCH "1.3.6.1.4.1.4555.1.1.7.1"
#define SYSTEM_BRANCH "1.3.6.1.2.1.1"
/// In every answer a card of its own has another serial number of the same length.
#define CARD_SERIAL "P172793003"

/// In the order of their names; those of the system after them, below `SYSTEM_BRANCH`.
extern const struct card_object card_objects[CARD_OBJECTS + CARD_SYSTEM_OBJECTS];

enum { DOTTED_SIZE = 128 };

/// Writes the name of an object in its dotted form.
void card_object_name(size_t index, char name[static DOTTED_SIZE]);

#endif
