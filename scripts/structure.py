"""Reads the tree and fails on a file too long, an import that breaks the layers, or rooms that need each other both ways."""
import pathlib, re, subprocess, sys

root = pathlib.Path(__file__).resolve().parent.parent
files = [root / line for line in subprocess.check_output(
    ["git", "ls-files", "-co", "--exclude-standard"], cwd=root, text=True).splitlines()]
files = [file for file in files if file.exists()]
faults = []

for file in files:
    if file.suffix in {".swift", ".mustache", ".css", ".py"} and "Fixtures" not in file.parts:
        lines = file.read_text().count("\n")
        if lines > 400:
            faults.append(f"{file.relative_to(root)}: {lines} lines, at most 400")

engines = {"WorkCalendar", "LegalText", "Scan", "Mosaic", "MerkleLog", "Index", "Extract", "Redact", "Sheets"}
allowed = {"Core": engines - {"Extract", "Redact", "Sheets"}, "Records": engines - {"Sheets"} | {"Core", "Storage"}}
for file in files:
    if file.suffix != ".swift":
        continue
    imports = set(re.findall(r"^(?:@testable )?import (?:struct |enum |class )?(\w+)", file.read_text(), re.M))
    parts = file.relative_to(root).parts
    if parts[0] == "Rooms" and parts[2] in allowed:
        house = {"Core", "Records", "Web", "Storage", "Hummingbird"} | engines
        for name in sorted((imports & house) - allowed[parts[2]]):
            faults.append(f"{file.relative_to(root)}: {parts[2]} may not import {name}")
    if parts[0] == "Sources" and parts[1] in engines | {"Storage"}:
        for name in sorted(imports & {"Core", "Records", "Web", "Hummingbird"}):
            faults.append(f"{file.relative_to(root)}: an engine may not import {name}")

# Rooms need each other one way only, and never another's Web. These files wire the rooms together and know them all.
wiring = {"House.swift", "House+Search.swift", "Site.swift", "Work.swift", "HouseSchema.swift", "StepLine.swift"}
sources = [file for file in files if file.suffix == ".swift" and file.relative_to(root).parts[0] == "Rooms" and file.parts[-2] != "Tests"]
declared = {}
for file in sources:
    for name in re.findall(r"^(?:public )?(?:final )?(?:struct|enum|class|actor) (\w+)", file.read_text(), re.M):
        declared[name] = (file.parts[-3], file.parts[-2])
needs = {}
for file in sources:
    if file.name in wiring:
        continue
    text = re.sub(r"//.*", "", re.sub(r'"(?:[^"\\]|\\.)*"', "", file.read_text()))
    for name in sorted(set(re.findall(r"\b[A-Z]\w+", text)) & set(declared)):
        room, layer = declared[name]
        if room == file.parts[-3]:
            continue
        needs.setdefault((file.parts[-3], room), f"{file.relative_to(root)} uses {name}")
        if layer == "Web" and room != "Shared":
            faults.append(f"{file.relative_to(root)}: {name} is of the Web of {room}, another room")
rest = {room for pair in needs for room in pair}
while free := {room for room in rest if not any(one == room and other in rest for one, other in needs)}:
    rest -= free
for (one, other), why in sorted(needs.items()):
    if one in rest and other in rest:
        faults.append(f"rooms in a circle: {one} needs {other}: {why}")

furniture = {"Core", "Records", "Web", "Pages", "Tests", "README.md", "api.yaml"}
for room in sorted((root / "Rooms").iterdir()):
    strange = {each.name for each in room.iterdir()} - furniture
    for name in sorted(strange):
        faults.append(f"Rooms/{room.name}/{name}: no such furniture; a new kind is a decision record")

for fault in faults:
    print(fault)
print(f"structure: {len(files)} files read, {len(faults)} faults")
sys.exit(1 if faults else 0)
