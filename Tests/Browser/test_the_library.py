"""The library as a reader and a drafter walk it: any day's law, its proof, its neighbours, and what the desk decides."""
import json, urllib.request
import pytest
from test_the_way_through import look, person

TRADEMARK_LAW = "w9ce550a41c"


def ask(house, path):
    with urllib.request.urlopen(house.base + path) as answer:
        return json.load(answer)


@pytest.fixture(scope="module")
def works(house):
    found = [work["id"] for work in ask(house, "/api/v1/norms")["works"]]
    return found + [work["id"] for work in ask(house, "/api/v1/norms?q=%E5%95%86%E6%A0%87%E6%B3%95")["works"]]


@pytest.mark.parametrize("language,width", [("zh", 1280), ("en", 320)])
def test_every_page_of_a_work(browser, house, works, language, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    work = TRADEMARK_LAW if TRADEMARK_LAW in works else works[0]
    article = ask(house, f"/api/v1/norms/{work}?at=2026-11-28")["articles"][0]["anchor"]
    base = f"{house.base}/{language}/norms"
    for path in ["", "/in-force", "/changes", "?at=2015-01-01", f"/{work}", f"/{work}?at=2012-05-01", f"/{work}/articles/{article}?at=2026-11-28",
                 f"/{work}/history", f"/{work}/citations", f"/{work}/compare"]:
        assert page.goto(base + path).status == 200, path
        look(page)
    page.close()


def test_a_law_of_two_texts_says_which_is_which(browser, house, works):
    if TRADEMARK_LAW not in works:
        pytest.skip("the real collection is not here")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{house.base}/zh/norms/{TRADEMARK_LAW}?at=2026-11-28")
    assert "现行文本施行至2026-12-31；新文本自2027-01-01起施行" in page.content()
    page.goto(f"{house.base}/zh/norms/{TRADEMARK_LAW}?at=2027-01-01")
    assert "2027-01-01" in page.content()
    # Without a script: the day is chosen by a form, the span by a link.
    page.fill("#at", "2020-01-01")
    page.click("main form button")
    assert "这是2020-01-01的" in page.content()
    page.close()


def test_a_day_that_does_not_exist_is_refused_with_a_sentence(browser, house, works):
    page = browser.new_page()
    assert page.goto(f"{house.base}/zh/norms/{works[0]}?at=2026-02-30").status == 422
    assert "没有“2026-02-30”这个日期" in page.content()
    look(page)
    page.close()


@pytest.mark.parametrize("language,width", [("zh", 1280), ("en", 360)])
def test_a_unit_finds_how_an_old_work_stands(browser, house, language, width):
    open_works = ask(house, "/api/v1/norms?status=noEvidence")["works"]
    if not open_works:
        pytest.skip("every work is proved")
    work = open_works[-1]["id"]
    lin = person(browser, house, "lin", language, width)
    lin.goto(f"{house.base}/{language}/office/norms")
    look(lin)
    lin.goto(f"{house.base}/{language}/office/norms/works/{work}")
    look(lin)
    lin.fill("[name=document]", "国发〔2020〕1号")
    lin.fill("[name=day]", "2099-01-01")
    lin.fill("[name=sentence]", "继续有效")
    lin.click("main form button")
    look(lin)
    # Refused for the day; what was typed is still there.
    assert lin.input_value("[name=document]") == "国发〔2020〕1号"
    lin.fill("[name=day]", "2026-01-01")
    lin.click("main form button")
    look(lin)
    assert lin.url.endswith(f"/{language}/norms/{work}/history")
    assert "国发〔2020〕1号" in lin.content()
    assert ask(house, f"/api/v1/norms/{work}")["status"] == "inForce"
    lin.context.close()
