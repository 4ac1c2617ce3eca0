/// The table's rows on cards and accounts.
enum MoneyKinds {
    static let rows: [Kind] = [
        Kind(
            "bankCard",
            "bank_card",
            "银行卡号",
            "Bank card number",
            pattern: #"[1-9](?:[-. ]{0,2}\d){11,18}"#,
            check: .luhn,
            context: "卡号 银行卡 储蓄卡 信用卡 借记卡 账号 账户 bank card account visa mastercard",
            alone: 0.85,
            inContext: 0.98,
            .serious,
            "《个人信息保护法》第二十八条",
            seen: ["卡号6222021234567890128", "卡号4111 1111 1111 1111", "卡号６２２２０２１２３４５６７８９０１２８"],
            unseen: ["订单6222021234567890129", "共1234567890件", "流水111111111111111111"]
        ),
        Kind(
            "bankAccount",
            "bank_account",
            "银行账号",
            "Bank account",
            pattern: #"(?:账号|帐号|账户|帐户|开户行[^\d\n]{0,30}|a/c no\.?|account no\.?|account number|iban)\s?[:：为是]?\s?\d(?:[- ]?\d){7,29}"#,
            isCaseless: true,
            check: .bankAccount,
            context: "开户 银行 支行 信用社 汇款 bank 账户 帐户",
            alone: 0.6,
            inContext: 0.9,
            .serious,
            "《个人信息保护法》第二十八条",
            seen: ["开户行：中国银行，账号：1234567890123", "bank account no. 12345678901"],
            unseen: ["登录账号zhangsan", "账号1234"]
        ),
    ]
}
