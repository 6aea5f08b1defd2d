// BER (X.690) as SNMP uses it: a reader that never leaves its octets, and a writer that writes from the end to the beginning, so
// that the length of every element is known when its header is written.
#ifndef BENCH_BER_H
#define BENCH_BER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ber_tag {
    BER_INTEGER = 0x02,
    BER_OCTET_STRING = 0x04,
    BER_NULL = 0x05,
    BER_OBJECT_IDENTIFIER = 0x06,
    BER_SEQUENCE = 0x30,
    BER_COUNTER32 = 0x41,
    BER_TIME_TICKS = 0x43,
    BER_NO_SUCH_OBJECT = 0x80,
    BER_GET = 0xa0,
    BER_RESPONSE = 0xa2,
    BER_GET_BULK = 0xa5,
    BER_TRAP2 = 0xa7,
    BER_REPORT = 0xa8,
};

/// Octets that belong to somebody else.
struct octets {
    const uint8_t *at;
    size_t count;
};

bool octets_equal(struct octets a, struct octets b);

/// Reads elements one after the other. After the first mistake everything reads as empty, and `failed` stays set: callers check once.
struct reader {
    const uint8_t *at;
    const uint8_t *end;
    bool failed;
};

struct reader reader_of(struct octets octets);
bool reader_at_end(const struct reader *reader);
/// The contents of the next element, whose tag is put into `tag`.
struct octets read_element(struct reader *reader, uint8_t *tag);
/// The contents of the next element, which fails if its tag is another.
struct octets read_tagged(struct reader *reader, uint8_t tag);
int64_t read_integer(struct reader *reader);
/// An integer's contents of up to eight octets.
int64_t integer_value(struct octets contents);

/// Writes backwards: what is written last comes first in the message. Ends the program when the room does not suffice, for each
/// program here knows the size of what it writes.
struct writer {
    uint8_t *begin;
    uint8_t *at;
    uint8_t *end;
};

struct writer writer_of(uint8_t *room, size_t size);
struct octets writer_octets(const struct writer *writer);
size_t writer_count(const struct writer *writer);
void write_octets(struct writer *writer, const void *octets, size_t count);
/// The header of an element whose contents are everything that was written since `contents_end`.
void write_header(struct writer *writer, uint8_t tag, const uint8_t *contents_end);
void write_integer(struct writer *writer, uint8_t tag, int64_t value);
void write_string(struct writer *writer, const void *octets, size_t count);
/// An object identifier from its dotted form.
void write_oid(struct writer *writer, const char *dotted);

#endif
