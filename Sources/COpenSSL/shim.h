// What SNMP's user-based security needs of libcrypto.
//
// The hash functions are the low-level ones, SHA1_Update and the like, which OpenSSL 3 marks as deprecated in favour of EVP and keeps. They are
// used on purpose. Their state is a plain structure: the state of an HMAC after its pad is computed once per key, and copied for each message.
// An EVP context lives on the heap and is copied through three allocations, which costs more than hashing the message. Both run the same
// assembly with the processor's SHA instructions. DES is low-level too: EVP has it in the legacy provider only, which a program has to load from a
// file of its own. AES does go through EVP: only there does OpenSSL use the processor's AES instructions.
#ifndef COPENSSL_SHIM_H
#define COPENSSL_SHIM_H

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/des.h>
#include <openssl/evp.h>
#include <openssl/md5.h>
#include <openssl/sha.h>

typedef enum {
    DIGEST_MD5,
    DIGEST_SHA1,
    DIGEST_SHA224,
    DIGEST_SHA256,
    DIGEST_SHA384,
    DIGEST_SHA512,
} digest_function;

// A hash function in the midst of its input. Copied by assignment.
typedef struct {
    digest_function function;
    union {
        MD5_CTX md5;
        SHA_CTX sha1;
        SHA256_CTX sha256;
        SHA512_CTX sha512;
    } state;
} digest_context;

static inline void digest_start(digest_context *context, digest_function function) {
    context->function = function;
    switch (function) {
    case DIGEST_MD5: MD5_Init(&context->state.md5); break;
    case DIGEST_SHA1: SHA1_Init(&context->state.sha1); break;
    case DIGEST_SHA224: SHA224_Init(&context->state.sha256); break;
    case DIGEST_SHA256: SHA256_Init(&context->state.sha256); break;
    case DIGEST_SHA384: SHA384_Init(&context->state.sha512); break;
    case DIGEST_SHA512: SHA512_Init(&context->state.sha512); break;
    }
}

static inline void digest_update(digest_context *context, const void *octets, size_t count) {
    switch (context->function) {
    case DIGEST_MD5: MD5_Update(&context->state.md5, octets, count); break;
    case DIGEST_SHA1: SHA1_Update(&context->state.sha1, octets, count); break;
    case DIGEST_SHA224: SHA224_Update(&context->state.sha256, octets, count); break;
    case DIGEST_SHA256: SHA256_Update(&context->state.sha256, octets, count); break;
    case DIGEST_SHA384: SHA384_Update(&context->state.sha512, octets, count); break;
    case DIGEST_SHA512: SHA512_Update(&context->state.sha512, octets, count); break;
    }
}

// Writes the digest, up to SHA512_DIGEST_LENGTH octets. The context is used up.
static inline void digest_finish(digest_context *context, unsigned char *digest) {
    switch (context->function) {
    case DIGEST_MD5: MD5_Final(digest, &context->state.md5); break;
    case DIGEST_SHA1: SHA1_Final(digest, &context->state.sha1); break;
    case DIGEST_SHA224: SHA224_Final(digest, &context->state.sha256); break;
    case DIGEST_SHA256: SHA256_Final(digest, &context->state.sha256); break;
    case DIGEST_SHA384: SHA384_Final(digest, &context->state.sha512); break;
    case DIGEST_SHA512: SHA512_Final(digest, &context->state.sha512); break;
    }
}

// DES in cipher block chaining mode, in place; `count` is a multiple of 8. The schedule of a key costs a hundredth of a message.
static inline void des_cbc(int encrypt, const unsigned char key[8], const unsigned char vector[8], unsigned char *octets, size_t count) {
    DES_key_schedule schedule;
    DES_cblock chained;
    for (int i = 0; i < 8; i++) chained[i] = vector[i];
    DES_set_key_unchecked((const_DES_cblock *)key, &schedule);
    DES_ncbc_encrypt(octets, octets, (long)count, &schedule, &chained, encrypt);
    OPENSSL_cleanse(&schedule, sizeof schedule);
}

#endif
