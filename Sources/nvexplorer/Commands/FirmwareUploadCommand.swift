import ArgumentParser
import NetVision

/// `nvexplorer firmware upload`
struct FirmwareUploadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upload", abstract: "Put an image into the server's library.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The image, or a vendor's file.")
    var file: String

    @Option(help: "Its name in the library; the file's without it.")
    var name: String?

    @Option(help: ArgumentHelp("The version of a vendor's file, which doesn't tell it itself.", valueName: "version"))
    var version: String?

    func validate() throws {
        if options.direct { throw ValidationError("The library is a server's: leave out --direct.") }
    }

    func run() async throws {
        let bytes = try await LocalFile.read(file, limit: FirmwareImage.maximumLength)
        let image: FirmwareRecord = try await options.withServer { api in
            try await api.upload("firmware", [("name", name ?? LocalFile.name(of: file)), ("version", version)], bytes)
        }
        try options.output.show(image) {
            ["\(image.name) is image \(image.id) of the library (signature: \(image.signature ?? "unknown"))."]
        }
    }
}
