// PDUs (RFC 3416 §3) and the two envelopes around them: SNMPv2c's community, and SNMPv3's scoped PDU.
#ifndef BENCH_PDU_H
#define BENCH_PDU_H

#include "ber.h"
#include "usm.h"

enum snmp_version { SNMP_V1 = 0, SNMP_V2C = 1, SNMP_V3 = 3 };

struct pdu {
    uint8_t type;
    int64_t request_id;
    /// Of a GETBULK: non-repeaters and max-repetitions.
    int64_t error_status;
    int64_t error_index;
    /// The contents of the list of variable bindings.
    struct octets bindings;
};

/// The version of a message, or -1.
int message_version(struct octets datagram);
bool community_decode(struct octets datagram, struct pdu *pdu);
/// Reads the element of a scoped PDU.
bool scoped_decode(struct octets element, struct pdu *pdu);

/// Writes a PDU into an empty writer.
void write_pdu(struct writer *writer, const struct pdu *pdu);
/// Makes the PDU that the writer holds a message of SNMPv1 or v2c.
void write_community(struct writer *writer, enum snmp_version version);
/// Makes the PDU that the writer holds a scoped PDU, for `usm_seal`.
void write_scoped(struct writer *writer, struct octets context_engine);

/// What a response's bindings hold, found with the least work: no value is read.
struct tally {
    unsigned values;
    /// noSuchObject, noSuchInstance, endOfMibView.
    unsigned exceptions;
    bool is_malformed;
};

struct tally tally_bindings(struct octets bindings);

#endif
