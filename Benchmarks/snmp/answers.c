#include "answers.h"

#include <stdlib.h>
#include <string.h>

#include "card.h"
#include "fatal.h"

enum { ROOM = 4096 };

static void *copy(struct octets octets) {
    void *copy = malloc(octets.count);
    if (copy == NULL) fatal("no memory");
    return memcpy(copy, octets.at, octets.count);
}

/// The contents of the object's name as BER.
static struct octets object_name(size_t index, uint8_t room[static DOTTED_SIZE]) {
    char dotted[DOTTED_SIZE];
    uint8_t tag = 0;
    struct writer writer = writer_of(room, DOTTED_SIZE);
    card_object_name(index, dotted);
    write_oid(&writer, dotted);
    struct reader reader = reader_of(writer_octets(&writer));
    return read_element(&reader, &tag);
}

static const struct card_object *find_object(struct octets name) {
    uint8_t room[DOTTED_SIZE];
    for (size_t i = 0; i < CARD_OBJECTS + CARD_SYSTEM_OBJECTS; i++) {
        if (octets_equal(object_name(i, room), name)) return &card_objects[i];
    }
    return NULL;
}

/// sysObjectID is the one object whose value is a name.
static bool is_name(const struct card_object *object) { return object == &card_objects[CARD_OBJECTS + 1]; }

static void write_binding(struct writer *writer, struct octets name) {
    const struct card_object *object = find_object(name);
    const uint8_t *end = writer->at;
    if (object == NULL) {
        write_header(writer, BER_NO_SUCH_OBJECT, end);
    } else if (is_name(object)) {
        write_oid(writer, object->text);
    } else if (object->text != NULL) {
        write_string(writer, object->text, strlen(object->text));
    } else {
        write_integer(writer, BER_INTEGER, object->integer);
    }
    const uint8_t *name_end = writer->at;
    write_octets(writer, name.at, name.count);
    write_header(writer, BER_OBJECT_IDENTIFIER, name_end);
    write_header(writer, BER_SEQUENCE, end);
}

/// The names of a list of bindings, in order. Returns their number, 0 for a list that is malformed or too long.
static unsigned list_names(struct octets bindings, struct octets names[static CARD_OBJECTS]) {
    struct reader list = reader_of(bindings);
    unsigned count = 0;
    while (!reader_at_end(&list)) {
        struct reader binding = reader_of(read_tagged(&list, BER_SEQUENCE));
        if (count == CARD_OBJECTS) return 0;
        names[count++] = read_tagged(&binding, BER_OBJECT_IDENTIFIER);
        if (binding.failed) return 0;
    }
    return list.failed ? 0 : count;
}

static const struct answer *learn_answer(struct answers *answers, struct octets bindings) {
    uint8_t room[ROOM];
    struct octets names[CARD_OBJECTS];
    struct writer writer = writer_of(room, sizeof room);
    unsigned count = list_names(bindings, names);
    if (count == 0 || answers->count == KNOWN_LISTS) return NULL;
    for (unsigned i = count; i > 0; i--) write_binding(&writer, names[i - 1]);
    struct answer *answer = &answers->list[answers->count++];
    struct octets written = writer_octets(&writer);
    *answer = (struct answer){
        .names = {.at = copy(bindings), .count = bindings.count},
        .bindings = {.at = copy(written), .count = written.count},
        .values = count,
    };
    answer->serial = memmem(answer->bindings.at, answer->bindings.count, CARD_SERIAL, strlen(CARD_SERIAL));
    return answer;
}

const struct answer *answers_find(struct answers *answers, struct octets bindings) {
    for (unsigned i = 0; i < answers->count; i++) {
        if (octets_equal(answers->list[i].names, bindings)) return &answers->list[i];
    }
    return learn_answer(answers, bindings);
}
