package import NIOCore

extension Arbitration {
    /// A client's request. Tickets are never used twice.
    ///
    /// - Parameter maxAge: how old an answer may be that the device gave before; zero asks the device.
    package mutating func submit(
        _ ticket: Ticket, _ request: PendingRequest, of client: ArbiterClient, maxAge: TimeAmount, now: NIODeadline
    ) -> Admission {
        tally.requests += 1
        // What a client reads after its own write must be what the device says after it.
        let mayShare = request.range != nil && !hasWrite(of: client)
        if mayShare, let answer = cached(request, notBefore: now - maxAge) {
            tally.cacheHits += 1
            return .answered(answer)
        }
        if let error = refusal(of: request, client, now) { return .refused(error) }
        let waiter = Waiter(ticket: ticket, client: client)
        waiting[client, default: 0] += 1
        if mayShare, join(waiter, to: request) {
            tally.joined += 1
        } else {
            queue.add(Job(request: request, waiters: [waiter]), of: client)
        }
        return .waiting
    }

    /// Nobody waits for this request any more. A write that has left goes on.
    package mutating func withdraw(_ ticket: Ticket) { _ = withdraw { $0.ticket == ticket } }

    /// The client is gone, and what it waited for is not wanted any more.
    ///
    /// - Returns: the tickets that nobody will hear of.
    package mutating func leave(_ client: ArbiterClient) -> [Ticket] { withdraw { $0.client == client } }

    /// Requests that wait or are on the way.
    package var queued: Int { waiting.values.reduce(0, +) }

    private mutating func withdraw(_ isGone: (Waiter) -> Bool) -> [Ticket] {
        var gone: [Waiter] = []
        func takeOut(_ job: inout Job) {
            gone += job.waiters.filter(isGone)
            job.waiters.removeAll(where: isGone)
        }
        queue.filter { job in
            takeOut(&job)
            return !job.waiters.isEmpty
        }
        if var job = current {
            takeOut(&job)
            current = job.waiters.isEmpty && !isUnderWay ? nil : job
        }
        for waiter in gone { release(waiter) }
        return gone.map(\.ticket)
    }

    mutating func release(_ waiter: Waiter) {
        let left = (waiting[waiter.client] ?? 1) - 1
        waiting[waiter.client] = left > 0 ? left : nil
    }

    private func hasWrite(of client: ArbiterClient) -> Bool {
        if let current, current.request.request.isWrite, current.waiters.contains(where: { $0.client == client }) { return true }
        return queue.contains(client) { $0.request.request.isWrite }
    }

    private func cached(_ request: PendingRequest, notBefore oldest: NIODeadline) -> ArbiterAnswer? {
        guard let range = request.range, let reading = cache.reading(range, of: request.bank, notBefore: oldest),
            let response = ReadRegistersResponse(values: reading.values)
        else { return nil }
        return ArbiterAnswer(request.response(response), at: reading.at)
    }

    private mutating func refusal(of request: PendingRequest, _ client: ArbiterClient, _ now: NIODeadline) -> ModbusError? {
        if waiting[client] ?? 0 >= configuration.depth {
            tally.refused += 1
            return .exception(.serverDeviceBusy)
        }
        if case .failing(let failure) = link, !backOff.isOver(at: now) {
            tally.failures += 1
            return .linkFailed(failure)
        }
        if let silent = silentUnits[request.unit], !silent.isOver(at: now) {
            tally.failures += 1
            return .noResponse(attempts: Self.attempts)
        }
        return nil
    }

    /// Lets the waiter have the answer to an equal request that waits or is on the way.
    private mutating func join(_ waiter: Waiter, to request: PendingRequest) -> Bool {
        if current?.request == request {
            current?.waiters.append(waiter)
            return true
        }
        return queue.updateFirst { job in
            guard job.request == request else { return false }
            job.waiters.append(waiter)
            return true
        }
    }
}

extension PendingRequest {
    /// What is asked for, if it is registers.
    var range: ReadRegistersRequest? {
        switch request {
        case .readHoldingRegisters(let range), .readInputRegisters(let range): range
        case .writeRegister, .writeRegisters: nil
        }
    }

    var bank: RegisterCache.Bank { RegisterCache.Bank(unit: unit, function: request.function) }

    func response(_ registers: ReadRegistersResponse) -> ModbusResponse {
        request.function == .readInputRegisters ? .readInputRegisters(registers) : .readHoldingRegisters(registers)
    }
}
