/**
 * The places inside a project, in the order of the navigation. The screen of a section is
 * `screens/project-<segment>.tsx`, which exports `Component`; a section is offered as soon as its screen exists.
 */
import { Clapperboard, Images, ListVideo, type LucideIcon, PackageCheck, ScrollText } from "lucide-react";
import type { ComponentType } from "react";
import type { ProjectRead } from "@/client/types.gen";

type ScreenModule = { Component: ComponentType };

interface Section {
  segment: string;
  label: string;
  icon: LucideIcon;
  keys: string;
  count?: (project: ProjectRead) => string | number;
  load: () => Promise<ScreenModule>;
}

const screens = import.meta.glob<ScreenModule>("./screens/project-*.tsx");

const PLANNED: Omit<Section, "load">[] = [
  {
    segment: "script",
    label: "Script",
    icon: ScrollText,
    keys: "g>s",
    count: (project) => project.scene_count,
  },
  {
    segment: "shots",
    label: "Shots",
    icon: Clapperboard,
    keys: "g>h",
    count: (project) => project.shot_count,
  },
  {
    segment: "library",
    label: "Library",
    icon: Images,
    keys: "g>l",
    count: (project) => project.ingredient_count,
  },
  {
    segment: "export",
    label: "Export",
    icon: PackageCheck,
    keys: "g>e",
    count: (project) => (project.shot_count > 0 ? `${project.ready_count}/${project.shot_count}` : 0),
  },
  { segment: "runs", label: "Runs", icon: ListVideo, keys: "g>r" },
];

export const SECTIONS: Section[] = PLANNED.flatMap((section) => {
  const load = screens[`./screens/project-${section.segment}.tsx`];
  return load ? [{ ...section, load }] : [];
});

/** Where opening a project leads: to its shots, or to its script while it has none. */
export function homeSection(project: ProjectRead): string {
  const wanted = project.shot_count > 0 ? ["shots", "script"] : ["script"];
  const found = wanted.find((segment) => SECTIONS.some((section) => section.segment === segment));
  return found ?? "library";
}
