import Core
import Hummingbird
import Logging
import NIOCore

/// Who asks, in which language, with which form: what every page is told of its request.
public struct Visit: RequestContext {
    public var coreContext: CoreRequestContextStorage
    public var language = Language.zh
    /// Who is signed in; nil on the portal.
    public var session: Session?
    /// The form that came in, its seal already checked.
    public var form = Form()
    /// What a form of this visit is sealed with.
    public var seal = ""
    /// The visitor's address, as the connection or the trusted proxy has it.
    public var address: String

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        address = source.channel.remoteAddress?.ipAddress ?? "local"
    }

    /// The person at the desk, or a refusal.
    var actor: Actor {
        get throws(Refusal) {
            guard let session else { throw .signInFirst }
            return session.actor
        }
    }
}
