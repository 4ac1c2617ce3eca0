import Core
import Storage

/// The tables of the People room, and the five persons of the demo.
extension People {
    // The columns are the point.
    // swift-format-ignore
    public static let demo: [(login: String, name: Text, roles: [Role])] = [
        ("lin",   Text("林舒", "Lin Shu"),     [.drafter]),
        ("chen",  Text("陈放", "Chen Fang"),   [.unitHead]),
        ("zhao",  Text("赵敏", "Zhao Min"),    [.confidentialityReviewer]),
        ("wang",  Text("王岳", "Wang Yue"),    [.leader]),
        ("admin", Text("郑平", "Zheng Ping"),  [.administrator, .disclosureOfficer]),
        ("he",    Text("何静", "He Jing"),     [.officeHead]),
        ("sun",   Text("孙岩", "Sun Yan"),     [.hearingOfficer]),
    ]

    /// Adds the units and the demo persons, once. All have the same password: a demo's, not a tenant's.
    public func addDemo(password: String) async throws {
        try await addReferenceUnits()
        let there = try await database.read { try $0.scalar(Int.self, "SELECT count(*) FROM person") } ?? 0
        guard there == 0 else { return }
        for person in Self.demo {
            try await add(person.login, name: person.name, unit: Self.office, roles: person.roles, password: password)
        }
    }

    /// The code of the unit 办公室, the Office.
    public static let office = UnitNames.reference.named("办公室")?.code ?? "office"

    public static let schema = [
        Migration(
            "2026-11-27 00 people",
            """
            CREATE TABLE unit (code TEXT PRIMARY KEY, name_zh TEXT NOT NULL, name_en TEXT NOT NULL);
            CREATE TABLE person (
                key TEXT PRIMARY KEY,
                login TEXT NOT NULL UNIQUE,
                name_zh TEXT NOT NULL,
                name_en TEXT NOT NULL,
                unit TEXT NOT NULL REFERENCES unit (code),
                password TEXT NOT NULL,
                failures BIGINT NOT NULL,
                rests_until TEXT
            );
            CREATE TABLE assignment (
                person TEXT NOT NULL REFERENCES person (key),
                role TEXT NOT NULL,
                since TEXT NOT NULL,
                until TEXT,
                delegated_by TEXT
            );
            CREATE INDEX assignment_person ON assignment (person);
            CREATE TABLE session (
                token TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES person (key), seal TEXT NOT NULL, until TEXT NOT NULL
            );
            CREATE TABLE spent_form (form TEXT PRIMARY KEY, at TEXT NOT NULL);
            """
        ),
        Migration(
            "2026-11-27 29 accounts close, assignments have numbers",
            """
            ALTER TABLE person ADD COLUMN state TEXT NOT NULL DEFAULT 'open';
            ALTER TABLE assignment RENAME TO assignment_before;
            CREATE TABLE assignment (
                number BIGINT PRIMARY KEY,
                person TEXT NOT NULL REFERENCES person (key),
                role TEXT NOT NULL,
                since TEXT NOT NULL,
                until TEXT,
                delegated_by TEXT
            );
            INSERT INTO assignment (number, person, role, since, until, delegated_by)
            SELECT row_number() OVER (ORDER BY person, role, since), person, role, since, until, delegated_by FROM assignment_before;
            DROP TABLE assignment_before;
            CREATE INDEX assignment_by_person ON assignment (person);
            """
        ),
    ]
}
