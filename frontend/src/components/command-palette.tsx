/** ⌘K: find and run what the page can do now. */
import {
  Command,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from "@/components/ui/command";
import { Dialog, DialogContent, DialogDescription, DialogTitle } from "@/components/ui/dialog";
import { type Command as Entry, openPalette, useCommandStore } from "@/lib/commands";
import { useShortcut } from "@/lib/shortcuts";
import { KeyCaps } from "./key-caps";

export function CommandPalette() {
  const { commands, isOpen } = useCommandStore();
  const setOpen = (open: boolean) => useCommandStore.setState({ isOpen: open });
  useShortcut({ keys: "mod+k", label: "Search or run a command", group: "Everywhere" }, openPalette);

  const groups = new Map<string, Entry[]>();
  for (const entry of [...commands.values()].flat()) {
    groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
  }

  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogContent showClose={false} className="top-[12vh] max-w-xl translate-y-0 gap-0 p-0">
        <DialogTitle className="sr-only">Search or run</DialogTitle>
        <DialogDescription className="sr-only">Type to find a place or a command.</DialogDescription>
        <Command loop>
          <CommandInput placeholder="Search or run…" />
          <CommandList>
            <CommandEmpty>Nothing has this name.</CommandEmpty>
            {[...groups].map(([heading, entries]) => (
              <CommandGroup key={heading} heading={heading}>
                {entries.map(({ label, icon: Icon, keys, keywords, run }) => (
                  <CommandItem
                    key={label}
                    value={`${heading} ${label}`}
                    keywords={keywords}
                    onSelect={() => {
                      setOpen(false);
                      run();
                    }}
                  >
                    {Icon && <Icon className="text-faint" />}
                    <span className="flex-1 truncate">{label}</span>
                    {keys && <KeyCaps keys={keys} />}
                  </CommandItem>
                ))}
              </CommandGroup>
            ))}
          </CommandList>
        </Command>
      </DialogContent>
    </Dialog>
  );
}
