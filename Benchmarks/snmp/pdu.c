#include "pdu.h"

#include <string.h>

#include "fleet.h"

int message_version(struct octets datagram) {
    struct reader outer = reader_of(datagram);
    struct reader reader = reader_of(read_tagged(&outer, BER_SEQUENCE));
    int64_t version = read_integer(&reader);
    return reader.failed || outer.failed ? -1 : (int)version;
}

static bool decode(struct reader *reader, struct pdu *pdu) {
    struct reader body = reader_of(read_element(reader, &pdu->type));
    pdu->request_id = read_integer(&body);
    pdu->error_status = read_integer(&body);
    pdu->error_index = read_integer(&body);
    pdu->bindings = read_tagged(&body, BER_SEQUENCE);
    return !reader->failed && !body.failed;
}

bool community_decode(struct octets datagram, struct pdu *pdu) {
    struct reader outer = reader_of(datagram);
    struct reader reader = reader_of(read_tagged(&outer, BER_SEQUENCE));
    read_integer(&reader);
    struct octets community = read_tagged(&reader, BER_OCTET_STRING);
    struct octets expected = {.at = (const uint8_t *)FLEET_COMMUNITY, .count = strlen(FLEET_COMMUNITY)};
    return octets_equal(community, expected) && decode(&reader, pdu);
}

bool scoped_decode(struct octets element, struct pdu *pdu) {
    struct reader outer = reader_of(element);
    struct reader reader = reader_of(read_tagged(&outer, BER_SEQUENCE));
    read_tagged(&reader, BER_OCTET_STRING);
    read_tagged(&reader, BER_OCTET_STRING);
    return decode(&reader, pdu);
}

void write_pdu(struct writer *writer, const struct pdu *pdu) {
    write_octets(writer, pdu->bindings.at, pdu->bindings.count);
    write_header(writer, BER_SEQUENCE, writer->end);
    write_integer(writer, BER_INTEGER, pdu->error_index);
    write_integer(writer, BER_INTEGER, pdu->error_status);
    write_integer(writer, BER_INTEGER, pdu->request_id);
    write_header(writer, pdu->type, writer->end);
}

void write_community(struct writer *writer, enum snmp_version version) {
    write_string(writer, FLEET_COMMUNITY, strlen(FLEET_COMMUNITY));
    write_integer(writer, BER_INTEGER, version);
    write_header(writer, BER_SEQUENCE, writer->end);
}

void write_scoped(struct writer *writer, struct octets context_engine) {
    write_string(writer, "", 0);
    write_string(writer, context_engine.at, context_engine.count);
    write_header(writer, BER_SEQUENCE, writer->end);
}

struct tally tally_bindings(struct octets bindings) {
    struct tally tally = {0};
    struct reader list = reader_of(bindings);
    while (!reader_at_end(&list)) {
        uint8_t tag = 0;
        struct reader binding = reader_of(read_tagged(&list, BER_SEQUENCE));
        read_tagged(&binding, BER_OBJECT_IDENTIFIER);
        read_element(&binding, &tag);
        tally.is_malformed |= binding.failed;
        tally.values++;
        tally.exceptions += tag >= BER_NO_SUCH_OBJECT;
    }
    tally.is_malformed |= list.failed;
    return tally;
}
