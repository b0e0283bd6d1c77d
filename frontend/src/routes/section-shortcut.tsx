/** Binds the shortcut of one place. */
import { useNavigate } from "react-router";
import { useShortcut } from "@/lib/shortcuts";

export function SectionShortcut({ keys, label, to }: { keys: string; label: string; to: string }) {
  const navigate = useNavigate();
  useShortcut({ keys, label, group: "Go to" }, () => navigate(to));
  return null;
}
