import PowerDevice
package import SNMP

extension CardObjects {
    /// The branch of a static transfer system.
    ///
    /// Without communication no value and no state is known; the branch has no object that says so.
    package func transferSwitch() -> [ManagedObject] {
        let module = TransferModule.standard
        let declarations = module.declarations
        let transfer = (state.isCommunicating ? state.transfer : nil) ?? TransferState()
        let strings = declarations.identity.map { field, type in ManagedObject(type, type.text(facts.text(field))) }
        let states = zip(module.states, declarations.states).map { ManagedObject($1, .integer($0.code(transfer))) }
        let flags = zip(module.alarms, declarations.alarmFlags).map { alarm, type in
            ManagedObject(type, .integer(state.alarms.contains(alarm) ? 1 : 0))
        }
        return strings + states + measurements(of: module) + declarations.lineTables.flatMap(lines) + flags
            + [ManagedObject(declarations.trapString, .text(""))]
    }

    private func measurements(of module: TransferModule) -> [ManagedObject] {
        module.cells.compactMap { cell in
            let lines = cell.point.lines.map(count) ?? 1
            guard cell.line <= lines else { return nil }
            let value = state.isCommunicating ? value(of: cell, lines: lines) : nil
            return ManagedObject(cell.type, named: cell.object, .integer(cell.point.raw(value: value)))
        }
    }

    /// A device without a neutral has voltages between its lines only: they stand in the same columns.
    private func value(of cell: MIBCell, lines: Int) -> Double? {
        state.readings[cell.variable(of: lines)]
            ?? cell.point.variable.betweenLines.flatMap { state.readings[$0.variable(line: cell.line, of: lines)] }
    }

    private func lines(of table: TransferModule.LineTable) -> [ManagedObject] {
        let count = count(table.lines)
        let indices = (1...count).map { ManagedObject(table.index, row: UInt32($0), .integer(Int32(clamping: $0))) }
        return [ManagedObject(table.count, .integer(Int32(clamping: count)))] + indices
    }
}

extension VariableTemplate {
    /// The same quantity between two lines, of one from line to neutral.
    fileprivate var betweenLines: VariableTemplate? {
        pattern.contains("{L-N}") ? VariableTemplate(pattern.replacing("{L-N}", with: "{L-L}")) : nil
    }
}
