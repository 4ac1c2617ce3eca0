import Extract

/// Something that was meant to be withheld in a file that came in, and is still in it.
public struct BadRedaction: Codable, Hashable, Sendable {
    /// As in `Part`, behind the path of a file inside: `page 3 · under a rectangle`.
    public let place: String
    public let kind: Kind
    /// What can be read there.
    public let text: String
    /// A sentence for the reviewer.
    public let reason: String

    public enum Kind: String, Codable, CaseIterable, Sendable {
        case rectangle
        case image
        case hatching
        case blocks
        case sameColour
        case invisibleText
        case blackened
        case hiddenLayer
        case redactionNotApplied
        case annotation
        case bookmark
        case metadata
        case attachment
        case earlierRevision
        case highlight
        case shading
        case shape
        case hiddenText
        case trackedDeletion
        case hiddenCells
    }

    init(_ kind: Kind, _ place: String, _ text: String) { (self.place, self.kind, self.text, reason) = (place, kind, text, kind.reason) }
}

// The columns are the point.
// swift-format-ignore
extension BadRedaction.Kind {
    var reason: String {
        switch self {
        case .rectangle:           "A filled shape is painted over the text; the text itself is still there and can be copied."
        case .image:               "A picture is laid over the text; the text itself is still there and can be copied."
        case .hatching:            "Lines are drawn over the text; the text itself is still there and can be copied."
        case .blocks:              "Block characters are printed over the text; the text itself is still there and can be copied."
        case .sameColour:          "The text has the colour of its ground; it shows as soon as it is marked or copied."
        case .invisibleText:       "The text is set invisible; it can be copied and searched."
        case .blackened:           "The picture is blackened, but the text layer behind it still says what stood there."
        case .hiddenLayer:         "The text stands on a layer that is switched off; anybody can switch it on."
        case .redactionNotApplied: "The place is marked for redaction, but the redaction was not applied."
        case .annotation:          "An annotation still says what the page no longer shows."
        case .bookmark:            "A bookmark still says what the page no longer shows."
        case .metadata:            "The properties of the file still say what the page no longer shows."
        case .attachment:          "A file attached inside still says what the page no longer shows."
        case .earlierRevision:     "An earlier state of the file is still inside it, with text that was taken out later."
        case .highlight:           "The text is only marked black; without the marker it can be read."
        case .shading:             "The text is only shaded black; without the shading it can be read."
        case .shape:               "A dark shape is laid over the paragraph; it can be moved away."
        case .hiddenText:          "The text is formatted as hidden; anybody can show it."
        case .trackedDeletion:     "The text is deleted under tracked changes only; rejecting the change brings it back."
        case .hiddenCells:         "The cell is hidden, not removed; anybody can show it."
        }
    }
}
