import PowerDevice

extension ProfileFile {
    /// The most profiles that may extend one another.
    static let maximumDepth = 8

    /// The profiles of several files, each with what it extends, and what is wrong with the others.
    package static func resolve(_ files: [ProfileFile]) -> (profiles: [CardProfile], problems: [ProfileProblem]) {
        var profiles: [CardProfile] = []
        var problems: [ProfileProblem] = []
        var names = Set(CardProfile.builtIn.map(\.name))
        var usable: [String: ProfileFile] = [:]
        for file in files {
            guard names.insert(file.name).inserted else {
                problems.append(
                    ProfileProblem(file: file.path, line: nil, key: "profile", reason: "there already is a profile \(file.name)"))
                continue
            }
            usable[file.name] = file
        }
        for file in files where usable[file.name]?.path == file.path {
            do throws(ProfileProblem) {
                profiles.append(try file.profile(among: usable, depth: 0))
            } catch {
                problems.append(error)
            }
        }
        return (profiles, problems)
    }

    /// This file's profile put together with the one that it extends.
    private func profile(among files: [String: ProfileFile], depth: Int) throws(ProfileProblem) -> CardProfile {
        guard let base else { return own }
        guard depth < Self.maximumDepth else {
            throw problem("profiles extend one another in a circle, or more than \(Self.maximumDepth) deep")
        }
        if let known = CardProfile.builtIn.first(where: { $0.name == base }) { return extending(known) }
        guard let file = files[base] else {
            let names = (CardProfile.builtIn.map(\.name) + files.keys.sorted()).filter { $0 != name }
            throw problem("there is no profile \(base); there are \(names.joined(separator: ", "))")
        }
        return extending(try file.profile(among: files, depth: depth + 1))
    }

    private func problem(_ reason: String) -> ProfileProblem {
        ProfileProblem(file: path, line: baseField?.line, key: "extends", reason: reason)
    }

    private var own: CardProfile {
        CardProfile(
            name: name, title: title, origin: .file(path), match: match, generation: generation ?? .rfc1628, kind: kind ?? .ups,
            identity: identity, groups: groups, registers: registers)
    }

    private func extending(_ base: CardProfile) -> CardProfile {
        let fields = Set(identity.map(\.field))
        let replaced = groups.reduce(into: base.groups) { result, group in result = result.map { $0.without(what: group) } }
        return CardProfile(
            name: name, title: title, origin: .file(path), base: base.name, match: match, generation: generation ?? base.generation,
            kind: kind ?? base.kind, identity: identity + base.identity.filter { !fields.contains($0.field) },
            groups: groups + replaced.map { $0.certain(without: removed) }, registers: registers?.over(base.registers) ?? base.registers)
    }
}

extension ProfileGroup {
    /// What is left of the group where another one tells the same.
    fileprivate func without(what other: ProfileGroup) -> ProfileGroup {
        var group = self
        let variables = Set(other.points.map { $0.variable.variable() })
        let lines = Set(other.lineCounts.map(\.lines))
        let parts = Set(other.transfer.map(\.part))
        let alarms = Set(other.alarms.map(\.alarm))
        let objects = Set(other.objects)
        group.points = points.filter { !variables.contains($0.variable.variable()) && !objects.contains($0.object) }
        group.lineCounts = lineCounts.filter { !lines.contains($0.lines) }
        group.transfer = transfer.filter { !parts.contains($0.part) }
        group.alarms = self.alarms.filter { !alarms.contains($0.alarm) && !objects.contains($0.object) }
        if other.outputSource != nil { group.outputSource = nil }
        if other.batteryStatus != nil { group.batteryStatus = nil }
        if other.alarmCount != nil { group.alarmCount = nil }
        if other.alarmTable != nil { group.alarmTable = nil }
        return group
    }

    /// The group without some variables, and asked even where a card shows no head of it: the owner says that it is there.
    fileprivate func certain(without variables: Set<Variable>) -> ProfileGroup {
        var group = self
        group.points = points.filter { !variables.contains($0.variable.variable()) }
        group.isCertain = true
        return group
    }
}

extension RegisterProfile {
    /// These rows before those of another profile.
    fileprivate func over(_ base: RegisterProfile?) -> RegisterProfile {
        guard let base, map == nil || map?.family == base.map?.family else { return self }
        let variables = Set(points.map { "\($0.variable.pattern) \($0.line ?? 0)" })
        var registers = RegisterProfile(
            map: map ?? base.map, points: points + base.points.filter { !variables.contains("\($0.variable.pattern) \($0.line ?? 0)") })
        registers.outputSource = outputSource ?? base.outputSource
        registers.batteryStatus = batteryStatus ?? base.batteryStatus
        registers.alarms = alarms + base.alarms
        registers.texts = texts + base.texts
        return registers
    }
}
