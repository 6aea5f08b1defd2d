import FoundationEssentials
import HTTPTypes
import Hummingbird
import NetVision
import PowerDevice
import Testing

@testable import FleetServer

/// What the resources are encoded to, against the schemas: every member is described, everything required is there.
struct OpenAPISchemaTests {
    private let validator: JSONSchemaValidator
    private static let time = Date(timeIntervalSince1970: 1_700_000_000)

    init() throws { validator = JSONSchemaValidator(document: try OpenAPIDocument.asRead.get()) }

    private func expect(_ value: some Encodable, fits component: String, location: SourceLocation = #_sourceLocation) throws {
        let violations = validator.violations(try ReadJSON(encoding: value), component: component)
        #expect(violations == [], sourceLocation: location)
    }

    private func expect(_ event: FleetEvent, location: SourceLocation = #_sourceLocation) throws {
        let violations = validator.violations(try ReadJSON(event.data), component: OpenAPIDocument.schemaName(of: event.kind))
        #expect(violations == [], sourceLocation: location)
    }

    // MARK: - Cards

    private static let fullCard = Card(
        id: 1, name: "Rack 3", mac: "00:E0:D8:FF:C1:90", serial: "P1727", address: "127.77.0.5", generation: .netVision8, kind: .ups,
        model: "MASTERYS BC+", firmware: "8.00", agent: "Net Vision 8 v8.00", location: "Cellar", site: "Lyon", tags: ["a"],
        snmpVersion: .v2c, createdAt: time)
    private static let bareCard = Card(
        id: 2, name: "?", mac: nil, serial: nil, address: "10.0.0.1", generation: .rfc1628, kind: .sts, model: nil, firmware: nil,
        agent: nil,
        location: nil, site: nil, tags: [], snmpVersion: .v1, createdAt: time)
    private static let status = CardStatus(
        status: .onBattery, problem: nil, lastSeen: time, alarmCount: 2, readingsAt: time, readings: [.load: 34.5, .batteryCharge: 100])

    @Test func cardsFit() throws {
        let full = CardResource(card: Self.fullCard, status: Self.status)
        let bare = CardResource(card: Self.bareCard, status: .unknown)
        try expect(full, fits: "Card")
        try expect(bare, fits: "Card")
        try expect(Page([full, bare], next: "2"), fits: "CardPage")
        try expect(Page([CardResource(card: Self.fullCard, status: Self.status, fields: ["name", "status"])]), fits: "CardPage")
        try expect(.card(full, at: Self.time))
        try expect(.card(bare, at: Self.time))
        var status = Self.status
        status.warnings = ["Shares its engine id."]
        try expect(CardResource(card: Self.fullCard, status: status), fits: "Card")
        for preferred in [nil, 2] {
            var status = Self.status
            status.transfer = TransferState(source1: .outOfTolerance, preferredSource: preferred, load: .maintenanceBypass1)
            try expect(CardResource(card: Self.bareCard, status: status), fits: "Card")
        }
    }

    @Test(arguments: TrapService.State.allCases) func healthFits(traps: TrapService.State) throws {
        try expect(HealthRoutes.Health(status: "ready", traps: traps, storage: .full), fits: "Health")
        try expect(HealthRoutes.Health(status: "alive"), fits: "Health")
    }

    @Test(arguments: OperatingStatus.allCases) func everyStatusFits(status: OperatingStatus) throws {
        var changed = Self.status
        changed.status = status
        try expect(CardResource(card: Self.fullCard, status: changed), fits: "Card")
    }

    @Test func valuesFit() throws {
        try expect(ReadingsResource(at: Self.time, readings: Self.status.readings), fits: "Readings")
        try expect(ReadingsResource(at: nil, readings: [:]), fits: "Readings")
        try expect(.readings(card: 1, at: Self.time, readings: Self.status.readings))
        let points = [TelemetryStore.Point(at: Self.time, avg: 1.5, min: 1, max: 2)]
        for variable in [Variable.load, .batteryTemperature, Variable("ups.powerfactor")] {
            let history = HistoryResource(
                metric: variable.rawValue, unit: variable.unit.rawValue, from: Self.time, to: Self.time, step: 60,
                resolution: "raw", points: points)
            try expect(history, fits: "History")
        }
    }

    @Test(arguments: Severity.allCases) func alarmsFit(severity: Severity) throws {
        let (bare, full) = (AlarmRecord.sample(severity), AlarmRecord.sample(severity, isFull: true))
        var active = AlarmResource(bare, cardName: nil, cardStatus: nil, site: nil, incident: nil)
        let over = AlarmResource(full, cardName: "Rack 3", cardStatus: "onBattery", site: "Lyon", incident: 7)
        try expect(Page([active, over]), fits: "AlarmPage")
        for kind in AlarmEvent.Kind.allCases {
            let events = [bare, full].map {
                AlarmEvent(
                    id: 1, kind: kind, at: Self.time, severity: severity, source: $0.card == nil ? nil : .trap, username: $0.acknowledgedBy,
                    text: $0.detail, alarm: $0)
            }
            for event in events { try expect(.alarm(event)) }
            active.events = events.map(AlarmEventResource.init)
            try expect(active, fits: "Alarm")
        }
        var summary = AlarmSummary()
        summary.add(2, severity, isKnown: false, isShelved: false)
        try expect(summary, fits: "AlarmSummary")
    }

    // MARK: - Searches

    @Test(arguments: Discovery.State.allCases) func searchesFit(state: Discovery.State) throws {
        let open = Discovery(
            id: 1, state: state, methods: [.lan, .snmp], ranges: ["10.0.0.0/24"], accept: true, startedAt: Self.time, finishedAt: nil,
            error: nil, owner: nil)
        let over = Discovery(
            id: 2, state: state, methods: [], ranges: [], accept: false, startedAt: Self.time, finishedAt: Self.time, error: "no",
            owner: nil)
        let resources = [open, over].map { DiscoveryResource($0, progress: DiscoveryProgress(methods: [.lan: MethodProgress()]), found: 1) }
        try expect(Page(resources), fits: "DiscoveryPage")
        try expect(.discovery(resources[0], at: Self.time))
    }

    @Test(arguments: DiscoveredCard.State.allCases, CardGeneration.allCases)
    func foundCardsFit(state: DiscoveredCard.State, generation: CardGeneration) throws {
        let full = CardIdentity(generation: generation, firmware: "8.00", model: "M", serial: "S", mac: "00:E0:D8:FF:C1:90")
        let found = [full, CardIdentity(generation: generation)].enumerated().map { number, identity in
            DiscoveredCard(
                number: number + 1, finding: CardFinding(address: "10.0.0.1", identity: identity), state: state, card: number == 0 ? 7 : nil
            )
        }
        try expect(Page(found.map(DiscoveredCardResource.init)), fits: "DiscoveredCardPage")
    }

    // MARK: - Images and campaigns

    private static func image(_ format: FirmwareRecord.Format, _ signature: FirmwareRecord.Signature) -> FirmwareRecord {
        let isOurs = format == .cardAgent
        return FirmwareRecord(
            id: 1, name: "card.bin", format: format, product: isOurs ? "CardAgent" : nil, version: isOurs ? "8.41" : nil,
            minimumVersion: isOurs ? "8.00" : nil, hardware: isOurs ? ["NV8"] : [], size: 1, sha256: String(repeating: "0f", count: 32),
            signature: signature, keyId: isOurs ? "abc" : nil, uploadedAt: time, uploadedBy: "admin")
    }

    @Test(arguments: FirmwareRecord.Format.allCases, FirmwareRecord.Signature.allCases)
    func imagesFit(format: FirmwareRecord.Format, signature: FirmwareRecord.Signature) throws {
        try expect(Page([Self.image(format, signature)]), fits: "FirmwarePage")
    }

    private static func campaign(_ state: Campaign.State, _ plan: CampaignPlan = CampaignPlan(), at date: Date? = nil) -> Campaign {
        Campaign(
            id: 1, name: "c", kind: .firmware, firmwareID: 1, state: state, haltReason: date.map { _ in "2 failed" }, plan: plan,
            createdAt: time,
            startedAt: date, finishedAt: date, createdBy: "admin")
    }

    @Test(arguments: Campaign.State.allCases) func campaignsFit(state: Campaign.State) throws {
        var plan = CampaignPlan()
        plan.waves = ["25%", "10"]
        for rule in [CampaignPlan.HaltRule.count(2), .percent(2.5)] {
            plan.halt = .init(failures: rule)
            let full = Self.campaign(state, plan, at: Self.time)
            try expect(CampaignResource(full, firmware: Self.image(.cardAgent, .none), counts: [.done: 3, .failed: 2]), fits: "Campaign")
            try expect(.campaign(full, at: Self.time))
        }
        let bare = CampaignResource(Self.campaign(state), firmware: nil, counts: [.queued: 1])
        try expect(Page([bare], next: nil), fits: "CampaignPage")
    }

    @Test(arguments: CampaignCard.State.allCases) func cardsOfCampaignsFit(state: CampaignCard.State) throws {
        let bare = CampaignCard(campaign: 1, card: 1, position: 0, wave: 0, state: state, error: nil, transfers: 0, updatedAt: Self.time)
        let full = CampaignCard(
            campaign: 1, card: 1, position: 1, wave: 1, state: state, error: "no answer", transfers: 2, fromVersion: "8.00",
            toVersion: "8.41",
            updatedAt: Self.time)
        let resources = [
            CampaignCardResource(bare, card: nil, progress: nil), CampaignCardResource(full, card: Self.fullCard, progress: 0.25),
        ]
        try expect(Page(resources), fits: "CampaignCardPage")
        try expect(.campaign(bare, progress: nil, state: .running, at: Self.time))
        try expect(.campaign(full, progress: 0.5, state: .halted, at: Self.time))
        let verdicts: [CampaignRoutes.DryRun.Verdict] = [
            .init(card: 1, name: "a", verdict: "ready", reason: nil), .init(card: 2, name: "b", verdict: "skip", reason: "It is off."),
        ]
        try expect(CampaignRoutes.DryRun(cards: verdicts), fits: "DryRun")
    }

    // MARK: - People and problems

    @Test(arguments: Role.allCases) func peopleFit(role: Role) throws {
        try expect(Page([User(id: 1, username: "admin", role: role, createdAt: Self.time)]), fits: "UserPage")
        let tokens = [nil, Self.time].map {
            AccessToken(id: 1, name: $0.map { _ in "t" }, user: "u", role: role, createdAt: Self.time, expiresAt: $0)
        }
        try expect(Page(tokens), fits: "AccessTokenPage")
        try expect(UserRoutes.IssuedToken(id: 1, token: "nvf_"), fits: "IssuedToken")
        let user = SessionRoutes.SessionUser(id: 1, username: "u", role: role)
        try expect(SessionRoutes.Opened(token: "nvs_", expiresAt: Self.time, user: user), fits: "OpenedSession")
        try expect(SessionRoutes.Current(user: user, expiresAt: nil), fits: "Session")
        let entries = [nil, "x"].map { AuditLog.Entry(id: 1, at: Self.time, user: "u", action: "card.change", target: $0, detail: $0) }
        try expect(Page(entries), fits: "AuditEntryPage")
    }

    // MARK: - The validator itself

    @Test(arguments: [
        #"{"items": [], "next": 1}"#, #"{"items": []}"#, #"{"items": null, "next": null}"#, #"{"items": [], "next": null, "more": 1}"#,
        "[]",
        #"{"items": [{"name": "x"}], "next": null}"#, #"{"items": [{"id": 1.5}], "next": null}"#,
        #"{"items": [{"id": 1, "status": "fine"}], "next": null}"#, #"{"items": [{"id": 1, "mac": "00-E0"}], "next": null}"#,
        #"{"items": [{"id": 1, "lastSeen": "yesterday"}], "next": null}"#,
        #"{"items": [{"id": 1, "summary": {"ups.load": "34"}}], "next": null}"#,
        #"{"items": [{"id": 1, "alarmCount": -1}], "next": null}"#, #"{"items": [{"id": 1, "address": "10.0.0"}], "next": null}"#,
    ]) func theValidatorFindsWhatIsWrong(document: String) throws {
        #expect(try !validator.violations(ReadJSON(document), component: "CardPage").isEmpty)
    }
}
