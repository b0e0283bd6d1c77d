/** Opens ⌘K from the top bar. */
import { Search } from "lucide-react";
import { KeyCaps } from "@/components/key-caps";
import { Button } from "@/components/ui/button";
import { openPalette } from "@/lib/commands";

export function SearchButton() {
  return (
    <Button
      variant="outline"
      aria-label="Search or run"
      onClick={openPalette}
      className="border-border text-faint max-md:size-11 max-md:border-transparent max-md:px-0 md:w-56 md:justify-start"
    >
      <Search />
      <span className="flex-1 text-left max-md:hidden">Search or run…</span>
      <KeyCaps keys="mod+k" />
    </Button>
  );
}
