import NIOCore

/// The memory that an agent answers in, kept from datagram to datagram so that a request allocates nothing.
///
/// Agents that take turns share one.
package struct AgentWorkspace {
    /// Who has sent the request.
    var requester: SocketAddress?
    /// The names in the request.
    var names: [OID] = []
    /// Where each repeater of a GETBULK stands in the tree.
    var cursors: [Int] = []
    /// What was decrypted.
    var plaintext: [UInt8] = []
    var bindings = BindingsBuffer()
    var writer = BERWriter(capacity: 512)
    /// For the engines of agents that answer in this memory.
    package let contexts = AESContexts()

    package init() {}

    /// The response that was written last.
    package var response: ArraySlice<UInt8> { writer.written }
}
