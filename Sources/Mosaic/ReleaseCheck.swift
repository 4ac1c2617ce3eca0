/// A table that is already out, under the name by which people know it.
public struct EarlierRelease: Sendable {
    public let name: String
    public let table: Microdata

    public init(name: String, table: Microdata) {
        self.name = name
        self.table = table
    }
}

/// What a new table discloses beside everything that is already out; the keys are those of `gongkai mosaic check --json`.
public struct ReleaseCheck: Sendable, Codable, Equatable {
    /// How an attacker combines tables.
    public enum Attack: String, Sendable, Codable {
        /// Rows are matched by what the tables share, and told apart by the quasi-identifiers of all of them.
        case linkage
        /// What remains possible in every table at once.
        case intersection
        /// Rows that came since the earlier version, or were in both.
        case difference
        /// Rows of the earlier version that are gone.
        case withdrawn
    }

    /// Rows that an attack leaves with no, too little, or no sensitive company.
    public struct Counts: Sendable, Codable, Equatable {
        public var unique = 0
        public var belowK = 0
        public var certain = 0

        public init(unique: Int = 0, belowK: Int = 0, certain: Int = 0) {
            self.unique = unique
            self.belowK = belowK
            self.certain = certain
        }

        public var isSafe: Bool { unique == 0 && belowK == 0 && certain == 0 }
    }

    /// What one attack finds by one earlier release, or by several together.
    public struct Finding: Sendable, Codable, Equatable {
        public let with: [String]
        public let attack: Attack
        /// The columns by which rows are matched.
        public let by: [String]
        public let unique: Int
        public let belowK: Int
        public let certain: Int
        /// The sensitive columns of which values become certain.
        public let columns: [String]
        public let sentence: Sentence
    }

    /// A change of the new table, and what the attacks find after it.
    public struct Cure: Sendable, Codable, Equatable {
        public enum Kind: String, Sendable, Codable {
            case generalise
            case suppressRows
            case suppressCells
            case dropColumn
            case round
        }

        public let kind: Kind
        public let column: String?
        /// Rows or cells taken out; width of the bands; digits kept.
        public let amount: Int
        /// The share of the table's information that goes: 0 nothing, 1 all.
        public let loss: Double
        public let unique: Int
        public let belowK: Int
        public let certain: Int
        public let sentence: Sentence
    }

    public let rows: Int
    public let k: Int
    /// Rows of the new table that some attack leaves alone.
    public let unique: Int
    /// Rows in a crowd smaller than k, unique ones included.
    public let belowK: Int
    /// Rows of which a sensitive value becomes certain.
    public let certain: Int
    /// The earlier releases that take part.
    public let with: [String]
    public let findings: [Finding]
    /// The smallest first; those that leave nothing stand before those that leave something.
    public internal(set) var cures: [Cure]
    /// What the new table discloses alone.
    public let alone: Counts
    public let sentence: Sentence
    /// What could not be compared in full, in words; empty if everything was.
    public let limits: [Sentence]
}
