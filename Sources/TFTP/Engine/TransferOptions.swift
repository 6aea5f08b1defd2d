/// What a client asks for beyond RFC 1350; what is nil is not asked.
package struct TransferOptions: Equatable, Sendable {
    /// Bytes in a block, 8 … 65464 (RFC 2348).
    package var blockSize: Int?
    /// Blocks in a window, 1 … 65535 (RFC 7440).
    package var windowSize: Int?
    /// Tells the size of the file, or asks for it (RFC 2349).
    package var transferSize: Bool
    /// Seconds until the server repeats a packet, 1 … 255 (RFC 2349).
    package var timeout: Int?

    package init(blockSize: Int? = nil, windowSize: Int? = nil, transferSize: Bool = false, timeout: Int? = nil) {
        self.blockSize = blockSize
        self.windowSize = windowSize
        self.transferSize = transferSize
        self.timeout = timeout
    }

    /// RFC 1350 and nothing else.
    package static let none = TransferOptions()
    /// Blocks that fit an Ethernet frame with some room for tunnels, in windows that one receive buffer holds.
    package static let lan = TransferOptions(blockSize: 1428, windowSize: 16, transferSize: true)

    package static let blockSizes = 8...65464
    package static let windowSizes = 1...65535
    package static let timeouts = 1...255

    package var isValid: Bool {
        blockSize.map(Self.blockSizes.contains) ?? true && windowSize.map(Self.windowSizes.contains) ?? true
            && timeout.map(Self.timeouts.contains) ?? true
    }

    /// The options of a request. `size` is the file's size in a write request, 0 in a read request.
    func requested(size: Int) -> [TFTPOption] {
        var options: [TFTPOption] = []
        if let blockSize { options.append(TFTPOption(TFTPOption.blockSize, blockSize)) }
        if transferSize { options.append(TFTPOption(TFTPOption.transferSize, size)) }
        if let timeout { options.append(TFTPOption(TFTPOption.timeout, timeout)) }
        if let windowSize { options.append(TFTPOption(TFTPOption.windowSize, windowSize)) }
        return options
    }

    /// What the server's acknowledgement makes of our wishes; nil where it goes beyond them (RFC 2347: the client then sends error 8).
    func agreed(acknowledged: [TFTPOption]) -> TransferParameters? {
        var parameters = TransferParameters()
        for option in acknowledged {
            guard let number = option.number else { return nil }
            switch option.name {
            case TFTPOption.blockSize:
                guard let blockSize, number <= blockSize, Self.blockSizes.contains(number) else { return nil }
                parameters.blockSize = number
            case TFTPOption.windowSize:
                guard let windowSize, number <= windowSize, Self.windowSizes.contains(number) else { return nil }
                parameters.windowSize = number
            case TFTPOption.transferSize:
                guard transferSize else { return nil }
                parameters.size = number
            case TFTPOption.timeout:
                guard timeout == number else { return nil }
                parameters.timeout = number
            default:
                return nil
            }
        }
        return parameters
    }
}

/// What both sides of a transfer go by.
package struct TransferParameters: Equatable, Sendable {
    /// Bytes in a block.
    package var blockSize = 512
    /// Blocks sent before an acknowledgement is awaited.
    package var windowSize = 1
    /// Bytes in the file, where the peer told.
    package var size: Int?
    /// Seconds until a packet is repeated, where the peers agreed on it.
    package var timeout: Int?

    package init() {}
}

/// How far a server follows what clients ask for.
package struct OptionLimits: Equatable, Sendable {
    /// Largest block granted, in bytes.
    package var blockSize: Int
    /// Largest window granted, in blocks.
    package var windowSize: Int
    /// False for a server that knows nothing beyond RFC 1350.
    package var isNegotiating: Bool

    package init(blockSize: Int = 65464, windowSize: Int = 64, isNegotiating: Bool = true) {
        self.blockSize = min(max(blockSize, TransferOptions.blockSizes.lowerBound), TransferOptions.blockSizes.upperBound)
        self.windowSize = min(max(windowSize, 1), TransferOptions.windowSizes.upperBound)
        self.isNegotiating = isNegotiating
    }

    /// What the transfer goes by, and the options to acknowledge. What is unknown or makes no sense is left out (RFC 2347).
    ///
    /// `size` is the file's size when it is read from us.
    package func answer(to request: TFTPRequest, size: Int?) -> (parameters: TransferParameters, acknowledged: [TFTPOption]) {
        var parameters = TransferParameters()
        var acknowledged: [TFTPOption] = []
        for option in isNegotiating ? request.options : [] {
            guard let number = option.number else { continue }
            switch option.name {
            case TFTPOption.blockSize where number >= TransferOptions.blockSizes.lowerBound:
                parameters.blockSize = min(number, blockSize)
                acknowledged.append(TFTPOption(option.name, parameters.blockSize))
            case TFTPOption.windowSize where TransferOptions.windowSizes.contains(number):
                parameters.windowSize = min(number, windowSize)
                acknowledged.append(TFTPOption(option.name, parameters.windowSize))
            case TFTPOption.transferSize:
                parameters.size = request.direction == .write ? number : size
                acknowledged.append(TFTPOption(option.name, parameters.size ?? number))
            case TFTPOption.timeout where TransferOptions.timeouts.contains(number):
                parameters.timeout = number
                acknowledged.append(option)
            default:
                continue
            }
        }
        return (parameters, acknowledged)
    }
}
