import Testing

@testable import FleetServer

struct PostgreSQLAddressTests {
    @Test func thePasswordIsInNoDescription() throws {
        let address = try PostgreSQLAddress("postgresql://fleet:hidden@db.example:5433/ups")
        #expect("\(address)" == "PostgreSQL database ups at db.example")
        #expect(!"\(address)".contains("hidden"))
        #expect(!String(reflecting: address).contains("hidden"))
    }

    @Test(arguments: ["", "fleet.sqlite", "mysql://db/ups", "postgresql://[::1", "postgresql://db/ups?nothing=1"])
    func whatLibpqCannotReadIsRefused(text: String) {
        #expect(throws: PostgreSQLAddressProblem.self) { try PostgreSQLAddress(text) }
    }

    @Test func keywordsAreAnAddressToo() throws {
        #expect("\(try PostgreSQLAddress("host=/run/postgresql dbname=ups"))" == "PostgreSQL database ups at /run/postgresql")
    }
}
