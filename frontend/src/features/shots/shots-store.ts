/** What the shots screen remembers beyond the URL: what is being edited, dragged, picked, folded, about to go. */
import { create } from "zustand";
import { NO_FILTER, type ShotFilter } from "./shot-rows";
import type { SlotIndex } from "./slots";

export const CELLS = ["description", "duration"] as const;
export type Cell = (typeof CELLS)[number];

/** What is wrong with a document, and where in its text; no line when it is about no one place. */
export interface JsonProblem {
  message: string;
  offset: number;
  length: number;
  line: number | null;
}

/** A document as typed and not saved yet, the text it began from, and why the last save was refused. */
export interface JsonDraft {
  text: string;
  base: string;
  problems: readonly JsonProblem[];
}

/** What the address says too. */
export interface ShotView {
  shotId: string | null;
  filter: ShotFilter;
}

interface ShotsStore {
  view: ShotView;
  /** The cell the arrow keys are on, in the selected row. */
  cell: Cell;
  editing: { shotId: string; cell: Cell } | null;
  /** The slot whose picker is open. */
  picking: { shotId: string; index: SlotIndex } | null;
  isDragging: boolean;
  /** A new shot is on its way: what is typed now is meant for it, not for the shortcuts. */
  isCreating: boolean;
  collapsed: ReadonlySet<string>;
  /** Shots that are being deleted: out of sight until the server has taken them. */
  deleted: readonly string[];
  /** What was deleted and can be brought back, oldest first. */
  deletions: readonly (readonly string[])[];
  /** The shot that is about to be split. */
  splitting: string | null;
  drafts: Readonly<Record<string, JsonDraft>>;
}

export const useShotsStore = create<ShotsStore>(() => ({
  view: { shotId: null, filter: NO_FILTER },
  cell: "description",
  editing: null,
  picking: null,
  isDragging: false,
  isCreating: false,
  collapsed: new Set(),
  deleted: [],
  deletions: [],
  splitting: null,
  drafts: {},
}));

export const startEditing = (shotId: string, cell: Cell) =>
  useShotsStore.setState({ editing: { shotId, cell }, cell });

export const stopEditing = () => useShotsStore.setState({ editing: null });

export const pickFor = (shotId: string, index: SlotIndex) =>
  useShotsStore.setState({ picking: { shotId, index } });
export const stopPicking = () => useShotsStore.setState({ picking: null });

export const toggleScene = (sceneId: string) =>
  useShotsStore.setState(({ collapsed }) => {
    const next = new Set(collapsed);
    if (!next.delete(sceneId)) next.add(sceneId);
    return { collapsed: next };
  });

export const setDraft = (shotId: string, draft: JsonDraft | null) =>
  useShotsStore.setState(({ drafts }) => {
    const { [shotId]: _, ...others } = drafts;
    return { drafts: draft ? { ...others, [shotId]: draft } : others };
  });
