/** The lined script: pick lines or a shot, see what covers what, mark shots and move their ends. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import type { ElementRead, SceneRead, ScriptDetail, ShotRead } from "@/client/types.gen";
import { InspectorSplit } from "@/components/inspector-split";
import { useIsWide } from "@/lib/media";
import { LinedBar } from "./lined-bar";
import { idsOf, wholeRange } from "./lined-coverage";
import { type Edge, moveEdge } from "./lined-edge";
import { LinedLines } from "./lined-lines";
import { LinedShortcuts } from "./lined-shortcuts";
import { LinedShot } from "./lined-shot";
import { SceneIndex } from "./scene-index";
import { useEdgeDrag } from "./use-edge-drag";
import { useLineSelection } from "./use-line-selection";
import { useLinedActions } from "./use-lined-actions";
import { useLinedModel } from "./use-lined-model";

interface LinedPageProps {
  script: ScriptDetail;
  scenes: SceneRead[];
  shots: ShotRead[];
  elements: ElementRead[];
  /** A line to go to, from 1. */
  target: number | null;
  onLine: (line: number) => void;
  shotPath: (shotId: string) => string;
}

const LINE_PX = 22;
const CHARACTERS = 61;

export function LinedPage({ script, scenes, shots, elements, target, onLine, shotPath }: LinedPageProps) {
  const isWide = useIsWide();
  const scroller = useRef<HTMLDivElement>(null);
  const [search, setSearch] = useSearchParams();
  const [hovered, setHovered] = useState<string | null>(null);
  const model = useLinedModel(script, scenes, shots, elements);
  const { lines, pieces, byLine, coverage } = model;
  const { mark, cover, isPending } = useLinedActions(script.project_id);
  const selected = shots.find((shot) => shot.id === search.get("shot"));

  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => LINE_PX * Math.max(1, Math.ceil((lines[index]?.length ?? 0) / CHARACTERS)),
    overscan: 30,
  });
  const show = useCallback(
    (line: number, align: "center" | "auto" = "auto") => virtualizer.scrollToIndex(line - 1, { align }),
    [virtualizer],
  );
  useEffect(() => {
    if (target !== null) show(target, "center");
  }, [target, show]);

  const select = useCallback(
    (shotId: string | null) => {
      setSearch(
        (now) => {
          if (shotId) now.set("shot", shotId);
          else now.delete("shot");
          return now;
        },
        { replace: true },
      );
      const line = shots.find((shot) => shot.id === shotId)?.line_start;
      if (line) show(line);
    },
    [setSearch, shots, show],
  );
  /** The shot over a paragraph; where there are several, each in turn. */
  const open = (index: number) => {
    const over = coverage.shots[index] ?? [];
    const at = over.findIndex((shot) => shot.id === selected?.id);
    const next = over[(at + 1) % over.length];
    if (next) select(next.id);
  };
  const indexOfLine = useCallback((line: number) => byLine[line], [byLine]);
  const selection = useLineSelection(elements, pieces, indexOfLine, open);
  const picked = selection.range;

  const markRange = async (from: number, to: number) => {
    const range = wholeRange(elements, pieces, from, to);
    const sceneId = elements[range.from]?.scene_id;
    if (!sceneId) return;
    const shot = await mark(sceneId, idsOf(elements, range));
    if (!shot) return;
    selection.clear();
    select(shot.id);
  };
  const dropEdge = useCallback(
    (shot: ShotRead, edge: Edge, at: number) => {
      const wanted = moveEdge(elements, pieces, coverage, shot, edge, at);
      if (wanted) cover(wanted);
    },
    [elements, pieces, coverage, cover],
  );
  const { grabbed, grab } = useEdgeDrag(indexOfLine, dropEdge);
  const goUncovered = (step: 1 | -1) => {
    const missing = coverage.isCovered.flatMap((is, index) => (is ? [] : [index]));
    const here = picked ? (step > 0 ? picked.to : picked.from) : step > 0 ? -1 : elements.length;
    const next =
      step > 0
        ? (missing.find((index) => index > here) ?? missing[0])
        : (missing.findLast((index) => index < here) ?? missing.at(-1));
    if (next === undefined) return;
    selection.select(next);
    show(elements[next]?.line_start ?? 1, "center");
  };
  const stepEdge = (by: 1 | -1) => {
    const last = elements.findLastIndex(({ id }) => selected?.element_ids.includes(id));
    const at = by > 0 ? last + 1 : (pieces[last]?.from ?? last) - 1;
    if (selected && elements[at]) dropEdge(selected, "end", at);
  };

  const first = virtualizer.range?.startIndex ?? 0;
  const here = scenes.findLast((scene) => (scene.line_start ?? Number.POSITIVE_INFINITY) <= first + 2);
  const reach =
    grabbed?.target != null
      ? wholeRange(
          elements,
          pieces,
          elements.findIndex(({ id }) => grabbed.shot.element_ids.includes(id)),
          grabbed.target,
        )
      : null;

  return (
    <InspectorSplit
      title={selected ? `Shot ${selected.number}` : null}
      inspector={selected ? <LinedShot shot={selected} shotPath={shotPath} onLine={onLine} /> : null}
      onClose={() => select(null)}
    >
      <LinedBar
        coveredCount={coverage.coveredCount}
        total={elements.length}
        selectedCount={picked ? picked.to - picked.from + 1 : 0}
        isMarking={isPending}
        onUncovered={goUncovered}
        onMark={() => picked && void markRange(picked.from, picked.to)}
      />
      <div className="@container flex min-h-0 flex-1">
        {isWide && <SceneIndex scenes={scenes} currentId={here?.id} onLine={onLine} />}
        <div
          ref={scroller}
          className="min-h-0 min-w-0 flex-1 select-none overflow-y-auto overflow-x-hidden py-4"
          {...selection.pointer}
        >
          <div
            className="relative mx-auto max-w-[760px]"
            style={{ height: virtualizer.getTotalSize() }}
            role="document"
            aria-label={`Script ${script.filename}`}
          >
            <LinedLines
              model={model}
              elements={elements}
              virtualizer={virtualizer}
              picked={reach ?? picked}
              tinted={shots.find((shot) => shot.id === hovered) ?? selected}
              target={target}
              selectedId={selected?.id ?? null}
              hoveredId={hovered}
              onSelect={select}
              onHover={setHovered}
              onGrab={grab}
              onAdd={(line) => {
                const at = byLine[line];
                if (at !== undefined) void markRange(at, at);
              }}
            />
          </div>
        </div>
      </div>
      <LinedShortcuts
        hasSelection={picked !== null}
        hasShot={selected !== undefined}
        onStep={(by, extend) => {
          const at = selection.step(by, extend);
          const line = at === undefined ? undefined : elements[at]?.line_start;
          if (line) show(line);
        }}
        onOpen={() => picked && open(picked.from)}
        onMark={() => picked && !isPending && void markRange(picked.from, picked.to)}
        onUncovered={goUncovered}
        onEdge={stepEdge}
        onClear={() => (picked ? selection.clear() : select(null))}
      />
    </InspectorSplit>
  );
}
