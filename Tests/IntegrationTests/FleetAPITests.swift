import Testing

/// What the API promises, asked by curl: documents, roles, problems.
extension ServerLane {
    @Suite(.serialized, .sharing(DemoFleet.self), .timeLimit(.minutes(1))) struct FleetAPITests {
        private func isProblem(_ answer: WebClient.Answer, _ status: Int) -> Bool {
            answer.status == status && answer.contentType.hasPrefix("application/problem+json") && answer.json?["status"]?.int == status
                && answer.json?["title"]?.string?.isEmpty == false
        }

        @Test func theOpenAPIDocumentIsTrueForWhatCanBeRead() async throws {
            let client = try DemoFleet.shared.server.client
            let document = try await client.json("GET", "/api/v1/openapi.json")
            #expect(document["openapi"]?.string?.hasPrefix("3.1") == true)
            let paths = document["paths"]?.members ?? [:]
            #expect(paths.count > 15)
            for (path, operations) in paths where operations["get"] != nil && !path.contains("{") && !path.hasSuffix("/stream") {
                let isElsewhere = path.hasPrefix("/api/") || ["/metrics", "/probe", "/health/live", "/health/ready"].contains(path)
                let full = isElsewhere ? path : "/api/v1\(path)"
                let answer = try await client.call("GET", path == "/probe" ? "\(full)?card=1" : full)
                #expect(answer.status == 200, "\(full): \(answer)")
            }
        }

        @Test func theProbesAndMetricsAnswerWithoutALogin() async throws {
            let demo = try DemoFleet.shared
            let anonymous = WebClient(base: demo.server.client.base, scratch: demo.server.scratch)
            for path in ["/health/live", "/health/ready", "/metrics"] { #expect(try await anonymous.call("GET", path).status == 200) }
            try await eventually("the metrics count", within: .seconds(30)) {
                let lines = try await anonymous.call("GET", "/metrics").text.split(separator: "\n")
                return ["nvfleet_snmp_oids_total", "nvfleet_snmp_requests_total", "nvfleet_poll_lateness_seconds_count"].allSatisfy {
                    name in
                    lines.contains {
                        $0.hasPrefix("\(name) ") && $0.split(separator: " ").last.flatMap { Double($0) }.map { $0 > 0 } == true
                    }
                }
            }
        }

        @Test func withoutALoginNothingIsTold() async throws {
            let demo = try DemoFleet.shared
            let anonymous = WebClient(base: demo.server.client.base, scratch: demo.server.scratch)
            for path in ["/cards", "/users", "/firmware", "/campaigns", "/discoveries", "/tokens", "/audit", "/stream", "/session"] {
                let answer = try await anonymous.call("GET", "/api/v1\(path)", within: 5)
                #expect(isProblem(answer, 401), "\(path): \(answer)")
            }
        }

        @Test func aViewerMayReadAndNotChange() async throws {
            let demo = try DemoFleet.shared
            try await demo.server.client.json(
                "POST", "/api/v1/users", body: ["username": "eve", "password": "only-looking-around", "role": "viewer"])
            let eve = try await WebClient(base: demo.server.client.base, scratch: demo.server.scratch)
                .loggedIn(as: "eve", password: "only-looking-around")
            #expect(try await eve.call("GET", "/api/v1/cards").status == 200)
            let search: JSON = ["methods": ["lan"], "ranges": [.string(demo.farm.network.cidr)]]
            #expect(isProblem(try await eve.call("POST", "/api/v1/discoveries", body: search), 403))
            #expect(isProblem(try await eve.call("GET", "/api/v1/users"), 403))
        }

        @Test func mistakesAreProblemsWithAReason() async throws {
            let client = try DemoFleet.shared.server.client
            #expect(isProblem(try await client.call("GET", "/api/v1/cards/999999"), 404))
            #expect(isProblem(try await client.call("GET", "/api/v1/nothing"), 404))
            #expect(isProblem(try await client.call("POST", "/api/v1/discoveries", raw: "{\"methods\": ["), 400))
            let delete = try await client.call("DELETE", "/api/v1/cards")
            #expect(isProblem(delete, 405) || isProblem(delete, 404), "\(delete)")
            let wrong = try await client.call("POST", "/api/v1/discoveries", body: ["methods": ["telepathy"], "ranges": ["10.0.0.0/24"]])
            #expect((400...422).contains(wrong.status) && wrong.contentType.hasPrefix("application/problem+json"), "\(wrong)")
            let range = try await client.call("POST", "/api/v1/discoveries", body: ["methods": ["snmp"], "ranges": ["10.0.0.0/99"]])
            #expect((400...422).contains(range.status), "\(range)")
            let limit = try await client.call("GET", "/api/v1/cards?limit=0")
            #expect(isProblem(limit, 400) || isProblem(limit, 422), "\(limit)")
            let image = try await client.call("POST", "/api/v1/firmware?name=../../x.bin", raw: "x", type: "application/octet-stream")
            #expect((400...422).contains(image.status), "\(image)")
        }

        @Test func aListIsPagedByCursorWithoutALoss() async throws {
            let demo = try DemoFleet.shared
            _ = try await demo.server.liveCards(DemoFleet.size, within: .seconds(30))
            var ids: [Int] = []
            var cursor: String?
            repeat {
                let page = try await demo.server.client.json("GET", "/api/v1/cards?limit=5\(cursor.map { "&cursor=\($0)" } ?? "")")
                ids += (page["items"]?.elements ?? []).compactMap { $0["id"]?.int }
                cursor = page["next"]?.string
            } while cursor != nil && ids.count < 100
            #expect(ids.count == DemoFleet.size)
            #expect(Set(ids).count == DemoFleet.size)
        }

        @Test func anIdempotencyKeyMakesAChangeOnce() async throws {
            let demo = try DemoFleet.shared
            let order: JSON = ["methods": ["lan"], "ranges": [.string(demo.farm.network.cidr)]]
            let key = ["Idempotency-Key: search-the-hall-once"]
            let first = try await demo.server.client.json("POST", "/api/v1/discoveries", body: order, headers: key)
            let second = try await demo.server.client.json("POST", "/api/v1/discoveries", body: order, headers: key)
            #expect(first["id"]?.int != nil)
            #expect(first["id"] == second["id"])
        }

        @Test func aCookieAloneChangesNothing() async throws {
            let demo = try DemoFleet.shared
            let anonymous = WebClient(base: demo.server.client.base, scratch: demo.server.scratch)
            let login = try await anonymous.json(
                "POST", "/api/v1/session", body: ["username": "admin", "password": .string(FleetUnderTest.password)])
            var cookie = anonymous
            cookie.headers = try demo.server.scratch.write(
                "Cookie: nvfleet_session=\(login["token"]?.string ?? "")\n", as: demo.server.scratch.unusedName("cookie"))
            #expect(try await cookie.call("GET", "/api/v1/cards").status == 200)
            let order: JSON = ["methods": ["lan"], "ranges": [.string(demo.farm.network.cidr)]]
            #expect(isProblem(try await cookie.call("POST", "/api/v1/discoveries", body: order), 403))
            let guarded = try await cookie.call("POST", "/api/v1/discoveries", body: order, headers: ["X-NVFleet-Request: 1"])
            #expect(guarded.status == 202, "\(guarded)")
        }

        @Test func anAPITokenWorksUntilItIsRevoked() async throws {
            let demo = try DemoFleet.shared
            let made = try await demo.server.client.json("POST", "/api/v1/tokens", body: ["name": "graphs", "role": "viewer"])
            let id = try #require(made["id"])
            var bearer = WebClient(base: demo.server.client.base, scratch: demo.server.scratch)
            bearer.headers = try demo.server.scratch.write(
                "Authorization: Bearer \(try #require(made["token"]?.string))\n", as: demo.server.scratch.unusedName("token"))
            #expect(try await bearer.call("GET", "/api/v1/cards").status == 200)
            let listed = try await demo.server.client.call("GET", "/api/v1/tokens")
            #expect(!listed.text.contains(made["token"]?.string ?? "nothing"))
            try await demo.server.client.json("DELETE", "/api/v1/tokens/\(id.int.map(String.init) ?? id.string ?? "")")
            #expect(try await bearer.call("GET", "/api/v1/cards").status == 401)
        }

        @Test func changesLandInTheAuditWithoutSecrets() async throws {
            let demo = try DemoFleet.shared
            let id = try await demo.id(of: 2)
            try await demo.server.client.json(
                "PATCH", "/api/v1/cards/\(id)", body: ["name": "Audited", "credentials": ["password": "not-to-be-seen"]])
            #expect(try await demo.server.card(id)["name"]?.string == "Audited")
            let audit = try await demo.server.client.call("GET", "/api/v1/audit?limit=100")
            #expect(audit.json?["items"]?.elements.isEmpty == false)
            #expect(!audit.text.contains("not-to-be-seen"))
            #expect(!demo.server.program.logged.contains("not-to-be-seen"))
            #expect(!(try await demo.server.client.call("GET", "/api/v1/cards/\(id)").text.contains("not-to-be-seen")))
        }

        @Test func guessingPasswordsIsSlowedDown() async throws {
            let demo = try DemoFleet.shared
            let anonymous = WebClient(base: demo.server.client.base, scratch: demo.server.scratch)
            var statuses: [Int] = []
            for _ in 0..<25 where statuses.last != 429 {
                statuses.append(
                    try await anonymous.call("POST", "/api/v1/session", body: ["username": "mallory", "password": "guess"]).status)
            }
            #expect(statuses.first == 401)
            #expect(statuses.last == 429, "\(statuses)")
        }
    }
}
