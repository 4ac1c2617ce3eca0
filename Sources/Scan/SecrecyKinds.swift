/// The table's rows on state secrets and work secrets.
enum SecrecyKinds {
    static let rows: [Kind] = [
        Kind(
            "secrecyMark",
            "secrecy_mark",
            "国家秘密标志",
            "Secrecy mark",
            pattern: #"(?:[绝机秘絕機祕]\s{0,3}[密宻宓蜜]|[绐枫杌扒稘泌]\s{0,3}密)"#,
            check: .secrecyMark,
            alone: 0.99,
            .refuse,
            "《保守国家秘密法》第二十二条、第三十一条",
            seen: ["机密★10年", "绝 密 ☆ 长期", "标题\n秘密\n正文", "秘密\n★ 5年", "机密＊2030年解密", "机密大10年"],
            unseen: ["国家秘密的密级分为绝密、机密、秘密三级。", "绝密级国家秘密是最重要的国家秘密", "密级：公开"]
        ),
        Kind(
            "secrecyMark",
            "secrecy_mark",
            "国家秘密标志",
            "Secrecy mark",
            pattern: #"\b(?:TOP[ -]SECRET|SECRET|CONFIDENTIAL)\b"#,
            isCaseless: true,
            check: .englishMark,
            alone: 0.95,
            .refuse,
            "《保守国家秘密法》第二十二条、第三十一条",
            seen: ["TOP SECRET\nthe text", "SECRET★10 YEARS"],
            unseen: ["state secrets, secret ballots", "The word SECRET in a sentence"]
        ),
        Kind(
            "declassified",
            "declassified",
            "解密标志",
            "Declassification mark",
            pattern: #"(?:已解密|解密|解除保密)"#,
            check: .declassified,
            alone: 0.8,
            .notice,
            "《保守国家秘密法》第二十四条",
            seen: ["【已解密】\n正文", "解密"],
            unseen: ["国家秘密的解密由原定密机关决定。", "解密条件"]
        ),
        Kind(
            "workSecret",
            "work_secret",
            "工作秘密线索",
            "Cue of a work secret",
            pattern:
                #"(?:内部资料|内部文件|内部使用|内部掌握|不得外传|严禁外传|请勿外传|仅供内部|限内部|注意保存|工作秘密|敏感信息|内部明电|内部刊物|会后收回|阅后收回|阅后即焚|此件不公开|不予公开|未经批准不得|work secrets?|internal use only|for internal use|not for distribution)"#,
            isCaseless: true,
            check: .asIs,
            alone: 0.7,
            .notice,
            "《保守国家秘密法》第六十四条",
            seen: ["本件为内部资料", "注意保存", "For Internal Use", "此件不公开"],
            unseen: ["内部控制资料汇编", "内部审计"]
        ),
    ]
}
