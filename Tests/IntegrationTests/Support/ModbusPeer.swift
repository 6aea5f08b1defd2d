import Foundation

/// Reads registers as other people's programs do.
enum ModbusPeer: String, CaseIterable, Sendable {
    case mbpoll
    case pymodbus
    /// No Modbus at all: a frame that this file computes, put on the line as it is.
    case socat

    /// Where a device is.
    enum Place: Sendable {
        case tcp(host: String, port: Int)
        /// A terminal, at the rate that the client sets.
        case serial(path: String, baud: Int)
    }

    struct NoAnswer: Error, CustomStringConvertible {
        let description: String
    }

    /// The registers; throws `NoAnswer` for a refusal, garbage and silence.
    func read(
        _ address: Int, count: Int, slave: Int = 1, function: Int = 3, from place: Place, in scratch: Scratch
    ) async throws -> [Int] {
        let question = Question(address: address, count: count, slave: slave, function: function)
        switch self {
        case .mbpoll: return try await Self.mbpoll(question, place, scratch)
        case .pymodbus: return try await Self.pymodbus(question, place, scratch)
        case .socat: return try await Self.socat(question, place, scratch)
        }
    }

    private struct Question {
        let address: Int
        let count: Int
        let slave: Int
        let function: Int

        var pdu: [UInt8] {
            [UInt8(function), UInt8(address >> 8), UInt8(address & 0xFF), 0, UInt8(count)]
        }
    }

    private static func mbpoll(_ question: Question, _ place: Place, _ scratch: Scratch) async throws -> [Int] {
        let way: [String]
        let device: String
        switch place {
        case .tcp(let host, let port): (way, device) = (["-m", "tcp", "-p", "\(port)"], host)
        case .serial(let path, let baud): (way, device) = (["-m", "rtu", "-b", "\(baud)", "-P", "none"], path)
        }
        let what = [
            "-q", "-1", "-o", "1", "-a", "\(question.slave)", "-t", question.function == 3 ? "4" : "3", "-0", "-r", "\(question.address)",
            "-c", "\(question.count)",
        ]
        let output = try await Peer.run("mbpoll", way + what + [device], in: scratch)
        let values = output.lines.filter { $0.hasPrefix("[") }.compactMap { line in
            // "[86]: \t65535 (-1)"
            line.split(separator: "\t").last.flatMap { Int($0.prefix { $0.isNumber }) }
        }
        guard output.exitCode == 0, values.count == question.count else { throw NoAnswer(description: "mbpoll \(output)") }
        return values
    }

    private static func pymodbus(_ question: Question, _ place: Place, _ scratch: Scratch) async throws -> [Int] {
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "modbus/read.py").path
        let way =
            switch place {
            case .tcp(let host, let port): ["tcp", host, "\(port)"]
            case .serial(let path, let baud): ["rtu", path, "\(baud)"]
            }
        let what = [question.function, question.slave, question.address, question.count].map(String.init)
        let output = try await Peer.run("python3", [script] + way + what, in: scratch)
        guard output.exitCode == 0 else { throw NoAnswer(description: "pymodbus \(output)") }
        return output.lines.compactMap { Int($0) }
    }

    private static func socat(_ question: Question, _ place: Place, _ scratch: Scratch) async throws -> [Int] {
        let unit = [UInt8(question.slave)] + question.pdu
        let frame: [UInt8]
        let address: String
        let head: Int
        switch place {
        case .tcp(let host, let port):
            (frame, address, head) = ([0, 1, 0, 0, 0, UInt8(unit.count)] + unit, "TCP:\(host):\(port)", 9)
        case .serial(let path, let baud):
            (frame, address, head) = (unit + checksum(unit), "OPEN:\(path),raw,echo=0,b\(baud)", 3)
        }
        let octal = frame.map { "\\" + String($0, radix: 8).leftPadded(to: 3) }.joined()
        // socat waits a second for more after its input has ended.
        let command = "printf '\(octal)' | socat -t 1 - '\(address)' | od -An -v -tu1"
        let output = try await Peer.run("sh", ["-c", command], in: scratch)
        let answer = output.text.split { $0.isWhitespace }.compactMap { UInt8($0) }
        let isWhole = head == 9 || checksum(answer.dropLast(2)) == Array(answer.suffix(2))
        let values = answer.dropFirst(head).prefix(2 * question.count)
        guard isWhole, values.count == 2 * question.count, answer[head - 2] == UInt8(question.function) else {
            throw NoAnswer(description: "socat \(output)")
        }
        return stride(from: values.startIndex, to: values.endIndex, by: 2).map { Int(values[$0]) << 8 | Int(values[$0 + 1]) }
    }

    /// CRC-16 of a serial frame, low byte first (MODBUS over Serial Line V1.02 §6.2.2), bit by bit: not the module's own.
    private static func checksum(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var crc: UInt16 = 0xFFFF
        for byte in bytes {
            crc ^= UInt16(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xA001 : crc >> 1 }
        }
        return [UInt8(crc & 0xFF), UInt8(crc >> 8)]
    }
}

extension String {
    fileprivate func leftPadded(to width: Int) -> String { String(repeating: "0", count: max(0, width - count)) + self }
}
