import Extract

/// A piece of XML as a tree, for documents that are built anew.
final class XMLNode {
    /// Without its prefix; empty for text.
    let name: String
    var attributes: [(name: String, value: String)]
    var children: [XMLNode]
    var text: String

    init(_ name: String, _ attributes: [(name: String, value: String)] = [], _ children: [XMLNode] = [], text: String = "") {
        (self.name, self.attributes, self.children, self.text) = (name, attributes, children, text)
    }

    /// - Throws: `Refused.broken`, `.bomb`.
    static func read(_ bytes: [UInt8]) throws -> XMLNode {
        var reader = try XMLReader(bytes)
        let top = XMLNode("")
        var (open, count) = ([top], 0)
        while let event = try reader.next() {
            count += 1
            guard count < 8_000_000 else { throw Extract.Refused.bomb }
            switch event {
            case .start:
                let node = XMLNode(reader.name, reader.allAttributes().map { (name: $0.0, value: $0.1) })
                open[open.count - 1].children.append(node)
                open.append(node)
            case .end: if open.count > 1 { open.removeLast() }
            case .text: open[open.count - 1].children.append(XMLNode("", text: reader.text))
            case .comment: break
            }
        }
        guard let root = top.children.first(where: { !$0.name.isEmpty }) else { throw Extract.Refused.broken }
        return root
    }

    /// An attribute by its name without prefix.
    func attribute(_ name: String) -> String? {
        attributes.first { each in each.name == name || each.name.hasSuffix(":" + name) }?.value
    }

    func child(_ name: String) -> XMLNode? { children.first { $0.name == name } }

    /// All elements of a name below, the outermost only.
    func all(_ name: String) -> [XMLNode] {
        children.flatMap { $0.name == name ? [$0] : $0.all(name) }
    }

    /// As XML whose elements and attributes all bear one prefix, but for attributes that have their own.
    func write(_ prefix: String, into out: inout String) {
        guard !name.isEmpty else {
            out += Self.escape(text)
            return
        }
        out += "<\(prefix)\(name)"
        for (name, value) in attributes { out += " \(name)=\"\(Self.escape(value))\"" }
        guard !children.isEmpty else {
            out += "/>"
            return
        }
        out += ">"
        for child in children { child.write(prefix, into: &out) }
        out += "</\(prefix)\(name)>"
    }

    static func escape(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "\t", "\n", "\r": out.unicodeScalars.append(scalar)
            default: if scalar.value >= 0x20, scalar.value != 0xFFFE, scalar.value != 0xFFFF { out.unicodeScalars.append(scalar) }
            }
        }
        return out
    }
}
