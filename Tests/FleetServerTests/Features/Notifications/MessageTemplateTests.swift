import FoundationEssentials
import PowerDevice
import Testing

@testable import FleetServer

struct MessageTemplateTests {
    static let message = NotificationMessage(
        messageId: "nvfleet-x-1-2", kind: "opened", severity: .critical, title: "Zürich \"A\": 12 cards\non battery",
        text: "Since 12:00 \\ {{site}}",
        at: Date(timeIntervalSince1970: 1_795_435_200), site: "Zürich", incident: 7, cards: 12, thread: "nvfleet-x-incident-7")

    private struct Slack: Decodable { let text: String }

    @Test(arguments: ChannelSettings.Template.allCases) func isJSON(_ kind: ChannelSettings.Template) throws {
        let template = MessageTemplate(kind: kind, custom: #"{"text": "{{title}} / {{ text }} / {{incident}}", "n": 1}"#)
        let octets = template.body(Self.message)
        if [.slack, .telegram, .custom].contains(kind) {
            let text = try JSONDecoder().decode(Slack.self, from: Data(octets)).text
            #expect(text.contains("12 cards\non battery"))
            #expect(text.contains("Since 12:00 \\ {{site}}"), "what a value contains is no placeholder")
        }
        #expect(!octets.isEmpty)
    }

    /// Computed with OpenSSL: `printf '%s' '1795435200.{"a":1}' | openssl dgst -sha256 -hmac secret`.
    @Test func signsTimeAndBody() {
        let signature = WebhookChannel.signature(of: Array(#"{"a":1}"#.utf8), key: "secret", at: 1_795_435_200)
        #expect(signature == "t=1795435200,v1=183a9dc86dd443f2f52b87236f645470ea010a5030c29fcddd7e8cae23577656")
    }

    @Test(arguments: [
        (200, true, false), (204, true, false), (301, false, true), (404, false, true), (408, false, false), (429, false, false),
        (500, false, false),
    ])
    func judgesAnswers(_ status: Int, _ isDelivered: Bool, _ isRefused: Bool) {
        let outcome = WebhookChannel.outcome(status, "reason", "words")
        #expect(outcome.isDelivered == isDelivered)
        if case .refused = outcome { #expect(isRefused) } else { #expect(!isRefused) }
    }
}
