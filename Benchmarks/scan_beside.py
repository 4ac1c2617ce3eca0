"""Measures the scan beside presidio-analyzer, with the same patterns, and argus-redact, in one run: CPU seconds over the same text.

usage: scan_beside.py BENCH_PROGRAM [KILOBYTES]      in a venv with `pip install presidio-analyzer argus-redact`
The text is vectors/personal-data-zh.jsonl, a case a line, over and over.
"""
import json, pathlib, re, resource, subprocess, sys, tempfile, time

program, size = sys.argv[1], (int(sys.argv[2]) if len(sys.argv) > 2 else 100) * 1000
root = pathlib.Path(__file__).resolve().parents[1]
vectors = next(p / "shared/data/vectors" for p in [root.parent, *root.parents] if (p / "shared/data/vectors").is_dir())
lines = [json.loads(line)["text"] for line in open(vectors / "personal-data-zh.jsonl", encoding="utf-8")]


def text(bytes_wanted):
    kept, count = [], 0
    while count < bytes_wanted:
        for line in lines:
            kept.append(line)
            count += len(line.encode()) + 1
            if count >= bytes_wanted: break
    return kept, count


def ours():
    kept, count = text(20_000_000)
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("\n".join(kept) + "\n")
        file.flush()
        best = [json.loads(subprocess.run([program, "speed", file.name, "1"], capture_output=True, text=True, check=True).stdout) for _ in range(3)]
    return count / min(b["scanSeconds"] for b in best), count / min(b["rawSeconds"] for b in best)


def cpu(work):
    start = time.process_time()
    work()
    return time.process_time() - start


def presidio():
    import spacy
    from presidio_analyzer import AnalyzerEngine, Pattern, PatternRecognizer, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    class Blank(SpacyNlpEngine):
        """Presidio without a language model: patterns alone."""
        def __init__(self):
            super().__init__(models=[{"lang_code": "zh", "model_name": "blank"}])
            self.nlp = {"zh": spacy.blank("zh")}
        def load(self): pass
        def is_loaded(self): return True

    registry = RecognizerRegistry(supported_languages=["zh"])
    source = "\n".join(p.read_text(encoding="utf-8") for p in sorted((root / "Sources/Scan").glob("*Kinds.swift")))
    patterns = re.findall(r'pattern:\s*#"(.*?)"#', source)
    for number, pattern in enumerate(patterns):
        registry.add_recognizer(PatternRecognizer(f"KIND_{number}", patterns=[Pattern(f"{number}", pattern, 0.8)], supported_language="zh"))
    engine = AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["zh"])
    kept, count = text(size)
    engine.analyze(lines[0], "zh")
    return count / cpu(lambda: [engine.analyze(line, "zh") for line in kept]), len(patterns)


def argus():
    import argus_redact
    kept, count = text(size)
    argus_redact.redact(lines[0])
    return count / cpu(lambda: [argus_redact.redact(line) for line in kept])


whole, raw = ours()
print(f"scan with verification {whole / 1e6:.1f} MB/s of CPU time, vectorscan alone {raw / 1e6:.1f} MB/s, ratio {whole / raw:.2f}")
for name, work in [("presidio-analyzer", presidio), ("argus-redact", argus)]:
    try:
        got = work()
    except ImportError as missing:
        print(f"{name}: not here ({missing})")
        continue
    speed, note = got if isinstance(got, tuple) else (got, None)
    print(f"{name} {speed / 1e6:.3f} MB/s" + (f" with our {note} patterns" if note else "") + f": the scan is {whole / speed:.0f} times as fast")
