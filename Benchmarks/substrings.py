"""Takes random substrings out of the stored passages and checks that search finds exactly the passages that contain them.

python3 Benchmarks/substrings.py PROGRAM DATA [COUNT]"""
import json, random, re, sqlite3, statistics, subprocess, sys, time

program, data, count = sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 200
db = sqlite3.connect(f"file:{data}/gongkai.sqlite?mode=ro", uri=True)
texts = [title + "\n" + body if position == 0 else body for position, body, title in db.execute(
    "SELECT position, passage.body, title FROM passage JOIN release ON release.key = passage.release")]
random.seed(2022)
wrong, times = [], []
for number in range(count):
    length = 2 if number % 2 else 4
    while True:
        text = random.choice(texts)
        place = random.randrange(max(1, len(text) - length))
        asked = text[place:place + length]
        if re.fullmatch(rf"[\u4e00-\u9fff]{{{length}}}", asked):
            break
    expected = sum(asked in text for text in texts)
    start = time.perf_counter()
    found = json.loads(subprocess.check_output([program, "search", f'"{asked}"', "--limit", "1", "--json", "--data", data]))["total"]
    times.append(time.perf_counter() - start)
    if found != expected:
        wrong.append((asked, expected, found))
print(f"{count} substrings over {len(texts)} passages: {count - len(wrong)} exact, wrong: {wrong[:5]}; "
      f"median {statistics.median(times) * 1000:.0f} ms a call with the program's start")
