import NIOCore
import Testing

@testable import CardAgent

@Suite struct SessionRegisterTests {
    private let book = AccountBook()
    private let first = ChangeOrigin(.web, by: "10.0.0.1")
    private let second = ChangeOrigin(.console, by: "10.0.0.2")

    /// Accounts with a password that need not be changed, and its proof.
    private func loggedIn() async throws -> (Accounts, Authentication) {
        let accounts = book.accounts(firstPasswordSuffices: true)
        return (accounts, try await accounts.login(AccountBook.firstPassword).get())
    }

    @Test func aSessionIsFoundByItsTokenOnly() async throws {
        let (accounts, authentication) = try await loggedIn()
        let token = accounts.open(authentication, by: first)
        #expect(accounts.session(for: token.text)?.user == "admin")
        #expect(accounts.session(for: token.text + "x") == nil)
        #expect(accounts.session(for: "") == nil)
        #expect(book.current.events == [.sessionOpened(user: "admin", first)])
    }

    @Test func aNewLoginClosesTheSessionBefore() async throws {
        let (accounts, authentication) = try await loggedIn()
        let old = accounts.open(authentication, by: first)
        let new = accounts.open(authentication, by: second)
        #expect(old.text != new.text)
        #expect(accounts.session(for: old.text) == nil)
        #expect(accounts.session(for: new.text)?.origin == second)
        #expect(
            book.current.events == [
                .sessionOpened(user: "admin", first), .sessionClosed(user: "admin", .anotherSession), .sessionOpened(user: "admin", second),
            ])
    }

    @Test func anIdleSessionEndsAndAUsedOneGoesOn() async throws {
        let (accounts, authentication) = try await loggedIn()
        let token = accounts.open(authentication, by: first)
        for _ in 0..<3 {
            book.turn { $0.uptime = $0.uptime + .seconds(299) }
            #expect(accounts.session(for: token.text) != nil)
        }
        // The card's clock does not count.
        book.turn { $0.now += 1_000_000 }
        #expect(accounts.session(for: token.text) != nil)
        book.turn { $0.uptime = $0.uptime + .seconds(300) }
        #expect(accounts.sessions.current == nil)
        #expect(accounts.session(for: token.text) == nil)
        #expect(book.current.events.last == .sessionClosed(user: "admin", .timeout))
    }

    @Test func theTimeoutIsTheSettingsAtPresent() async throws {
        let (accounts, authentication) = try await loggedIn()
        let token = accounts.open(authentication, by: first)
        book.turn {
            $0.settings.loginTimeout = 60
            $0.uptime = $0.uptime + .seconds(61)
        }
        #expect(accounts.session(for: token.text) == nil)
    }

    @Test func aLogoutEndsTheSession() async throws {
        let (accounts, authentication) = try await loggedIn()
        let token = accounts.open(authentication, by: first)
        accounts.sessions.close("another")
        #expect(accounts.sessions.current != nil)
        accounts.sessions.close(token.text)
        #expect(accounts.session(for: token.text) == nil)
        #expect(book.current.events.last == .sessionClosed(user: "admin", .logout))
    }

    @Test func aChangedPasswordEndsTheSession() async throws {
        let (accounts, authentication) = try await loggedIn()
        let token = accounts.open(authentication, by: first)
        try await accounts.setPassword(of: "admin", to: AccountBook.password, by: first)
        #expect(accounts.session(for: token.text) == nil)
        #expect(book.current.events.last == .sessionClosed(user: "admin", .passwordChanged))
    }

    @Test func anAccountThatIsTakenAwayEndsTheSession() async throws {
        book.addUser("reader", password: AccountBook.password, access: .readOnly)
        let accounts = book.accounts()
        let authentication = try await accounts.login("reader", AccountBook.password).get()
        let token = accounts.open(authentication, by: first)
        #expect(accounts.session(for: token.text)?.authentication.access == .readOnly)
        book.turn { $0.settings.users[0].access = .disabled }
        #expect(accounts.session(for: token.text) == nil)
        #expect(book.current.events.last == .sessionClosed(user: "reader", .accountChanged))
    }

    @Test func otherRightsEndTheSession() async throws {
        book.addUser("writer", password: AccountBook.password, access: .readWrite)
        let accounts = book.accounts()
        let token = accounts.open(try await accounts.login("writer", AccountBook.password).get(), by: first)
        book.turn { $0.settings.users[0].access = .readOnly }
        #expect(accounts.session(for: token.text) == nil)
    }
}
