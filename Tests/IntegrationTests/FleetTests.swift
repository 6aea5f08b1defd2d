import Foundation
import Testing

/// The whole line: cards appear, are seen live, lose their mains, and are upgraded.
extension ServerLane {
    @Suite(.serialized, .sharing(DemoFleet.self), .timeLimit(.minutes(3))) struct FleetTests {
        @Test func twelveCardsAppearWithLiveValuesWithinHalfAMinute() async throws {
            let demo = try DemoFleet.shared
            let cards = try await demo.server.liveCards(DemoFleet.size, within: .seconds(30) - (ContinuousClock.now - demo.ready))
            #expect(cards.count == DemoFleet.size)
            #expect(Set(cards.compactMap { $0["mac"]?.string }).count == DemoFleet.size)
            #expect(Set(cards.compactMap { $0["model"]?.string }).count > 3, "the demo's cards are varied")
            for card in cards {
                #expect(card["generation"]?.string == "CardAgent")
                #expect(card["firmware"]?.string == "8.40")
                #expect(card["status"]?.string == "normal", "\(card.text)")
            }
        }

        @Test func aMainsLossShowsWithinTenSecondsInTheAPIAndTheStream() async throws {
            let demo = try DemoFleet.shared
            let id = try await demo.id(of: 3)
            try await EventStream.with(demo.server.client) { stream in
                try await demo.farm.put("mains", ["present": false], card: 3)
                try await eventually("card \(id) is on battery", within: .seconds(10)) {
                    try await demo.server.card(id)["status"]?.string == "onBattery"
                }
                let event = try await eventually("the stream tells it", within: .seconds(5)) {
                    stream.events.first { $0.type == "card" && $0.data["card"]?.int == id && $0.data["status"]?.string == "onBattery" }
                }
                #expect(event.data["at"]?.string?.hasSuffix("Z") == true)
                try await eventually("the stream tells the alarm", within: .seconds(10)) {
                    stream.events.contains { $0.type == "alarm" && $0.data["card"]?.int == id && $0.data["active"]?.bool == true }
                }
            }
            let alarms = try await demo.server.client.json("GET", "/api/v1/cards/\(id)/alarms?active=true")["items"]?.elements ?? []
            #expect(alarms.contains { $0["name"]?.string == "upsAlarmOnBattery" }, "\(alarms)")
            try await demo.farm.put("mains", ["present": true], card: 3)
            try await eventually("card \(id) is normal again", within: .seconds(30)) {
                try await demo.server.card(id)["status"]?.string == "normal"
            }
        }

        @Test func aForcedPointIsSeenBySNMPAndInTheAPI() async throws {
            let demo = try DemoFleet.shared
            let id = try await demo.id(of: 5)
            try await demo.farm.put("points/M022", ["value": 42], card: 5)
            try await demo.farm.put("points/M015", ["value": 315], card: 5)
            try await eventually("SNMP tells the charge", within: .seconds(5)) {
                try await demo.farm.snmp(5).value("1.3.6.1.4.1.4555.1.1.7.1.2.4.0").integer == 42
            }
            try await eventually("the API tells both", within: .seconds(20)) {
                let readings = try await demo.server.readings(id)
                return readings["battery.charge"] == 42 && readings["ambient.temperature"] == 31.5
            }
            #expect(try await demo.server.card(id)["summary"]?["battery.charge"]?.number == 42)
            try await demo.farm.delete("points/M022", card: 5)
            try await demo.farm.delete("points/M015", card: 5)
        }

        @Test func aCriticalAlarmIsCritical() async throws {
            let demo = try DemoFleet.shared
            let id = try await demo.id(of: 6)
            try await demo.farm.put("points/A000", ["value": 1], card: 6)
            try await eventually("card \(id) is critical", within: .seconds(15)) {
                try await demo.server.card(id)["status"]?.string == "critical"
            }
            try await demo.farm.delete("points/A000", card: 6)
            try await eventually("card \(id) is normal", within: .seconds(15)) {
                try await demo.server.card(id)["status"]?.string == "normal"
            }
            let history = try await demo.server.client.json("GET", "/api/v1/cards/\(id)/alarms")["items"]?.elements ?? []
            let alarm = try #require(history.first { $0["name"]?.string == "upsAlarmImminentStop" })
            #expect(alarm["clearedAt"]?.string != nil)
        }

        @Test func aSilentCardIsUnreachableAndNeverNormal() async throws {
            let demo = try DemoFleet.shared
            let id = try await demo.id(of: 7)
            try await demo.farm.put("faults/unreachable", [:], card: 7)
            let card = try await eventually("card \(id) is unreachable", within: .seconds(40)) {
                let card = try await demo.server.card(id)
                return card["status"]?.string == "unreachable" ? card : nil
            }
            #expect(card["problem"]?.string?.isEmpty == false)
            try await demo.farm.delete("faults/unreachable", card: 7)
            try await eventually("card \(id) is back", within: .seconds(40)) {
                try await demo.server.card(id)["status"]?.string == "normal"
            }
        }

        @Test func historyHasPointsInTheMetricsUnit() async throws {
            let demo = try DemoFleet.shared
            let id = try await demo.id(of: 1)
            try await eventually("there is a history", within: .seconds(20)) {
                let history = try await demo.server.client.json("GET", "/api/v1/cards/\(id)/history?metric=battery.charge&step=10")
                let points = history["points"]?.elements ?? []
                return history["unit"]?.string == "%" && points.contains { $0["avg"]?.number.map { (1...100).contains($0) } == true }
            }
        }

        @Test func aCampaignUpgradesSixCards() async throws {
            let demo = try DemoFleet.shared
            let image = try await demo.farm.firmware.image("card-8.41.bin", version: "8.41", signedBy: demo.farm.firmware.key)
            let firmware = try await demo.server.upload(image)
            let record = try await demo.server.client.json("GET", "/api/v1/firmware/\(firmware)")
            #expect(record["signature"]?.string == "trusted", "\(record.text)")
            var cards: [Int] = []
            for number in 1...6 { cards.append(try await demo.id(of: number)) }
            let ready = try await eventually("the six are normal", within: .seconds(30)) {
                let dry = try await demo.server.cards().filter { cards.contains($0["id"]?.int ?? 0) && $0["status"]?.string == "normal" }
                return dry.count == 6 ? dry : nil
            }
            #expect(ready.count == 6)
            let id = try await demo.server.startCampaign("to 8.41", firmware: firmware, cards: cards, concurrency: 3)
            let campaign = try await demo.server.ended(id, within: .seconds(120))
            #expect(campaign["state"]?.string == "done", "\(campaign.text)")
            for step in try await demo.server.steps(of: id) {
                #expect(step["state"]?.string == "done", "\(step.text)")
                #expect(step["transfers"]?.int == 1)
                #expect(step["fromVersion"]?.string == "8.40")
            }
            for number in 1...6 { #expect(try await demo.farm.version(of: number) == "8.41") }
            for number in 7...12 { #expect(try await demo.farm.version(of: number) == "8.40") }
            try await eventually("the inventory knows the new version", within: .seconds(30)) {
                try await demo.server.cards().filter { $0["firmware"]?.string == "8.41" }.count == 6
            }
        }

        @Test func aWrongImageFailsAndTheOldVersionStays() async throws {
            let demo = try DemoFleet.shared
            let key = demo.farm.scratch.path("stranger.key")
            try await demo.farm.firmware.makeKey(key)
            let image = try await demo.farm.firmware.image("stranger.bin", version: "8.50", size: 50_000, signedBy: key)
            let firmware = try await demo.server.upload(image)
            let record = try await demo.server.client.json("GET", "/api/v1/firmware/\(firmware)")
            #expect(record["signature"]?.string != "trusted", "\(record.text)")
            let card = try await demo.id(of: 8)
            let id = try await demo.server.startCampaign("stranger", firmware: firmware, cards: [card], concurrency: 1)
            _ = try await demo.server.ended(id, within: .seconds(60))
            let step = try #require(try await demo.server.steps(of: id).first)
            #expect(step["state"]?.string == "failed", "\(step.text)")
            #expect(step["error"]?.string?.contains("trust") == true, "\(step.text)")
            #expect(try await demo.farm.version(of: 8) == "8.40")
        }

        @Test func aCardOnBatteryIsSkipped() async throws {
            let demo = try DemoFleet.shared
            let image = try await demo.farm.firmware.image("card-8.42.bin", version: "8.42", size: 50_000, signedBy: demo.farm.firmware.key)
            let firmware = try await demo.server.upload(image)
            let card = try await demo.id(of: 9)
            try await demo.farm.put("mains", ["present": false], card: 9)
            try await eventually("it is on battery", within: .seconds(15)) {
                try await demo.server.card(card)["status"]?.string == "onBattery"
            }
            let id = try await demo.server.startCampaign("careful", firmware: firmware, cards: [card], concurrency: 1)
            _ = try await demo.server.ended(id, within: .seconds(60))
            let step = try #require(try await demo.server.steps(of: id).first)
            #expect(step["state"]?.string == "skipped", "\(step.text)")
            #expect(step["error"]?.string?.isEmpty == false)
            #expect(try await demo.farm.transfers(of: 9) == 0)
            try await demo.farm.put("mains", ["present": true], card: 9)
        }

        @Test func aCardThatRefusesTheImageFails() async throws {
            let demo = try DemoFleet.shared
            let image = try await demo.farm.firmware.image("card-8.43.bin", version: "8.43", size: 50_000, signedBy: demo.farm.firmware.key)
            let firmware = try await demo.server.upload(image)
            let card = try await demo.id(of: 10)
            try await demo.farm.put("faults/rejectImage", [:], card: 10)
            let id = try await demo.server.startCampaign("refused", firmware: firmware, cards: [card], concurrency: 1)
            _ = try await demo.server.ended(id, within: .seconds(60))
            let step = try #require(try await demo.server.steps(of: id).first)
            #expect(step["state"]?.string == "failed", "\(step.text)")
            #expect(try await demo.farm.version(of: 10) == "8.40")
            try await demo.farm.delete("faults/rejectImage", card: 10)
        }
    }
}
