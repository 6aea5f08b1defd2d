import ArgumentParser
import NetVision

/// Lists of words as they are typed: repeated options, or commas between.
enum WordList {
    static func words(_ texts: [String]) -> [String] { texts.flatMap { $0.split(separator: ",").map(String.init) } }

    /// The words as what they stand for. Throws which there are where one is none of these.
    static func parse<Word: RawRepresentable<String>>(_ texts: [String], among known: [Word], _ what: String) throws -> [Word] {
        try words(texts).map { name in
            guard let word = known.first(where: { $0.rawValue == name }) else {
                throw ValidationError("There is no \(what) \(name). There are \(known.map(\.rawValue).joined(separator: ", ")).")
            }
            return word
        }
    }

    /// The methods that a search can be told to use.
    static func methods(_ texts: [String]) throws -> [DiscoveryMethod] {
        try parse(texts, among: DiscoveryMethod.active, "search method")
    }
}
