import FoundationEssentials

/// Campaigns and the step at which each of their cards is.
///
/// A card's next step is written here before it is taken; after a crash the step that was written is where the work goes on.
struct CampaignStore: Sendable {
    let database: FleetDatabase

    func create(name: String, firmware: Int64, cards: [Int64], plan: CampaignPlan, by user: String, now: Date) async throws -> Campaign {
        let waves = plan.waveNumbers(cards: cards.count)
        return try await database.write { transaction in
            let id = try transaction.nextKey(for: "campaign")
            try transaction.execute(
                """
                INSERT INTO campaign (id, name, kind, firmware_id, state, plan, created_at, created_by)
                VALUES (?, ?, 'firmware', ?, 'planned', ?, ?, ?)
                """,
                [.integer(id), .text(name), .integer(firmware), .text(try JSONCoding.text(plan)), SQLValue(now), .text(user)])
            for (position, card) in cards.enumerated() {
                try transaction.execute(
                    """
                    INSERT INTO campaign_card (campaign_id, card_id, position, wave, state, updated_at)
                    VALUES (?, ?, ?, ?, 'queued', ?)
                    """,
                    [.integer(id), .integer(card), SQLValue(position), SQLValue(waves[position]), SQLValue(now)])
            }
            return try Self.campaign(id, transaction)
        }
    }

    func campaign(_ id: Int64) async throws -> Campaign? {
        try await database.read { try $0.row("SELECT * FROM campaign WHERE id = ?", [.integer(id)]).map(Campaign.init) }
    }

    /// Newest first, from just before the campaign `before`.
    func campaigns(before: Int64?, limit: Int) async throws -> [Campaign] {
        try await database.read { transaction in
            try transaction.rows(
                "SELECT * FROM campaign WHERE id < ? ORDER BY id DESC LIMIT \(limit)", [.integer(before ?? .max)]
            ).map(Campaign.init)
        }
    }

    /// The campaign's cards in their order, after the position `after`.
    func cards(of campaign: Int64, after: Int64? = nil, limit: Int = 100_000) async throws -> [CampaignCard] {
        try await database.read { transaction in
            try transaction.rows(
                "SELECT * FROM campaign_card WHERE campaign_id = ? AND position > ? ORDER BY position LIMIT \(limit)",
                [.integer(campaign), .integer(after ?? -1)]
            ).map(CampaignCard.init)
        }
    }

    func counts(of campaign: Int64) async throws -> [CampaignCard.State: Int] {
        try await database.read { transaction in
            let rows = try transaction.rows(
                "SELECT state, COUNT(*) AS n FROM campaign_card WHERE campaign_id = ? GROUP BY state", [.integer(campaign)])
            return try rows.reduce(into: [:]) { counts, row in
                guard let state = CampaignCard.State(rawValue: try row.required("state")) else { return }
                counts[state] = Int(row.integer("n") ?? 0)
            }
        }
    }

    /// Campaigns with work to do: those that run, and those that were stopped while cards were in the middle of their steps.
    func campaignsWithWork() async throws -> [Campaign] {
        try await database.read { transaction in
            try transaction.rows(
                """
                SELECT * FROM campaign WHERE state = 'running' OR id IN (
                  SELECT campaign_id FROM campaign_card WHERE state IN ('preflight', 'unlock', 'transfer', 'restart', 'verify'))
                ORDER BY id
                """
            ).map(Campaign.init)
        }
    }

    /// Changes the campaign's state if it is one of `expected`; nil if it is not.
    func change(
        _ id: Int64, from expected: [Campaign.State], to state: Campaign.State, reason: String? = nil, now: Date
    ) async throws -> Campaign? {
        let names = expected.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return try await database.write { transaction in
            try transaction.row(
                """
                UPDATE campaign SET state = ?, halt_reason = ?, started_at = CASE WHEN ? = 1 THEN COALESCE(started_at, ?) ELSE started_at END,
                  finished_at = CASE WHEN ? = 1 THEN ? ELSE NULL END
                WHERE id = ? AND state IN (\(names)) RETURNING *
                """,
                [
                    .text(state.rawValue), SQLValue(reason), SQLValue(state == .running), SQLValue(now), SQLValue(state.isFinal),
                    SQLValue(now), .integer(id),
                ]
            ).map(Campaign.init)
        }
    }

    /// Takes a card to its next step. Committed before the step's effect.
    func advance(_ card: CampaignCard) async throws {
        try await database.write { transaction in
            try transaction.execute(
                """
                UPDATE campaign_card SET state = ?, error = ?, transfers = ?, from_version = ?, to_version = ?, updated_at = ?
                WHERE campaign_id = ? AND card_id = ?
                """,
                [
                    .text(card.state.rawValue), SQLValue(card.error), SQLValue(card.transfers), SQLValue(card.fromVersion),
                    SQLValue(card.toVersion), SQLValue(card.updatedAt), .integer(card.campaign), .integer(card.card),
                ])
        }
    }

    /// Ends the cards that were not begun: the campaign was cancelled.
    func skipQueued(of campaign: Int64, reason: String, now: Date) async throws {
        try await database.write { transaction in
            try transaction.execute(
                "UPDATE campaign_card SET state = 'skipped', error = ?, updated_at = ? WHERE campaign_id = ? AND state = 'queued'",
                [.text(reason), SQLValue(now), .integer(campaign)])
        }
    }

    /// Cards that a running campaign has under way or waiting: no other campaign may touch them.
    func busyCards(besides campaign: Int64) async throws -> Set<Int64> {
        try await database.read { transaction in
            let rows = try transaction.rows(
                """
                SELECT k.card_id FROM campaign_card k JOIN campaign c ON c.id = k.campaign_id
                WHERE c.state IN ('running', 'paused', 'halted') AND c.id <> ?
                  AND k.state IN ('preflight', 'unlock', 'transfer', 'restart', 'verify')
                """, [.integer(campaign)])
            return Set(rows.compactMap { $0.integer("card_id") })
        }
    }

    private static func campaign(_ id: Int64, _ transaction: SQLTransaction) throws -> Campaign {
        guard let row = try transaction.row("SELECT * FROM campaign WHERE id = ?", [.integer(id)]) else {
            throw Problem.notFound("campaign \(id)")
        }
        return try Campaign(row)
    }
}
