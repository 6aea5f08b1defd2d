import NetVision
import Testing

@testable import CardAgent

struct FirmwareHandoverTests {
    private static let text = "supervisor=4711 health=5 version=8.41 slot=a trial=1 restart=0"

    @Test func whatIsHandedOverIsTheSameAtTheOtherEnd() throws {
        let version = try #require(FirmwareVersion("8.41"))
        let handover = FirmwareHandover(
            version: version, slot: .a, isOnTrial: true, isRestart: false, fallback: "8.42 exited\nwith status 1", supervisor: 4711,
            health: 5)
        #expect(handover.variables == ["NVFLEET_FIRMWARE=\(Self.text)", "NVFLEET_FIRMWARE_FALLBACK=8.42 exited with status 1"])
        let read = try #require(FirmwareHandover(Self.text, fallback: "8.42 exited with status 1"))
        #expect(read.version == version)
        #expect(read.slot == .a)
        #expect(read.isOnTrial)
        #expect(!read.isRestart)
        #expect(read.fallback == "8.42 exited with status 1")
        #expect(read.supervisor == 4711)
        #expect(read.health == 5)
    }

    @Test func theBuiltInProgramHasNoSlot() throws {
        let read = try #require(FirmwareHandover("supervisor=1 health=3 version=8.40 slot=- trial=0 restart=1", fallback: ""))
        #expect(read.slot == nil)
        #expect(!read.isOnTrial)
        #expect(read.isRestart)
        #expect(read.fallback == nil)
    }

    @Test func whatLaterSupervisorsAddIsPassedOver() {
        #expect(FirmwareHandover("\(Self.text) colour=red flag", fallback: nil) != nil)
    }

    @Test(arguments: [
        "", "version=8.41", "supervisor=1 health=2 version=8.41", "supervisor=1 health=5 version=new", "supervisor=0 health=5 version=8.41",
        "supervisor=x health=5 version=8.41", "supervisor=99999999999 health=5 version=8.41", "supervisor=1 health=-1 version=8.41",
    ]) func whatNoSupervisorWritesIsNone(_ text: String) {
        #expect(FirmwareHandover(text, fallback: nil) == nil)
    }

    @Test func everyMutationIsReadOrRefused() {
        let bytes = Array(Self.text.utf8)
        for index in bytes.indices {
            for byte: UInt8 in [0, 32, 48, 61, 255] {
                var changed = bytes
                changed[index] = byte
                _ = FirmwareHandover(String(decoding: changed, as: UTF8.self), fallback: nil)
            }
            _ = FirmwareHandover(String(decoding: bytes.prefix(index), as: UTF8.self), fallback: nil)
        }
    }
}
