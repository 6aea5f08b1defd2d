extension FleetSchema {
    /// What organises the cards, and what searches have found.
    static let inventory: [Migration] = [
        Migration(
            name: "inventory 0001 a card's own ways",
            statements: [
                // The card whose place this one has taken.
                "ALTER TABLE card ADD COLUMN predecessor BIGINT",
                // The silent card at whose address this one was found, while its place is on offer.
                "ALTER TABLE card ADD COLUMN place BIGINT",
                "ALTER TABLE card ADD COLUMN poll_status_seconds BIGINT",
                "ALTER TABLE card ADD COLUMN poll_full_seconds BIGINT",
                "ALTER TABLE card ADD COLUMN protocol TEXT NOT NULL DEFAULT 'snmp'",
                "ALTER TABLE card ADD COLUMN profile TEXT",
                "ALTER TABLE card ADD COLUMN gateway_port BIGINT",
                "ALTER TABLE card ADD COLUMN gateway_unit BIGINT",
                // Not NULL: the card has gateway settings.
                "ALTER TABLE card ADD COLUMN gateway_writes BIGINT",
                // The SNMP engine of a card that tells neither MAC nor serial number.
                "ALTER TABLE card ADD COLUMN engine TEXT",
                // The credentials set that found the card.
                "ALTER TABLE card ADD COLUMN credential_set BIGINT",
                // The address as a number, for ranges; NULL until the server has filled it in.
                "ALTER TABLE card ADD COLUMN address_number BIGINT",
                "CREATE INDEX card_address_number ON card (address_number)",
                "CREATE INDEX card_engine ON card (engine)",
            ]),
        Migration(
            name: "inventory 0002 sites, groups, credentials",
            statements: [
                """
                CREATE TABLE site (
                  id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, description TEXT, gateway TEXT, created_at BIGINT NOT NULL)
                """,
                """
                CREATE TABLE card_group (
                  id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, position BIGINT NOT NULL, filter TEXT NOT NULL,
                  poll_status_seconds BIGINT, poll_full_seconds BIGINT)
                """,
                """
                CREATE TABLE credential_set (
                  id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, position BIGINT NOT NULL, ranges TEXT NOT NULL, group_id BIGINT,
                  secret BLOB NOT NULL)
                """,
            ]),
        Migration(
            name: "inventory 0003 candidates, rules, schedules",
            statements: [
                // identity: "mac …", "serial …", "engine …" or "address …".
                """
                CREATE TABLE candidate (
                  id BIGINT PRIMARY KEY, identity TEXT NOT NULL UNIQUE, address TEXT NOT NULL, mac TEXT, serial TEXT, model TEXT,
                  generation TEXT NOT NULL, kind TEXT NOT NULL, firmware TEXT, name TEXT, methods TEXT NOT NULL, state TEXT NOT NULL,
                  card_id BIGINT, warning TEXT, conflict TEXT, finding BLOB NOT NULL, first_seen BIGINT NOT NULL, last_seen BIGINT NOT NULL)
                """,
                "CREATE INDEX candidate_address ON candidate (address)",
                """
                CREATE TABLE discovery_rule (
                  id BIGINT PRIMARY KEY, position BIGINT NOT NULL, name TEXT NOT NULL UNIQUE, conditions TEXT NOT NULL, action TEXT NOT NULL,
                  site TEXT, tags TEXT NOT NULL)
                """,
                """
                CREATE TABLE discovery_schedule (
                  id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, search TEXT NOT NULL, minutes BIGINT NOT NULL,
                  is_enabled BIGINT NOT NULL, next_at BIGINT NOT NULL, last_discovery BIGINT)
                """,
            ]),
        Migration(name: "inventory 0004 successors", statements: ["CREATE INDEX card_predecessor ON card (predecessor)"]),
        Migration(
            name: "inventory 0005 owners of searches",
            statements: [
                // The server that searches; NULL of searches from before there were owners.
                "ALTER TABLE discovery ADD COLUMN owner TEXT"
            ]),
    ]
}
