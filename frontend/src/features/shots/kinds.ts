/** The four kinds of ingredient: the word, the icon and the edge that tell them apart. */
import { type LucideIcon, MapPin, Package, Palette, UserRound } from "lucide-react";
import type { AssetType } from "@/client/types.gen";

interface KindLook {
  label: string;
  icon: LucideIcon;
  /** Class of the coloured edge. */
  edge: string;
}

export const KINDS: Record<AssetType, KindLook> = {
  Character: { label: "Character", icon: UserRound, edge: "border-kind-character" },
  Location: { label: "Location", icon: MapPin, edge: "border-kind-location" },
  Object: { label: "Prop", icon: Package, edge: "border-kind-prop" },
  Style: { label: "Style", icon: Palette, edge: "border-kind-style" },
};

export const KIND_ORDER: readonly AssetType[] = ["Character", "Location", "Object", "Style"];
