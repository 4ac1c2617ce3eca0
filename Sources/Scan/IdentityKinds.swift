/// The table's rows on the numbers of persons and organisations.
enum IdentityKinds {
    private static let person = "《个人信息保护法》第二十五条"

    static let rows: [Kind] = [
        Kind(
            "residentID", "id_number", "居民身份证号码", "Resident ID number",
            pattern: #"[1-9](?:[-. \n]{0,2}\d){16}[-. \n]{0,2}[\dXx]"#,
            check: .residentID, context: "身份证 公民身份号码 证件号 证号 identity id_card id_no", alone: 0.97, inContext: 0.99, .serious, person,
            seen: ["身份证号11010519491231002X。", "身份证号１１０１０５１９４９１２３１００２Ｘ", "号码110105 19491231 002X", "写错的110105194912310021"],
            unseen: ["订单号110105194913310021", "号码1101051949123100210", "共110105194912310029345件"]
        ),
        Kind(
            "residentID", "id_number", "居民身份证号码", "Resident ID number",
            pattern: #"[1-9](?:[- ]{0,2}\d){14}"#,
            check: .residentIDOf15, context: "身份证 公民身份号码 证件号 identity id_card", alone: 0.6, inContext: 0.95, .serious, person,
            seen: ["身份证150102880730303"],
            unseen: ["号码110101940231001", "流水号150102881330303"]
        ),
        Kind(
            "creditCode", "USCC", "统一社会信用代码", "Unified social credit code",
            pattern: #"[1-9ANYany][0-9A-Za-z](?:[- ]{0,2}[0-9OoIl]){6}(?:[- ]{0,2}[0-9A-Za-z]){10}"#,
            check: .creditCode, context: "信用代码 credit_code uscc 税号 纳税人识别号", alone: 0.95, inContext: 0.99, .notice, "《政府信息公开条例》第十五条",
            seen: ["代码91350100M000100Y43", "代码12100000400000624D", "写错的91350211M00013FA1N", "代码9135O1OOM000100Y43"],
            unseen: ["编号913501Q0M000100Y43", "哈希a94a8fe5ccb19ba61c4c0873d391e987982fbbd3"]
        ),
        Kind(
            "organisationCode", "organisation_code", "组织机构代码", "Organisation code",
            pattern: #"\b[0-9A-Z]{8}-?[0-9X]\b"#,
            check: .organisationCode, context: "组织机构代码 机构代码 organisation_code organization_code", alone: 0.3, inContext: 0.95, .notice,
            "《政府信息公开条例》第十五条",
            seen: ["组织机构代码00001434-9"], unseen: ["组织机构代码00001434-8", "电话62083114-9"]
        ),
        Kind(
            "passport", "passport", "护照号码", "Passport number",
            pattern: #"\b(?:[EeGgDSP]\d{8}|[Ee][A-HJ-NP-Za-hj-np-z]\d{7}|1[45]\d{7}|[A-Z]{1,2}\d{7,8})\b"#,
            context: "护照 passport", alone: 0, inContext: 0.95, .serious, person,
            seen: ["护照号G10122691", "passport no. E12345678"], unseen: ["型号G10122691", "编号E12345678号"]
        ),
        Kind(
            "passportAlone", "passport", "疑似护照号码", "Number like a passport's",
            pattern: #"\b(?:[EG]\d{8}|E[A-HJ-NP-Z]\d{7})\b"#,
            context: "旅客 出入境 签证 证件 出境 visa travel", alone: 0.45, inContext: 0.8, .suspect, person,
            seen: ["旅客持E12345678出境"], unseen: ["E123456789"]
        ),
        Kind(
            "hkMacauPermit", "hk_macau_permit", "港澳通行证号码", "Permit to or from Hong Kong and Macau",
            pattern: #"\b(?:[CcWwHhMm]\d{8}(?:\d{2})?|[Cc][A-Za-z]\d{7})\b"#,
            context: "通行证 回乡证 港澳 往来内地 permit", alone: 0, inContext: 0.95, .serious, person,
            seen: ["港澳通行证C12345678", "回乡证H1234567801"], unseen: ["批号C12345678"]
        ),
        Kind(
            "taiwanPermit", "taiwan_permit", "台湾通行证号码", "Permit to or from Taiwan",
            pattern: #"\b(?:[TL]?\d{8}|\d{10}(?:\([A-Z0-9]\))?)\b"#,
            context: "台胞证 台湾通行证 台湾居民 往来大陆 来往大陆 台湾地区", alone: 0, inContext: 0.9, .serious, person,
            seen: ["台胞证12345678", "大陆居民往来台湾通行证T12345678"], unseen: ["合同编号12345678"]
        ),
        Kind(
            "hongKongID", "hk_id", "香港身份证号码", "Hong Kong identity card",
            pattern: #"\b[A-Z]{1,2}\d{6} ?[(（][0-9A][)）]"#,
            check: .hongKongID, context: "香港 身份证 hong_kong hkid", alone: 0.9, inContext: 0.98, .serious, person,
            seen: ["香港身份证G123456(A)"], unseen: ["G123456(7)"]
        ),
        Kind(
            "taiwanID", "tw_id", "台湾身份证字号", "Taiwan identity number",
            pattern: #"\b[A-Z][1289]\d{8}\b"#,
            check: .taiwanID, context: "台湾 身份证 身分证 taiwan", alone: 0, inContext: 0.9, .serious, person,
            seen: ["台湾身份证A123456789"], unseen: ["台湾身份证A123456788", "编号A123456789"]
        ),
        Kind(
            "foreignerResidence", "residence_permit", "外国人永久居留证号码", "Foreigner's permanent residence card",
            pattern: #"\b[A-Z]{3}\d{12}\b"#,
            context: "永久居留 居留证 外国人 residence", alone: 0, inContext: 0.95, .serious, person,
            seen: ["永久居留身份证USA310190010101"], unseen: ["批次USA310190010101"]
        ),
        Kind(
            "drivingLicence", "driving_licence", "驾驶证档案编号", "Driving licence file number",
            pattern: #"(?:驾驶证|驾照|档案编号|driving licen[cs]e|driver'?s? licen[cs]e)(?:号码|编号|档案编号|号|no\.?|number)?\s?[:：]?\s?\d{12}\b"#,
            isCaseless: true, check: .afterCue, alone: 0.9, .serious, person,
            seen: ["驾驶证档案编号：110012345678", "driving licence no. 110012345678"], unseen: ["订单110012345678"]
        ),
        Kind(
            "officerCard", "officer_card", "军官证等证件号码", "Officer's card",
            pattern: #"[军武士文海空南北沈兰成济广参政后装联警]字第?\s?\d{4,8}号?"#,
            check: .asIs, context: "军官证 士兵证 警官证 文职 武警 officer", alone: 0.7, inContext: 0.95, .serious, person,
            seen: ["军官证南字第12345678号", "军字第2001988号"], unseen: ["京政发字第12号"]
        ),
        Kind(
            "officerCardNumber", "officer_card", "军官证等证件号码", "Officer's card",
            pattern: #"(?:军官证|士兵证|警官证|警号|文职干部证|officer card)(?:号码|编号|号)?\s?[:：]?\s?\d{6,8}\b"#,
            check: .afterCue, alone: 0.85, .serious, person,
            seen: ["警号：012345"], unseen: ["军官证办理流程"]
        ),
        Kind(
            "socialSecurity", "social_security", "社会保障号码", "Social security number",
            pattern: #"(?:社保卡|社会保障卡|社保|医保卡|医保|公积金)(?:账号|卡号|号码|编号|号)\s?[:：]?\s?[A-Z0-9]{8,12}\b"#,
            check: .afterCue, alone: 0.85, .serious, "《个人信息保护法》第二十八条",
            seen: ["社保卡号：A12345678", "公积金账号123456789"], unseen: ["社保卡办理"]
        ),
        Kind(
            "medicalRecord", "medical_record", "病历号", "Medical record number",
            pattern: #"(?:病历|住院|门诊|就诊卡|病案)号\s?[:：]?\s?[A-Z]{0,2}\d{5,12}\b"#,
            check: .afterCue, alone: 0.85, .serious, "《个人信息保护法》第二十八条",
            seen: ["住院号：00123456"], unseen: ["病历号XXX"]
        ),
    ]
}
