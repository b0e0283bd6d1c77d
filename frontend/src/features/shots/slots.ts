/** What may go into a slot, and what the three slots look like afterwards. */
import type { ShotRead } from "@/client/types.gen";

export type Slots = ShotRead["assigned_ingredients"];
export type SlotIndex = 0 | 1 | 2;
export const SLOT_INDEXES: readonly SlotIndex[] = [0, 1, 2];

export type Verdict = { slots: Slots } | { refused: string };

function replaced(slots: Slots, index: SlotIndex, value: string | null): Slots {
  const next: Slots = [...slots];
  next[index] = value;
  return next;
}

/** Puts an ingredient into a slot. An ingredient is sent once: a second slot refuses it. */
export function fill(slots: Slots, index: SlotIndex, assetId: string): Verdict {
  const at = slots.indexOf(assetId);
  if (at >= 0) return { refused: `Already in slot ${at + 1}` };
  return { slots: replaced(slots, index, assetId) };
}

/** Puts an ingredient into the first empty slot. */
export function fillNext(slots: Slots, assetId: string): Verdict {
  const free = SLOT_INDEXES.find((index) => slots[index] === null);
  const at = slots.indexOf(assetId);
  if (at >= 0) return { refused: `Already in slot ${at + 1}` };
  if (free === undefined) return { refused: "Flow takes 3 ingredients. Empty a slot first." };
  return { slots: replaced(slots, free, assetId) };
}

export function empty(slots: Slots, index: SlotIndex): Slots {
  return replaced(slots, index, null);
}

/** Two slots of one shot change places. */
export function swap(slots: Slots, from: SlotIndex, to: SlotIndex): Slots {
  return replaced(replaced(slots, to, slots[from]), from, slots[to]);
}

export const filledCount = (slots: Slots) => slots.filter((slot) => slot !== null).length;
