/// The names that documents give to the units of the office, and the roles they name instead of a unit.
public struct UnitNames: Equatable, Sendable {
    public let all: [UnitName]
    private let byName: [String: Int]

    public init(_ all: [UnitName]) {
        self.all = all
        var byName: [String: Int] = [:]
        for (index, unit) in all.enumerated() {
            for name in [unit.zh, unit.en] + unit.aliases where byName[Self.folded(name)] == nil {
                byName[Self.folded(name)] = index
            }
        }
        self.byName = byName
    }

    /// The unit or role of a name, in whichever of its spellings; nil where the table has none.
    /// Capitals, "the", the plural of "department" and "office", and full-width letters make no difference.
    public func named(_ name: some StringProtocol) -> UnitName? {
        byName[Self.folded(name)].map { all[$0] }
    }

    /// A name as it is compared: words in small letters, singular, without "the"; blanks between Chinese left out.
    static func folded(_ name: some StringProtocol) -> String {
        var words: [String] = []
        var word = ""
        func finish() {
            if !word.isEmpty, word != "the" { words.append(plurals[word] ?? word) }
            word = ""
        }
        for scalar in name.unicodeScalars {
            let half = (0xFF01...0xFF5E).contains(scalar.value) ? scalar.value - 0xFEE0 : scalar.value
            switch half {
            case 0x41...0x5A: word.unicodeScalars.append(Unicode.Scalar(UInt8(half | 0x20)))
            case 0x20, 0x09, 0xA0, 0x3000: finish()
            default: word.unicodeScalars.append(Unicode.Scalar(half) ?? scalar)
            }
        }
        finish()
        var folded = ""
        for word in words {
            let isLatin = word.utf8.first.map { $0 < 0x80 } ?? false
            folded += (isLatin && !folded.isEmpty ? " " : "") + word
        }
        return folded
    }

    private static let plurals = [
        "departments": "department", "offices": "office", "units": "unit", "centers": "center",
    ]
}

/// One unit, or one role that a document gives to whoever does a thing.
public struct UnitName: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case unit
        /// "The policy drafting department": found out for each document, no unit of its own.
        case role
    }

    public let code: String
    public let zh: String
    public let en: String
    public let aliases: [String]
    public let kind: Kind

    public init(_ code: String, _ zh: String, _ en: String, _ aliases: [String] = [], kind: Kind = .unit) {
        self.code = code
        self.zh = zh
        self.en = en
        self.aliases = aliases
        self.kind = kind
    }
}

extension UnitNames {
    /// The units of the reference tenant as its notice of 2022 names them. 政府信息制作部门 and the like are roles.
    // The columns are the point.
    // swift-format-ignore
    public static let reference = UnitNames([
        UnitName("office",      "办公室",                 "Office",                                ["General Office", "局办公室"]),
        UnitName("law",         "条法司",                 "Treaty and Law Department",             ["Legal Affairs Department", "Department of Treaty and Law", "Treaty and Law"]),
        UnitName("service",     "公共服务司",             "Public Service Department",             ["Department of Public Services", "Public Services Department"]),
        UnitName("personnel",   "人事司",                 "Human Resources Department",            ["Personnel Department", "Human Resources"]),
        UnitName("protection",  "知识产权保护司",         "Protection Department",                 ["Intellectual Property Protection Department", "保护司"]),
        UnitName("promotion",   "知识产权运用促进司",     "Application Promotion Department",      ["Intellectual Property Application Promotion Department", "运用促进司"]),
        UnitName("examination", "专利局审查业务管理部",   "Examination Department",                ["Examination Business Management Department", "审查业务管理部", "审业部"]),
        UnitName("preliminary", "专利局初审及流程管理部", "Preliminary Examination Process Department", ["Preliminary Examination and Process Management Department", "初审及流程管理部", "初审流程部"]),
        UnitName("review",      "专利局复审和无效审理部", "Review and Invalidation Department",    ["Reexamination and Invalidation Department", "复审和无效审理部", "复审无效部"]),
        UnitName("automation",  "专利局自动化部",         "Automation Department",                 ["自动化部"]),
        UnitName("trademark",   "商标局",                 "Trademark Office",                      []),
        UnitName("training",    "中国知识产权培训中心",   "Training Center",                       ["China Intellectual Property Training Center", "培训中心"]),
        UnitName("publishing",  "知识产权出版社",         "Publishing House",                      ["Intellectual Property Publishing House", "出版社"]),
        UnitName("drafting",    "政策起草部门",           "Policy drafting department",            ["起草部门", "drafting department"], kind: .role),
        UnitName("producing",   "政府信息制作部门",       "Government information producing departments", ["Government information development departments", "信息制作部门", "whoever produces"], kind: .role),
        UnitName("concerned",   "有关部门单位",           "Relevant departments and units",        ["相关部门单位", "各有关部门单位", "有关部门和单位", "相关部门和单位", "有关部门、单位", "relevant departments", "relevant units"], kind: .role),
        UnitName("everyone",    "各部门、各单位",         "Each department and unit",              ["各部门各单位", "各部门单位", "各部门", "各单位", "All departments and units"], kind: .role),
    ])
}

extension UnitNames {
    /// The units that take on work, as a form offers them.
    public static var units: [UnitName] { reference.all.filter { $0.kind == .unit } }

    /// A unit's name; the code itself where the table does not know it.
    public static func name(of code: String, in language: Language) -> String {
        guard let unit = reference.all.first(where: { $0.code == code }) else { return code }
        return language == .zh ? unit.zh : unit.en
    }
}
