/// The table's rows on keys, tokens and passwords.
enum KeyKinds {
    private static let act = "《网络安全法》第四十二条"

    static let rows: [Kind] = [
        Kind(
            "privateKey",
            "secret_key",
            "私钥",
            "Private key",
            pattern: #"-----BEGIN (?:[A-Z]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----"#,
            check: .asIs,
            alone: 0.99,
            .serious,
            act,
            seen: ["-----BEGIN RSA PRIVATE KEY-----"],
            unseen: ["-----BEGIN CERTIFICATE-----"]
        ),
        Kind(
            "cloudKey",
            "secret_key",
            "云服务密钥",
            "Key of a cloud service",
            pattern: #"\b(?:(?:AKIA|ASIA)[0-9A-Z]{16}|LTAI[0-9A-Za-z]{12,26}|AKID[0-9A-Za-z]{32}|AIza[-_0-9A-Za-z]{35})\b"#,
            alone: 0.97,
            .serious,
            act,
            seen: ["AKIAIOSFODNN7EXAMPLE", "LTAI4FkQ1234567890ab"],
            unseen: ["AKIA的说明", "LTAI"]
        ),
        Kind(
            "token",
            "token",
            "访问令牌",
            "Access token",
            pattern:
                #"\b(?:gh[pousr]_[0-9A-Za-z]{36}|github_pat_[0-9A-Za-z_]{22,82}|glpat-[-_0-9A-Za-z]{20}|xox[abprs]-[-0-9A-Za-z]{10,60}|sk-[-_0-9A-Za-z]{20,64}|eyJ[-_0-9A-Za-z]{10,400}\.eyJ[-_0-9A-Za-z]{10,400}\.[-_0-9A-Za-z]{10,400})\b"#,
            check: .asIs,
            alone: 0.97,
            .serious,
            act,
            seen: ["ghp_0123456789abcdefghijklmnopqrstuvwxyz"],
            unseen: ["ghp_短", "sk-learn 库"]
        ),
        Kind(
            "password",
            "password",
            "口令",
            "Password",
            pattern:
                #"(?:密码|口令|password|passwd|pwd|passcode|secret|api[-_ ]?key|access[-_ ]?key|token|app_?secret)["']?\s?(?::|：|=|是|为)\s?["']?[!-~]{4}"#,
            isCaseless: true,
            check: .password,
            alone: 0.85,
            .serious,
            act,
            seen: ["密码：Abc@12345", "password=hunter2!", "初始口令为Gk#2024x"],
            unseen: ["密码：由用户自行设置", "password: required", "secret = none", "密码：****"]
        ),
        Kind(
            "passwordInAddress",
            "password",
            "地址中的口令",
            "Password in an address",
            pattern: #"[a-z][-a-z0-9+.]{1,15}://[!-.0-9;-?A-~]{1,40}:[!-.0-9;-?A-~]{3,60}@"#,
            isCaseless: true,
            check: .asIs,
            alone: 0.9,
            .serious,
            act,
            seen: ["mysql://root:S3cret@10.0.0.1/db"],
            unseen: ["https://www.cnipa.gov.cn:8080/a@b", "http://zhang@cnipa.gov.cn"]
        ),
    ]
}
