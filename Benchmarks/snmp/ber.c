#include "ber.h"

#include <stdlib.h>
#include <string.h>

#include "fatal.h"

bool octets_equal(struct octets a, struct octets b) {
    return a.count == b.count && memcmp(a.at, b.at, a.count) == 0;
}

// --- Reading ---------------------------------------------------------------------------------------------------------------------

struct reader reader_of(struct octets octets) {
    return (struct reader){.at = octets.at, .end = octets.at + octets.count, .failed = false};
}

bool reader_at_end(const struct reader *reader) {
    return reader->failed || reader->at == reader->end;
}

static struct octets fail(struct reader *reader) {
    reader->failed = true;
    reader->at = reader->end;
    return (struct octets){.at = reader->end, .count = 0};
}

static size_t remaining(const struct reader *reader) {
    return (size_t)(reader->end - reader->at);
}

/// A length in the short form, or in the long form of up to three octets.
static bool read_length(struct reader *reader, size_t *length) {
    if (remaining(reader) < 1) return false;
    uint8_t first = *reader->at++;
    *length = first;
    if (first < 0x80) return true;
    size_t count = first & 0x7f;
    if (count < 1 || count > 3 || remaining(reader) < count) return false;
    *length = 0;
    for (size_t i = 0; i < count; i++) *length = *length << 8 | *reader->at++;
    return true;
}

struct octets read_element(struct reader *reader, uint8_t *tag) {
    size_t length = 0;
    if (remaining(reader) < 2) return fail(reader);
    *tag = *reader->at++;
    if (!read_length(reader, &length) || remaining(reader) < length) return fail(reader);
    struct octets contents = {.at = reader->at, .count = length};
    reader->at += length;
    return contents;
}

struct octets read_tagged(struct reader *reader, uint8_t tag) {
    uint8_t found = 0;
    struct octets contents = read_element(reader, &found);
    return found == tag ? contents : fail(reader);
}

int64_t integer_value(struct octets contents) {
    if (contents.count == 0 || contents.count > 8) return 0;
    uint64_t value = contents.at[0] & 0x80 ? UINT64_MAX : 0;
    for (size_t i = 0; i < contents.count; i++) value = value << 8 | contents.at[i];
    return (int64_t)value;
}

int64_t read_integer(struct reader *reader) {
    return integer_value(read_tagged(reader, BER_INTEGER));
}

// --- Writing ---------------------------------------------------------------------------------------------------------------------

struct writer writer_of(uint8_t *room, size_t size) {
    return (struct writer){.begin = room, .at = room + size, .end = room + size};
}

struct octets writer_octets(const struct writer *writer) {
    return (struct octets){.at = writer->at, .count = writer_count(writer)};
}

size_t writer_count(const struct writer *writer) {
    return (size_t)(writer->end - writer->at);
}

void write_octets(struct writer *writer, const void *octets, size_t count) {
    if ((size_t)(writer->at - writer->begin) < count) fatal("a message is longer than its room");
    writer->at -= count;
    memcpy(writer->at, octets, count);
}

static void write_octet(struct writer *writer, uint8_t octet) {
    write_octets(writer, &octet, 1);
}

void write_header(struct writer *writer, uint8_t tag, const uint8_t *contents_end) {
    size_t length = (size_t)(contents_end - writer->at);
    if (length < 0x80) {
        write_octet(writer, (uint8_t)length);
    } else {
        uint8_t count = 0;
        for (size_t rest = length; rest > 0; rest >>= 8, count++) write_octet(writer, (uint8_t)rest);
        write_octet(writer, 0x80 | count);
    }
    write_octet(writer, tag);
}

void write_integer(struct writer *writer, uint8_t tag, int64_t value) {
    const uint8_t *end = writer->at;
    bool is_complete = false;
    // As few octets as keep the sign: the rest would be all zeros or all ones, like the last octet's highest bit.
    while (!is_complete) {
        uint8_t octet = (uint8_t)value;
        write_octet(writer, octet);
        value >>= 8;
        is_complete = (value == 0 && octet < 0x80) || (value == -1 && octet >= 0x80);
    }
    write_header(writer, tag, end);
}

void write_string(struct writer *writer, const void *octets, size_t count) {
    const uint8_t *end = writer->at;
    write_octets(writer, octets, count);
    write_header(writer, BER_OCTET_STRING, end);
}

static void write_arc(struct writer *writer, unsigned long arc) {
    write_octet(writer, arc & 0x7f);
    for (arc >>= 7; arc > 0; arc >>= 7) write_octet(writer, 0x80 | (arc & 0x7f));
}

void write_oid(struct writer *writer, const char *dotted) {
    unsigned long arcs[64];
    size_t count = 0;
    const uint8_t *end = writer->at;
    for (const char *rest = dotted; *rest != 0 && count < 64; count++) {
        char *next = NULL;
        arcs[count] = strtoul(rest, &next, 10);
        rest = *next == '.' ? next + 1 : next;
    }
    if (count < 2) fatal("\"%s\" is no object identifier", dotted);
    for (size_t i = count; i > 2; i--) write_arc(writer, arcs[i - 1]);
    write_arc(writer, arcs[0] * 40 + arcs[1]);
    write_header(writer, BER_OBJECT_IDENTIFIER, end);
}
