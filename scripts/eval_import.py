"""Measures the importer on a folder of scripts: `make eval-import DATA=dir`.

Per file: format, scenes, elements, words lost, warnings, seconds; and precision and recall of the scene headings where
a gold file lies beside it (CONTRIBUTING says which). Exit code 1 when a file crashes the importer or takes over 20 s.
"""

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from backend.screenplay import Screenplay, ScreenplayError, parse

SLOW_SECONDS = 20.0
KINDS = {".txt", ".fountain", ".spmd", ".fdx", ".pdf"}


def main() -> int:
    folder = Path(sys.argv[1])
    files = sorted(p for p in folder.rglob("*") if p.suffix.lower() in KINDS and ".gold." not in p.name)
    totals: Counter[str] = Counter()
    slowest = 0.0
    for file in files:
        started = time.perf_counter()
        try:
            screenplay = parse(file.read_bytes())
        except ScreenplayError as refusal:
            totals["refused"] += 1
            print(f"{file.relative_to(folder)}: refused, {refusal.code}: {refusal.detail}")
            continue
        except Exception as error:
            # Whatever else comes out of the importer is what this script is for.
            totals["crashed"] += 1
            print(f"{file.relative_to(folder)}: CRASHED, {error!r}")
            continue
        seconds = time.perf_counter() - started
        slowest = max(slowest, seconds)
        totals["slow"] += seconds > SLOW_SECONDS
        print(f"{file.relative_to(folder)}: {_describe(screenplay, totals)}, {seconds:.2f} s")
        gold = _gold(file, screenplay)
        if gold is not None:
            print(f"  {_compare(screenplay, gold, totals)}")
    _spec_cases(folder, totals)
    print(f"\n{len(files)} files: {dict(totals)}, slowest {slowest:.2f} s")
    if totals["gold"]:
        print(f"headings: {_scores(totals['hits'], totals['found'], totals['gold'])}")
    return 1 if totals["crashed"] or totals["slow"] else 0


def _describe(screenplay: Screenplay, totals: Counter[str]) -> str:
    elements = [e for scene in screenplay.scenes for e in scene.elements] + screenplay.preamble
    words: Counter[str] = Counter()
    for element in elements:
        words[element.type] += len(element.text.split())
    share = 100 * (words["dialogue"] + words["parenthetical"]) / max(1, words.total())
    real = sum(1 for scene in screenplay.scenes if not scene.is_synthetic)
    lost = sum(int(w.message.split()[0]) for w in screenplay.warnings if w.code == "text.lost")
    totals.update(scenes=real, elements=len(elements), words_lost=lost, without_heading=int(real == 0))
    warnings = ", ".join(f"{w.code}×{max(1, len(w.lines))}" for w in screenplay.warnings)
    return (
        f"{screenplay.format}, {screenplay.encoding}, {real} scenes"
        + (f" (+{len(screenplay.scenes) - real} by page)" if real < len(screenplay.scenes) else "")
        + f", {len(elements)} elements, {share:.0f} % spoken, {lost} words lost, [{warnings}]"
    )


def _gold(file: Path, screenplay: Screenplay) -> list[str] | None:
    """Headings as they ought to be, folded; None where nothing beside the file says so."""
    listed = file.with_name(f"{file.name}.gold.json")
    if listed.exists():
        return [_folded_entry(entry, screenplay) for entry in json.loads(listed.read_text("utf-8"))]
    rows = file.with_name(f"{file.name}.gold.txt")
    if rows.exists():
        return [_folded_entry(row, screenplay) for row in rows.read_text("utf-8").splitlines() if row.strip()]
    if file.suffix.lower() in (".txt", ".pdf"):
        for suffix in (".fdx", ".fountain"):
            twin = file.with_suffix(suffix)
            if twin.exists():
                return list(_headings(parse(twin.read_bytes())))
    return None


def _folded_entry(entry: object, screenplay: Screenplay) -> str:
    """A line number (from 1) or the text of the heading line."""
    if isinstance(entry, int) or (isinstance(entry, str) and entry.strip().isdigit()):
        lines = screenplay.text.split("\n")
        return _folded(lines[int(entry) - 1])
    return _folded(str(entry))


def _headings(screenplay: Screenplay) -> Iterator[str]:
    return (_folded(scene.heading) for scene in screenplay.scenes if not scene.is_synthetic)


def _folded(text: str) -> str:
    """Without scene numbers, marks and case: what is compared is the words of the heading."""
    text = re.sub(r"#[\w.\-]+#\s*$", "", text.strip(" .*_"))
    text = re.sub(
        r"^\*?\s*[A-Za-z]{0,2}\d+[A-Za-z]{0,2}[.)]?\s+|\s+[A-Za-z]{0,2}\d+[A-Za-z]{0,2}[.)]?\s*\*?$", "", text
    )
    return " ".join(re.findall(r"\w+", text.casefold()))


def _compare(screenplay: Screenplay, gold: list[str], totals: Counter[str]) -> str:
    found = Counter(_headings(screenplay))
    wanted = Counter(gold)
    hits = (found & wanted).total()
    totals.update(hits=hits, found=found.total(), gold=wanted.total())
    missed = list((wanted - found).elements())[:3]
    return f"headings: {_scores(hits, found.total(), wanted.total())}" + (f"; missed e.g. {missed}" if missed else "")


def _scores(hits: int, found: int, gold: int) -> str:
    precision, recall = hits / max(1, found), hits / max(1, gold)
    return f"precision {precision:.3f}, recall {recall:.3f} ({hits} of {gold} found, {found} read)"


def _spec_cases(folder: Path, totals: Counter[str]) -> None:
    """Files of small cases: *cases.json (input, expected elements), and expected.json (one text in many encodings)."""
    for file in sorted(folder.rglob("*cases.json")):
        for case in json.loads(file.read_text("utf-8")):
            wrong = _differences(case["expected"], _outline(parse(case["input"].encode())))
            totals["cases_wrong" if wrong else "cases_right"] += 1
            if wrong:
                print(f"case {case['id']}: {wrong[0]}")
    for file in sorted(folder.rglob("expected.json")):
        answers = json.loads(file.read_text("utf-8"))
        for other in sorted(file.parent.iterdir()):
            if other.suffix not in KINDS:
                continue
            screenplay = parse(other.read_bytes())
            cues = {e.character for scene in screenplay.scenes for e in scene.elements if e.type == "character"}
            right = [s.heading for s in screenplay.scenes] == answers["headings"] and cues >= set(answers["characters"])
            totals["encodings_right" if right else "encodings_wrong"] += 1
            if not right:
                print(f"encoding {other.name}: {[s.heading for s in screenplay.scenes]}")


def _outline(screenplay: Screenplay) -> list[dict[str, object]]:
    out: list[dict[str, object]] = [{"type": "title", "text": f"{k}: {v}"} for k, v in screenplay.title_page.items()]
    out += [{"type": e.type, "text": e.text, "dual": e.dual} for e in screenplay.preamble]
    for scene in screenplay.scenes:
        if not scene.is_synthetic:
            out.append({"type": "scene", "text": scene.heading, "number": scene.number})
        out += [{"type": e.type, "text": e.text, "dual": e.dual} for e in scene.elements]
    return out


_SAME_KIND = {"paren": "parenthetical", "lyric": "lyrics"}
# Kept beside the scenes, not among their elements.
_ASIDE = {"section", "synopsis", "note", "note|omit", "pagebreak", "boneyard", "title"}


def _differences(expected: list[dict[str, object]], found: list[dict[str, object]]) -> list[str]:
    """What the importer made something else of. `a|b` allows either kind, `any*` allows anything from there on."""
    wanted = [e for e in expected if e["type"] not in _ASIDE]
    got = [e for e in found if e["type"] != "title"]
    if wanted and wanted[-1]["type"] == "any*":
        wanted.pop()
        got = got[: len(wanted)]
    if len(wanted) != len(got):
        return [f"{[e['type'] for e in wanted]} expected, {[e['type'] for e in got]} found"]
    out = []
    for want, have in zip(wanted, got, strict=True):
        kinds = {_SAME_KIND.get(kind, kind) for kind in str(want["type"]).split("|")}
        same_text = _words(want["text"]) == _words(have["text"])
        if have["type"] == "character":
            same_text = _words(want["text"]).split(" (")[0] == _words(have["text"])
        same_dual = bool(want.get("dual", have.get("dual"))) == bool(have.get("dual"))
        same_number = want.get("scene_number", have.get("number")) == have.get("number")
        if have["type"] not in kinds or not (same_text and same_dual and same_number):
            out.append(f"{want} expected, {have} found")
    return out


def _words(text: object) -> str:
    return " ".join(str(text).split())


if __name__ == "__main__":
    sys.exit(main())
