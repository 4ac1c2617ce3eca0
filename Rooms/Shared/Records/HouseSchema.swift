import Storage

/// All migrations of all rooms: what `gongkai migrate` runs.
public enum HouseSchema {
    public static let all: [Migration] =
        StepLog.schema + Audit.schema + Jobs.schema + Calendars.schema + People.schema + Incidents.schema + Documents.schema
        + Reviews.schema + Waivers.schema + Releases.schema
        + [Releases.methodSchema] + TransparencyLog.schema + Ledgers.schema + DisclosureRequests.schema + Appeals.schema
        + AnnualReports.schema + Datasets.schema + Datasets.reviewSchema + DossierLedger.schema + NormRecords.schema + Library.schema
        + Matters.schema
        + [
            DisclosureRequests.attachmentSchema, DisclosureRequests.replySchema, RecordCorrections.schema, DisclosureRequests.mailSchema,
            DisclosureRequests.transferSchema, Appeals.suspensionSchema, AnnualReports.partSchema, ApplicantAccounts.schema,
            DisclosureRequests.replyFileSchema,
        ]
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
        "report_section", "earlier_report", "dataset", "dataset_decision", "dataset_version", "dossier_release", "dossier_mention",
        "dossier_fact", "norm_record",
        "norm_work", "norm_text", "norm_part", "norm_link", "norm_said", "norm_event", "norm_force", "norm_verdict",
        "norm_finding", "norm_campaign", "norm_campaign_work",
        "matter", "matter_basis", "matter_flag", "matter_notice",
        "request_attachment", "request_correction", "reply_entry", "reply_suggestion", "filing_offer", "record_correction", "request_mail",
        "request_transfer", "appeal_suspension", "report_part", "applicant_account",
        "applicant_session", "applicant_request", "reply_file",
        "attachment_file", "document_attachment", "attachment_redaction", "impact_assessment", "reassessment", "emergency_release",
        "limited_release", "limited_recipient", "limited_reading",
    ]
}
