"""Makes a million passages out of the corpus: its articles first, then new ones mixed of their sentences.

    python3 Benchmarks/Index/expand.py LAWS.jsonl.gz CANADA-LAWS-FOLDER PASSAGES.tsv QUESTIONS.tsv [COUNT]

A mixed passage has the sentence count of a real article; half of its sentences come from the same work, half from
anywhere. One passage in ten is English, mixed of clauses of the Canadian acts. Columns: key, title, head, first day,
last day, visibility, text. Three quarters are in force on day 20000, the rest has lapsed, is not yet in force or is
hidden. The same numbers come out at each run.
"""
import gzip, json, random, re, sys, tarfile, glob

laws, canada, passages, questions = sys.argv[1:5]
count = int(sys.argv[5]) if len(sys.argv) > 5 else 1_000_000
random.seed(20261127)
articles = []                                     # (work, title, head, sentences)
by_work = {}
for line in gzip.open(laws, "rt", encoding="utf-8"):
    work = json.loads(line)
    for piece in re.split(r"\n(?=第[一二三四五六七八九十百千零〇]+条)", work["text"] or ""):
        text = piece.replace("\n", "").replace("\t", " ").strip()
        head = re.match(r"第[一二三四五六七八九十百千零〇]+条(之[一二三四五六七八九十]+)?", text)
        if not head or len(text) < 12:
            continue
        body = text[head.end():].strip("　 ")
        sentences = re.findall(r"[^。；]+[。；]?", body)
        by_work.setdefault(work["id"], []).extend(sentences)
        articles.append((work["id"], work["title"], head.group(0), sentences))
clauses = []
for path in sorted(glob.glob(canada + "/*.tar.gz")):
    archive = tarfile.open(path)
    for member in archive.getmembers():
        if member.name.endswith(".xml"):
            xml = archive.extractfile(member).read().decode("utf-8")
            for text in re.findall(r"<Text>(.*?)</Text>", xml, re.S):
                plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text)).strip()
                clauses += [c.strip() for c in re.split(r"(?<=[,;.])\s", plain) if len(c) > 15]
clauses = sorted(set(clauses))
everything = [s for a in articles for s in a[3]]


def gate():
    draw = random.random()
    if draw < 0.75: return (random.randrange(7000, 19900), "", 0)
    if draw < 0.90: start = random.randrange(7000, 15000); return (start, start + random.randrange(500, 4500), 0)
    if draw < 0.95: return (random.randrange(20001, 21000), "", 0)
    return (random.randrange(7000, 19900), "", 1)


written = []
gates = {}
with open(passages, "w", encoding="utf-8") as out:
    for n in range(count):
        if n < len(articles):
            work, title, head, sentences = articles[n]
            text, shape = "".join(sentences), (work, 0)
        elif random.random() < 0.1 * count / max(count - len(articles), 1):
            work, title, head = "canada%d" % random.randrange(2000), "Access and trademarks", "Section %d" % random.randrange(1, 90)
            text, shape = " ".join(random.choices(clauses, k=random.randrange(3, 12))), (work, 1)
        else:
            work, title, head, like = random.choice(articles)
            own = by_work[work]
            text = "".join(random.choice(own if random.random() < 0.5 else everything) for _ in like)
            shape = (work, 1 + n % 5)
        if shape not in gates: gates[shape] = gate()
        start, end, visibility = gates[shape]
        out.write(f"p{n}\t{title}\t{head}\t{start}\t{end}\t{visibility}\t{text}\n")
        if random.random() < 0.02: written.append(text)

chinese = [t for t in written if re.search("[\u4e00-\u9fff]{12}", t)]
english = [t for t in written if re.search("[A-Za-z]{4} [a-z]{4}", t)]


def cut(size):
    while True:
        runs = re.findall("[\u4e00-\u9fff]{%d,}" % size, random.choice(chinese))
        if runs:
            run = random.choice(runs); at = random.randrange(len(run) - size + 1)
            return run[at:at + size]


def both():
    while True:
        runs = re.findall("[\u4e00-\u9fff]{4,}", random.choice(chinese))
        if len(runs) > 2:
            one, other = random.sample(runs, 2)
            return one[:random.choice([2, 3, 4])] + " " + other[:random.choice([2, 3, 4])]


def word():
    return random.choice(re.findall("[a-z]{4,}", random.choice(english)))


def words(size):
    return " ".join(random.choice(re.findall("[a-z]{4,}", text)) for text in [random.choice(english)] * size)


def ask():
    text = random.choice(english); at = re.findall("[A-Za-z]+", text); start = random.randrange(max(len(at) - 8, 1))
    return "how " + " ".join(at[start:start + 8]).lower()


kinds = {
    "2-char": lambda: cut(2), "4-char": lambda: cut(4), "and": both,
    "question": lambda: cut(6) + "应当" + cut(5) + random.choice(["吗？", "怎么办？", "需要什么材料？", "由谁负责？"]),
    "en-word": word, "en-and": lambda: words(2), "en-question": ask,
}
with open(questions, "w", encoding="utf-8") as out:
    for kind, make in kinds.items():
        for _ in range(200): out.write(f"{kind}\t{make()}\n")
