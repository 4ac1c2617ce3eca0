import Extract
import Foundation

/// A Word file built anew from what it shows: text, looks, tables, lists, heads and feet. Nothing else is carried over.
final class WordRendition {
    /// A head or a foot of the pages.
    private struct Margin {
        let kind: String
        let id: String
        let body: XMLNode
    }

    private let archive: ZipArchive
    private let blackout: Blackout
    private var styles: [String: String] = [:]
    private var hiddenStyles: Set<String> = []
    private var relations: [String: String] = [:]
    private var notes: [XMLNode] = []
    private var noteCount = 0
    private var margins: [Margin] = []
    /// At how many places something is withheld.
    private(set) var count = 0
    private(set) var droppedPictures = 0

    /// - Throws: `Refused`.
    init(_ bytes: [UInt8], _ blackout: Blackout) throws {
        archive = try ZipArchive(bytes)
        self.blackout = blackout
        if archive.entries.contains(where: { $0.name == "EncryptedPackage" }) { throw Extract.Refused.encrypted }
    }

    func build() throws -> [UInt8] {
        let styleSheet = try part("word/styles.xml").map(cleanStyles)
        let numbering = try part("word/numbering.xml").map { XMLNode("numbering", [], $0.children.flatMap { clean($0) }) }
        for each in numbering?.all("lvlText") ?? [] {
            each.attributes = each.attributes.map { (name: $0.name, value: blackout.apply(to: $0.value).text) }
        }
        for each in try part("word/_rels/document.xml.rels")?.children ?? [] {
            if let id = each.attribute("Id"), let target = each.attribute("Target") { relations[id] = target }
        }
        guard let document = try part("word/document.xml"), let body = document.child("body") else { throw Extract.Refused.broken }
        let built = XMLNode("body", [], try blocks(body.children))
        if let section = built.children.last(where: { $0.name == "sectPr" }) {
            built.children.removeAll { $0.name == "sectPr" }
            built.children += notes + [section]
        } else {
            built.children += notes
        }
        redact([built] + margins.map(\.body))
        return Self.package(built, styleSheet, numbering, margins)
    }

    private func part(_ name: String) throws -> XMLNode? {
        guard let entry = archive.entries.first(where: { $0.name == name }) else { return nil }
        return try XMLNode.read(try archive.read(entry, most: 128 << 20))
    }

    // MARK: What is kept

    /// Paragraphs and tables, with what stood in boxes behind the paragraph that bore them.
    private func blocks(_ nodes: [XMLNode], cell: String = "") throws -> [XMLNode] {
        var built: [XMLNode] = []
        for node in nodes where !WordFurniture.gone.contains(node.name) && !node.name.isEmpty {
            switch node.name {
            case "p": built += try paragraph(node, cell)
            case "tbl":
                let rows = try Self.unwrapped(node.children, until: ["tr", "tblPr", "tblGrid"]).flatMap { try row($0) }
                built.append(XMLNode("tbl", [], rows))
            case "sectPr": built.append(try section(node))
            case _ where WordFurniture.knows(node.name): break
            default: built += try blocks(node.children, cell: cell)
            }
        }
        return built
    }

    private func row(_ node: XMLNode) throws -> [XMLNode] {
        guard node.name == "tr" else { return clean(node) }
        // A row deleted under tracked changes is not shown any more.
        if node.child("trPr")?.child("del") != nil { return [] }
        var built: [XMLNode] = []
        for each in Self.unwrapped(node.children, until: ["tc", "trPr"]) {
            guard each.name == "tc" else {
                built += clean(each)
                continue
            }
            let shade = each.child("tcPr")?.child("shd")?.attribute("fill")?.uppercased() ?? ""
            let inner = try blocks(each.children.filter { $0.name != "tcPr" }, cell: shade)
            let properties = each.child("tcPr").map(clean) ?? []
            // A cell ends with a paragraph.
            built.append(XMLNode("tc", [], properties + inner + (inner.last?.name == "p" ? [] : [XMLNode("p")])))
        }
        return [XMLNode("tr", [], built)]
    }

    /// Elements of the names, out of whatever wraps them.
    private static func unwrapped(_ nodes: [XMLNode], until names: Set<String>) -> [XMLNode] {
        nodes.flatMap { node -> [XMLNode] in
            if names.contains(node.name) { return [node] }
            return WordFurniture.gone.contains(node.name) ? [] : unwrapped(node.children, until: names)
        }
    }

    private func paragraph(_ node: XMLNode, _ cell: String) throws -> [XMLNode] {
        let properties = node.child("pPr")
        var boxes: [XMLNode] = []
        let style = properties?.child("pStyle")?.attribute("val") ?? ""
        let shade = properties?.child("shd")?.attribute("fill")?.uppercased() ?? ""
        let runs = hiddenStyles.contains(style) ? [] : try runs(node.children, shade, cell, &boxes)
        var kept: [XMLNode] = []
        if let properties {
            let new = XMLNode("pPr")
            if let known = styles[style] { new.children.append(XMLNode("pStyle", [(name: "w:val", value: known)])) }
            for each in properties.children where each.name != "rPr" {
                if each.name == "sectPr" { new.children.append(try section(each)) } else { new.children += clean(each) }
            }
            kept.append(new)
        }
        // A paragraph whose own mark was deleted is shown as part of the next; alone it is only an empty line.
        let whole = XMLNode("p", [], kept + runs)
        return [whole] + (try blocks(boxes))
    }

    private func runs(_ nodes: [XMLNode], _ shade: String, _ cell: String, _ boxes: inout [XMLNode]) throws -> [XMLNode] {
        var built: [XMLNode] = []
        for node in nodes where !node.name.isEmpty && !WordFurniture.gone.contains(node.name) && node.name != "pPr" {
            guard node.name == "r" else {
                if node.name == "p" { boxes.append(node) } else { built += try runs(node.children, shade, cell, &boxes) }
                continue
            }
            let look = node.child("rPr")
            let isHidden = hides(look, shade, cell)
            let new = XMLNode("r", [], look.map { clean($0) } ?? [])
            for each in node.children where each.name != "rPr" && !WordFurniture.gone.contains(each.name) {
                switch each.name {
                case "t":
                    if !isHidden {
                        new.children.append(
                            XMLNode("t", [(name: "xml:space", value: "preserve")], [XMLNode("", text: each.children.map(\.text).joined())])
                        )
                    }
                case "cr": new.children.append(XMLNode("br"))
                case "tab", "br", "noBreakHyphen", "sym": if !isHidden { new.children += clean(each) }
                case "footnoteReference", "endnoteReference": if !isHidden { new.children.append(try note(each)) }
                default:
                    boxes += Self.boxes(in: each)
                    droppedPictures += Self.pictures(in: each)
                }
            }
            if new.children.contains(where: { $0.name != "rPr" }) { built.append(new) }
        }
        return built
    }

    private func hides(_ look: XMLNode?, _ shade: String, _ cell: String) -> Bool {
        guard let look else { return false }
        if let hidden = look.child("vanish") ?? look.child("webHidden") ?? look.child("specVanish") {
            if !["0", "false", "off"].contains(hidden.attribute("val") ?? "1") { return true }
        }
        if let style = look.child("rStyle")?.attribute("val"), hiddenStyles.contains(style) { return true }
        if let size = look.child("sz")?.attribute("val").flatMap({ Int($0) }), size <= 2 { return true }
        var ground = WordGround()
        ground.color = look.child("color")?.attribute("val")?.uppercased() ?? ""
        ground.highlight = look.child("highlight")?.attribute("val") ?? ""
        ground.shade = look.child("shd")?.attribute("fill")?.uppercased() ?? ""
        return ground.hides(paragraph: shade, cell: cell) != nil
    }

    /// The paragraphs in boxes of a drawing, of its first form only.
    private static func boxes(in node: XMLNode) -> [XMLNode] {
        if node.name == "txbxContent" { return node.children.filter { !$0.name.isEmpty } }
        let hasChoice = node.name == "AlternateContent" && node.child("Choice") != nil
        return node.children.filter { !(hasChoice && $0.name == "Fallback") }.flatMap(boxes)
    }

    private static func pictures(in node: XMLNode) -> Int {
        if node.name == "blip" || node.name == "imagedata" { return 1 }
        let hasChoice = node.name == "AlternateContent" && node.child("Choice") != nil
        return node.children.filter { !(hasChoice && $0.name == "Fallback") }.reduce(0) { $0 + pictures(in: $1) }
    }

    /// A note becomes a paragraph at the end, under its number.
    private func note(_ reference: XMLNode) throws -> XMLNode {
        let isEnd = reference.name == "endnoteReference"
        let wanted = reference.attribute("id")
        let all = try part(isEnd ? "word/endnotes.xml" : "word/footnotes.xml")?.children ?? []
        noteCount += 1
        let mark = "[\(noteCount)]"
        let text = XMLNode("t", [(name: "xml:space", value: "preserve")], [XMLNode("", text: mark + " ")])
        let found = all.first { $0.attribute("id") == wanted && ["footnote", "endnote"].contains($0.name) }
        let paragraphs = try blocks(found?.children ?? [])
        if let first = paragraphs.first { first.children.insert(XMLNode("r", [], [text]), at: first.child("pPr") == nil ? 0 : 1) }
        notes += paragraphs
        return XMLNode("t", [(name: "xml:space", value: "preserve")], [XMLNode("", text: mark)])
    }

    private func section(_ node: XMLNode) throws -> XMLNode {
        let new = XMLNode("sectPr")
        for each in node.children where each.name == "headerReference" || each.name == "footerReference" {
            guard let target = each.attribute("r:id").flatMap({ relations[$0] }) ?? each.attribute("id").flatMap({ relations[$0] }),
                let margin = try part(target.hasPrefix("/") ? String(target.dropFirst()) : "word/" + target)
            else { continue }
            let kind = each.name == "headerReference" ? "header" : "footer"
            let id = "m\(margins.count + 1)"
            margins.append(
                Margin(kind: kind, id: id, body: XMLNode(kind == "header" ? "hdr" : "ftr", [], try blocks(margin.children)))
            )
            let type = Self.one(of: ["default", "first", "even"], each.attribute("type"))
            new.children.append(XMLNode("\(kind)Reference", [(name: "w:type", value: type), (name: "r:id", value: id)]))
        }
        new.children += node.children.flatMap { clean($0) }
        if node.child("titlePg") != nil { new.children.append(XMLNode("titlePg")) }
        return new
    }

    /// The one that is said, or the first.
    private static func one(of names: [String], _ said: String?) -> String { said.flatMap { names.contains($0) ? $0 : nil } ?? names[0] }

    private func cleanStyles(_ sheet: XMLNode) -> XMLNode {
        let all = sheet.children.filter { $0.name == "style" }
        for (number, style) in all.enumerated() { if let id = style.attribute("styleId") { styles[id] = "s\(number + 1)" } }
        var bases: [(String, String)] = []
        for style in all {
            let id = style.attribute("styleId") ?? ""
            if let hidden = style.child("rPr")?.child("vanish"), !["0", "false", "off"].contains(hidden.attribute("val") ?? "1") {
                hiddenStyles.insert(id)
            }
            if let base = style.child("basedOn")?.attribute("val") { bases.append((id, base)) }
        }
        for _ in 0..<10 { for (id, base) in bases where hiddenStyles.contains(base) { hiddenStyles.insert(id) } }
        let new = XMLNode("styles", [], sheet.child("docDefaults").map(clean) ?? [])
        for style in all {
            guard let id = style.attribute("styleId").flatMap({ styles[$0] }) else { continue }
            let type = Self.one(of: ["paragraph", "character", "table", "numbering"], style.attribute("type"))
            var attributes = [(name: "w:type", value: type), (name: "w:styleId", value: id)]
            if ["1", "true"].contains(style.attribute("default")) { attributes.append((name: "w:default", value: "1")) }
            let name = style.child("name")?.attribute("val")?.lowercased() ?? ""
            let isKnown =
                name.hasPrefix("heading ") && name.utf8.count == 9 || ["normal", "title", "table grid", "list paragraph"].contains(name)
            let kept = XMLNode("style", attributes, [XMLNode("name", [(name: "w:val", value: isKnown ? name : id)])])
            if let base = style.child("basedOn")?.attribute("val").flatMap({ styles[$0] }) {
                kept.children.append(XMLNode("basedOn", [(name: "w:val", value: base)]))
            }
            kept.children += style.children.filter { ["pPr", "rPr", "tblPr", "tcPr", "trPr", "tblStylePr"].contains($0.name) }.flatMap {
                clean($0)
            }
            new.children.append(kept)
        }
        return new
    }

    /// Only what the furniture knows, all the way down.
    private func clean(_ node: XMLNode) -> [XMLNode] {
        guard WordFurniture.knows(node.name) else { return [] }
        let fonts = node.name == "rFonts"
        let attributes = WordFurniture.attributes(of: node).filter { each in
            let haystack = fonts ? Haystack(each.value) : nil
            return haystack.map { haystack in !blackout.needles.contains(where: haystack.contains) } ?? true
        }
        return [XMLNode(node.name, attributes, node.children.flatMap { clean($0) })]
    }

    // MARK: What is withheld

    private func redact(_ trees: [XMLNode]) {
        var (nodes, text): ([(node: XMLNode, from: Int, to: Int)], [Unicode.Scalar]) = ([], [])
        func gather(_ node: XMLNode) {
            switch node.name {
            case "t":
                let scalars = Array(node.children.map(\.text).joined().unicodeScalars)
                nodes.append((node, text.count, text.count + scalars.count))
                text += scalars
            case "tab": text.append("\t")
            case "br", "p", "tc": text.append("\n")
            default: break
            }
            node.children.forEach(gather)
        }
        trees.forEach(gather)
        var whole = String.UnicodeScalarView()
        whole.append(contentsOf: text)
        let places = Haystack(String(whole)).places(of: blackout.needles)
        count = places.count
        for (node, from, to) in nodes {
            let near = places.filter { $0.range.lowerBound < to && from < $0.range.upperBound }
            guard !near.isEmpty else { continue }
            var (out, next) = (String.UnicodeScalarView(), from)
            for (range, article) in near {
                out.append(contentsOf: text[next..<max(next, range.lowerBound)])
                if range.lowerBound >= from { out.append(contentsOf: blackout.mark(range.count, article).unicodeScalars) }
                next = min(to, range.upperBound)
            }
            out.append(contentsOf: text[next..<to])
            node.children = [XMLNode("", text: String(out))]
        }
    }

    // MARK: The file

    private static let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

    private static func package(_ body: XMLNode, _ styleSheet: XMLNode?, _ numbering: XMLNode?, _ margins: [Margin]) -> [UInt8] {
        var (zip, parts) = (ZipWriter(), [(name: String, type: String, id: String, tree: XMLNode)]())
        if let styleSheet { parts.append(("styles.xml", "styles", "s", styleSheet)) }
        if let numbering { parts.append(("numbering.xml", "numbering", "n", numbering)) }
        for (number, each) in margins.enumerated() { parts.append(("\(each.kind)\(number + 1).xml", each.kind, each.id, each.body)) }
        let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml."
        var types = "<Override PartName=\"/word/document.xml\" ContentType=\"\(kind)document.main+xml\"/>"
        var links = ""
        for part in parts {
            types += "<Override PartName=\"/word/\(part.name)\" ContentType=\"\(kind)\(part.type)+xml\"/>"
            links += "<Relationship Id=\"\(part.id)\" Type=\"\(Self.office)/\(part.type)\" Target=\"\(part.name)\"/>"
        }
        let open = "http://schemas.openxmlformats.org/package/2006/"
        zip.add(
            "[Content_Types].xml",
            Array(
                (Self.head + "<Types xmlns=\"\(open)content-types\"><Default Extension=\"rels\" "
                    + "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\(types)</Types>").utf8
            )
        )
        zip.add(
            "_rels/.rels",
            Array(
                (Self.head + "<Relationships xmlns=\"\(open)relationships\"><Relationship Id=\"d\" "
                    + "Type=\"\(Self.office)/officeDocument\" Target=\"word/document.xml\"/></Relationships>").utf8
            )
        )
        zip.add("word/document.xml", Self.write(XMLNode("document", [], [body])))
        zip.add(
            "word/_rels/document.xml.rels",
            Array((Self.head + "<Relationships xmlns=\"\(open)relationships\">\(links)</Relationships>").utf8)
        )
        for part in parts { zip.add("word/\(part.name)", Self.write(part.tree)) }
        return zip.finished()
    }

    /// What stands in every file built here.
    static var furniture: [UInt8] {
        let empty = package(XMLNode("body"), XMLNode("styles"), XMLNode("numbering"), [])
        do {
            let archive = try ZipArchive(empty)
            return try archive.entries.reduce(empty) { $0 + (try archive.read($1, most: 1 << 20)) }
        } catch { return empty }
    }

    private static func write(_ tree: XMLNode) -> [UInt8] {
        var out = head
        tree.attributes = [(name: "xmlns:w", value: word), (name: "xmlns:r", value: office)] + tree.attributes
        tree.write("w:", into: &out)
        return Array(out.utf8)
    }
}
