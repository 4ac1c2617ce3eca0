/// The words by which a name is known from other words: surnames, given names, what stands before a name and behind it.
enum Lexicon {
    private static func set(_ text: String) -> ScalarSet { ScalarSet(text.unicodeScalars.filter { $0 != "\n" && $0 != " " }) }
    private static func list(_ text: String) -> [String] { text.split { $0 == " " || $0 == "\n" }.map(String.init) }

    static let surnames = set(
        """
        王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔
        白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦柳邢骆岳齐梅莫庄辛管祝左涂谷祁耿
        卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边娄蒲肖闫贲陕佟邬麻晋蓝丘戚褚窦尚党洛仲邝邸
        岑冼晏冀郎楼郁储敖艾荣辜巫燕姬滕臧缪卞穆应牟苟宫匡荆粟饶竺靖璩糜宓郗扈裘湛匙揭
        """
    ).subtracting(rareSurnames)

    /// Surnames that are other words far more often: they need a cue on one side.
    static let rareSurnames = set("安成任常方文万金石白高路关左项单应解强华车边房党尚易时平明国年")
        .subtracting(set("高文方万金石白任安常"))

    static let doubleSurnames = Shorts(
        list(
            """
            欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 宇文 长孙 端木 南宫 百里 呼延 东郭 轩辕 申屠 太史 闾丘 钟离 鲜于 澹台 濮阳 公冶 宗政
            淳于 单于 拓跋 赫连 万俟 闻人 第五 司空 司寇 南门 西门 东门 左丘 梁丘 独孤 纳兰 完颜
            """
        )
    )

    /// Characters common in given names.
    static let givenNames = set(
        """
        伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲玉红梅建国华志飞鹏鑫波斌宇浩凯健俊帆帅旭宁龙林佳嘉欣怡梓涵诗雨琪思婷雪琳倩莉颖晨阳晓东海峰
        春燕凤洁云莲真环荣爱妹香月莺媛瑞凡素青翠雅芝萍清彬菊淑珍琼勤贵贞叶璧璐娅琦晶妍茜秋珊莎锦黛蓓蓉眉君琴蕊薇菁梦岚苑婕馨瑗琰韵融园艺咏卿聪澜纯毓悦昭冰爽
        琬茗羽希育滢馥筠柔竹霭凝欢枫芸菲寒伊亚宜可姬舒影荔枝丝亮政谦亨奇固之轮翰朗伯宏言若鸣朋梁栋维启克伦翔旬博诚祥成康星光天达安岩中茂进有坚和彪诚先敬震振
        壮会思群豪心邦承乐绍功松善厚庆磊民友裕河哲江超浩亮政谦亨奇固轮翰朗伯宏言若鸣良行时泰盛雄琛钧冠策腾楠榕风航弘义兴仁信全元胜学昌利顺子世广永延昊轩泽睿
        然宸奕煜皓铭昕煊炎烨熙煦森霖淼沐潇涵溪淳渊润皎朵桐桦柳柏杉樱槿萱芷芊苒莹蔓蕾薰荷荣小少大正新方向立同生根来福禄寿财富金银宝玺玮瑜瑾璇璟琅珂琮玥钰铮
        钢铁铎锋锐锦鸿鹤鹰雁骏骥驰虎豹彦德恒恩惠慧懿智毅忠孝礼廉守纲常培基仲季叔孟长庚辛甲乙丙丁一二三四五六七八九十百千万远志远贤达道训宗祖继绪维汉唐宋
        彤丹朱紫蓝白素玄尧舜禹启圣儒墨书画琳诗词歌赋笑甜娇姣娆婉婧娴媚妮姗姝姿婵娥娣嫣嫒瑶珮珠琬莘莺蝶鸾灵巧玫蕙若语依忆念惜盼彩虹霓露霜冬夏晗曦晟昱晖暄暖
        柱栓拴锁毛桃杏梨花草树木水火土山川石田野原野坤乾震巽离坎兑艮起业勋勇猛威武略韬骞攀登升腾跃奋发图强卫军兵战斗钦佩琨昆仑岗岭岳巍峻崇尚尊荐朝霄霆雷电云
        程益添增满丰盈余庆贺喜悦怿愉怡恬静宁安康健全衡权均平直方正刚毅柔克让逊谨慎言敏捷迅速超越卓异秀颀挺拔伟岸硕美好淑良娅艾洲洪湘沅澄波涛浪潮洋海汇源泉清澈
        迪迎逸遥远通达运连进迅邦郁都酉里量钊镇长闯闻阔阳际陆随隽雄集雍霏靓靖韦顶项顺颂颢飒饶馗首骁高魁麒麟黎鼎齐
        """
    )

    /// Characters that no given name holds.
    static let never = set("的了是在为与及或和等被把将对从向以因于其此该这那哪我你他她它们您不没无非未已又也都还并但而且则若如所之乎者吗呢吧啊号码址件")
        .subtracting(set("和向以之如若"))

    /// Words that begin with a surname and are no names.
    static let words = Shorts(
        list(
            """
            高度 高级 高新 高等 高校 高中 高速 高质 高效 方式 方法 方面 方案 方向 方便 安全 安排 安装 常见 常务 常用 常住 文件 文化 文书 文明 文字 文本 文号 任务 任何 任职 任命
            黄金 黄河 黄浦 张贴 王国 马上 金额 金融 金属 周期 周边 周年 周一 周二 周三 周四 周五 周六 周日 于是 江苏 江西 江北 江宁 河南 石油 石家 白云 白银 田地 万元 万人 成立
            成果 成员 成本 车辆 车主 车牌 车间 房屋 房产 房地 边境 应当 应用 应急 解除 解决 解释 强制 强化 华东 华北 华南 项目 项下 关于 关系 关键 左右 路线 单位 单独 国家 国务
            平台 平均 时间 全国 全部 向上 同意 同时 公司 公开 公安 能力 有关 有限 水平 后续 明确 明细 自己 自行 自然 年度 年月 计算 计划 从事 相关 经济 经营 经理 所有 所在 本人
            本市 本次 金卡 史料 孔子 施行 施工 章程 管理 管辖 路由 游客 游戏 祝贺 荣誉 梅花 柳州 贺卡 温度 温州 严格 严重 严禁 庄严 易于 包括 包含 包装 宁波 宁夏 兰州 苏州 杭州
            郑州 徐州 常州 沈阳 洛阳 成都 武汉 武器 武装 武警 康复 康养 林业 林区 林地 毛利 江南 江河 汪洋 田野 钱款 顾客 顾问 龙头 龙华 盛大 凌晨 童年 曲线 费用 费率 纪律 纪检
            纪委 季度 童车 甘肃 景区 单据 司机 司法 宁静 查询 查验 查看 查处 查封 席位 卫生 卫星 屈服 洪水 洪涝 陶瓷 殷切 乔迁 贾商 边界 付款 汤品 余额 余款 余下 许可 许多 谢谢 程序
            程度 唐山 宋体 胡同 高温 高铁 高危 高层 何时 何种 何人 何地 马路 马力 罗列 梁柱 韩国 冯唐 董事 曾经 曾任 曾用 彭水 吕梁 苏联 蒋介 丁香 魏晋 叶片 杜绝 夏季 夏天 钟表
            钟点 范围 范本 范例 方可 石材 姚江 谭江 金钱 陆地 陆续 陆军 白天 白色 毛巾 江湖 史学 侯车 孟加 万一 段落 雷达 雷电 汤池 易燃 常年 常规 武力 文凭 文旅 文体 安置 安徽 安保
            牛奶 牛羊 温馨 季节 鲁迅 申请 申报 申诉 申领 申办 毕业 毕竟 齐全 莫名 辛苦 管道 管委 关注 关闭 关联 欧洲 欧元 项链 曲阜 游览 阳光 阳台 席卷 甘蔗 景点 包裹 司长 柏油 解放
            解答 车票 车站 车位 车型 边远 燕窝 应收 应付 应有 应届 荣获 党员 党委 党组 党支 尚未 尚有 左侧 单价 单号 强调 华人 房号 房间 楼层 楼房 楼栋 楼盘 储蓄 储备 储户 郎中 燕郊 冀州
            艾滋 康熙 安卓 安检 路费 路段 路口 路况 路人 时候 全体 全额 和解 平时 平安 公民 公告 公示 能够 有效 水费 水电 后台 明年 国籍 国际 自愿 年龄 年底 计费 从业 相片 经办 所得 本金
            文员 文秘 房东 高管 任期 高考 安监 白领 车友 车险 车库 水库 单车 成交 常委 党校 关口 关税 万科 汇款 卡号 卡片 柜员 严肃 农户 计量 金华
            """
        )
    )

    /// What may not follow a name, for then it is a place's or a firm's.
    static let placeEndings = set("省市县区镇乡村路街巷弄道桥湖河江山岛港湾庄屯沟寨城站院校店厂馆堂楼栋座幢号室")
    static let firmEndings = Fixes(
        ["有限", "公司", "集团", "银行", "大学", "学院", "医院", "法院", "小学", "中学", "工厂", "商店", "超市", "科技", "股份", "部门", "政府", "委员"],
        areEndings: false
    )

    /// A bank's name may follow a person's: 王芳银行卡.
    static let bankNumbers = Fixes(["银行卡", "银行账"], areEndings: false)

    /// Words that introduce a person.
    static let cues = Fixes(
        list(
            """
            姓名 名字 姓氏 联系人 收件人 寄件人 发件人 收货人 发货人 收款人 付款人 汇款人 开户人 持卡人 户主 业主 车主 登记人 申请人 申报人 经办人 承办人 负责人 代理人 委托人 受托人
            法定代表人 法人代表 法人 代表人 被告人 被告 原告 上诉人 被上诉人 第三人 证人 犯罪嫌疑人 嫌疑人 罪犯 被害人 受害人 当事人 被执行人 申请执行人 举报人 投诉人 信访人 患者 病人 患儿
            客户 用户 旅客 乘客 学员 学生 考生 教师 老师 家长 监护人 参会人员 与会人员 出席 列席 人员 参加人员 主持人 记录人 签收人 签发人 审批人 审核人 审核 复核人 校对 编辑 责任编辑 记者
            通讯员 拟稿人 核稿 签发 签名 签字 署名 委员 组长 副组长 成员 主任 副主任 书记 局长 处长 科长 主席 部长 院长 校长 所长 会长 秘书长 董事长 总经理 经理 监事 股东 合伙人 发明人 设计人
            专利权人 权利人 受让人 转让人 继承人 配偶 丈夫 妻子 父亲 母亲 儿子 女儿 子女 公民 居民 村民 职工 员工 同事 司机 驾驶员 驾驶人 机主 租户 承租人 出租人 房东 买受人 出卖人 贷款人 借款人
            保证人 投保人 被保险人 受益人 死者 伤者 亲属 家属 联络员 工程师 律师 法官 检察官 审判长 审判员 书记员 陪审员 医生 医师 护士 主治医师 教授 博士 研究员 名叫 名为 叫做 乳名 曾用名
            住客 入住人 订票人 预订人 访客 来访人 会员 顾客 买家 卖家 志愿者 候选人 拟录用人员 获奖者 作者 译者 编者 主编 值班人员 联系 操作员 柜员 业务员 接待人 被访人 受访者 受访人
            招生老师 班主任 保姆 护理员 管理员 保管人 领取人 领款人 缴费人 纳税人 捐赠人 债权人 债务人 担保人 出质人 抵押人 收信人 寄信人 投递员 快递员 骑手 车手 船长 机长 教练
            负责同志 联系同志 同志 先生 女士 小姐 参会 订单 住户 病患 就诊人 挂号人 体检人 检查人 检测人 领队 队员 选手 新郎 新娘 被申请人 理财客户 签证申请人 出入境旅客 嘉宾 讲师 学者
            """
        ),
        areEndings: true
    )

    /// Verbs and particles that a name may stand behind.
    static let leaders = Fixes(
        list(
            """
            请 载明 列明 写明 记载 显示 证实 陈述 供述 听取 核对 联系 核实 核对 转给 转账至 转 给 向 由 和 与 及 对 找 致 让 叫 是 为 告知 通知 询问 邀请 委托 任命 聘任 免去 派 派出 经 跟 同 即 系 至 到 将 把 被 受 据 查 查明 交给 交由 汇给 汇至 寄给
            发给 送给 提供 证明 兹有 兹证明 介绍 推荐 录用 录取 奖励 表彰 处罚 抓获 批评 起诉 起诉状 判处 判决 认定 确认 登记 变更为 咨询 拨打 致电 电联 支付 支付给 退还 退给 认识 因 就 关于 有关 向其
            以及 指派 安排 授权 代表 陪同 会同 协助 接待 收到 感谢 祝贺 帮助 照顾 探望 催告 责令 传唤 拘留 逮捕 释放 追究 追缴 核查 采访 访问 调查 约谈 劝阻 谈话 面谈 会见 录入 补录 注销 冻结 对于 替 帮 比 像
            """
        ),
        areEndings: true
    )

    /// Titles and personal data that follow a name.
    static let titles = Fixes(
        list(
            """
            先生 女士 小姐 同志 同学 老师 律师 法官 教授 博士 医生 医师 护士 主任 局长 处长 科长 书记 市长 县长 镇长 乡长 区长 省长 部长 院长 校长 所长 经理 总经理 董事长 主席 委员 师傅 大爷 大妈 阿姨 叔叔
            警官 检察官 审判员 副局长 副主任 副处长 副市长 组长 队长 班长 连长 排长 工程师 研究员 院士 记者 编辑 代表 的身份证 身份证 的护照 护照 的手机 手机 的电话 电话 的联系 联系电话 的银行 银行卡 的户籍 的住址
            的家庭 的地址 的邮箱 邮箱 的病历 的车牌 名下 住在 家住 现住 居住 户籍 同学的 的微信 微信 男 女 出生 生于 的卡号 卡号 的账户 账户 的账号 账号 年满 现年
            """
        ),
        areEndings: false
    )

    /// What follows a name and a comma.
    static let particulars = Fixes(
        list(
            """
            男 女 汉族 回族 满族 身份证 公民身份 证件 电话 手机 联系 护照 邮箱 卡号 银行卡 账号 住址 住 地址 家住 现住 户籍 籍贯 出生 生于 车牌 微信 性别 年龄 民族 职务 职称 系 现任 原任 时任 曾任 绑定 预留 号码 证号
            Tel tel TEL Email email E-mail 1 绑 手 联 身 家属
            """
        ),
        areEndings: false
    )

    /// What may follow a name directly.
    static let followers = Fixes(
        list(
            """
            的 将 和 与 及 跟 同 在 于 因 由 向 对 为 被 把 已 曾 系 是 也 就 说 称 表示 认为 指出 申请 完成 办理 提交 提出 提供 名下 账户 账号 卡 银行 身份 本人 等 以 应 可 从 到 至 住 居住 持 持有 使用 登记 注册 购买 出生
            去世 死亡 签 签字 签名 签收 签署 收 担任 任 担 负责 参加 出席 主持 介绍 强调 要求 报告 回复 反映 投诉 举报 起诉 诉 上诉 不服 涉嫌 犯 驾驶 乘坐 入住 就诊 住院 患 患有 毕业 就读 来 去 打 拨 联系 请 发 寄 送
            汇 转 付 支付 缴 缴纳 借 贷 欠 还 租 卖 买 获 获得 荣 当 作 所 并 且 又 或 需 要 会 能 有 未 没 不 其 此 该 拟 先 女 男 （ 通过 根据 按照 自 经 用 给 让 叫 受 委托 代 代理 ， 。 曾用名 联 电 预 绑 家 户 证
            信息 资料 档案 记录 简历 工作 工资 退休 离职 入职 辞职 死 伤 失踪 被告 案 一案 诉 故意 盗窃 诈骗 犯罪 违 违反 违法 车辆 房屋 房产 名誉 账单 订单 包裹 快递 报名 考试 考取 报考 成绩 获奖 论文 专利 发明 同意 拒绝 承认 否认
            """
        ),
        areEndings: false
    )
}

/// Characters of the first plane, a bit each.
struct ScalarSet: Sendable {
    private var bits = [UInt64](repeating: 0, count: 1024)

    init(_ scalars: some Sequence<Unicode.Scalar>) {
        for scalar in scalars where scalar.value < 0x10000 { bits[Int(scalar.value >> 6)] |= 1 << UInt64(scalar.value & 63) }
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x10000 && bits[Int(scalar.value >> 6)] >> UInt64(scalar.value & 63) & 1 == 1
    }

    func subtracting(_ other: ScalarSet) -> ScalarSet {
        var rest = self
        for place in bits.indices { rest.bits[place] &= ~other.bits[place] }
        return rest
    }
}

/// Words that stand before a place or begin at it, told apart by the character nearest to the place.
struct Fixes: Sendable {
    private let areEndings: Bool
    private let byNearest: [UInt32: [[Unicode.Scalar]]]
    private let nearest: ScalarSet

    init(_ words: [String], areEndings: Bool) {
        self.areEndings = areEndings
        let scalars = words.map { Array($0.unicodeScalars) }.filter { !$0.isEmpty && $0.count <= 6 }
        byNearest = Dictionary(grouping: scalars) { areEndings ? $0[$0.count - 1].value : $0[0].value }
        nearest = ScalarSet(scalars.map { areEndings ? $0[$0.count - 1] : $0[0] })
    }

    /// Whether one of the words lies in the range at its near end.
    func fit(_ scalars: [Unicode.Scalar], _ range: Range<Int>) -> Bool {
        guard !range.isEmpty else { return false }
        let near = scalars[areEndings ? range.upperBound - 1 : range.lowerBound]
        guard nearest.contains(near), let words = byNearest[near.value] else { return false }
        return words.contains { word in
            guard word.count <= range.count else { return false }
            let start = areEndings ? range.upperBound - word.count : range.lowerBound
            for place in word.indices where scalars[start + place] != word[place] { return false }
            return true
        }
    }
}

/// Words of at most three characters.
struct Shorts: Sendable {
    private let keys: Set<UInt64>
    private let firsts: ScalarSet

    init(_ words: [String]) {
        keys = Set(words.map { Self.key(Array($0.unicodeScalars)[...]) })
        firsts = ScalarSet(words.compactMap(\.unicodeScalars.first))
    }

    func contains(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
        guard scalars.count <= 3, let first = scalars.first, firsts.contains(first) else { return false }
        return keys.contains(Self.key(scalars))
    }

    private static func key(_ scalars: ArraySlice<Unicode.Scalar>) -> UInt64 { scalars.reduce(0) { $0 << 21 | UInt64($1.value) } }
}
