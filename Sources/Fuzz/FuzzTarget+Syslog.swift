import NIOCore
import Syslog

extension FuzzTarget {
    static let syslog = [
        FuzzTarget(name: "syslog message") { input in
            var message = SyslogMessage(input.readableBytesView, now: 1_795_469_700)
            require(message.text.utf8.count <= 4 * SyslogMessage.maximumLength, "a text is longer than its message")
            message.format = .structured
            let once = SyslogMessage(message.encode(), now: 0)
            require(once.format == .structured, "what was written can't be read")
            require(once.isTruncated || SyslogMessage(once.encode(), now: 0) == once, "what was read does not survive")
        },
        FuzzTarget(name: "syslog stream") { input in
            var (whole, parts) = (SyslogDeframer(), SyslogDeframer())
            let frames = whole.received(input.readableBytesView)
            var pieces: [SyslogFrame] = []
            var rest = input
            while let part = rest.readSlice(length: min(rest.readableBytes, 3)), part.readableBytes > 0 {
                pieces += parts.received(part.readableBytesView)
            }
            require(frames == pieces && whole.ended() == parts.ended(), "where a stream is split makes a difference")
        },
    ]
}
