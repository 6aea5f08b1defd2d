import ArgumentParser

/// `nvexplorer firmware`
struct FirmwareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "firmware", abstract: "Make, sign, inspect and upload firmware images.",
        discussion: """
            A signed image from a payload:
              nvexplorer firmware keygen --out fleet.key
              nvexplorer firmware pack --product CardAgent --version 8.41 --payload payload --out card-8.41.bin
              nvexplorer firmware sign --key fleet.key card-8.41.bin
            A card takes it when it was started with --trust-key fleet.key.pub.
            """,
        subcommands: [
            FirmwareKeygenCommand.self, FirmwarePackCommand.self, FirmwareSignCommand.self, FirmwareInspectCommand.self,
            FirmwareUploadCommand.self, FirmwareListCommand.self,
        ])
}
