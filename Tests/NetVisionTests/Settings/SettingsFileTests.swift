import NetVision
import Testing

@Suite struct SettingsFileTests {
    private let document = "# CardAgent settings\nversion = 2\n[identity]\nsystem-name = UPS\n"

    @Test func whatTheCardWroteIsIntact() {
        #expect(SettingsFile.condition(of: Array(SettingsFile.sealed(document).utf8)) == .intact)
    }

    @Test func whatHasNoChecksumIsHandWritten() {
        #expect(SettingsFile.condition(of: Array(document.utf8)) == .handWritten)
        #expect(SettingsFile.condition(of: Array("checksum".utf8)) == .handWritten)
    }

    @Test func anEmptyFileIsDamaged() { #expect(SettingsFile.condition(of: []) == .damaged) }

    @Test func everyOctetThatChangesIsNoticed() {
        let octets = Array(SettingsFile.sealed(document).utf8)
        let end = octets.count - 1
        for index in 0..<end {
            var changed = octets
            changed[index] ^= 1
            #expect(SettingsFile.condition(of: changed) != .intact, "octet \(index)")
        }
        #expect(SettingsFile.condition(of: octets + Array("x".utf8)) == .damaged)
        #expect(SettingsFile.condition(of: Array(SettingsFile.sealed(document).utf8.dropLast(9))) == .damaged)
    }

    @Test func anEditorsLineEndsAreNoticed() {
        let octets = Array(SettingsFile.sealed(document).replacing("\n", with: "\r\n").utf8)
        #expect(SettingsFile.condition(of: octets) == .damaged)
    }
}
