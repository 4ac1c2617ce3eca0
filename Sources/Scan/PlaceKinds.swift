/// The table's rows on places: where someone lives.
enum PlaceKinds {
    static let rows: [Kind] = [
        Kind(
            "address",
            "address",
            "详细地址",
            "Address",
            pattern:
                #"[路街巷道弄里同村组区园苑庄屯乡镇城坊寓厦场院湾楼营沟寨段线径][东南西北中]?(?:[A-Z]?\d{1,5}(?:-\d{1,4})?|[〇零一二三四五六七八九十百]{1,6})[甲乙]?(?:号|弄|栋|幢|座|室|单元|组|队|层|楼|巷)"#,
            check: .address,
            context: "地址 住址 住在 户籍 居住 家住 现住 收件 寄件 送达 取件 配送 address",
            alone: 0.8,
            inContext: 0.95,
            .serious,
            "《个人信息保护法》第二十五条",
            seen: ["住在北京市朝阳区人民路224号8栋2170室", "地址：浙江省杭州市西湖区文三路90号东部软件园1号楼502室", "中村镇大王村三组12号"],
            unseen: ["国务院令第711号", "区政发〔2021〕5号", "道路交通安全法第12条", "本区第3号公告"]
        ),
        Kind(
            "estate",
            "address",
            "详细地址",
            "Address",
            pattern: #"(?:小区|花园|公寓|大厦|广场|家属院|新村|宿舍|嘉园|家园|名苑|华府|中心)(?:[A-Z]?\d{1,4}|[一二三四五六七八九十东西南北A-Z]{1,3})(?:号楼|栋|幢|座|单元|层|楼|室)"#,
            check: .address,
            context: "地址 住址 住在 户籍 居住 家住 现住 收件 寄件 送达 取件 配送 address",
            alone: 0.8,
            inContext: 0.95,
            .serious,
            "《个人信息保护法》第二十五条",
            seen: ["家住海淀区知春小区8栋2单元301室"],
            unseen: ["小区8栋楼房改造"]
        ),
        Kind(
            "foreignAddress",
            "address",
            "英文地址",
            "Address in English",
            pattern:
                #"\b(?:Room|Rm|Flat|Unit|Apt|Suite|No)\.? ?\d{1,5},? ?(?:[A-Z0-9][A-Za-z0-9' ]{1,30},? ?){1,4}(?:Road|Street|Avenue|Lane|District|Rd|St|Ave)\b"#,
            alone: 0.75,
            .serious,
            "《个人信息保护法》第二十五条",
            seen: ["Room 502, No. 90 Wensan Road", "No. 6 Xitucheng Road"],
            unseen: ["No. 711 Decree of the State Council"]
        ),
    ]
}
