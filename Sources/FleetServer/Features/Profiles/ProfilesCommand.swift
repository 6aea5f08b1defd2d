import ArgumentParser
import Glibc
import NetVision

/// The profiles that cards are read by, without a server.
struct ProfilesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profiles", abstract: "Show and check the profiles that cards are read by.",
        subcommands: [List.self, Show.self, Check.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the profiles: the built-in ones, and those of files.")
        @OptionGroup var options: ConfigurationOptions

        func run() async throws {
            let (profiles, problems) = try await ProfilesCommand.read(options)
            for profile in profiles {
                let points = profile.groups.flatMap(\.points).count + (profile.registers?.points.count ?? 0)
                print("\(profile.name)\t\(profile.isBuiltIn ? "built-in" : "file")\t\(points) points\t\(profile.title)")
            }
            for problem in problems { ProfilesCommand.say(problem) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a profile as YAML: what a file of your own may begin with.")
        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "The profile's name, such as NV8.") var name: String

        func run() async throws {
            let (profiles, problems) = try await ProfilesCommand.read(options)
            guard let profile = profiles.first(where: { $0.name == name }) else {
                for problem in problems { ProfilesCommand.say(problem) }
                throw ValidationError("There is no profile \(name). There are \(profiles.map(\.name).joined(separator: ", ")).")
            }
            print(profile.yaml, terminator: "")
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check files of profiles, beside those that are in use. Ends with 1 where one is wrong.")
        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "The files.") var files: [String]

        func run() async throws {
            let directory = try await options.load().profilesDirectory
            let (checked, problems) = ProfileLibrary.check(files, beside: directory)
            for profile in checked {
                let points = profile.groups.flatMap(\.points).count + (profile.registers?.points.count ?? 0)
                print("\(profile.name): good, \(points) points\(profile.base.map { ", extends \($0)" } ?? "")")
            }
            for problem in problems { ProfilesCommand.say(problem) }
            if !problems.isEmpty { throw ExitCode(1) }
        }
    }

    private static func read(_ options: ConfigurationOptions) async throws -> (profiles: [CardProfile], problems: [ProfileProblem]) {
        let (own, problems) = ProfileLibrary.read(directory: try await options.load().profilesDirectory)
        let library = ProfileLibrary()
        library.replace(with: own)
        return (library.profiles, problems)
    }

    private static func say(_ problem: ProfileProblem) {
        let line = Array("\(problem)\n".utf8)
        _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
