import Foundation

/// A PDF taken apart by qpdf in a process of its own: its objects, and its streams still packed on disk.
package final class PDFFile {
    package struct Stream {
        package let dictionary: [String: PDFValue]
        let file: String
    }

    package struct Page {
        package let id: String
        package let dictionary: [String: PDFValue]
        /// Left, bottom, right, top in points.
        package let box: [Double]
        /// The part of the paper that is shown, in the same order.
        package let shown: [Double]
        /// Clockwise: 0, 90, 180 or 270.
        package let turn: Int
    }

    package let bench: Workbench
    package private(set) var objects: [String: PDFValue] = [:]
    package private(set) var streams: [String: Stream] = [:]
    package private(set) var pages: [Page] = []
    /// qpdf's own words for each object, to write changed ones back.
    package private(set) var json: [String: Any] = [:]
    private var lastID = 0

    /// - Throws: `Refused`: encrypted, broken, too slow, a bomb.
    package init(_ bytes: [UInt8]) throws {
        bench = try Workbench()
        try bench.put(bytes, as: "in.pdf")
        // Opened with an empty password where that is enough; every other step then needs none.
        try bench.run(
            ["qpdf", "--decrypt", "--preserve-unreferenced", "--stream-data=preserve", "in.pdf", "file.pdf"],
            Self.limits,
            fine: [0, 3]
        )
        bench.remove("in.pdf")
        let words = try bench.run(
            [
                "qpdf", "--json=2", "--json-key=qpdf", "--json-stream-data=file", "--json-stream-prefix=stream", "--decode-level=none",
                "file.pdf",
            ],
            Self.limits,
            fine: [0, 3]
        )
        guard let top = try JSONSerialization.jsonObject(with: Data(words)) as? [String: Any], let both = top["qpdf"] as? [Any],
            both.count == 2,
            let head = both[0] as? [String: Any], let table = both[1] as? [String: Any]
        else { throw Extract.Refused.broken }
        lastID = head["maxobjectid"] as? Int ?? 0
        for (key, each) in table {
            guard let each = each as? [String: Any] else { continue }
            let id = key.hasPrefix("obj:") ? String(key.dropFirst(4)) : key
            if let value = each["value"] {
                objects[id] = PDFValue(value)
                json[id] = value
            } else if let stream = each["stream"] as? [String: Any], let dictionary = stream["dict"] as? [String: Any] {
                let values = PDFValue.table(dictionary)
                streams[id] = Stream(
                    dictionary: values,
                    file: (stream["datafile"] as? String ?? "").split(separator: "/").last.map(String.init) ?? ""
                )
                json[id] = dictionary
            }
        }
        readPages()
        guard !pages.isEmpty else { throw Extract.Refused.broken }
    }

    package static let limits = Workbench.Limits(time: 60, file: 512 << 20, output: 256 << 20)

    package func resolve(_ value: PDFValue?) -> PDFValue {
        var value = value ?? .null
        for _ in 0..<32 {
            guard case .reference(let id) = value else { return value }
            if let stream = streams[id] { return .dictionary(stream.dictionary) }
            value = objects[id] ?? .null
        }
        return .null
    }

    /// The stream that a reference names, unfolded. Pictures in their own encodings are given as they are.
    /// - Throws: `Refused.bomb` above `most` bytes.
    package func content(_ id: String, most: Int = 64 << 20) throws -> [UInt8] {
        guard let stream = streams[id] else { return [] }
        var bytes = try bench.take(stream.file)
        let filters = list(stream.dictionary["Filter"]).compactMap { resolve($0).name }
        let parameters = list(stream.dictionary["DecodeParms"])
        for (number, filter) in filters.enumerated() {
            let given = number < parameters.count ? resolve(parameters[number]).dictionary ?? [:] : [:]
            guard let next = try PDFFilter.decode(bytes, filter, given.compactMapValues(\.number), most: most) else { break }
            bytes = next
        }
        return bytes
    }

    package func raw(_ id: String) throws -> [UInt8] { try streams[id].map { try bench.take($0.file) } ?? [] }

    package func filters(_ id: String) -> [String] { list(streams[id]?.dictionary["Filter"]).compactMap { resolve($0).name } }

    package func list(_ value: PDFValue?) -> [PDFValue] {
        switch value {
        case .array(let all)?: return all
        case nil, .null?: return []
        case let one?:
            if case .reference = one, let all = resolve(one).array { return all }
            return [one]
        }
    }

    /// Writes the file anew with some objects changed: values, or streams by their dictionary and bytes.
    package func write(_ values: [String: Any], _ contents: [String: [UInt8]] = [:], dropping: [String] = [], as name: String) throws {
        var table: [String: Any] = [:]
        for (id, value) in values { table["obj:\(id)"] = ["value": value] }
        for (id, bytes) in contents {
            var dictionary = json[id] as? [String: Any] ?? [:]
            dictionary["/Filter"] = nil
            dictionary["/DecodeParms"] = nil
            dictionary["/Length"] = nil
            for key in dropping { dictionary[key] = nil }
            table["obj:\(id)"] = ["stream": ["dict": dictionary, "data": Data(bytes).base64EncodedString()] as [String: Any]]
        }
        let head: [String: Any] = ["jsonversion": 2, "pdfversion": "1.7", "maxobjectid": lastID]
        try bench.put([UInt8](try JSONSerialization.data(withJSONObject: ["qpdf": [head, table]])), as: "change.json")
        try bench.run(["qpdf", "--update-from-json=change.json", "--stream-data=preserve", "file.pdf", name], Self.limits, fine: [0, 3])
        bench.remove("change.json")
    }

    package var catalog: (id: String, dictionary: [String: PDFValue])? {
        for (id, value) in objects {
            if let dictionary = value.dictionary, dictionary["Type"]?.name == "Catalog", dictionary["Pages"] != nil {
                return (id, dictionary)
            }
        }
        return nil
    }

    private func readPages() {
        guard let trailer = objects["trailer"]?.dictionary, let root = resolve(trailer["Root"]).dictionary, let top = root["Pages"] else {
            return
        }
        var seen: Set<String> = []
        // What pages inherit: paper, cut, turn, resources.
        let inherited = ["MediaBox", "CropBox", "Rotate", "Resources"]
        var waiting: [(PDFValue, [String: PDFValue])] = [(top, [:])]
        while let (value, above) = waiting.popLast(), pages.count < 20_000 {
            guard case .reference(let id) = value, seen.insert(id).inserted, var node = objects[id]?.dictionary else { continue }
            for name in inherited where node[name] == nil { node[name] = above[name] }
            if let kids = resolve(node["Kids"]).array, node["Type"]?.name != "Page" {
                for kid in kids.reversed() { waiting.append((kid, node.filter { inherited.contains($0.key) })) }
            } else {
                let paper = rectangle(node["MediaBox"]) ?? [0, 0, 612, 792]
                let cut = rectangle(node["CropBox"]) ?? paper
                let shown = [max(cut[0], paper[0]), max(cut[1], paper[1]), min(cut[2], paper[2]), min(cut[3], paper[3])]
                let turn = (Int(exactly: (resolve(node["Rotate"]).number ?? 0).rounded()) ?? 0) % 360
                pages.append(Page(id: id, dictionary: node, box: paper, shown: shown, turn: (turn + 360) % 360))
            }
        }
    }

    private func rectangle(_ value: PDFValue?) -> [Double]? {
        let numbers = resolve(value).array?.compactMap { resolve($0).number } ?? []
        guard numbers.count == 4 else { return nil }
        return [min(numbers[0], numbers[2]), min(numbers[1], numbers[3]), max(numbers[0], numbers[2]), max(numbers[1], numbers[3])]
    }
}
