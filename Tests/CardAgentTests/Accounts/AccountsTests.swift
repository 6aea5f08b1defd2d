import NIOCore
import NetVision
import Testing

@testable import CardAgent

@Suite struct AccountsTests {
    private let book = AccountBook()
    private let origin = ChangeOrigin(.web, by: "admin")

    @Test func theFirstPasswordAdmitsTheAdminWhoMustChangeIt() async throws {
        let accounts = book.accounts()
        let authentication = try await accounts.login(AccountBook.firstPassword).get()
        #expect(authentication.user == "admin" && authentication.access == .readWrite)
        #expect(authentication.mustChange && authentication.remainingDays == 0)
        #expect(await accounts.login("ffc19a") == .failure(.wrongPassword))
        #expect(accounts.obstacle != nil)
    }

    @Test func inAFarmTheFirstPasswordSuffices() async throws {
        let accounts = book.accounts(firstPasswordSuffices: true)
        #expect(try await accounts.login(AccountBook.firstPassword).get().mustChange == false)
        #expect(accounts.obstacle == nil)
    }

    @Test func aNewPasswordCountsAtOnceAndTheOldOneNoMore() async throws {
        let accounts = book.accounts()
        try await accounts.setPassword(of: "admin", to: AccountBook.password, by: origin)
        let authentication = try await accounts.login(AccountBook.password).get()
        #expect(!authentication.mustChange && authentication.remainingDays == 90)
        #expect(await accounts.login(AccountBook.firstPassword) == .failure(.wrongPassword))
        #expect(book.current.origins == [origin])
        #expect(accounts.obstacle == nil)
    }

    @Test func theLANKeyGoesWithThePassword() async throws {
        let accounts = book.accounts()
        #expect(accounts.adminKey == nil)
        accounts.makeAdminKey()
        #expect(accounts.adminKey?.octets == LANKey(password: AccountBook.firstPassword, card: AccountBook.mac).octets)
        let before = accounts.adminCredential
        try await accounts.setPassword(of: "admin", to: AccountBook.password, by: origin)
        #expect(accounts.adminKey?.octets == LANKey(password: AccountBook.password, card: AccountBook.mac).octets)
        #expect(accounts.adminCredential != before)
        // As after a restart: from the settings alone.
        #expect(book.accounts().adminKey?.octets == accounts.adminKey?.octets)
    }

    @Test func aSecretThatIsNoneAdmitsNobody() async {
        book.turn { $0.settings.adminSecret = "scrypt:13:8:1:x:y" }
        let accounts = book.accounts()
        #expect(await accounts.login(AccountBook.firstPassword) == .failure(.wrongPassword))
        #expect(await accounts.login("scrypt:13:8:1:x:y") == .failure(.wrongPassword))
        #expect(accounts.adminKey != nil)
    }

    @Test func aPasswordFromADocumentCountsAndBecomesADigest() async throws {
        book.turn { $0.settings.adminSecret = AccountBook.password }
        book.turn { $0.settings.users[0] = .init(name: "reader", secret: AccountBook.password, access: .readOnly, changedAt: 0) }
        let accounts = book.accounts()
        #expect(try await !accounts.login(AccountBook.password).get().mustChange)
        #expect(await accounts.login(AccountBook.firstPassword) == .failure(.wrongPassword))
        accounts.makeAdminKey()
        let key = try #require(accounts.adminKey)
        accounts.digestPasswords()
        let settings = book.current.settings
        #expect(settings.adminSecret.hasPrefix("scrypt:") && settings.adminChangedAt == book.current.now)
        #expect(settings.users[0].secret.hasPrefix("scrypt:") && settings.users[0].changedAt == book.current.now)
        #expect(accounts.adminKey?.octets == key.octets)
        #expect(try await accounts.login(AccountBook.password).get().remainingDays == 90)
        #expect(try await accounts.login("reader", AccountBook.password).get().access == .readOnly)
    }

    @Test func usersOfTheTableLogInWithTheirRights() async throws {
        book.addUser("reader", password: AccountBook.password, access: .readOnly)
        book.addUser("writer", password: AccountBook.password, access: .readWrite, row: 1)
        book.addUser("nobody", password: AccountBook.password, access: .disabled, row: 2)
        book.addUser("admin", password: AccountBook.password, access: .readOnly, row: 3)
        let accounts = book.accounts()
        #expect(try await accounts.login("reader", AccountBook.password).get().access == .readOnly)
        #expect(try await accounts.login("writer", AccountBook.password).get().access == .readWrite)
        #expect(await accounts.login("nobody", AccountBook.password) == .failure(.wrongPassword))
        #expect(await accounts.login("unknown", AccountBook.password) == .failure(.wrongPassword))
        #expect(await accounts.login("", AccountBook.password) == .failure(.wrongPassword))
        // The admin is not in the table, whatever it says.
        #expect(await accounts.login("admin", AccountBook.password) == .failure(.wrongPassword))
    }

    @Test func setsAUsersPassword() async throws {
        book.addUser("reader", password: AccountBook.password, access: .readOnly)
        let accounts = book.accounts()
        try await accounts.setPassword(of: "reader", to: "Another one 8#".filter { $0 != " " } + "xx", by: origin)
        #expect(try await accounts.login("reader", "Anotherone8#xx").get().user == "reader")
        await #expect(throws: PasswordRefusal.unknownAccount) {
            try await accounts.setPassword(of: "other", to: AccountBook.password, by: origin)
        }
    }

    @Test func refusesWhatIsNoPasswordAndWhatIsNoChange() async throws {
        let accounts = book.accounts()
        await #expect(throws: PasswordRefusal.lacking([.length, .upperCase, .special])) {
            try await accounts.setPassword(of: "admin", to: "short1", by: origin)
        }
        try await accounts.setPassword(of: "admin", to: AccountBook.password, by: origin)
        await #expect(throws: PasswordRefusal.unchanged) {
            try await accounts.setPassword(of: "admin", to: AccountBook.password, by: origin)
        }
        book.turn { $0.problem = "The disk is full." }
        await #expect(throws: PasswordRefusal.notSaved("The disk is full.")) {
            try await accounts.setPassword(of: "admin", to: AccountBook.password + "x", by: origin)
        }
        #expect(try await accounts.login(AccountBook.password).get().user == "admin")
    }

    @Test func aPasswordEndsAfterItsTimeAndCanThenBeChanged() async throws {
        let accounts = book.accounts()
        try await accounts.setPassword(of: "admin", to: AccountBook.password, by: origin)
        book.turn { $0.now += 89 * 86_400 }
        #expect(try await accounts.login(AccountBook.password).get().remainingDays == 1)
        book.turn { $0.now += 86_400 }
        #expect(try await accounts.login(AccountBook.password).get().mustChange)
        #expect(accounts.obstacle != nil)
        try await accounts.setPassword(of: "admin", to: AccountBook.password + "x", by: origin)
        #expect(try await accounts.login(AccountBook.password + "x").get().remainingDays == 90)
    }

    /// 1970 and 2099: nobody is locked out, and a clock that is right again does not make a password eternal.
    @Test func aClockThatJumpsLocksNobodyOut() async throws {
        let accounts = book.accounts()
        let present = book.current.now
        try await accounts.setPassword(of: "admin", to: AccountBook.password, by: origin)
        book.turn { $0.now = 0 }
        #expect(try await accounts.login(AccountBook.password).get().remainingDays == 90)
        #expect(book.current.settings.adminChangedAt == 0)
        book.turn { $0.now = present }
        #expect(try await accounts.login(AccountBook.password).get().mustChange)
        book.turn { $0.now = 4_070_908_800 }
        try await accounts.setPassword(of: "admin", to: AccountBook.password + "x", by: origin)
        book.turn { $0.now = present }
        #expect(try await accounts.login(AccountBook.password + "x").get().remainingDays == 90)
        book.turn { $0.now = present + 90 * 86_400 }
        #expect(try await accounts.login(AccountBook.password + "x").get().mustChange)
    }

    @Test func fiveWrongPasswordsLockAHostOutOfAnAccountAndAreToldOnce() async throws {
        book.addUser("reader", password: AccountBook.password, access: .readOnly)
        let accounts = book.accounts()
        for _ in 0..<5 { #expect(await accounts.login("no") == .failure(.wrongPassword)) }
        #expect(await accounts.login(AccountBook.firstPassword) == .failure(.lockedOut(seconds: 301)))
        #expect(book.current.events == [.locked(user: "admin", ChangeOrigin(.web, by: "10.0.0.9"))])
        #expect(try await accounts.login(AccountBook.firstPassword, from: "10.0.0.8").get().user == "admin")
        #expect(try await accounts.login("reader", AccountBook.password).get().user == "reader")
        // A clock that somebody sets does not open the door.
        book.turn { $0.now += 100_000 }
        #expect(await accounts.login(AccountBook.firstPassword) == .failure(.lockedOut(seconds: 301)))
        book.turn { $0.uptime = $0.uptime + .seconds(301) }
        #expect(try await accounts.login(AccountBook.firstPassword).get().user == "admin")
    }

    @Test func theLANProtocolAndLoginsShareTheTries() async throws {
        let accounts = book.accounts()
        for _ in 0..<4 { _ = await accounts.login("no") }
        #expect(accounts.begin("admin", from: "10.0.0.9") == .proceed)
        accounts.ended("admin", ChangeOrigin(.explorer, by: "10.0.0.9"), isRight: false)
        #expect(await accounts.login(AccountBook.firstPassword) == .failure(.lockedOut(seconds: 301)))
        #expect(book.current.events == [.locked(user: "admin", ChangeOrigin(.explorer, by: "10.0.0.9"))])
    }

    @Test func anUnknownNameIsLockedLikeAKnownOneAndNotTold() async throws {
        let accounts = book.accounts()
        for _ in 0..<5 { _ = await accounts.login("unknown", "no") }
        #expect(await accounts.login("unknown", "no") == .failure(.lockedOut(seconds: 301)))
        #expect(book.current.events.isEmpty)
    }

    @Test func manyTriesAtOnceDoNotGetAroundTheLimit() async throws {
        let accounts = book.accounts()
        try await accounts.setPassword(of: "admin", to: AccountBook.password, by: origin)
        let compared = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<40 { group.addTask { await accounts.login("no") == .failure(.wrongPassword) } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect((1...5).contains(compared))
    }

    @Test func aResetEndsLockOutsSessionsAndWhatWasGranted() async throws {
        let accounts = book.accounts()
        let authentication = try await accounts.login(AccountBook.firstPassword).get()
        let token = accounts.open(authentication, by: origin)
        let before = accounts.adminCredential
        for _ in 0..<5 { _ = await accounts.login("no") }
        accounts.reset()
        #expect(accounts.session(for: token.text) == nil)
        #expect(accounts.adminCredential != before)
        #expect(try await accounts.login(AccountBook.firstPassword).get().user == "admin")
    }

    @Test func nothingShowsASecret() async throws {
        let accounts = book.accounts()
        try await accounts.setPassword(of: "admin", to: AccountBook.password, by: origin)
        let authentication = try await accounts.login(AccountBook.password).get()
        let token = accounts.open(authentication, by: origin)
        let refusal = PasswordRefusal.lacking(PasswordPolicy.lacks(of: "short1"))
        var shown = "\(authentication) \(String(reflecting: token)) \(refusal) \(book.current.events)"
        dump(authentication, to: &shown)
        dump(token, to: &shown)
        #expect(!shown.contains(AccountBook.password) && !shown.contains("short1") && !shown.contains(token.text))
        #expect(!shown.contains("scrypt") && !shown.contains(book.current.settings.adminSecret))
    }
}
