/// Somebody at the desk: who they are today, and the secret that their forms carry.
public struct Session: Equatable, Sendable {
    public let actor: Actor
    /// What the forms of this session are sealed with.
    public let seal: String

    public init(actor: Actor, seal: String) {
        (self.actor, self.seal) = (actor, seal)
    }

    /// How long a session lasts without being used, in hours.
    public static let hours = 12
    /// Failed sign-ins after which a login rests, and for how many seconds.
    public static let attempts = 5
    public static let restSeconds = 900
}
