/// The history of the fleet's schema: inventory, users, firmware, campaigns. Append only.
enum FleetSchema {
    static let migrations = core + inventory + profiles + polling + gateway + alarming

    private static let core = [
        Migration(
            name: "0001 sequence, users, audit",
            statements: [
                "CREATE TABLE sequence (kind TEXT PRIMARY KEY, last BIGINT NOT NULL)",
                """
                CREATE TABLE user_account (
                  id BIGINT PRIMARY KEY, username TEXT NOT NULL UNIQUE, role TEXT NOT NULL CHECK (role IN ('viewer','operator','admin')),
                  password_salt BLOB NOT NULL, password_hash BLOB NOT NULL, created_at BIGINT NOT NULL)
                """,
                """
                CREATE TABLE access_token (
                  id BIGINT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('session','api')),
                  user_id BIGINT NOT NULL REFERENCES user_account (id) ON DELETE CASCADE, name TEXT, role TEXT NOT NULL,
                  token_hash BLOB NOT NULL UNIQUE, created_at BIGINT NOT NULL, expires_at BIGINT)
                """,
                """
                CREATE TABLE audit_entry (
                  id BIGINT PRIMARY KEY, at BIGINT NOT NULL, username TEXT NOT NULL, action TEXT NOT NULL, target TEXT, detail TEXT)
                """,
                """
                CREATE TABLE idempotent_request (
                  user_id BIGINT NOT NULL, request_key TEXT NOT NULL, fingerprint BLOB NOT NULL, at BIGINT NOT NULL,
                  status BIGINT, content_type TEXT, body BLOB, PRIMARY KEY (user_id, request_key))
                """,
                "CREATE TABLE lease (resource TEXT PRIMARY KEY, owner TEXT NOT NULL, expires_at BIGINT NOT NULL)",
            ]),
        Migration(
            name: "0002 cards",
            statements: [
                """
                CREATE TABLE card (
                  id BIGINT PRIMARY KEY, name TEXT NOT NULL, mac TEXT UNIQUE, serial TEXT, address TEXT NOT NULL,
                  generation TEXT NOT NULL, kind TEXT NOT NULL, model TEXT, firmware TEXT, agent TEXT, location TEXT, site TEXT,
                  tags TEXT NOT NULL DEFAULT '[]', snmp_version TEXT NOT NULL, credentials BLOB,
                  created_at BIGINT NOT NULL, retired_at BIGINT)
                """,
                "CREATE INDEX card_address ON card (address)",
                "CREATE INDEX card_serial ON card (serial)",
                """
                CREATE TABLE card_status (
                  card_id BIGINT PRIMARY KEY REFERENCES card (id) ON DELETE CASCADE, status TEXT NOT NULL, problem TEXT,
                  output_source TEXT, battery_status TEXT, last_seen BIGINT, alarm_count BIGINT NOT NULL DEFAULT 0,
                  readings_at BIGINT, readings TEXT)
                """,
                """
                CREATE TABLE alarm (
                  card_id BIGINT NOT NULL REFERENCES card (id) ON DELETE CASCADE, name TEXT NOT NULL, title TEXT NOT NULL,
                  severity TEXT NOT NULL, since BIGINT NOT NULL, cleared_at BIGINT, PRIMARY KEY (card_id, name, since))
                """,
            ]),
        Migration(
            name: "0003 discoveries",
            statements: [
                """
                CREATE TABLE discovery (
                  id BIGINT PRIMARY KEY, state TEXT NOT NULL, methods TEXT NOT NULL, ranges TEXT NOT NULL, accept BIGINT NOT NULL,
                  started_at BIGINT NOT NULL, finished_at BIGINT, error TEXT)
                """,
                """
                CREATE TABLE discovered_card (
                  discovery_id BIGINT NOT NULL REFERENCES discovery (id) ON DELETE CASCADE, number BIGINT NOT NULL, address TEXT NOT NULL,
                  mac TEXT, serial TEXT, model TEXT, generation TEXT NOT NULL, firmware TEXT, state TEXT NOT NULL, card_id BIGINT,
                  finding BLOB NOT NULL, PRIMARY KEY (discovery_id, number))
                """,
            ]),
        Migration(
            name: "0004 firmware and campaigns",
            statements: [
                """
                CREATE TABLE firmware (
                  id BIGINT PRIMARY KEY, name TEXT NOT NULL, format TEXT NOT NULL, product TEXT, version TEXT, minimum_version TEXT,
                  hardware TEXT NOT NULL DEFAULT '[]', size BIGINT NOT NULL, sha256 TEXT NOT NULL UNIQUE, signature TEXT NOT NULL,
                  key_id TEXT, uploaded_at BIGINT NOT NULL, uploaded_by TEXT NOT NULL)
                """,
                """
                CREATE TABLE campaign (
                  id BIGINT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, firmware_id BIGINT REFERENCES firmware (id),
                  state TEXT NOT NULL, halt_reason TEXT, plan TEXT NOT NULL, created_at BIGINT NOT NULL, started_at BIGINT,
                  finished_at BIGINT, created_by TEXT NOT NULL)
                """,
                """
                CREATE TABLE campaign_card (
                  campaign_id BIGINT NOT NULL REFERENCES campaign (id) ON DELETE CASCADE, card_id BIGINT NOT NULL, position BIGINT NOT NULL,
                  wave BIGINT NOT NULL, state TEXT NOT NULL, error TEXT, transfers BIGINT NOT NULL DEFAULT 0, from_version TEXT,
                  to_version TEXT, updated_at BIGINT NOT NULL, PRIMARY KEY (campaign_id, card_id))
                """,
            ]),
        Migration(name: "0005 warnings of cards", statements: ["ALTER TABLE card_status ADD COLUMN warnings TEXT"]),
        Migration(name: "0006 transfer switches", statements: ["ALTER TABLE card_status ADD COLUMN transfer TEXT"]),
        Migration(name: "0007 master key", statements: ["CREATE TABLE master_key_check (id BIGINT PRIMARY KEY, sealed BLOB NOT NULL)"]),
        // The server instance that works on the request.
        Migration(name: "0008 owners of requests", statements: ["ALTER TABLE idempotent_request ADD COLUMN owner TEXT"]),
    ]
}
