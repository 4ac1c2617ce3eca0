"""A text for a few: signed for limited scope, given by a link that opens once, read, copied, traced, recalled."""
import pytest
from test_the_way_through import look, person, press

FREE = dict(madeOrHeldByUs="yes", stateSecret="no", forbiddenByLaw="no", threeSecuritiesOneStability="no", tradeSecret="no", personalPrivacy="no", otherThirdPartyHarm="no", internalAffairs="no", processInfo="no", enforcementFile="no", concernsOtherAgencies="no", needsApproval="no", scopePrescribed="no", publicInterest="no", onlySpecificPersons="yes")
WORDS = {
    "zh": dict(submit="送审", save="保存", unit="处室负责人签字", reviewer="保密审核签字", sign="签发限定范围公开", give="增加收件人", open="打开文件", look="查验", recall="收回", read="读取"),
    "en": dict(submit="Submit for review", save="Save", unit="Sign as unit head", reviewer="Sign the confidentiality", sign="Sign for limited scope", give="Add a recipient", open="Open the document", look="Look for the mark", recall="Recall", read="Read it"),
}
BODY = "第一条 为了规范专利代理机构的年度检查，维护委托人的合法权益，根据有关规定，制定本办法。\n第二条 年度检查的结果只送达被检查的机构，由其在规定期限内整改并报告整改情况，逾期不报告的依照规定处理。"


@pytest.mark.parametrize("language,width", [("zh", 1280), ("en", 320)])
def test_a_text_for_a_few(browser, house, language, width):
    words = WORDS[language]
    lin = person(browser, house, "lin", language, width)
    lin.goto(f"{house.base}/{language}/office/documents/new")
    lin.fill("#text", f"年度检查结果{width}\n{BODY}")
    press(lin, words["read"])
    lin.fill("#title", f"年度检查结果{width}")
    press(lin, words["save"])
    press(lin, words["submit"])
    review = lin.url
    for login, label in [("chen", "unit"), ("zhao", "reviewer")]:
        page = person(browser, house, login, language, width)
        page.goto(review)
        press(page, words[label])
    wang = person(browser, house, "wang", language, width)
    wang.goto(review + "/method")
    for name, answer in FREE.items():
        wang.select_option(f"[name={name}]", answer)
    wang.click("main form button")
    wang.goto(review + "/release")
    look(wang)
    wang.fill("[name=reason]", "art. 13")
    wang.fill("[name=expiresOn]", "2999-12-31")
    press(wang, words["sign"])
    wang.fill("[name=name]", "张三")
    wang.fill("[name=address]", "zhang@example.com")
    press(wang, words["give"])
    link = wang.text_content("#link").replace("http://localhost:8080", house.base)
    link = house.base + link[link.index(f"/{language}/limited/"):]
    release = wang.url.removesuffix("/give")

    reader = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    reader.set_default_timeout(8000)
    reader.goto(link)
    look(reader)
    reader.goto(link)
    press(reader, words["open"])
    assert "张三" in reader.text_content("main")
    copied = reader.evaluate("(() => { getSelection().selectAllChildren(document.querySelector('article')); return getSelection().toString() })()")
    reader.goto(link)
    look(reader)
    assert reader.evaluate("document.querySelector('article')") is None, "the link opens once"

    wang.goto(f"{house.base}/{language}/office/watermarks")
    look(wang)
    wang.fill("#text", copied[20:])
    press(wang, words["look"])
    assert "1 张三" in wang.text_content("main")
    leaked = house.folder + "/leaked.txt"
    open(leaked, "w").write(copied)
    assert '"name" : "张三"' in house.run("watermark", "read", leaked, "--json").stdout

    wang.goto(release)
    look(wang)
    press(wang, words["recall"])
    reader.go_back()
    assert reader.evaluate("document.querySelector('article')") is None, "what was recalled is not read again"
    wang.goto(f"{house.base}/{language}/office/limited")
    look(wang)
