import ArgumentParser
import Testing

@testable import nvexplorer

@Suite struct AccessOptionsTests {
    private func set(_ line: String...) throws -> SetCommand {
        try #require(try NVExplorer.parseAsRoot(["set", "12"] + line) as? SetCommand)
    }

    @Test func aCardGetsCredentialsOfItsOwn() throws {
        let command = try set("--user", "nms", "--authentication", "SHA", "--privacy", "AES", "--username", "admin")
        #expect(
            command.access.questions() == ["Authentication password", "Privacy password", "Password of the cards' administrator"])
        #expect(
            command.body(secrets: ["one", "two", "three"]) == [
                "credentials": .object([
                    "snmp": .object([
                        "version": .text("3"), "user": .text("nms"), "authProtocol": .text("SHA"), "authPassword": .text("one"),
                        "privProtocol": .text("AES"), "privPassword": .text("two"),
                    ]), "username": .text("admin"), "password": .text("three"),
                ])
            ])
        #expect(
            try set("--snmp", "2c").body(secrets: ["c"])["credentials"]
                == .object(["snmp": .object(["version": .text("2c"), "readCommunity": .text("c")])]))
    }

    @Test func whatIsNotNamedIsNotTouched() throws {
        let administrator = try set("--username", "admin")
        #expect(administrator.access.questions() == ["Password of the cards' administrator"])
        #expect(
            administrator.body(secrets: [""]) == ["credentials": .object(["username": .text("admin")])],
            "an empty secret leaves the stored one")
        let name = try set("--name", "x")
        #expect(name.access.questions().isEmpty)
        #expect(name.body(secrets: []) == ["name": .text("x")])
    }

    @Test func protocolsAreTakenAway() throws {
        let command = try set("--user", "nms", "--authentication", "None")
        #expect(command.access.questions().isEmpty)
        #expect(
            command.body(secrets: [])["credentials"]
                == .object(["snmp": .object(["version": .text("3"), "user": .text("nms"), "authProtocol": .text("none")])]))
        #expect(try set("--no-credentials").body(secrets: []) == ["credentials": .null])
    }

    @Test func secretsAreLines() throws {
        let questions = ["Community", "Password"]
        #expect(try SecretSource.lines(of: "a b\r\nc\r\n", from: "f", questions, mayBeEmpty: false) == ["a b", "c"])
        #expect(throws: CommandFailure.self) { try SecretSource.lines(of: "a\n\n", from: "f", questions, mayBeEmpty: false) }
        #expect(try SecretSource.lines(of: "\nc\n", from: "f", questions, mayBeEmpty: true) == ["", "c"])
        #expect(throws: CommandFailure.self) { try SecretSource.lines(of: "a", from: "f", questions, mayBeEmpty: true) }
    }

    @Test func nothingIsAskedWhereNothingIsSecret() async throws {
        #expect(try await SecretSource.secrets([], file: nil) == [])
    }
}
