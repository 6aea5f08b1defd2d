#include "usm.h"

#include <arpa/inet.h>
#include <string.h>

#include "fatal.h"
#include "fleet.h"

enum { BLOCK = 64, AES_KEY_LENGTH = 16, MAXIMUM_SIZE = 65507, MODEL_USM = 3, VERSION_3 = 3 };

// --- Keys ------------------------------------------------------------------------------------------------------------------------

/// RFC 3414 §A.2.2: the digest of the password repeated to a megabyte.
static void master_key(const char *password, uint8_t key[static USM_KEY]) {
    size_t length = strlen(password);
    uint8_t block[BLOCK];
    SHA_CTX digest;
    SHA1_Init(&digest);
    for (size_t done = 0; done < 1 << 20; done += BLOCK) {
        for (size_t i = 0; i < BLOCK; i++) block[i] = (uint8_t)password[(done + i) % length];
        SHA1_Update(&digest, block, BLOCK);
    }
    SHA1_Final(key, &digest);
}

struct usm_user usm_fleet_user(void) {
    struct usm_user user;
    master_key(FLEET_AUTHENTICATION_PASSWORD, user.authentication);
    master_key(FLEET_PRIVACY_PASSWORD, user.privacy);
    return user;
}

static void localize(const uint8_t master[static USM_KEY], struct octets engine, uint8_t key[static USM_KEY]) {
    SHA_CTX digest;
    SHA1_Init(&digest);
    SHA1_Update(&digest, master, USM_KEY);
    SHA1_Update(&digest, engine.at, engine.count);
    SHA1_Update(&digest, master, USM_KEY);
    SHA1_Final(key, &digest);
}

/// The state of SHA-1 after one block of the key combined with `pad` (RFC 2104).
static void prepare_pad(SHA_CTX *digest, const uint8_t key[static USM_KEY], uint8_t pad) {
    uint8_t block[BLOCK];
    memset(block, pad, BLOCK);
    for (size_t i = 0; i < USM_KEY; i++) block[i] ^= key[i];
    SHA1_Init(digest);
    SHA1_Update(digest, block, BLOCK);
}

static EVP_CIPHER_CTX *prepare_cipher(const uint8_t *key, int encrypts) {
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    if (context == NULL || EVP_CipherInit_ex(context, EVP_aes_128_cfb128(), NULL, key, NULL, encrypts) != 1) fatal("AES is not available");
    return context;
}

void usm_localize(const struct usm_user *user, struct octets engine, struct usm_keys *keys) {
    uint8_t key[USM_KEY];
    localize(user->authentication, engine, key);
    prepare_pad(&keys->inner, key, 0x36);
    prepare_pad(&keys->outer, key, 0x5c);
    localize(user->privacy, engine, key);
    keys->encryption = prepare_cipher(key, 1);
    keys->decryption = prepare_cipher(key, 0);
}

// --- Digest and cipher -----------------------------------------------------------------------------------------------------------

/// The digest of a message whose authentication parameters, at `digest_at`, count as zeros.
static void sign(const struct usm_keys *keys, struct octets message, const uint8_t *digest_at, uint8_t digest[static USM_KEY]) {
    static const uint8_t zeros[USM_DIGEST];
    size_t before = (size_t)(digest_at - message.at);
    SHA_CTX inner = keys->inner, outer = keys->outer;
    SHA1_Update(&inner, message.at, before);
    SHA1_Update(&inner, zeros, USM_DIGEST);
    SHA1_Update(&inner, digest_at + USM_DIGEST, message.count - before - USM_DIGEST);
    SHA1_Final(digest, &inner);
    SHA1_Update(&outer, digest, USM_KEY);
    SHA1_Final(digest, &outer);
}

/// RFC 3826 §3.1.2.1: the initialization vector is boots, time and salt.
static void crypt(EVP_CIPHER_CTX *context, uint32_t boots, uint32_t time, const uint8_t *salt, struct octets from, uint8_t *to) {
    uint8_t vector[AES_KEY_LENGTH];
    int count = 0;
    boots = htonl(boots);
    time = htonl(time);
    memcpy(vector, &boots, 4);
    memcpy(vector + 4, &time, 4);
    memcpy(vector + 8, salt, USM_SALT);
    // Without cipher and key only the vector changes; the key's schedule stays.
    if (EVP_CipherInit_ex(context, NULL, NULL, NULL, vector, -1) != 1
        || EVP_CipherUpdate(context, to, &count, from.at, (int)from.count) != 1) {
        fatal("AES failed");
    }
}

// --- Messages --------------------------------------------------------------------------------------------------------------------

static void decode_parameters(struct octets parameters, struct usm_message *message, bool *failed) {
    struct reader outer = reader_of(parameters);
    struct reader reader = reader_of(read_tagged(&outer, BER_SEQUENCE));
    message->engine = read_tagged(&reader, BER_OCTET_STRING);
    message->boots = (uint32_t)read_integer(&reader);
    message->time = (uint32_t)read_integer(&reader);
    message->user = read_tagged(&reader, BER_OCTET_STRING);
    message->digest = read_tagged(&reader, BER_OCTET_STRING);
    message->salt = read_tagged(&reader, BER_OCTET_STRING);
    *failed |= reader.failed || outer.failed;
}

bool usm_decode(struct octets datagram, struct usm_message *message) {
    struct reader outer = reader_of(datagram);
    struct reader reader = reader_of(read_tagged(&outer, BER_SEQUENCE));
    int64_t version = read_integer(&reader);
    struct reader header = reader_of(read_tagged(&reader, BER_SEQUENCE));
    message->id = read_integer(&header);
    read_integer(&header);
    struct octets flags = read_tagged(&header, BER_OCTET_STRING);
    message->flags = flags.count == 1 ? flags.at[0] : 0;
    bool failed = read_integer(&header) != MODEL_USM || version != VERSION_3 || header.failed;
    decode_parameters(read_tagged(&reader, BER_OCTET_STRING), message, &failed);
    message->data = (struct octets){.at = reader.at, .count = (size_t)(reader.end - reader.at)};
    return !failed && !reader.failed && !outer.failed;
}

bool usm_is_authentic(const struct usm_keys *keys, struct octets datagram, const struct usm_message *message) {
    uint8_t digest[USM_KEY];
    if (message->digest.count != USM_DIGEST) return false;
    sign(keys, datagram, message->digest.at, digest);
    return memcmp(digest, message->digest.at, USM_DIGEST) == 0;
}

struct octets usm_decrypt(const struct usm_keys *keys, const struct usm_message *message, uint8_t *room, size_t size) {
    if (!(message->flags & USM_ENCRYPTED)) return message->data;
    struct reader reader = reader_of(message->data);
    struct octets data = read_tagged(&reader, BER_OCTET_STRING);
    if (reader.failed || message->salt.count != USM_SALT || data.count > size) return (struct octets){.at = room, .count = 0};
    crypt(keys->decryption, message->boots, message->time, message->salt.at, data, room);
    return (struct octets){.at = room, .count = data.count};
}

/// Writes the security parameters, and returns where the digest will be put.
static uint8_t *write_parameters(struct writer *writer, const struct usm_message *message, const uint8_t *salt) {
    static const uint8_t zeros[USM_DIGEST];
    const uint8_t *end = writer->at;
    write_string(writer, salt, message->flags & USM_ENCRYPTED ? USM_SALT : 0);
    write_octets(writer, zeros, message->flags & USM_AUTHENTICATED ? USM_DIGEST : 0);
    uint8_t *digest = writer->at;
    write_header(writer, BER_OCTET_STRING, digest + (message->flags & USM_AUTHENTICATED ? USM_DIGEST : 0));
    write_string(writer, message->user.at, message->user.count);
    write_integer(writer, BER_INTEGER, message->time);
    write_integer(writer, BER_INTEGER, message->boots);
    write_string(writer, message->engine.at, message->engine.count);
    write_header(writer, BER_SEQUENCE, end);
    write_header(writer, BER_OCTET_STRING, end);
    return digest;
}

static void write_global_data(struct writer *writer, const struct usm_message *message) {
    const uint8_t *end = writer->at;
    write_integer(writer, BER_INTEGER, MODEL_USM);
    write_string(writer, &message->flags, 1);
    write_integer(writer, BER_INTEGER, MAXIMUM_SIZE);
    write_integer(writer, BER_INTEGER, message->id);
    write_header(writer, BER_SEQUENCE, end);
}

void usm_seal(struct writer *writer, const struct usm_message *message, const struct usm_keys *keys, uint64_t salt) {
    uint8_t digest[USM_KEY], salt_octets[USM_SALT];
    memcpy(salt_octets, &salt, USM_SALT);
    if (message->flags & USM_ENCRYPTED) {
        crypt(keys->encryption, message->boots, message->time, salt_octets, writer_octets(writer), writer->at);
        write_header(writer, BER_OCTET_STRING, writer->end);
    }
    uint8_t *digest_at = write_parameters(writer, message, salt_octets);
    write_global_data(writer, message);
    write_integer(writer, BER_INTEGER, VERSION_3);
    write_header(writer, BER_SEQUENCE, writer->end);
    if (message->flags & USM_AUTHENTICATED) {
        sign(keys, writer_octets(writer), digest_at, digest);
        memcpy(digest_at, digest, USM_DIGEST);
    }
}
