import Glibc
import Modbus
import NIOCore
import ServiceLifecycle

/// Why the program can't do what it was started for, as its user reads it.
struct StartFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    /// `what` can't be done because of a system error.
    init(_ what: String, errno code: Int32) { self.init("\(what): \(String(cString: strerror(code)))") }
}

/// A service whose failure to open its port or device is told in words.
struct Explained<Wrapped: Service>: Service {
    let service: Wrapped
    /// `can't listen on 127.0.0.1:1502`
    let failure: String

    func run() async throws {
        do {
            try await service.run()
        } catch let error as IOError {
            throw StartFailure(failure, errno: error.errnoCode)
        } catch ModbusError.linkFailed(.deviceUnavailable(_, let code)) {
            throw StartFailure(failure, errno: code)
        }
    }
}
