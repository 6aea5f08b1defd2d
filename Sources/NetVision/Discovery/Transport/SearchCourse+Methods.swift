import NIOCore
import NIOPosix
import SNMP
import SSDP

extension SearchCourse {
    /// Starts what the plan names. Each method's end is an event.
    mutating func startMethods(_ tasks: inout ThrowingTaskGroup<Void, any Error>) {
        for method in plan.methods {
            switch method {
            case .lan:
                start(LANProbe(port: port(NetworkSearch.Port.lan), transaction: .random(in: .min ... .max)), broadcastOutlets, &tasks)
            case .snmp:
                let credentials = sweep.credentials
                guard !credentials.isEmpty, addresses.count > 0 else { continue }
                let probe = SNMPProbe(
                    addresses, credentials: credentials, port: port(NetworkSearch.Port.snmp), random: .random(in: .min ... .max))
                sweeper = start(probe, [], ways: sweep.filters, &tasks)
            case .ssdp: start(SSDPProbe(addresses, port: port(NetworkSearch.Port.ssdp)), multicastOutlets, &tasks)
            case .bacnet:
                start(
                    BACnetProbe(port: port(NetworkSearch.Port.bacnet), invokeID: .random(in: .min ... .max)), broadcastOutlets, &tasks)
            case .modbus: startModbus(&tasks)
            case .neighbours, .trap, .import: break
            }
        }
    }

    private func port(_ number: Int) -> UInt16 { UInt16(clamping: number + search.portOffset) }

    /// For a search within the loopback network only that: nothing leaves the machine, unless somebody names another interface.
    private var chosenInterfaces: [SearchInterface] {
        interfaces.filter { $0.isLoopback || !addresses.isLoopback || !plan.interfaces.isEmpty }
    }

    private var broadcastOutlets: [ProbeLoop.Outlet] {
        chosenInterfaces.map { ProbeLoop.Outlet(interface: $0.name, destinations: $0.destinations) }
    }

    private var multicastOutlets: [ProbeLoop.Outlet] {
        chosenInterfaces.map { ProbeLoop.Outlet(interface: $0.name, destinations: []) }
    }

    @discardableResult
    private mutating func start(
        _ dialogue: some ProbeDialogue & Sendable, _ outlets: [ProbeLoop.Outlet], ways: [@Sendable (UInt32) -> Bool] = [{ _ in true }],
        _ tasks: inout ThrowingTaskGroup<Void, any Error>
    ) -> ProbeLoop {
        let isAskingEach = plan.asksEach(addresses, by: dialogue.method)
        let schedule = ProbeSchedule(
            isAskingEach ? addresses : AddressList([]), ways: ways, packetsPerSecond: plan.packetsPerSecond,
            patience: TimeAmount(plan.patience), lastPatience: TimeAmount(plan.patience * 2))
        let loop = ProbeLoop(
            dialogue.method, schedule: schedule, outlets: outlets, pace: pace,
            isSpare: dialogue.method != .snmp && addresses.count > SearchPlan.economyLimit,
            mustSend: isAskingEach || !plan.interfaces.isEmpty
        ) { [continuation] in continuation.yield(.news($0)) }
        loops.append(loop)
        methodsLeft += 1
        monitor.follow(dialogue.method) { loop.progress }
        tasks.addTask { [continuation] in
            let thread = NIOThreadPool(numberOfThreads: 1)
            thread.start()
            // The error is a value here: the other methods go on.
            let outcome = try? await thread.runIfActive { () -> SearchError? in
                do throws(SearchError) {
                    try loop.run(dialogue)
                    return nil
                } catch {
                    return error
                }
            }
            try? await thread.shutdownGracefully()
            continuation.yield(.ended(outcome ?? nil))
        }
        return loop
    }

    private mutating func startModbus(_ tasks: inout ThrowingTaskGroup<Void, any Error>) {
        let probe = ModbusProbe(addresses, port: NetworkSearch.Port.modbus + search.portOffset, pace: pace, group: search.group)
        methodsLeft += 1
        monitor.follow(.modbus) { probe.progress }
        tasks.addTask { [continuation] in
            try await probe.run { continuation.yield(.sighting($0)) }
            continuation.yield(.ended(nil))
        }
    }
}

extension SearchCourse {
    /// Starts as many jobs as may run at a time.
    mutating func startJobs(_ tasks: inout ThrowingTaskGroup<Void, any Error>) {
        while jobsRunning < Self.concurrency, nextJob < jobs.count {
            let job = jobs[nextJob]
            nextJob += 1
            if nextJob > 4096 {
                jobs.removeFirst(nextJob)
                nextJob = 0
            }
            jobsRunning += 1
            switch job {
            case .identify(let address, let hint): identify(address, hint, &tasks)
            case .describe(let address, let location, let evidence): describe(address, location, evidence, &tasks)
            }
        }
    }

    /// What asking one address who it is takes, in packets, where nothing is lost.
    private static let inquiryPackets = 2

    private func identify(_ address: String, _ hint: Hint?, _ tasks: inout ThrowingTaskGroup<Void, any Error>) {
        tasks.addTask { [inquiry, pace, sweep, continuation] in
            try await pace.take(Self.inquiryPackets)
            let found = try await inquiry.identify(address, hint: hint.map { sweep.hint(ofPass: $0.pass) })
            continuation.yield(.identified(address: address, hint: hint, result: found.map { Answer(identity: $0.identity, way: $0.way) }))
        }
    }

    /// Fetches what a UPnP device says of itself. The device is asked by SNMP afterwards, whatever that is.
    private func describe(
        _ address: UInt32, _ location: String, _ evidence: String, _ tasks: inout ThrowingTaskGroup<Void, any Error>
    ) {
        tasks.addTask { [descriptions, pace, continuation] in
            let host = AddressRange.text(address)
            var sighting = Sighting(address: host, method: .ssdp, evidence: [evidence])
            if let location = DescriptionLocation(location, from: host) {
                try await pace.take(2)
                if let description = try? await descriptions.description(at: location) {
                    sighting.identity = CardIdentity(description)
                    let names = [description.manufacturer, description.modelName, description.friendlyName].compactMap(\.self)
                    sighting.evidence.append("describes itself as \(names.joined(separator: ", "))")
                }
            }
            continuation.yield(.described(sighting))
        }
    }
}
