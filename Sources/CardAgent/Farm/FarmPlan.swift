import NetVision
import PowerDevice
import UPSSimulation

/// Who stands in a farm: the same for the same seed.
struct FarmPlan: Sendable {
    /// A card and the UPS behind it.
    struct Member: Sendable {
        var card: CardPlan
        let unit: UPSUnit
        /// How many of it stand there, and with how many modules.
        let layout: SystemLayout
        /// The environment sensor of every fourth card is plugged in.
        var hasSensor: Bool { card.number % 4 == 0 }
    }

    var members: [Member]
    /// Where the cards keep what they keep; nil where nothing is kept.
    let directory: String?

    /// - Parameters:
    ///   - subnet: the cards have its first host addresses; it has `count` at least.
    ///   - layouts: the devices, taken in turn, from the first again after the last.
    ///   - directory: where each card has a directory of its own, if anything is to be kept.
    init(
        count: Int, subnet: AddressRange, portOffset: PortOffset, seed: UInt64, layouts: [SystemLayout], directory: String?,
        trustedKeys: [FirmwarePublicKey]
    ) {
        self.directory = directory
        precondition((1...subnet.count).contains(count) && !layouts.isEmpty, "every card has an address and a device")
        var serials: Set<String> = []
        let firstMAC = SeededGenerator(seed: seed).firstMAC
        members = zip(1...count, subnet.first...subnet.last).map { number, address in
            let layout = layouts[(number - 1) % layouts.count]
            let unit = Self.unit(layout.model, number: number, seed: seed, avoiding: serials)
            serials.insert(unit.serial)
            var random = SeededGenerator(seed: seed &+ UInt64(number) &* 0xD1B5_4A32_D192_ED03)
            let card = CardPlan(
                number: number, mac: Self.mac(firstMAC, number: number), portOffset: portOffset,
                network: NetworkSettings(address: address, mask: subnet.mask), systemName: Self.name(number, unit.model.kind),
                systemLocation: Self.location(&random),
                directory: directory.map { "\($0)/card-\(number)" }, trustedKeys: trustedKeys, firstPasswordSuffices: true,
                timing: CardTiming(card: number),
                seed: random.next())
            return Member(card: card, unit: unit, layout: layout)
        }
    }

    /// Gives every card the same users and trap receivers.
    mutating func preload(users: [CardUser], trapReceivers: [TrapReceiver]) {
        for index in members.indices {
            members[index].card.users = users
            members[index].card.trapReceivers = trapReceivers
        }
    }

    /// No two machines of a farm have one serial number.
    private static func unit(_ model: UPSModel, number: Int, seed: UInt64, avoiding serials: Set<String>) -> UPSUnit {
        var unitSeed = seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(number)
        var unit = UPSUnit(model, seed: unitSeed)
        while serials.contains(unit.serial) {
            unitSeed &+= 0x1_0000_0000
            unit = UPSUnit(model, seed: unitSeed)
        }
        return unit
    }

    /// Socomec's prefix and 24 bits that run through all values before one comes again: the factor is odd.
    private static func mac(_ first: UInt32, number: Int) -> HardwareAddress {
        let low = (first &+ UInt32(truncatingIfNeeded: number) &* 40_503) & 0xFF_FFFF
        return HardwareAddress(octets: (0x00, 0xE0, 0xD8, UInt8(low >> 16), UInt8(low >> 8 & 0xFF), UInt8(low & 0xFF)))
    }

    private static func name(_ number: Int, _ kind: DeviceKind) -> String {
        let digits = String(number)
        return "\(kind.rawValue.uppercased())-" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }

    private static let buildings = ["Headquarters", "Data centre North", "Data centre South", "Branch office", "Warehouse", "Laboratory"]
    private static let rooms = ["UPS room", "server room", "technical room", "telecom room", "basement"]

    private static func location(_ random: inout SeededGenerator) -> String {
        let building = buildings[Int.random(in: buildings.indices, using: &random)]
        let room = rooms[Int.random(in: rooms.indices, using: &random)]
        return "\(building), floor \(Int.random(in: 0...4, using: &random)), \(room)"
    }
}

extension AddressRange {
    /// The mask of the network that the range is; of a single address all ones.
    var mask: UInt32 {
        guard let length = text.split(separator: "/").last.flatMap({ UInt32($0) }), (1...32).contains(length) else { return .max }
        return UInt32.max << (32 - length)
    }
}

extension SeededGenerator {
    fileprivate var firstMAC: UInt32 {
        var generator = self
        return UInt32(truncatingIfNeeded: generator.next()) & 0xFF_FFFF
    }
}
