import ArgumentParser
import NetVision

/// `nvexplorer firmware pack`
struct FirmwarePackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pack", abstract: "Make an unsigned image of a payload.")

    @OptionGroup var options: GlobalOptions

    @Option(help: "The product that it is for: CardAgent.")
    var product = "CardAgent"

    @Option(help: ArgumentHelp("Its version, such as 8.41.", valueName: "version"))
    var version: String

    @Option(help: ArgumentHelp("The file to pack.", valueName: "file"))
    var payload: String

    @Option(help: ArgumentHelp("Where the image goes; an existing file is replaced.", valueName: "file.bin"))
    var out: String

    @Option(help: ArgumentHelp("The oldest version that may be upgraded from.", valueName: "version"))
    var minimum: String?

    @Option(help: ArgumentHelp("The hardware that it is for (repeatable). Without it, any.", valueName: "name"))
    var hardware: [String] = []

    func validate() throws {
        for text in [version, minimum].compactMap(\.self) where FirmwareVersion(text) == nil {
            throw ValidationError("A version is numbers with points between them, such as 8.41, not \"\(text)\".")
        }
    }

    func run() async throws {
        guard let version = FirmwareVersion(version) else { throw ValidationError("\"\(version)\" is no version.") }
        let bytes = try await LocalFile.read(payload, limit: FirmwareImage.maximumLength)
        let image: FirmwareImage
        do throws(FirmwareFormatError) {
            image = try FirmwareImage(
                packing: .init(
                    product: product, version: version, minimumVersion: minimum.flatMap(FirmwareVersion.init), hardware: hardware,
                    payload: bytes))
        } catch .malformed {
            throw CommandFailure(.usage, "Product and hardware are texts of 1 to 64 bytes, and there may be 32 of the latter.")
        } catch {
            throw CommandFailure(.failed, "The image can't be made: \(error).")
        }
        try await LocalFile.write(image.encoded, to: out)
        try options.output.show(FirmwareDescription(image.encoded, trusting: [])) {
            ["\(out): \(product) \(version), not signed yet. Sign it: nvexplorer firmware sign --key KEY \(out)"]
        }
    }
}
