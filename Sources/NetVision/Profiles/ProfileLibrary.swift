import PowerDevice
import SNMP
import Synchronization

/// All profiles that there are: the built-in ones, and those of the owner's files.
///
/// `replace` puts other files' profiles in their place at once for everybody who holds the library; plans made by an older version of a
/// profile go on until they are made anew (`CardReader.isCurrent`), so that no poll falls out.
package final class ProfileLibrary: Sendable {
    /// The built-in profiles and no others.
    package static let builtIn = ProfileLibrary()

    private struct Contents: Sendable {
        var profiles = CardProfile.builtIn
        /// Counts the changes.
        var revision = 0
    }

    private let current = Mutex(Contents())

    package init() {}

    /// The built-in ones, then the owner's by name.
    package var profiles: [CardProfile] { current.withLock { $0.profiles } }

    /// Another number whenever other profiles count: a new one may be the better choice for any card.
    var revision: Int { current.withLock { $0.revision } }

    package func profile(named name: String) -> CardProfile? { profiles.first { $0.name == name } }

    /// Takes other owner's profiles. One that has stayed as it was stays the object that it was.
    package func replace(with own: [CardProfile]) {
        current.withLock { contents in
            let known = contents.profiles
            let kept = own.sorted { $0.name < $1.name }.map { profile in
                known.first { $0.name == profile.name && !$0.isBuiltIn && $0.yaml == profile.yaml } ?? profile
            }
            let all = CardProfile.builtIn + kept
            if !all.elementsEqual(known, by: ===) { contents.revision += 1 }
            contents.profiles = all
        }
    }

    /// Whether any owner's profile is chosen by what a card answers.
    var hasRules: Bool { profiles.contains { $0.match != nil } }

    /// The owner's profile that a card matches: of several the one with the longest object, then the first by name.
    func match(objectID: OID?, description: String?, agent: String?) -> CardProfile? {
        let matching = profiles.filter { $0.match?.matches(objectID: objectID, description: description, agent: agent) ?? false }
        return matching.max { ($0.match?.objectID?.arcs.count ?? 0, $1.name) < ($1.match?.objectID?.arcs.count ?? 0, $0.name) }
    }

    /// The profile by which a card is read: the one it is set to, else the one it was seen to match, else that of its generation.
    package func profile(for card: CardIdentity, named name: String?) -> CardProfile {
        let chosen = [name, card.profile].lazy.compactMap { $0 }.compactMap { self.profile(named: $0) }.first { !$0.groups.isEmpty }
        return chosen ?? .builtIn(for: card.generation, card.kind)
    }
}
