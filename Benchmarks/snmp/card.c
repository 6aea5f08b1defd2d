#include "card.h"

#include <stdio.h>

const struct card_object card_objects[CARD_OBJECTS + CARD_SYSTEM_OBJECTS] = {
    // upsIdent: model, serial number, agent
    {"1.1.0", "MASTERYS 3/3 UPS 60 kVA", 0},
    {"1.2.0", CARD_SERIAL, 0},
    {"1.5.0", "Net Vision 8 v8.00", 0},
    // upsBattery: status, seconds, minutes, charge, voltage, temperature, ambient, current, state of charge
    {"2.1.0", NULL, 3},
    {"2.2.0", NULL, 0},
    {"2.3.0", NULL, 65535},
    {"2.4.0", NULL, 100},
    {"2.5.0", NULL, 5340},
    {"2.6.0", NULL, 0},
    {"2.7.0", NULL, 210},
    {"2.8.0", NULL, 65535},
    {"2.9.0", NULL, 0},
    // upsInput: lines, frequency; voltage, current, highest and lowest voltage of each line
    {"3.1.0", NULL, 3},
    {"3.2.0", NULL, 500},
    {"3.3.1.2.1", NULL, 2400},
    {"3.3.1.2.2", NULL, 2391},
    {"3.3.1.2.3", NULL, 2405},
    {"3.3.1.3.1", NULL, 655350},
    {"3.3.1.3.2", NULL, 655350},
    {"3.3.1.3.3", NULL, 655350},
    {"3.3.1.4.1", NULL, 2450},
    {"3.3.1.4.2", NULL, 2442},
    {"3.3.1.4.3", NULL, 2461},
    {"3.3.1.5.1", NULL, 2350},
    {"3.3.1.5.2", NULL, 2331},
    {"3.3.1.5.3", NULL, 2357},
    // upsOutput: source, frequency, lines; voltage, current, load, kVA and kW of each line; kVA, kW and load of all
    {"4.1.0", NULL, 3},
    {"4.2.0", NULL, 500},
    {"4.3.0", NULL, 3},
    {"4.4.1.2.1", NULL, 2300},
    {"4.4.1.2.2", NULL, 2301},
    {"4.4.1.2.3", NULL, 2299},
    {"4.4.1.3.1", NULL, 192},
    {"4.4.1.3.2", NULL, 187},
    {"4.4.1.3.3", NULL, 201},
    {"4.4.1.4.1", NULL, 22},
    {"4.4.1.4.2", NULL, 21},
    {"4.4.1.4.3", NULL, 23},
    {"4.4.1.5.1", NULL, 44},
    {"4.4.1.5.2", NULL, 43},
    {"4.4.1.5.3", NULL, 46},
    {"4.4.1.6.1", NULL, 65535},
    {"4.4.1.6.2", NULL, 65535},
    {"4.4.1.6.3", NULL, 65535},
    {"4.5.0", NULL, 133},
    {"4.6.0", NULL, 118},
    {"4.7.0", NULL, 22},
    // upsBypass: frequency, lines; voltage and current of each line
    {"5.1.0", NULL, 500},
    {"5.2.0", NULL, 3},
    {"5.3.1.2.1", NULL, 2400},
    {"5.3.1.2.2", NULL, 2391},
    {"5.3.1.2.3", NULL, 2405},
    {"5.3.1.3.1", NULL, 65535},
    {"5.3.1.3.2", NULL, 65535},
    {"5.3.1.3.3", NULL, 65535},
    // upsAlarm: how many, and three of the flags
    {"6.1.0", NULL, 0},
    {"6.3.1.0", NULL, 0},
    {"6.3.2.0", NULL, 0},
    {"6.3.3.0", NULL, 0},
    // upsConfigNomKva
    {"8.1.0", NULL, 600},
    // system: sysDescr, sysObjectID, sysName
    {"1.0", "NetVision-8", 0},
    {"2.0", "1.3.6.1.4.1.4555.1.1.7", 0},
    {"5.0", "rack 3", 0},
};

void card_object_name(size_t index, char name[static DOTTED_SIZE]) {
    const char *branch = index < CARD_OBJECTS ? CARD_BRANCH : SYSTEM_BRANCH;
    snprintf(name, DOTTED_SIZE, "%s.%s", branch, card_objects[index].tail);
}
