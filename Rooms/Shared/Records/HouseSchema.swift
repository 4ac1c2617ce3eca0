import Storage

/// All migrations of all rooms: what `gongkai migrate` runs.
public enum HouseSchema {
    public static let all: [Migration] =
        StepLog.schema + Audit.schema + Jobs.schema + Calendars.schema + People.schema + Incidents.schema + Documents.schema
        + Reviews.schema + Waivers.schema + Releases.schema
        + [Releases.methodSchema] + TransparencyLog.schema + Ledgers.schema + DisclosureRequests.schema + Appeals.schema
        + AnnualReports.schema + Datasets.schema + NormRecords.schema + Matters.schema
        + LimitedReleases.schema + [Documents.attachmentSchema, Reviews.redactionSchema] + Assessments.schema + [Releases.emergencySchema]

    /// Every table in the order in which rows can be put back; the search index is made anew from what it indexes.
    public static let tables = [
        "step_log", "audit", "job", "holiday_notice", "holiday_day", "unit", "person", "assignment", "session", "spent_form", "incident",
        "document", "document_revision", "review",
        "finding_decision", "finding_waiver", "method_choice", "content", "batch", "release", "passage", "passage_change", "log_leaf",
        "log_node",
        "log_head",
        "log_anchor",
        "ledger_task",
        "task_unit",
        "task_evidence", "request", "request_party", "request_draft", "request_search", "request_likeness", "request_letter", "desk_notice",
        "appeal",
        "report_figure",
        "report_section", "earlier_report", "dataset", "norm_record",
        "matter", "matter_basis", "matter_flag", "matter_notice",
        "attachment_file", "document_attachment", "attachment_redaction", "impact_assessment", "reassessment", "emergency_release",
        "limited_release", "limited_recipient", "limited_reading",
    ]
}
