import Storage

extension DisclosureRequests {
    public static let schema = [
        Migration(
            "2026-11-27 20 requests",
            """
            CREATE TABLE request (
                number TEXT PRIMARY KEY,
                year BIGINT NOT NULL,
                serial BIGINT NOT NULL,
                unit TEXT,
                channel TEXT NOT NULL,
                applicant_kind TEXT NOT NULL,
                arrived TEXT NOT NULL,
                subject TEXT NOT NULL,
                description TEXT NOT NULL,
                form TEXT NOT NULL,
                state TEXT NOT NULL,
                outcome TEXT,
                closed_on TEXT,
                due TEXT,
                provisional BIGINT NOT NULL,
                events TEXT NOT NULL,
                word TEXT,
                split_from TEXT,
                merged_into TEXT,
                version BIGINT NOT NULL
            );
            CREATE INDEX request_state ON request (state, due);
            CREATE INDEX request_year ON request (year, serial);
            CREATE INDEX request_arrived ON request (arrived, applicant_kind);
            CREATE INDEX request_closed ON request (closed_on, outcome, applicant_kind);
            CREATE TABLE request_party (request TEXT PRIMARY KEY REFERENCES request (number), sealed TEXT NOT NULL, person TEXT NOT NULL);
            CREATE INDEX request_party_person ON request_party (person);
            CREATE TABLE request_likeness (
                piece BIGINT NOT NULL, request TEXT NOT NULL REFERENCES request (number), PRIMARY KEY (piece, request)
            );
            CREATE INDEX request_likeness_request ON request_likeness (request);
            CREATE TABLE desk_notice (
                day TEXT NOT NULL, request TEXT NOT NULL, role TEXT NOT NULL, unit TEXT NOT NULL, zh TEXT NOT NULL, en TEXT NOT NULL,
                PRIMARY KEY (day, request, role)
            );
            CREATE TABLE request_draft (
                request TEXT NOT NULL REFERENCES request (number),
                version BIGINT NOT NULL,
                outcome TEXT NOT NULL,
                body TEXT NOT NULL,
                assessment TEXT NOT NULL,
                person TEXT NOT NULL,
                at TEXT NOT NULL,
                PRIMARY KEY (request, version)
            );
            CREATE TABLE request_search (
                request TEXT NOT NULL REFERENCES request (number), place TEXT NOT NULL, found TEXT NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL
            );
            CREATE INDEX request_search_request ON request_search (request);
            CREATE TABLE request_letter (
                request TEXT PRIMARY KEY REFERENCES request (number),
                number TEXT NOT NULL,
                body TEXT NOT NULL,
                signed_by TEXT NOT NULL,
                at TEXT NOT NULL,
                delivered_on TEXT,
                delivery TEXT,
                satisfaction BIGINT
            );
            """
        )
    ]
}
