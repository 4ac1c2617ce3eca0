"""The gate's further steps: an attachment found out, redacted and released; an assessment; an emergency confirmed or refused."""
import subprocess
import pytest
from test_the_way_through import look, person, press

WORDS = {
    "zh": dict(read="读取", save="保存", submit="送审", unit="处室负责人签字", reviewer="保密审核签字", upload="上传", make="制作可公开版本", adopt="采用", release="签发公开", accept="属实，可以公开", assess="保存评估", now="立即公开", refuse="不予确认并撤回", day="设定再评估日"),
    "en": dict(read="Read it", save="Save", submit="Submit for review", unit="Sign as unit head", reviewer="Sign the confidentiality", upload="Upload", make="Build the rendition", adopt="Take it", release="Sign and release", accept="True, and may be public", assess="Save the assessment", now="Make it public now", refuse="Refuse and withdraw", day="Set the day"),
}


def draft(browser, house, language, width, title, body):
    lin = person(browser, house, "lin", language, width)
    lin.goto(f"{house.base}/{language}/office/documents/new")
    lin.fill("#text", f"{title}\n{body}")
    press(lin, WORDS[language]["read"])
    lin.fill("#title", title)
    press(lin, WORDS[language]["save"])
    return lin


def sign(browser, house, language, width, login, review, label):
    page = person(browser, house, login, language, width)
    page.goto(review)
    press(page, WORDS[language][label])
    return page


@pytest.mark.parametrize("language,width", [("zh", 1280), ("en", 320)])
def test_an_attachment_is_redacted_and_released(browser, house, language, width):
    words = WORDS[language]
    maker = browser.new_context().new_page()
    maker.set_content("<p>年度名单</p><p>甲公司，联系人手机13912345678</p><p>乙公司，报价三百万元</p>")
    pdf = house.folder + f"/list{width}.pdf"
    maker.pdf(path=pdf)
    lin = draft(browser, house, language, width, f"名单公示{width}", "第一条 现将名单予以公示。")
    document = lin.url
    lin.goto(document + "/attachments")
    look(lin)
    lin.set_input_files("#file", pdf)
    press(lin, words["upload"])
    lin.goto(document)
    press(lin, words["submit"])
    review = lin.url
    sign(browser, house, language, width, "chen", review, "unit")
    zhao = person(browser, house, "zhao", language, width)
    zhao.goto(review)
    look(zhao)
    zhao.goto(review + "/redact")
    look(zhao)
    zhao.check("[name=pick][value='13912345678']")
    zhao.fill("[name=more]", "报价三百万元 | 商业秘密")
    zhao.fill("[name=reason]", "第三方不同意")
    zhao.set_default_timeout(60000)
    press(zhao, words["make"])
    assert zhao.locator("pre").count() == 2, zhao.text_content("main")
    press(zhao, words["adopt"])
    lin.goto(document)
    press(lin, words["submit"])
    review = lin.url
    sign(browser, house, language, width, "chen", review, "unit")
    sign(browser, house, language, width, "zhao", review, "reviewer")
    wang = person(browser, house, "wang", language, width)
    wang.goto(review + "/release")
    wang.fill("[name=reason]", "art. 19")
    press(wang, words["release"])
    public = wang.url.replace("/office", "")
    wang.goto(public)
    look(wang)
    file = house.folder + f"/out{width}.pdf"
    open(file, "wb").write(wang.request.get(public + "/attachments/1").body())
    text = subprocess.check_output(["pdftotext", file, "-"], text=True)
    assert "甲公司" in text and "13912345678" not in text and "三百万" not in text, text
    assert house.run("log", "verify").returncode == 0


@pytest.mark.parametrize("language,width", [("zh", 320), ("en", 1280)])
def test_personal_information_is_assessed_first(browser, house, language, width):
    words = WORDS[language]
    lin = draft(browser, house, language, width, f"备案须知{width}", "第一条 备案请致电联系人手机13912345678。")
    press(lin, words["submit"])
    review = lin.url
    sign(browser, house, language, width, "chen", review, "unit")
    zhao = person(browser, house, "zhao", language, width)
    zhao.goto(review)
    while zhao.locator("form[action$='/decide']").count():
        zhao.locator("form[action$='/decide'] [name=reason]").first.fill("公开的号码")
        zhao.locator(f"form[action$='/decide'] button:has-text('{words['accept']}')").first.click()
        look(zhao)
    press(zhao, words["reviewer"])
    assert zhao.locator("[role=alert]").count() == 1
    zhao.goto(review + "/assessment")
    look(zhao)
    for name in ["purpose", "impact", "measures"]:
        zhao.fill(f"[name={name}]", "便于公众咨询")
    press(zhao, words["assess"])
    zhao.fill("[name=due]", "2999-01-04")
    zhao.locator("form[action$='/reassessment'] [name=reason]").fill("其余内容待定")
    press(zhao, words["day"])
    zhao.goto(f"{house.base}/{language}/office/assessments")
    look(zhao)
    zhao.goto(review)
    press(zhao, words["reviewer"])
    assert zhao.locator("[role=alert]").count() == 0


@pytest.mark.parametrize("language,width", [("zh", 1280), ("en", 320)])
def test_an_emergency_is_refused_by_another(browser, house, language, width):
    words = WORDS[language]
    lin = draft(browser, house, language, width, f"紧急通告{width}", "第一条 受汛情影响，今日停止现场办理。")
    wang = person(browser, house, "wang", language, width)
    wang.goto(lin.url + "/urgent")
    look(wang)
    wang.fill("[name=reason]", "汛情")
    press(wang, words["now"])
    place = wang.url
    public = place.replace("/office/emergencies/", "/releases/")
    assert wang.request.get(public).status == 200
    zhao = person(browser, house, "zhao", language, width)
    zhao.goto(f"{house.base}/{language}/office")
    look(zhao)
    zhao.click(f"main a[href$='{place.rsplit('/', 1)[1]}']")
    look(zhao)
    zhao.fill("#reason", "未经核实")
    press(zhao, words["refuse"])
    assert wang.request.get(public).status == 410
