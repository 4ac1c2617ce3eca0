import Core

// The columns are the point.
// swift-format-ignore
extension Words {
    /// The words of the frame around every page.
    static let frame: Words = [
        "siteName":  Text("政府信息公开",       "Government information"),
        "office":    Agency.name,
        "skip":      Text("跳到正文",           "Skip to content"),
        "search":    Text("检索",               "Search"),
        "searchFor": Text("检索公开的信息",     "Search what is public"),
        "home":      Text("首页",               "Home"),
        "notices":   Text("通知公告",           "Notices"),
        "laws":      Text("法律法规",           "Laws"),
        "ledger":    Text("工作台账",           "Ledger"),
        "norms":     Text("规范性文件",         "Norms"),
        "powers":    Text("权责清单",           "Powers"),
        "requests":  Text("依申请公开",         "Requests"),
        "appeals":   Text("复议诉讼",           "Appeals"),
        "report":    Text("年度报告",           "Annual report"),
        "data":      Text("开放数据",           "Open data"),
        "log":       Text("透明日志",           "Transparency log"),
        "feed":      Text("Atom 订阅",          "Atom feed"),
        "sitemap":   Text("网站地图",           "Sitemap"),
        "desk":      Text("办公台",             "Desk"),
        "inbox":     Text("待办",               "To do"),
        "newDocument": Text("新建文件",         "New document"),
        "signOut":   Text("退出",               "Sign out"),
        "back":      Text("返回",               "Back"),
        "openSource": Text("本站由开源软件“公开”驱动；每一项公开与撤回都记入可验证的透明日志。", "Runs on Gongkai, open source. Every release and every withdrawal stands in a log that anyone can verify."),
        "navigation": Text("主导航",            "Main navigation"),
        "otherLanguage": Text("English",        "中文"),
        "otherTag":  Text("en",                 "zh-CN"),
    ]
}
