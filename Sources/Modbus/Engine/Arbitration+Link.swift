package import NIOCore

extension Arbitration {
    /// What is to be done now.
    package mutating func next(now: NIODeadline) -> Step {
        switch link {
        case .connecting, .closing:
            return .rest(until: nil)
        case .closed, .failing:
            guard current != nil || !queue.isEmpty else { return .rest(until: nil) }
            link = .connecting
            return .connect
        case .open(let usedAt, let isProven):
            if isUnderWay { return .rest(until: nil) }
            if let job = current ?? queue.next() {
                return begin(job, isProven: isProven, now)
            }
            let due = usedAt + configuration.idleTimeout
            guard now >= due else { return .rest(until: due) }
            link = .closing
            return .hangUp
        case .outworn:
            link = .closing
            return .hangUp
        }
    }

    private mutating func begin(_ job: Job, isProven: Bool, _ now: NIODeadline) -> Step {
        current = job
        current?.attempts += 1
        isUnderWay = true
        link = .open(usedAt: now, isProven: isProven)
        tally.exchanges += 1
        return .exchange(job.request)
    }

    package mutating func connected(now: NIODeadline) {
        tally.connections += 1
        link = .open(usedAt: now, isProven: false)
    }

    /// The connection could not be made: everybody is told, and the device is left alone for a while.
    package mutating func connectFailed(_ failure: LinkFailure, now: NIODeadline) -> [Completion] { fail(failure, now) }

    /// The connection has been closed.
    package mutating func closed() {
        link = .closed
        isUnderWay = false
    }

    /// The request could not be sent: the device has closed the connection meanwhile. It is sent by the next one.
    ///
    /// A device that closes each new connection before it can be used has another client.
    package mutating func unsent(now: NIODeadline) -> [Completion] {
        isUnderWay = false
        current?.attempts -= 1
        if current?.waiters.isEmpty == true { current = nil }
        return closedByDevice() ? fail(.occupied, now) : []
    }

    /// Whether it closes every connection at once.
    private mutating func closedByDevice() -> Bool {
        if case .open(_, isProven: true) = link {
            rejections = 0
        } else {
            rejections += 1
        }
        link = .closed
        return rejections >= 2
    }

    /// The exchange has ended.
    package mutating func exchanged(_ result: Result<ModbusResponse, ModbusError>, now: NIODeadline) -> [Completion] {
        isUnderWay = false
        guard let job = current else { return [] }
        switch result {
        case .success(let response): return answered(job, response, now)
        case .failure(.linkFailed): return lost(job, now)
        case .failure(let error): return failed(job, error, now)
        }
    }

    /// The arbiter ends: nobody is answered any more.
    package mutating func end(_ failure: LinkFailure) -> [Completion] { failAll(.linkFailed(failure)) }

    private mutating func answered(_ job: Job, _ response: ModbusResponse, _ now: NIODeadline) -> [Completion] {
        let unit = job.request.unit
        link = .open(usedAt: now, isProven: true)
        rejections = 0
        backOff = BackOff()
        silentUnits[unit] = nil
        switch response {
        case .readHoldingRegisters(let registers), .readInputRegisters(let registers):
            cache.store(registers.values, at: job.request.range?.address ?? 0, of: job.request.bank, now: now)
        case .writeRegister, .writeRegisters: cache.forget(unit: unit)
        case .exception: if job.request.request.isWrite { cache.forget(unit: unit) }
        }
        return finish(.success(ArbiterAnswer(response, at: now)))
    }

    /// The device has closed the connection: it was idle for too long, or it has another client.
    private mutating func lost(_ job: Job, _ now: NIODeadline) -> [Completion] {
        guard !closedByDevice() else { return fail(.occupied, now) }
        guard !job.waiters.isEmpty else { return finish(.failure(.linkFailed(.lost))) }
        if job.request.request.isWrite || job.attempts > Self.attempts {
            cache.forget(unit: job.request.unit)
            return finish(.failure(note(.linkFailed(.lost), now)))
        }
        return []
    }

    /// The device did not answer, or not usably.
    private mutating func failed(_ job: Job, _ error: ModbusError, _ now: NIODeadline) -> [Completion] {
        // The link may be half dead: the next request starts on a new one.
        link = .outworn
        guard !job.waiters.isEmpty else { return finish(.failure(error)) }
        guard job.request.request.isWrite || job.attempts >= Self.attempts || error == .cancelled else { return [] }
        if job.request.request.isWrite { cache.forget(unit: job.request.unit) }
        guard case .noResponse = error else { return finish(.failure(note(error, now))) }
        // A unit that keeps silent is asked again after a while only: it must not cost the others their turns.
        silentUnits[job.request.unit, default: BackOff()].failed(at: now)
        return finish(.failure(note(error, now))) + failQueued(note(error, now)) { $0.request.unit == job.request.unit }
    }

    private mutating func fail(_ failure: LinkFailure, _ now: NIODeadline) -> [Completion] {
        backOff.failed(at: now)
        rejections = 0
        link = .failing(failure)
        cache.forgetAll()
        return failAll(note(.linkFailed(failure), now))
    }

    private mutating func note(_ error: ModbusError, _ now: NIODeadline) -> ModbusError {
        tally.lastError = error
        tally.lastErrorAt = now
        return error
    }

    private mutating func finish(_ result: Result<ArbiterAnswer, ModbusError>) -> [Completion] {
        guard let job = current else { return [] }
        current = nil
        return complete(job, result)
    }

    private mutating func complete(_ job: Job, _ result: Result<ArbiterAnswer, ModbusError>) -> [Completion] {
        for waiter in job.waiters { release(waiter) }
        if case .failure = result { tally.failures += UInt64(job.waiters.count) }
        return job.waiters.map { Completion(ticket: $0.ticket, result: result) }
    }

    private mutating func failAll(_ error: ModbusError) -> [Completion] {
        isUnderWay = false
        return finish(.failure(error)) + failQueued(error) { _ in true }
    }

    private mutating func failQueued(_ error: ModbusError, where isMeant: (Job) -> Bool) -> [Completion] {
        var failed: [Job] = []
        queue.filter { job in
            if isMeant(job) { failed.append(job) }
            return !isMeant(job)
        }
        return failed.flatMap { complete($0, .failure(error)) }
    }
}
