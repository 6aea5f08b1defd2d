import NetVision
import SNMP

/// How an object shows a setting, and what a SET makes of it.
enum SettingCoding: Sendable {
    /// A flag by two numbers.
    case flag(on: Int32, off: Int32)
    /// A number as it is; beyond the object's range the nearest one of the range is shown.
    case number
    /// A text as it is; of one that is too long the beginning is shown.
    case text
    /// A choice by its words' numbers. Where several words have one number, a SET keeps the one that is set, or takes the first.
    case words([(number: Int32, word: String)])
    /// A dotted address as an IpAddress.
    case address
    /// An IpAddress whose ones come before its zeros.
    case mask
    /// A community: whether there is one, shown by its right and 3 (notAccess).
    case community(right: Int32)

    /// enabled(1), disabled(2): what most flags of the MIBs are.
    static let enabled = SettingCoding.flag(on: 1, off: 2)

    private static let noAccess: Int32 = 3
}

extension SettingCoding {
    /// The value to show.
    func shown(_ value: SettingValue, as type: ObjectType) -> SNMPValue {
        switch self {
        case .flag(let on, let off): .integer(value.flag ? on : off)
        case .number: .integer(Self.clamped(value.number, to: type.syntax))
        case .text: type.text(value.text)
        case .words(let words): .integer(words.first { $0.word == value.text }?.number ?? 0)
        case .address, .mask: .ipAddress(.init(rawValue: AddressRange.number(value.text) ?? 0))
        case .community(let right): .integer(value.text.isEmpty ? Self.noAccess : right)
        }
    }

    private static func clamped(_ number: Int, to syntax: ObjectSyntax) -> Int32 {
        guard case .integer(let range?) = syntax else { return Int32(clamping: number) }
        return min(max(Int32(clamping: number), range.lowerBound), range.upperBound)
    }

    /// The setting's new value.
    ///
    /// - Parameters:
    ///   - new: of the object's type and range.
    ///   - current: what the setting is now.
    func setting(of new: SNMPValue, current: SettingValue) -> Result<SettingValue, Refusal> {
        switch (self, new) {
        case (.flag(let on, _), .integer(let number)): .success(.flag(number == on))
        case (.number, .integer(let number)): .success(.number(Int(number)))
        case (.text, .octetString): .success(.text(new.text ?? ""))
        case (.words(let words), .integer(let number)): Self.word(number, words, current)
        case (.address, .ipAddress(let address)): .success(.text(address.description))
        case (.mask, .ipAddress(let mask)): Self.isMask(mask.rawValue) ? .success(.text(mask.description)) : .failure(.wrongValue)
        case (.community(let right), .integer(let number)): Self.community(number, right, current)
        default: .failure(.wrongType)
        }
    }

    private static func word(
        _ number: Int32, _ words: [(number: Int32, word: String)], _ current: SettingValue
    ) -> Result<SettingValue, Refusal> {
        let possible = words.filter { $0.number == number }
        if possible.contains(where: { $0.word == current.text }) { return .success(current) }
        return possible.first.map { .success(.text($0.word)) } ?? .failure(.wrongValue)
    }

    private static func isMask(_ mask: UInt32) -> Bool { mask != 0 && ~mask & (~mask &+ 1) == 0 }

    /// A community can be given up so; that there is one again takes its name.
    private static func community(_ number: Int32, _ right: Int32, _ current: SettingValue) -> Result<SettingValue, Refusal> {
        if number == noAccess { return .success(.text("")) }
        return number == right && !current.text.isEmpty ? .success(current) : .failure(.inconsistentValue)
    }

    /// Why a value can't be.
    struct Refusal: Error {
        let status: ErrorStatus

        static let wrongType = Refusal(status: .wrongType)
        static let wrongValue = Refusal(status: .wrongValue)
        static let inconsistentValue = Refusal(status: .inconsistentValue)
    }
}
