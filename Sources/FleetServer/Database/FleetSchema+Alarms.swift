extension FleetSchema {
    /// Alarms over their life, what they were grouped into, and who was told.
    static let alarming: [Migration] = [
        Migration(
            name: "alarming 0001 alarms and their events",
            statements: [
                // An alarm had no number before; the ended ones are kept.
                "ALTER TABLE alarm RENAME TO alarm_before",
                "DROP INDEX alarm_active",
                // No card: the server's own. `source`: who says so, poll, trap, syslog, communication, rule or server.
                """
                CREATE TABLE alarm (
                  id BIGINT PRIMARY KEY, card_id BIGINT REFERENCES card (id) ON DELETE CASCADE, name TEXT NOT NULL, title TEXT NOT NULL,
                  severity TEXT NOT NULL, source TEXT NOT NULL, detail TEXT, since BIGINT NOT NULL, cleared_at BIGINT,
                  acknowledged_at BIGINT, acknowledged_by TEXT, flapping BIGINT NOT NULL DEFAULT 0, occurrences BIGINT NOT NULL DEFAULT 1,
                  shelved_until BIGINT, shelved_by TEXT, shelved_reason TEXT, changed_at BIGINT NOT NULL)
                """,
                """
                INSERT INTO alarm (id, card_id, name, title, severity, source, since, cleared_at, changed_at)
                SELECT ROW_NUMBER() OVER (ORDER BY since, card_id, name), card_id, name, title, severity, 'poll', since, cleared_at,
                  COALESCE(cleared_at, since) FROM alarm_before
                """,
                """
                INSERT INTO sequence (kind, last) SELECT 'alarm', MAX(id) FROM alarm HAVING MAX(id) IS NOT NULL
                """,
                "DROP TABLE alarm_before",
                "CREATE UNIQUE INDEX alarm_open ON alarm (COALESCE(card_id, 0), name) WHERE cleared_at IS NULL",
                "CREATE INDEX alarm_card ON alarm (card_id, since)",
                "CREATE INDEX alarm_since ON alarm (since, id)",
                "CREATE INDEX alarm_open_id ON alarm (id) WHERE cleared_at IS NULL",
                "CREATE INDEX alarm_shelved ON alarm (shelved_until) WHERE shelved_until IS NOT NULL",
                """
                CREATE TABLE alarm_event (
                  id BIGINT PRIMARY KEY, alarm_id BIGINT NOT NULL REFERENCES alarm (id) ON DELETE CASCADE, at BIGINT NOT NULL,
                  kind TEXT NOT NULL, severity TEXT NOT NULL, source TEXT, username TEXT, text TEXT)
                """,
                "CREATE INDEX alarm_event_alarm ON alarm_event (alarm_id, id)",
                // Up to which event a reader has come.
                "CREATE TABLE alarm_cursor (reader TEXT PRIMARY KEY, last BIGINT NOT NULL)",
            ]),
        Migration(
            name: "alarming 0002 incidents",
            statements: [
                // `seen_at`, `told_at` and the like are of the steady clock: by them an incident goes on after a restart.
                """
                CREATE TABLE incident (
                  id BIGINT PRIMARY KEY, site TEXT, place TEXT NOT NULL, place_title TEXT NOT NULL, family TEXT NOT NULL, cause TEXT NOT NULL, title TEXT NOT NULL,
                  alarm_title TEXT NOT NULL, severity TEXT NOT NULL, opened_at BIGINT NOT NULL, closed_at BIGINT,
                  changed_at BIGINT NOT NULL, cards BIGINT NOT NULL, active BIGINT NOT NULL, singles BIGINT NOT NULL,
                  acknowledged_at BIGINT, acknowledged_by TEXT, state TEXT NOT NULL, seen_at BIGINT NOT NULL,
                  last_joined_at BIGINT NOT NULL, last_clear_seen_at BIGINT, last_cleared_at BIGINT, told_at BIGINT, told_cards BIGINT,
                  told_grave BIGINT, told_severity TEXT, told_cause TEXT, told_count BIGINT)
                """,
                "CREATE INDEX incident_opened ON incident (opened_at, id)",
                "CREATE INDEX incident_open ON incident (closed_at)",
                """
                CREATE TABLE incident_member (
                  incident_id BIGINT NOT NULL REFERENCES incident (id) ON DELETE CASCADE, alarm_id BIGINT NOT NULL, card_id BIGINT,
                  card_name TEXT NOT NULL, name TEXT NOT NULL, title TEXT NOT NULL, severity TEXT NOT NULL, role TEXT NOT NULL,
                  joined_at BIGINT NOT NULL, seen_at BIGINT NOT NULL, cleared_at BIGINT, clear_seen_at BIGINT,
                  shelved BIGINT NOT NULL, acknowledged BIGINT NOT NULL, singled_at BIGINT, single_reason BIGINT, single_ended_at BIGINT,
                  PRIMARY KEY (incident_id, alarm_id))
                """,
                "CREATE INDEX incident_member_alarm ON incident_member (alarm_id)",
                "CREATE INDEX incident_member_active ON incident_member (incident_id) WHERE cleared_at IS NULL",
                """
                CREATE TABLE incident_event (
                  id BIGINT PRIMARY KEY, incident_id BIGINT NOT NULL REFERENCES incident (id) ON DELETE CASCADE, at BIGINT NOT NULL,
                  kind TEXT NOT NULL, text TEXT NOT NULL, username TEXT)
                """,
                "CREATE INDEX incident_event_incident ON incident_event (incident_id, id)",
                // What is worth telling somebody, in the order in which it came to be so; notifications read it by a cursor.
                """
                CREATE TABLE incident_tell (
                  id BIGINT PRIMARY KEY, at BIGINT NOT NULL, kind TEXT NOT NULL, incident_id BIGINT, alarm_id BIGINT, card_id BIGINT,
                  site TEXT, severity TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL)
                """,
            ]),
        Migration(
            name: "alarming 0003 notifications",
            statements: [
                """
                CREATE TABLE channel (
                  id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, enabled BIGINT NOT NULL, settings TEXT NOT NULL,
                  secrets BLOB, created_at BIGINT NOT NULL)
                """,
                """
                CREATE TABLE notification_route (
                  id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, position BIGINT NOT NULL, enabled BIGINT NOT NULL, document TEXT NOT NULL)
                """,
                """
                CREATE TABLE maintenance_window (
                  id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, document TEXT NOT NULL)
                """,
                """
                CREATE TABLE delivery (
                  id BIGINT PRIMARY KEY, message_id TEXT NOT NULL, tell_id BIGINT, incident_id BIGINT, alarm_id BIGINT, channel_id BIGINT,
                  route_id BIGINT, kind TEXT NOT NULL, severity TEXT NOT NULL, state TEXT NOT NULL, reason TEXT, created_at BIGINT NOT NULL,
                  due_at BIGINT NOT NULL, planned_at BIGINT NOT NULL, steady_at BIGINT NOT NULL, step BIGINT NOT NULL DEFAULT 0,
                  is_held BIGINT NOT NULL DEFAULT 0, attempts BIGINT NOT NULL DEFAULT 0, attempted_at BIGINT, ended_at BIGINT, answer TEXT,
                  message TEXT NOT NULL)
                """,
                "CREATE UNIQUE INDEX delivery_message ON delivery (message_id)",
                "CREATE INDEX delivery_due ON delivery (state, channel_id, due_at)",
                "CREATE INDEX delivery_incident ON delivery (incident_id)",
                "CREATE INDEX delivery_alarm ON delivery (alarm_id)",
                "CREATE INDEX delivery_created ON delivery (created_at, id)",
                // What notifications have to know over restarts: the text that message ids carry.
                "CREATE TABLE notification_state (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
            ]),
        Migration(
            name: "alarming 0004 rules and senders",
            statements: [
                """
                CREATE TABLE alarm_rule (
                  id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, enabled BIGINT NOT NULL, document TEXT NOT NULL, changed_at BIGINT NOT NULL,
                  changed_by TEXT NOT NULL)
                """,
                // When a poll saw the card test its battery last.
                """
                CREATE TABLE battery_test (
                  card_id BIGINT PRIMARY KEY REFERENCES card (id) ON DELETE CASCADE, seen_at BIGINT NOT NULL)
                """,
                """
                CREATE TABLE unknown_sender (
                  address TEXT NOT NULL, protocol TEXT NOT NULL, engine TEXT, first_at BIGINT NOT NULL, last_at BIGINT NOT NULL,
                  count BIGINT NOT NULL, last_text TEXT, PRIMARY KEY (address, protocol))
                """,
                """
                CREATE TABLE card_message (
                  id BIGINT PRIMARY KEY, card_id BIGINT NOT NULL REFERENCES card (id) ON DELETE CASCADE, at BIGINT NOT NULL, received_at BIGINT NOT NULL,
                  protocol TEXT NOT NULL, severity TEXT NOT NULL, text TEXT NOT NULL)
                """,
                "CREATE INDEX card_message_card ON card_message (card_id, id)",
            ]),
    ]
}
