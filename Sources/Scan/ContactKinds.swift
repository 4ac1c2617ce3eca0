/// The table's rows on how someone is reached, and on what car and machine they use.
enum ContactKinds {
    private static let person = "《个人信息保护法》第二十五条"

    static let rows: [Kind] = [
        Kind(
            "mobile", "phone", "手机号码", "Mobile number",
            pattern: #"(?:(?:\+|00)[( ]{0,2}86[) ]{0,2}[-. ]{0,2})?1[-. ]{0,2}[3-9](?:[-. ]{0,2}\d){9}"#,
            check: .mobile, context: "电话 手机 联系 热线 微信 致电 拨打 tel phone mobile cell contact call", alone: 0.9, inContext: 0.97, .serious, person,
            seen: ["电话13751089600。", "电话+86 137-5108-9600", "１３７ ５１０８ ９６００", "电话一三七五一〇八九六〇〇", "手机137·5108·9600"],
            unseen: ["12838389438", "共137510896001件", "0.13751089600", "SF13751089600", "+08613811211114"]
        ),
        Kind(
            "landline", "phone", "固定电话", "Landline number",
            pattern: #"(?:(?:\+|00)86[-. ]{0,2}(?:[(（]0?\d{2,3}[)）]|0?\d{2,3})|[(（]0\d{2,3}[)）]|\b0\d{2,3}) ?-? ?\d{3,4}[- ]?\d{4}"#,
            check: .landline, context: "电话 传真 联系 热线 座机 致电 tel phone fax call", alone: 0.75, inContext: 0.9, .notice, person,
            seen: ["致电010-62083114", "Telephone:+86-755-82566227", "电话（010）62083114", "电话0571 87654321"],
            unseen: ["000014349/2018-00221", "0012345678", "公告第0101234567890号"]
        ),
        Kind(
            "localLandline", "phone", "固定电话", "Landline number",
            pattern: #"(?:电话|座机|传真|话机|tel|telephone|fax)(?:号码|号)?[:：.]{0,2}\s?[2-8]\d{2,3}-?\d{4}\b"#,
            isCaseless: true, check: .afterCue, alone: 0.8, .notice, person,
            seen: ["联系电话：62083114", "传真：6208-3114"], unseen: ["电话2019年", "电话：12345"]
        ),
        Kind(
            "hotline", "phone", "服务热线", "Service line",
            pattern: #"\b[48]00[- ]?\d{3}[- ]?\d{4}\b"#,
            context: "电话 热线 客服 tel call", alone: 0.5, inContext: 0.8, .notice, person,
            seen: ["客服热线400-810-1234"], unseen: ["400元至800元", "4008101234件1"]
        ),
        Kind(
            "foreignPhone", "phone", "境外电话号码", "Foreign telephone number",
            pattern: #"(?:\+(?:[1-79]\d|8[0-57-9])\d?|\+1)[-. ]?(?:[(]\d{1,4}[)][-. ]?)?\d{1,5}(?:[-. ]?\d{1,6}){1,4}"#,
            check: .foreignPhone, context: "电话 联系 tel phone mobile call", alone: 0.75, inContext: 0.9, .notice, person,
            seen: ["Tel +1 415 555 0132", "+55 11 98456 5666"], unseen: ["+1", "增长+12345%"]
        ),
        Kind(
            "email", "email", "电子邮箱", "E-mail address",
            pattern: #"\w ?@ ?\w|\w(?:艾特|圈a|[(（\[{]at[)）\]}]| at )\w"#,
            isCaseless: true, check: .email, context: "邮箱 邮件 电邮 mail email", alone: 0.9, inContext: 0.98, .notice, person,
            seen: ["邮箱zhang.san＠cnipa.gov.cn收", "邮箱zhangsan艾特qq点com", "zhang(at)163.com", "user@xn--80ak6aa92e.com"],
            unseen: ["@某某的评论", "look at the.end", "info@presidio.", "a@b"]
        ),
        Kind(
            "socialAccount", "social_account", "微信号或QQ号", "WeChat or QQ account",
            pattern: #"(?:微信号?|wechat|weixin|qq号?|QQ群)\s?[:：]\s?[A-Za-z0-9][-_A-Za-z0-9]{4,19}\b"#,
            isCaseless: true, check: .afterCue, alone: 0.85, .serious, person,
            seen: ["微信号：zhang_san88", "QQ：123456789"], unseen: ["微信公众号发布", "QQ：见附件"]
        ),
        Kind(
            "plate", "license_plate", "机动车号牌", "Licence plate",
            pattern: #"(?:[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][·. -]?[A-Z]|WJ[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]?)[·. -]?[A-Z0-9]{4,6}[警学挂港澳领试超]?"#,
            isCaseless: true, check: .plate, context: "车牌 号牌 车辆 牌照 轿车 货车 违章 驾驶 plate vehicle car", alone: 0.9, inContext: 0.97, .serious, person,
            seen: ["车牌京A12345", "沪AD12345", "粤B·12345", "京A1234警", "车辆渝ERCD9S"],
            unseen: ["京ICP备12345678号", "沪B2-20040001", "京津冀2021", "苏A类"]
        ),
        Kind(
            "ipv4", "ip_address", "IP 地址", "IP address",
            pattern: #"\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b"#,
            check: .ipv4, context: "ip 地址 服务器 主机 网关 server host address", alone: 0.85, inContext: 0.95, .serious, "《个人信息保护法》第四条",
            seen: ["服务器192.168.10.25", "１９２．１６８．１０．２５", "192。168。10。25"], unseen: ["版本1.2.3.4", "300.1.1.1", "2019.10.12.1"]
        ),
        Kind(
            "ipv6", "ip_address", "IPv6 地址", "IPv6 address",
            pattern: #"[0-9A-Fa-f]{1,4}:(?:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}|:[0-9A-Fa-f]{1,4})"#,
            check: .ipv6, context: "ip 地址 ipv6", alone: 0.9, inContext: 0.95, .serious, "《个人信息保护法》第四条",
            seen: ["地址2001:db8::ff00:42:8329", "fe80::1ff:fe23:4567:890a"], unseen: ["12:30:45", "10:00"]
        ),
        Kind(
            "mac", "mac_address", "MAC 地址", "MAC address",
            pattern: #"\b(?:[0-9A-Fa-f]{2}(?:[-:]|：)){5}[0-9A-Fa-f]{2}\b"#,
            check: .mac, context: "mac 物理地址 网卡", alone: 0.9, inContext: 0.97, .serious, "《个人信息保护法》第四条",
            seen: ["00:1A:2B:3C:4D:5E", "网卡00-1A-2B-3C-4D-5E"], unseen: ["2019-10-12-10-30-45", "00:00:00:00:00:00"]
        ),
        Kind(
            "coordinates", "coordinates", "精确位置坐标", "Coordinates",
            pattern: #"\b\d{1,3}\.\d{4,10}°?[NSEW]?\s?[,，、;/ ]\s?\d{1,3}\.\d{4,10}\b|(?:[东北]经|[北南]纬|[EN]) ?\d{1,3}(?:\.\d{1,8})?(?:°|度)(?: ?\d{1,2}(?:\.\d+)?(?:′|'|’|分)(?: ?\d{1,2}(?:\.\d+)?(?:″|"|”|秒)?)?)?"#,
            check: .coordinates, context: "经度 纬度 坐标 位置 经纬 longitude latitude gps", alone: 0.8, inContext: 0.95, .serious,
            "《个人信息保护法》第二十八条、《测绘法》第三十七条",
            seen: ["坐标116.397128,39.916527", "东经116°23′17″"], unseen: ["3.1415，2.7182", "1.0000 2.0000"]
        ),
    ]
}
