// The User-based Security Model (RFC 3414) with HMAC-SHA-96 and AES-128-CFB (RFC 3826), prepared as far as one engine's keys allow:
// the benchmark's own programs shall cost little beside what they measure.
#ifndef BENCH_USM_H
#define BENCH_USM_H

// The SHA-1 context of OpenSSL's older interface can be copied, and so the two halves of an HMAC be prepared once per key. The newer
// interface allocates for each copy.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/evp.h>
#include <openssl/sha.h>

#include "ber.h"

enum { USM_AUTHENTICATED = 1, USM_ENCRYPTED = 2, USM_REPORTABLE = 4, USM_DIGEST = 12, USM_SALT = 8, USM_KEY = SHA_DIGEST_LENGTH };

/// A user's keys before they belong to an engine (RFC 3414 §2.6).
struct usm_user {
    uint8_t authentication[USM_KEY];
    uint8_t privacy[USM_KEY];
};

/// A user's keys for one engine, ready to be used.
struct usm_keys {
    SHA_CTX inner;
    SHA_CTX outer;
    EVP_CIPHER_CTX *encryption;
    EVP_CIPHER_CTX *decryption;
};

/// The message around a scoped PDU, as received or to be sent (RFC 3412 §6).
struct usm_message {
    int64_t id;
    uint8_t flags;
    struct octets engine;
    uint32_t boots;
    uint32_t time;
    struct octets user;
    /// These three point into the datagram that was received; a message to be sent needs none of them.
    struct octets digest;
    struct octets salt;
    struct octets data;
};

/// The user that all programs here share.
struct usm_user usm_fleet_user(void);
void usm_localize(const struct usm_user *user, struct octets engine, struct usm_keys *keys);

/// Reads the envelope of SNMPv3; false when it is none.
bool usm_decode(struct octets datagram, struct usm_message *message);
bool usm_is_authentic(const struct usm_keys *keys, struct octets datagram, const struct usm_message *message);
/// The scoped PDU's element, decrypted into `room` where it was encrypted. Nothing when it does not fit.
struct octets usm_decrypt(const struct usm_keys *keys, const struct usm_message *message, uint8_t *room, size_t size);
/// Makes the scoped PDU that `writer` holds a whole message; the flags say whether it is encrypted and signed.
void usm_seal(struct writer *writer, const struct usm_message *message, const struct usm_keys *keys, uint64_t salt);

#endif
