extension FleetSchema {
    /// How often cards are read.
    static let polling: [Migration] = [
        Migration(
            name: "polling 0001 freshness and summaries",
            statements: [
                "ALTER TABLE card_status ADD COLUMN fresh_until BIGINT",
                "ALTER TABLE card_status ADD COLUMN load_percent DOUBLE PRECISION",
                "ALTER TABLE card_status ADD COLUMN charge_percent DOUBLE PRECISION",
                "ALTER TABLE card_status ADD COLUMN runtime_seconds DOUBLE PRECISION",
                "CREATE INDEX card_status_status ON card_status (status, card_id)",
                "CREATE INDEX alarm_active ON alarm (card_id, cleared_at)",
            ])
    ]
}
