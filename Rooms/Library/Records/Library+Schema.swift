import Storage

/// The tables of the library: all of them are made from the records of works, and can be made anew at any time, but for what
/// units decided and found.
extension Library {
    public static let schema = [
        Migration(
            "2026-11-28 40 the library",
            """
            ALTER TABLE release ADD COLUMN work TEXT;
            CREATE INDEX release_work ON release (work);
            CREATE TABLE norm_work (
                id TEXT PRIMARY KEY,
                title TEXT NOT NULL,
                issuer TEXT,
                topic TEXT,
                document_number TEXT,
                promulgated TEXT,
                year BIGINT,
                is_own BIGINT NOT NULL,
                release TEXT,
                unit TEXT
            );
            CREATE TABLE norm_text (
                work TEXT NOT NULL,
                version BIGINT NOT NULL,
                promulgated TEXT,
                effective TEXT,
                from_day TEXT NOT NULL,
                until_day TEXT NOT NULL,
                hash TEXT NOT NULL,
                release TEXT,
                note TEXT NOT NULL,
                articles BIGINT NOT NULL,
                bytes BIGINT NOT NULL,
                PRIMARY KEY (work, version)
            );
            CREATE TABLE norm_part (
                work TEXT NOT NULL,
                version BIGINT NOT NULL,
                position BIGINT NOT NULL,
                kind TEXT NOT NULL,
                anchor TEXT NOT NULL,
                number TEXT NOT NULL,
                number_key TEXT NOT NULL,
                headings TEXT NOT NULL,
                thread BIGINT,
                article BIGINT,
                body TEXT NOT NULL,
                PRIMARY KEY (work, version, position)
            );
            CREATE INDEX norm_part_anchor ON norm_part (work, version, anchor);
            CREATE INDEX norm_part_thread ON norm_part (work, thread);
            CREATE TABLE norm_link (
                work TEXT NOT NULL,
                version BIGINT NOT NULL,
                position BIGINT NOT NULL,
                article BIGINT,
                body TEXT NOT NULL,
                kind TEXT NOT NULL,
                target TEXT,
                target_article TEXT,
                candidates TEXT NOT NULL,
                is_clause BIGINT NOT NULL,
                PRIMARY KEY (work, version, position)
            );
            CREATE INDEX norm_link_target ON norm_link (target, target_article);
            CREATE TABLE norm_said (
                target TEXT NOT NULL,
                speaker TEXT NOT NULL,
                PRIMARY KEY (target, speaker)
            );
            CREATE INDEX norm_said_speaker ON norm_said (speaker);
            CREATE TABLE norm_event (
                work TEXT NOT NULL,
                position BIGINT NOT NULL,
                kind TEXT NOT NULL,
                day TEXT,
                applies BIGINT NOT NULL,
                by_work TEXT,
                json TEXT NOT NULL,
                PRIMARY KEY (work, position)
            );
            CREATE INDEX norm_event_day ON norm_event (kind, day);
            CREATE INDEX norm_event_by ON norm_event (by_work);
            CREATE TABLE norm_force (
                work TEXT NOT NULL,
                from_day TEXT NOT NULL,
                until_day TEXT NOT NULL,
                since_day TEXT NOT NULL,
                status TEXT NOT NULL,
                version BIGINT,
                json TEXT NOT NULL,
                PRIMARY KEY (work, from_day)
            );
            CREATE INDEX norm_force_day ON norm_force (from_day);
            CREATE TABLE norm_verdict (
                by_work TEXT NOT NULL,
                of_work TEXT NOT NULL,
                kind TEXT NOT NULL,
                sentence TEXT NOT NULL,
                is_confirmed BIGINT NOT NULL,
                reason TEXT NOT NULL,
                person TEXT NOT NULL,
                unit TEXT NOT NULL,
                day TEXT NOT NULL,
                PRIMARY KEY (by_work, of_work, kind, sentence)
            );
            CREATE TABLE norm_finding (
                work TEXT NOT NULL,
                number BIGINT NOT NULL,
                status TEXT NOT NULL,
                document TEXT NOT NULL,
                sentence TEXT NOT NULL,
                on_day TEXT NOT NULL,
                person TEXT NOT NULL,
                unit TEXT NOT NULL,
                day TEXT NOT NULL,
                PRIMARY KEY (work, number)
            );
            CREATE TABLE norm_campaign (
                key TEXT PRIMARY KEY,
                title TEXT NOT NULL,
                opened_on TEXT NOT NULL,
                due_on TEXT NOT NULL,
                opened_by TEXT NOT NULL,
                document TEXT
            );
            CREATE TABLE norm_campaign_work (
                campaign TEXT NOT NULL REFERENCES norm_campaign (key),
                work TEXT NOT NULL,
                unit TEXT NOT NULL,
                verdict TEXT,
                reason TEXT NOT NULL,
                person TEXT,
                PRIMARY KEY (campaign, work)
            );
            """
        ),
        // A status of a day is read from the index alone; an article cited by its number is found without reading its text.
        Migration(
            "2026-11-28 41 spans and numbers are found by an index",
            """
            CREATE INDEX norm_force_span ON norm_force (work, from_day, until_day, status, version, since_day);
            CREATE INDEX norm_part_number ON norm_part (work, version, number_key);
            CREATE INDEX norm_part_article ON norm_part (work, version, article);
            CREATE INDEX job_payload ON job (kind, payload);
            """
        ),
    ]
}
