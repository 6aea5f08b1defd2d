import FoundationEssentials

extension FleetEvent {
    /// A card of a campaign has taken a step.
    static func campaign(_ member: CampaignCard, progress: Double?, state: Campaign.State, at: Date) -> FleetEvent {
        FleetEvent(
            kind: .campaign,
            encoding: CampaignStep(
                card: member.card, at: at, campaign: member.campaign, state: member.state, campaignState: state, error: member.error,
                progress: progress, transfers: member.transfers, fromVersion: member.fromVersion, toVersion: member.toVersion))
    }

    /// A campaign as a whole has changed its state.
    static func campaign(_ campaign: Campaign, at: Date) -> FleetEvent {
        FleetEvent(
            kind: .campaign,
            encoding: CampaignStep(
                card: nil, at: at, campaign: campaign.id, state: nil, campaignState: campaign.state, error: campaign.haltReason))
    }

    /// A search for cards goes on, or has ended.
    static func discovery(_ discovery: DiscoveryResource, at: Date) -> FleetEvent {
        FleetEvent(kind: .discovery, encoding: DiscoveryStep(card: nil, at: at, discovery: discovery.id, item: discovery))
    }

    private struct CampaignStep: Encodable {
        @Nullable var card: Int64?
        let at: Date
        let campaign: Int64
        @Nullable var state: CampaignCard.State?
        let campaignState: Campaign.State
        @Nullable var error: String?
        @Nullable var progress: Double?
        var transfers: Int?
        var fromVersion: String?
        var toVersion: String?
    }

    private struct DiscoveryStep: Encodable {
        @Nullable var card: Int64?
        let at: Date
        let discovery: Int64
        let item: DiscoveryResource
    }
}
