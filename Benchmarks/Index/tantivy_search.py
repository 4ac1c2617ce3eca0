"""The same tokens and questions in tantivy (PyPI), one segment, top 10, CPU milliseconds of this thread.

    python tantivy_search.py build TOKENS FOLDER        python tantivy_search.py ask FOLDER QUESTIONS

No date filter, no deletes: it is given the easier task. An exact run of more than two characters is its phrase query.
"""
import os, resource, sys, time
import tantivy
from tantivy import Occur, Query

schema = tantivy.SchemaBuilder().add_text_field("body", stored=False, tokenizer_name="whitespace", index_option="position").build()


def build(tokens, folder):
    os.makedirs(folder, exist_ok=True)
    index = tantivy.Index(schema, path=folder)
    writer = index.writer(heap_size=400_000_000, num_threads=1)
    for line in open(tokens, encoding="utf-8"):
        writer.add_document(tantivy.Document(body=line.rstrip("\n")))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    used = resource.getrusage(resource.RUSAGE_SELF)
    size = sum(os.path.getsize(os.path.join(folder, name)) for name in os.listdir(folder))
    print(f"tantivy: {used.ru_utime + used.ru_stime:.1f} CPU s, {size / 1e6:.0f} MB, {index.searcher().num_segments} segments, resident {used.ru_maxrss // 1024} MB")


def query(kind, groups):
    parts = []
    for group in groups:
        tokens = group.split(" ")
        parts.append(Query.term_query(schema, "body", tokens[0]) if len(tokens) == 1 else Query.phrase_query(schema, "body", tokens))
    if len(parts) == 1: return parts[0]
    occur = Occur.Should if kind.endswith("question") else Occur.Must
    return Query.boolean_query([(occur, part) for part in parts])


def ask(folder, questions):
    index = tantivy.Index.open(folder)
    searcher = index.searcher()
    print("tantivy segments:", searcher.num_segments)
    kinds = {}
    for line in open(questions, encoding="utf-8"):
        kind, groups = line.rstrip("\n").split("\t")
        kinds.setdefault(kind, []).append(query(kind, groups.split("|")))
    for kind, queries in kinds.items():
        times, empty = [], 0
        for turn in range(4):
            for one in queries:
                start = time.thread_time()
                hits = searcher.search(one, 10, count=False).hits
                spent = time.thread_time() - start
                if turn: times.append(spent * 1000)
                elif not hits: empty += 1
        times.sort()
        part = lambda share: times[int(share * (len(times) - 1) + 0.5)]
        print(f"tantivy\t{kind}\tp50 {part(.5):.3f}\tp99 {part(.99):.3f}\tmax {part(1):.3f}\tempty {empty}")


{"build": build, "ask": ask}[sys.argv[1]](*sys.argv[2:])
