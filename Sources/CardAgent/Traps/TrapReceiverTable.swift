/// The eight rows of the trap receivers table.
struct TrapReceiverTable: Equatable, Sendable {
    private(set) var rows = Array(repeating: TrapReceiver(), count: TrapReceiver.count)

    /// - Parameter row: From 0 to 7.
    subscript(row: Int) -> TrapReceiver {
        get { rows[row] }
        set { rows[row] = newValue }
    }

    /// Takes a receiver in: in the row that sends the same there, else in the first empty one. False if there is none.
    mutating func take(_ receiver: TrapReceiver) -> Bool {
        guard let row = rows.firstIndex(where: { $0.isSameWay(as: receiver) }) ?? rows.firstIndex(where: { $0.address == nil }) else {
            return false
        }
        rows[row] = receiver
        return true
    }
}

extension TrapReceiver {
    /// Whether both send the same kind of traps in the same form to one address, though under another name and with another filter.
    fileprivate func isSameWay(as other: TrapReceiver) -> Bool {
        address == other.address && kind == other.kind && version == other.version && isConfirmed == other.isConfirmed
    }
}
