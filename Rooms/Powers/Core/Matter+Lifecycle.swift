/// How a matter becomes public: drafted, signed by the unit's head, revised and signed again, taken down with a reason.
extension Matter {
    /// Whose turn it is.
    public enum State: String, Codable, CaseIterable, Sendable {
        case draft
        case atUnitHead
        case published
        case withdrawn
    }

    public enum Step: String, Codable, CaseIterable, Sendable {
        case submit
        case sign
        case sendBack
        case revise
        case withdraw
        case takeUp
    }

    // While a public matter is revised its signed text stays public.
    // The columns are the point.
    // swift-format-ignore
    public static let lifecycle = Lifecycle<State, Step>(start: .draft, [
        .init(.submit,   from: [.draft],      to: .atUnitHead, by: .drafter,                             .openness(17)),
        .init(.submit,   from: [.draft],      to: .atUnitHead, by: .disclosureOfficer,                   .openness(17)),
        .init(.sign,     from: [.atUnitHead], to: .published,  by: .unitHead,     apartFrom: [.submit],  .openness(20)),
        .init(.sendBack, from: [.atUnitHead], to: .draft,      by: .unitHead,                            .openness(17)),
        .init(.revise,   from: [.published],  to: .draft,      by: .drafter,                             .openness(26)),
        .init(.revise,   from: [.published],  to: .draft,      by: .disclosureOfficer,                   .openness(26)),
        .init(.withdraw, from: [.published],  to: .withdrawn,  by: .unitHead,                            .openness(6)),
        .init(.takeUp,   from: [.withdrawn],  to: .draft,      by: .drafter,                             .openness(26)),
        .init(.takeUp,   from: [.withdrawn],  to: .draft,      by: .disclosureOfficer,                   .openness(26)),
    ])
}

// The columns are the point.
// swift-format-ignore
extension Matter.State {
    public var text: Text {
        switch self {
        case .draft:      Text("起草",             "Draft")
        case .atUnitHead: Text("待处室负责人签字", "With the unit head")
        case .published:  Text("已公开",           "Public")
        case .withdrawn:  Text("已撤下",           "Taken down")
        }
    }
}

// The columns are the point.
// swift-format-ignore
extension Matter.Step {
    public var text: Text {
        switch self {
        case .submit:   Text("送审",         "Submit")
        case .sign:     Text("签字公开",     "Sign and publish")
        case .sendBack: Text("退回修改",     "Send back")
        case .revise:   Text("修订",         "Revise")
        case .withdraw: Text("撤下",         "Take down")
        case .takeUp:   Text("重新起草",     "Take up again")
        }
    }
}
