"""The command line: exit status 0 done, 1 refused, 2 a call that can not be read; JSON for machines."""
import gzip, json, re, shutil, subprocess, time, urllib.request
from datetime import date
import pytest
from conftest import House, corpora, program


def run(*words, typed=""):
    return subprocess.run([program(), *map(str, words)], capture_output=True, text=True, input=typed)


def test_a_term_of_working_days():
    answer = run("calendar", "due", "2022-05-26", 5, "--json")
    assert answer.returncode == 0
    assert json.loads(answer.stdout)["due"] == "2022-06-02"
    assert [day["date"] for day in json.loads(answer.stdout)["skipped"]] == ["2022-05-28", "2022-05-29"]


def test_a_term_past_the_last_notice_is_refused_by_its_year():
    answer = run("calendar", "due", "2026-12-25", 20)
    assert answer.returncode == 1 and "2027" in answer.stderr


@pytest.mark.parametrize("words", [("calendar", "due", "2022-02-30", 5), ("calendar", "due", "2022-05-26", -1), ("nonsense",), ("search", "x"), ("search", "x", "--data", "a", "--database", "b")])
def test_a_call_that_can_not_be_read(words):
    assert run(*words).returncode == 2


def test_the_notice_is_read_into_fourteen_tasks():
    answer = run("ledger", "import", corpora() / "keypoints" / "2022-key-points.en.txt", "--issued", "2022-05-26", "--dry-run", "--json")
    tasks = json.loads(answer.stdout)["tasks"]
    assert [task["number"] for task in tasks] == [*map(str, range(1, 13)), "closing-1", "closing-2"]
    assert (tasks[2]["due"], tasks[12]["due"], tasks[13]["due"]) == ("2022-12-31", "2022-06-02", "2023-01-05")
    assert tasks[5]["lead"] == "Public Service Department" and len(tasks[5]["units"]) == 8
    assert [task["kind"] for task in tasks[12:]] == ["contact", "report"]


def test_the_ledger_of_a_file_is_kept_once(tmp_path):
    run("demo", "--set-up-only", "--data", tmp_path, "--corpora", tmp_path)
    words = ("ledger", "import", corpora() / "keypoints" / "2022-key-points.en.txt", "--issued", "2022-05-26", "--data", tmp_path)
    assert run(*words).returncode == 0
    assert run(*words).returncode == 1
    summary = run("ledger", "summary", "--year", 2022, "--data", tmp_path)
    assert summary.returncode == 0 and summary.stdout.count("2022-06-02") == 1


def test_a_backup_is_restored_and_a_changed_one_refused(house, tmp_path):
    file, changed, new = tmp_path / "b", tmp_path / "c", tmp_path / "new"
    assert house.run("backup", str(file)).returncode == 0
    new.mkdir()
    shutil.copy(f"{house.folder}/key", new / "key")
    changed.write_text(file.read_text().replace("Hague", "Haque", 1))
    refused = run("restore", changed, "--data", new)
    assert refused.returncode == 1 and "changed" in refused.stderr
    assert run("restore", file, "--data", new).returncode == 0
    found = json.loads(run("search", "Hague", "--data", new, "--json").stdout)
    assert found["total"] >= 1 and found["results"][0]["url"].startswith("/zh/releases/")


def test_the_log_is_checked_against_an_older_head(house, tmp_path):
    head = tmp_path / "head"
    head.write_text(house.run("log", "head").stdout)
    assert house.run("log", "verify", "--older", str(head)).returncode == 0
    head.write_text(head.read_text().replace("\nat 20", "\nat 21", 1))
    assert house.run("log", "verify", "--older", str(head)).returncode == 1


def test_a_person_is_added_and_lends_a_role(house):
    words = ["person", "add", "gaoyuan", "--zh", "高远", "--en", "Gao Yuan", "--role", "drafter", "--data", house.folder]
    assert run(*words, typed="short\n").returncode == 1
    assert run(*words, typed="a-long-password\n").returncode == 0
    assert run(*words, typed="a-long-password\n").returncode == 1
    lent = house.run("person", "delegate", "chen", "gaoyuan", "--role", "unitHead", "--since", "2026-01-01", "--until", "2036-01-01")
    assert lent.returncode == 0
    assert house.run("person", "delegate", "gaoyuan", "chen", "--role", "leader", "--since", "2026-01-01", "--until", "2036-01-01").returncode == 1


def test_an_import_goes_on_where_it_stopped_and_adds_nothing_twice(house):
    before = house.run("log", "head").stdout.split("\n")[1]
    assert house.run("import", "norms", str(corpora() / "laws-core.jsonl.gz"), "--title", "again").returncode == 0
    assert house.run("log", "head").stdout.split("\n")[1] == before


def test_what_another_process_releases_is_seen_within_seconds(house, tmp_path):
    def size():
        return re.search(r'class="figure">(\d+)', urllib.request.urlopen(house.base + "/zh/log").read().decode())[1]

    before = int(size())
    with gzip.open(corpora() / "laws-core.jsonl.gz", "rt") as lines:
        work = json.loads(next(lines))
    work["title"] += "（另一件）"
    with gzip.open(tmp_path / "one.jsonl.gz", "wt") as file:
        file.write(json.dumps(work, ensure_ascii=False) + "\n")
    assert house.run("import", "norms", str(tmp_path / "one.jsonl.gz"), "--title", "one").returncode == 0
    for _ in range(50):
        if int(size()) == before + 2:
            return
        time.sleep(0.1)
    assert int(size()) == before + 2


def test_a_batch_killed_in_the_middle_leaves_log_and_content_agreeing(tmp_path):
    run("demo", "--set-up-only", "--data", tmp_path, "--corpora", tmp_path)
    words = [program(), "import", "norms", corpora() / "laws-core.jsonl.gz", "--data", tmp_path]
    for seconds in (0.15, 0.3, 0.6):
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(seconds)
        process.kill()
        process.wait()
        assert run("log", "verify", "--data", tmp_path).returncode == 0
        assert run("check", "--data", tmp_path).returncode == 0
    assert subprocess.run(words, stdout=subprocess.DEVNULL).returncode == 0
    assert run("log", "verify", "--data", tmp_path).returncode == 0


def test_the_work_is_done_once_and_a_notice_is_loaded(tmp_path):
    run("demo", "--set-up-only", "--data", tmp_path, "--corpora", tmp_path)
    assert json.loads(run("work", "--once", "--json", "--data", tmp_path).stdout) == {"done": 5}
    # The anchor is a leaf, after which the matters' bases are looked at once more.
    assert json.loads(run("work", "--once", "--json", "--data", tmp_path).stdout) == {"done": 1}
    assert json.loads(run("work", "--once", "--json", "--data", tmp_path).stdout) == {"done": 0}
    assert run("log", "head", "--data", tmp_path).stdout.split("\n")[1] == "1"
    file = tmp_path / "2027.csv"
    days = [date.fromordinal(n) for n in range(date(2027, 1, 1).toordinal(), date(2028, 1, 1).toordinal())]
    rows = [f"{day},{int(day.weekday() < 5 and day != date(2027, 1, 1))},{'元旦' if day == date(2027, 1, 1) else ''}" for day in days]
    file.write_text("date,is_workday,holiday_name\n" + "\n".join(rows) + "\n")
    words = ("calendar", "load", file, "--known-from", "2026-11-20", "--data", tmp_path, "--json")
    assert run(*words, "--by", "lin").returncode == 1
    assert json.loads(run(*words, "--by", "admin").stdout) == {"moved": [], "requests": [], "years": [2027]}
    assert run(*words, "--by", "admin").returncode == 1


def test_settings_come_from_file_environment_and_flags(tmp_path):
    file = tmp_path / "settings"
    file.write_text(f"# the house\ndata = {tmp_path}/a\n")
    told = {"PATH": "/usr/bin:/bin", "GONGKAI_SETTINGS": str(file)}
    def made(*words, **more):
        return subprocess.run([program(), "migrate", *words], env=told | more, capture_output=True, text=True).returncode
    assert made() == 0 and (tmp_path / "a" / "gongkai.sqlite").exists()
    assert made(GONGKAI_DATA=str(tmp_path / "b")) == 0 and (tmp_path / "b" / "gongkai.sqlite").exists()
    assert made("--data", str(tmp_path / "c"), GONGKAI_DATA=str(tmp_path / "b")) == 0 and (tmp_path / "c" / "gongkai.sqlite").exists()
    file.write_text("colour = red\n")
    assert made() == 2


def test_a_request_s_clock_is_derived_from_its_events(tmp_path):
    file = tmp_path / "clock.json"
    events = [{"kind": "thirdPartyAsked", "on": "2022-03-10"}, {"kind": "thirdPartyAnswered", "on": "2022-03-24"}]
    file.write_text(json.dumps({"received": "2022-03-01", "channel": "inPerson", "events": events}))
    answer = json.loads(run("requests", "clock", file, "--json").stdout)
    assert (answer["due"], answer["limits"][0]["due"]) == ("2022-04-13", "2022-03-31")
    file.write_text(json.dumps({"received": "2022-03-01", "channel": "pigeon"}))
    assert run("requests", "clock", file).returncode == 1
    file.write_text(json.dumps({"received": "2022-03-01", "channel": "web", "events": [{"kind": "answered", "on": "2022-03-02"}]}))
    refused = run("requests", "clock", file)
    assert refused.returncode == 1 and "confirmed" in refused.stderr


@pytest.mark.parametrize("words,yuan", [(("--items", 41), 4300), (("--pages", 201), 2740)])
def test_a_fee(words, yuan):
    assert json.loads(run("fee", *words, "--json").stdout)["yuan"] == yuan


def test_a_fee_is_never_both():
    assert run("fee", "--items", 1, "--pages", 1).returncode == 2


def test_an_earlier_register_is_loaded_and_reported(tmp_path):
    file = tmp_path / "old.csv"
    file.write_text("number,kind,channel,received,subject,events,outcome,closed,review,suit\n"
        "2021-1,person,inPerson,2021-03-01,\"a, b\",extended@2021-03-20+20,disclosed,2021-04-20,,\n"
        "2021-2,person,inPerson,2021-03-01,c,answered@2021-03-02;extended@2021-03-20+20,disclosed,2021-04-20,,\n")
    loaded = json.loads(run("requests", "import", file, "--data", tmp_path / "d", "--json").stdout)
    assert loaded["loaded"] == 1 and [bad["line"] for bad in loaded["refused"]] == [3]
    assert json.loads(run("requests", "due", "2021-1", "--explain", "--data", tmp_path / "d", "--json").stdout)["due"] == "2021-04-26"
    report = json.loads(run("report", "annual", "--year", 2021, "--data", tmp_path / "d", "--json").stdout)
    assert [row["values"][6] for row in report["table3"]["rows"] if row["key"] in ("received", "disclosed")] == [1, 1]
    assert run("report", "annual", "--year", 2021, "--data", tmp_path / "d", "--docx", tmp_path / "r.docx", "--pdf", tmp_path / "r.pdf").returncode == 0
    # The report of a unit below is added to the agency's own.
    assert run("report", "annual", "--year", 2021, "--data", tmp_path / "d", "--csv", tmp_path / "part.csv").returncode == 0
    words = ("report", "annual", "--year", 2021, "--data", tmp_path / "d", "--including", tmp_path / "part.csv", tmp_path / "part.csv", "--json")
    whole = json.loads(run(*words).stdout)
    received = lambda told: next(row["values"] for row in told["table3"]["rows"] if row["key"] == "received")
    assert received(whole) == [3 * value for value in received(report)] and received(report)[6] == 1
    assert (tmp_path / "r.docx").read_bytes()[:2] == b"PK" and (tmp_path / "r.pdf").read_bytes()[:5] == b"%PDF-"


def test_the_method_follows_the_answers(tmp_path):
    file = tmp_path / "answers.json"
    file.write_text('{"madeOrHeldByUs": "yes", "stateSecret": "yes"}')
    assert json.loads(run("method", "--answers", file, "--json").stdout)["method"] == "notDisclosed"
    file.write_text('{"colour": "yes"}')
    assert run("method", "--answers", file).returncode == 1


def test_a_table_of_powers_is_loaded_row_by_row_and_comes_back(tmp_path):
    run("demo", "--set-up-only", "--data", tmp_path / "house", "--corpora", corpora())
    store = ("--data", tmp_path / "house", "--json")
    tail = "国家知识产权局,知识产权保护司,责,追,监"
    law = "《最高人民法院关于审理专利纠纷案件适用法律问题的若干规定》"
    table = tmp_path / "powers.csv"
    table.write_text("职权编码,职权名称,职权类型,设定依据,行使主体,承办机构,责任事项,追责情形,监督方式\n"
        f"T-1,好的,其他行政权力,{law}第一条,{tail}\n"
        f"T-2,旧的,其他行政权力,《最高人民法院关于审理不正当竞争民事案件应用法律若干问题的解释》第一条,{tail}\n"
        f"T-3,没有的,其他行政权力,《从未公布的办法》第一条,{tail}\n"
        f"T-4,级别不够,行政许可,{law}第一条,{tail}\n")
    doubtful = json.loads(run("powers", "import", table, *store).stdout)
    assert doubtful["loaded"] == 0 and [bad["line"] for bad in doubtful["refused"]] == [2, 3, 4, 5], "no evidence of status is no status"
    answer = json.loads(run("powers", "import", table, "--confirm", *store).stdout)
    assert answer["loaded"] == 1 and [bad["line"] for bad in answer["refused"]] == [3, 4, 5]
    assert "废止" in answer["refused"][0]["zh"] and "第六十四条" in answer["refused"][1]["zh"] and "第十七条" in answer["refused"][2]["zh"]
    mine = [each for each in json.loads(run("powers", "list", "--drafts", *store).stdout) if each["code"] == "T-1"]
    assert mine[0]["state"] == "draft" and mine[0]["bases"][0]["article"] == "第一条"
    assert not [each for each in json.loads(run("powers", "list", *store).stdout) if each["code"] == "T-1"], "a draft is not public"
    for kind in ["csv", "xlsx", "docx"]:
        file = tmp_path / f"out.{kind}"
        assert json.loads(run("powers", "export", file, "--drafts", "--unit", "protection", *store).stdout)["rows"] >= 1
        back = json.loads(run("powers", "import", file, *store).stdout)
        assert back["loaded"] == 0 and back["unchanged"] >= 1 and not back["refused"], kind
    checked = json.loads(run("powers", "check", "--at", "2030-01-01", *store).stdout)
    assert checked["checked"] >= 1 and not [each for each in checked["flagged"] if each["code"] == "T-1"]
    assert run("powers", "check", "--at", "2030-13-01", *store).returncode == 2
    assert run("powers", "export", tmp_path / "out.pdf", *store).returncode == 2
    assert run("powers", "import", tmp_path / "none.csv", *store).returncode == 1
