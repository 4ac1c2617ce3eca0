/// The table's rows on persons: names, birth dates, minors, and what is sensitive about someone.
enum PersonKinds {
    private static let sensitive = "《个人信息保护法》第二十八条"

    static let rows: [Kind] = [
        Kind(
            "person",
            "person",
            "自然人姓名",
            "Name of a person",
            pattern:
                #"(?:姓名|联系人|[收寄发]件人|[收发]货人|[收付汇]款人|开户人|持卡人|户主|业主|车主|登记人|申请人|经办人|承办人|负责人|代理人|委托人|代表人|被告人?|原告|[上被]诉人|嫌疑人|被害人|当事人|执行人|举报人|投诉人|患者|客户|用户|旅客|学生|考生|监护人|人员|主持人|签发人|审核人|组长|发明人|设计人|配偶|家属|审判[长员]|书记员|记者|通讯员|编辑|参会|出席|名叫|曾用名|村民|驾驶[员人])[:： ]"#,
            check: .personCue,
            alone: 0.9,
            .serious,
            "《个人信息保护法》第二十五条",
            seen: ["联系人：王芳，电话13751089600", "姓名：欧阳志远", "王建国（13751089600）", "请核对许志远银行卡6214830957015430的预留号码13391171822"],
            unseen: ["高度重视，方法得当，联系人：无", "姓名、住所", "申请人：国家知识产权局", "电话13751089600，成立时间"]
        ),
        Kind(
            "personWithTitle",
            "person",
            "自然人姓名",
            "Name of a person",
            pattern: #"[一-鿿](?:先生|女士|小姐|同志|律师|教授|医生|，男，|，女，|,男,|,女,|（男|（女)"#,
            check: .personTitle,
            alone: 0.9,
            .serious,
            "《个人信息保护法》第二十五条",
            seen: ["王建国先生", "张伟，男，汉族"],
            unseen: ["各位先生、女士", "诸位同志"]
        ),
        Kind(
            "foreignName",
            "person",
            "外文姓名",
            "Name in Latin letters",
            pattern:
                #"\b(?:(?:Mr|Mrs|Ms|Dr|Prof)\.? |(?:Name|Full name|Contact person|Contact|Applicant|Patient|Inventor|Attn|姓名|联系人|申请人|发明人) ?(?::|：) ?)[A-Z][A-Za-z'-]{1,20}(?: [A-Z]\.?)?(?: [A-Z][A-Za-z'-]{1,20}){0,2}"#,
            check: .foreignName,
            alone: 0.8,
            .serious,
            "《个人信息保护法》第二十五条",
            seen: ["Mr. John Smith", "Contact: Zhang San"],
            unseen: ["Contact: Office of the Director", "Name: The Ministry"]
        ),
        Kind(
            "birthDate",
            "birth_date",
            "出生日期",
            "Date of birth",
            pattern:
                #"(?:(?:出生日期|出生年月日?|出生时间|出生于|生日|生于|date of birth|birth date|dob|born on|born)\s?(?::|：|为|是)?\s?(?:19|20)\d{2}(?:\d{4}|\s?[-/.年]\s?\d{1,2}(?:\s?[-/.月]\s?\d{1,2}日?|月)?)|(?:19|20)\d{2} ?年 ?\d{1,2} ?月(?: ?\d{1,2} ?日)?(?:出生|生))"#,
            isCaseless: true,
            check: .birthDate,
            alone: 0.93,
            .serious,
            sensitive,
            seen: ["出生日期：1985年3月12日", "1985年3月12日出生", "date of birth: 1985-03-12"],
            unseen: ["成立于1985年3月12日", "出生日期：1985年13月", "自2022年5月26日起施行"]
        ),
        Kind(
            "minor",
            "minor",
            "未成年人",
            "Minor",
            pattern: #"(?:男|女|孩|童|生|儿|子|系|今年|现年|年仅|年龄)[,，:： ]{0,2}(?:\d|1[0-7])\s?周?岁"#,
            check: .minor,
            alone: 0.8,
            .serious,
            sensitive,
            seen: ["小明，男，13岁", "患儿今年6岁"],
            unseen: ["年龄满16周岁的公民", "男，45岁", "不满14周岁", "女18岁"]
        ),
        Kind(
            "health",
            "sensitive_health",
            "健康状况",
            "Health",
            pattern: #"(?:艾滋病|HIV|乙肝|肺结核|精神分裂|精神障碍|抑郁症|恶性肿瘤|癌症?|白血病|糖尿病|高血压|冠心病|残疾等级|残疾证|怀孕|流产|不孕|确诊|病史|诊断为|手术记录)"#,
            check: .asIs,
            alone: 0.75,
            .serious,
            sensitive,
            seen: ["姓名：王芳，确诊为糖尿病，身份证11010519491231002X"],
            unseen: ["预防艾滋病的规定", "糖尿病防治工作"]
        ),
        Kind(
            "belief",
            "sensitive_belief",
            "宗教信仰和特定身份",
            "Belief and special status",
            pattern: #"(?:宗教信仰|信奉|信教|佛教徒|基督徒|天主教徒|穆斯林|犯罪记录|前科|刑满释放|吸毒|社区矫正|服刑|被判处|强制戒毒)"#,
            check: .asIs,
            alone: 0.7,
            .serious,
            sensitive,
            seen: ["张伟，男，有犯罪记录，身份证11010519491231002X"],
            unseen: ["尊重公民的宗教信仰自由"]
        ),
        Kind(
            "livelihood",
            "sensitive_finance",
            "财产和困难状况",
            "Means of living",
            pattern: #"(?:月工资|工资收入|存款余额|贷款余额|征信|信用评分|家庭年收入|低保户|特困|贫困户|救助金|欠款)"#,
            check: .asIs,
            alone: 0.65,
            .serious,
            sensitive,
            seen: ["姓名：王芳，低保户，电话13751089600，身份证11010519491231002X"],
            unseen: ["低保户的认定条件"]
        ),
        Kind(
            "biometrics",
            "sensitive_biometric",
            "生物识别和行踪",
            "Biometrics and movements",
            pattern: #"(?:指纹|人脸图像|人脸特征|虹膜|声纹|掌纹|基因信息|DNA|行踪轨迹|活动轨迹|住宿记录|开房记录|通话记录|通讯录)"#,
            check: .asIs,
            alone: 0.65,
            .serious,
            sensitive,
            seen: ["王建国先生的指纹，身份证11010519491231002X"],
            unseen: ["不得收集人脸特征、指纹"]
        ),
    ]
}
