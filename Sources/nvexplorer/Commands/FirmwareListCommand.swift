import ArgumentParser

/// `nvexplorer firmware list`
struct FirmwareListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the images of the server's library.")

    @OptionGroup var options: GlobalOptions

    private struct Report: Encodable { let items: [FirmwareRecord] }

    func validate() throws {
        if options.direct { throw ValidationError("The library is a server's: leave out --direct.") }
    }

    func run() async throws {
        let images: [FirmwareRecord] = try await options.withServer { try await $0.list("firmware") }
        try options.output.show(Report(items: images)) {
            guard !images.isEmpty else { return ["The library is empty. Put an image in with nvexplorer firmware upload FILE."] }
            var table = Table([
                .init("Id", .right), .init("Name"), .init("For"), .init("Version"), .init("Size", .right), .init("Signature"),
                .init("Uploaded"), .init("By"),
            ])
            for image in images {
                table.add([
                    "\(image.id)", image.name, image.product ?? image.format, image.version, image.size.map { "\($0)" }, image.signature,
                    image.uploadedAt, image.uploadedBy,
                ])
            }
            return table.lines(width: Terminal.isOutput ? Terminal.size.columns : nil)
        }
    }
}
