import NetVision
import PowerDevice
import SNMP
import Testing

@Suite struct CardProfileTests {
    static let names = ["NV5", "NV6", "NV7", "NV8", "CardAgent", "RFC1628", "STS", "VU-MAP", "JBUSP"]

    private func copy(of name: String) throws -> CardProfile {
        let profile = try #require(ProfileLibrary.builtIn.profile(named: name))
        let text = profile.yaml.replacing("profile: \(name)\n", with: "profile: copy\n")
        let (profiles, problems) = ProfileFile.resolve([try ProfileFile(text, path: "copy.yaml")])
        #expect(problems == [])
        return try #require(profiles.first)
    }

    @Test func builtInProfilesAreThese() {
        #expect(ProfileLibrary.builtIn.profiles.map(\.name) == Self.names)
        for generation in CardGeneration.allCases where generation != .unknown {
            #expect(ProfileLibrary.builtIn.profile(named: generation.rawValue)?.generation == generation)
        }
    }

    @Test(arguments: names) func whatIsPrintedReadsAsTheSameProfile(_ name: String) throws {
        let profile = try #require(ProfileLibrary.builtIn.profile(named: name))
        let copy = try copy(of: name)
        #expect(copy.yaml.replacing("profile: copy\n", with: "profile: \(name)\n") == profile.yaml)
        let isSame =
            copy.groups.flatMap(\.points) == profile.groups.flatMap(\.points)
            && copy.groups.flatMap(\.alarms) == profile.groups.flatMap(\.alarms) && Set(copy.identity) == Set(profile.identity)
            && copy.registers?.points == profile.registers?.points
        #expect(isSame)
    }

    /// Every recorded card reads the same by a copy of its profile that has been through YAML.
    @Test(arguments: CardFixture.all) func copiesReadCardsAsTheOriginals(_ fixture: CardFixture) throws {
        guard let card = CardIdentity(fixture.bindings) else { return }
        let original = ProfileLibrary.builtIn.profile(for: card, named: nil)
        let state = DeviceState(fixture.bindings, from: card, by: try copy(of: original.name))
        #expect(state == DeviceState(fixture.bindings, from: card))
    }

    @Test(arguments: names) func everyPointHasAUnitAndARange(_ name: String) throws {
        let profile = try #require(ProfileLibrary.builtIn.profile(named: name))
        for point in profile.groups.flatMap(\.points) {
            let unit = point.variable.variable().unit
            #expect(unit != .none || point.variable.pattern.hasSuffix("factor"), "\(point.variable.pattern)")
            #expect(point.reading.value(-1) == nil || point.reading.absent.isDisjoint(with: [-1]))
            #expect(point.reading.value(.max) == nil && point.reading.value(4_294_967_295) == nil, "\(point.variable.pattern)")
            #expect(point.lines == nil || point.variable.hasLine || unit == .hertz, "\(point.variable.pattern)")
        }
    }

    /// The scale of each object of UPS-MIB is the one that its generation counts in, and no other thing than the generation decides it.
    @Test func scalesFollowTheGeneration() throws {
        let frequency: OID = "1.3.6.1.2.1.33.1.4.2.0"
        let power: OID = "1.3.6.1.2.1.33.1.4.4.1.4"
        for (name, scale) in [("NV5", MIBScale.whole), ("NV6", .whole), ("NV7", .tenths), ("NV8", .tenths), ("RFC1628", .tenths)] {
            let points = try #require(ProfileLibrary.builtIn.profile(named: name)).groups.flatMap(\.points)
            #expect(points.first { $0.object == frequency }?.reading.scale == scale, "\(name)")
            let isWhole = scale == .whole
            #expect(points.first { $0.object == power }?.reading.scale == (isWhole ? .thousands : .whole), "\(name)")
        }
    }

    /// A frequency or voltage that is read in a scale ten times too large or too small is none.
    @Test(arguments: ["NV5", "NV6", "NV7", "NV8", "RFC1628", "STS"]) func wrongScalesShowAsNothing(_ name: String) throws {
        let profile = try #require(ProfileLibrary.builtIn.profile(named: name))
        for point in profile.groups.flatMap(\.points) {
            let scale = point.reading.scale
            func wrong(_ value: Double, times factor: Double) -> Double? {
                point.reading.value(Int((value * factor * Double(scale.denominator) / Double(scale.numerator)).rounded()))
            }
            switch point.variable.variable().unit {
            case .hertz:
                for hertz in [45.0, 50, 60, 65] { #expect(wrong(hertz, times: 10) == nil && wrong(hertz, times: 0.1) == nil) }
            case .volt where !point.variable.pattern.contains("battery"):
                for volts in [100.0, 120, 230, 277, 400, 480] { #expect(wrong(volts, times: 10) == nil) }
            default: break
            }
        }
    }

    @Test func theLongestObjectOfARuleDecides() throws {
        func file(_ name: String, _ object: String) throws -> ProfileFile {
            try ProfileFile("profile: \(name)\nextends: RFC1628\nmatch: {objectID: \(object)}\n", path: name)
        }
        let library = ProfileLibrary()
        library.replace(
            with: ProfileFile.resolve([try file("wide", "1.3.6.1.4.1.318"), try file("narrow", "1.3.6.1.4.1.318.1.3")]).profiles)
        func name(_ object: OID) -> String? {
            CardIdentity([VariableBinding("1.3.6.1.2.1.1.2.0", .objectIdentifier(object))], profiles: library)?.profile
        }
        #expect(name("1.3.6.1.4.1.318.1.3.27") == "narrow")
        #expect(name("1.3.6.1.4.1.318.2") == "wide")
        #expect(name("1.3.6.1.4.1.3180") == nil)
    }

    @Test func unchangedProfilesStayTheSameObjects() throws {
        func read(_ title: String) throws -> [CardProfile] {
            ProfileFile.resolve([try ProfileFile("profile: x\ntitle: \(title)\nextends: RFC1628\n", path: "x.yaml")]).profiles
        }
        let library = ProfileLibrary()
        library.replace(with: try read("one"))
        let first = try #require(library.profile(named: "x"))
        library.replace(with: try read("one"))
        #expect(library.profile(named: "x") === first)
        library.replace(with: try read("two"))
        #expect(library.profile(named: "x") !== first)
        #expect(library.profile(named: "RFC1628") === ProfileLibrary.builtIn.profile(named: "RFC1628"))
    }
}
