import PowerDevice
import UPSSimulation
import Yams

extension DeviceArgument {
    /// How the card reaches its device, and the device itself if it is to be simulated. Throws where the profile can't be had.
    func link(seed: UInt64) throws(CommandFailure) -> (DeviceLink, UPSSimulator?) {
        let controls = try controls()
        switch place {
        case .serial(let path, let baudRate):
            return (DeviceLink(.serial(path: path, baudRate: baudRate), map: map, controls: controls), nil)
        case .tcp(let endpoint):
            return (DeviceLink(.tcp(host: endpoint.host, port: endpoint.port), map: map, controls: controls), nil)
        case .simulated(let layout):
            let simulator = UPSSimulator(UPSUnit(layout.model, seed: seed), layout: layout)
            return (DeviceLink(.direct(simulator), map: simulator.map, controls: controls), simulator)
        }
    }

    /// The control profile of the file: YAML, of which JSON is a part.
    private func controls() throws(CommandFailure) -> ControlProfile? {
        guard let profile else { return nil }
        guard let document = try CardOptions.read(profile) else {
            throw CommandFailure("--device: there is no profile \(profile).", exitCode: CommandFailure.wrongArgument)
        }
        do {
            return try YAMLDecoder().decode(ControlProfile.self, from: document)
        } catch {
            throw CommandFailure(
                "--device: \(profile) is no control profile: \(Self.sentence(error))", exitCode: CommandFailure.wrongArgument)
        }
    }

    private static func sentence(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        return switch error {
        case .dataCorrupted(let context), .keyNotFound(_, let context), .typeMismatch(_, let context), .valueNotFound(_, let context):
            context.codingPath.map(\.stringValue).joined(separator: ".") + ": " + context.debugDescription
        @unknown default: "\(error)"
        }
    }
}
