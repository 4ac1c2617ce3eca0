import WorkCalendar

/// The two lists as the standard tables: one row a matter, the heads as offices know them, in either language.
public enum MatterTable {
    /// A column of a table.
    enum Column: Equatable {
        case number
        case code
        case name
        case type
        case basis
        case field(MatterField)
        case unit
        case nameEn
        case note
    }

    // The columns in their order, with the heads they have in the list of powers and in the service guides.
    static func columns(of sort: Matter.Sort) -> [Column] {
        switch sort {
        case .power:
            [
                .number, .code, .name, .type, .basis, .field(.body), .unit, .field(.responsibilities), .field(.accountability),
                .field(.supervision),
            ]
                + [.nameEn, .note]
        case .guide:
            [.number, .code, .name, .basis] + MatterField.of(.guide).map { .field($0) } + [.unit, .nameEn, .note]
        }
    }

    static func head(_ column: Column, _ sort: Matter.Sort) -> Text {
        let isPower = sort == .power
        return switch column {
        case .number: Text("序号", "No.")
        case .code: isPower ? Text("职权编码", "Code of the power") : Text("事项编码", "Code of the matter")
        case .name: isPower ? Text("职权名称", "Name of the power") : Text("事项名称", "Name of the matter")
        case .type: Text("职权类型", "Type")
        case .basis: Text("设定依据", "Basis")
        case .field(let field): field.text
        case .unit: Text("承办机构", "Unit in charge")
        case .nameEn: Text("英文名称", "English name")
        case .note: Text("备注", "Notes")
        }
    }

    public static func heads(of sort: Matter.Sort, in language: Language) -> [String] {
        columns(of: sort).map { head($0, sort).in(language) }
    }

    /// The cells of a matter.
    /// - Parameter notes: what is flagged of it, for the last column.
    public static func cells(
        of text: MatterText,
        code: String,
        sort: Matter.Sort,
        number: Int,
        notes: [String],
        in language: Language
    ) -> [String] {
        columns(of: sort).map { column in
            switch column {
            case .number: "\(number)"
            case .code: code
            case .name: text.name
            case .type: text.type?.text.in(language) ?? ""
            case .basis: text.bases.map(\.citation).joined(separator: "\n")
            case .field(let field): text[field]
            case .unit: UnitNames.name(of: text.unit, in: language)
            case .nameEn: text.nameEn
            case .note: notes.joined(separator: "\n")
            }
        }
    }

    // Heads that other offices write for the same columns.
    private static let aliases: [String: Column] = [
        "编码": .code, "名称": .name, "事项类型": .type, "类型": .type, "依据": .basis, "实施依据": .basis, "法律依据": .basis,
        "办理机构": .unit, "责任机构": .unit, "承办单位": .unit, "责任单位": .unit, "实施主体": .field(.body), "法定主体": .field(.body),
        "受理条件": .field(.conditions), "申请材料": .field(.materials), "流程": .field(.process), "时限": .field(.limit),
        "法定时限": .field(.limit), "收费标准": .field(.fee), "地点": .field(.place), "方式": .field(.way), "咨询监督方式": .field(.contact),
        "追责情形和依据": .field(.accountability), "监督电话": .field(.supervision), "监督投诉方式": .field(.supervision),
    ]

    /// The columns of a table that came in, by its first row.
    public struct Reading: Sendable {
        public let sort: Matter.Sort
        let places: [(column: Column, place: Int)]

        /// - Throws: a refusal where the heads are of neither list, or one that must be there is missing.
        public init(heads: [String]) throws(Refusal) {
            let heads = heads.map { $0.filter { !$0.isWhitespace }.lowercased() }
            func place(of column: Column, _ sort: Matter.Sort) -> Int? {
                let head = MatterTable.head(column, sort)
                let names = [head.zh, head.en].map { $0.filter { !$0.isWhitespace }.lowercased() }
                return heads.firstIndex { names.contains($0) } ?? heads.firstIndex { MatterTable.aliases[$0] == column }
            }
            let isPower = place(of: .type, .power) != nil
            let sort: Matter.Sort = isPower ? .power : .guide
            var places: [(Column, Int)] = []
            var missing: [Text] = []
            for column in MatterTable.columns(of: sort) {
                if let place = place(of: column, sort) {
                    places.append((column, place))
                } else if ![.number, .code, .nameEn, .note].contains(column) {
                    missing.append(MatterTable.head(column, sort))
                }
            }
            guard missing.isEmpty else {
                throw .invalid(
                    "file",
                    "表头不是权责清单或者办事指南的：缺少\(missing.map { "“\($0.zh)”" }.joined(separator: "、"))。",
                    "The heads are not those of either list; missing: \(missing.map { "“\($0.en)”" }.joined(separator: ", "))."
                )
            }
            (self.sort, self.places) = (sort, places)
        }

        /// A row of the table; nil for a blank one.
        /// - Throws: what is wrong with it, every fault in one refusal.
        public func row(_ cells: [String]) throws(Refusal) -> MatterRow? {
            guard cells.contains(where: { !$0.allSatisfy(\.isWhitespace) }) else { return nil }
            var text = MatterText(name: "", unit: "")
            var (code, names): (String?, [BasisName]) = (nil, [])
            var faults: [String: Text] = [:]
            for (column, place) in places {
                let cell = cells.indices.contains(place) ? cells[place].trimmed : ""
                switch column {
                case .number, .note: break
                case .code: code = cell.isEmpty ? nil : cell
                case .name: text.name = cell
                case .nameEn: text.nameEn = cell
                case .field(let field): text[field] = cell
                case .type:
                    text.type = PowerType(named: cell)
                    if text.type == nil, !cell.isEmpty {
                        faults["type"] = Text("“\(cell)”不是十类职权之一。", "“\(cell)” is none of the ten types.")
                    }
                case .unit:
                    text.unit = UnitNames.reference.named(cell).flatMap { $0.kind == .unit ? $0.code : nil } ?? ""
                    if text.unit.isEmpty { faults["unit"] = Text("单位表中没有“\(cell)”。", "There is no unit “\(cell)”.") }
                case .basis:
                    guard !cell.isEmpty else { break }
                    do throws(Refusal) { names = try BasisName.read(cell) } catch { faults["bases"] = error.text }
                }
            }
            for (field, fault) in text.missing(as: sort) where faults[field] == nil && !(field == "bases" && !names.isEmpty) {
                faults[field] = fault
            }
            guard faults.isEmpty else { throw .invalidForm(faults) }
            return MatterRow(code: code, text: text, bases: names)
        }
    }
}

/// A row of a table that came in: its bases are named, not chosen yet.
public struct MatterRow: Equatable, Sendable {
    public let code: String?
    public let text: MatterText
    public let bases: [BasisName]
}

extension Refusal {
    /// Every fault in one line, for a list of rows that were refused.
    public var sentences: Text {
        guard case .invalidForm(let faults) = self else { return text }
        let all = faults.sorted { $0.key < $1.key }.map(\.value)
        return Text(all.map(\.zh).joined(), all.map(\.en).joined(separator: " "))
    }
}
