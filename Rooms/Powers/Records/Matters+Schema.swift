import Core
import Storage

/// The tables of the Powers room.
extension Matters {
    public static let schema = [
        Migration(
            "2026-11-27 45 powers and service guides",
            """
            CREATE TABLE matter (
                key TEXT PRIMARY KEY,
                code TEXT NOT NULL UNIQUE CHECK (code <> ''),
                sort TEXT NOT NULL,
                unit TEXT NOT NULL,
                state TEXT NOT NULL,
                version BIGINT NOT NULL,
                draft TEXT NOT NULL,
                published TEXT,
                published_on TEXT,
                CHECK ((published IS NULL) = (published_on IS NULL))
            );
            CREATE INDEX matter_unit ON matter (unit);
            CREATE TABLE matter_basis (
                matter TEXT NOT NULL REFERENCES matter (key),
                place BIGINT NOT NULL,
                release TEXT NOT NULL REFERENCES release (key),
                anchor TEXT NOT NULL,
                PRIMARY KEY (matter, place)
            );
            CREATE INDEX matter_basis_release ON matter_basis (release);
            CREATE TABLE matter_flag (
                matter TEXT NOT NULL REFERENCES matter (key),
                kind TEXT NOT NULL,
                basis TEXT NOT NULL,
                zh TEXT NOT NULL,
                en TEXT NOT NULL,
                since TEXT NOT NULL,
                PRIMARY KEY (matter, kind, basis)
            );
            CREATE TABLE matter_notice (
                day TEXT NOT NULL,
                matter TEXT NOT NULL REFERENCES matter (key),
                kind TEXT NOT NULL,
                basis TEXT NOT NULL,
                unit TEXT NOT NULL,
                zh TEXT NOT NULL,
                en TEXT NOT NULL,
                PRIMARY KEY (day, matter, kind, basis)
            );
            CREATE INDEX matter_notice_unit ON matter_notice (unit, day);
            """
        )
    ]
}

extension Matter.Sort: SQLConvertible {}
extension Matter.State: SQLConvertible {}
extension BasisFlag.Kind: SQLConvertible {}
