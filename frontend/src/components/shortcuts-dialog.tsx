/** The list of shortcuts that work now, under `?`. */
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { type Shortcut, useShortcut, useShortcutStore } from "@/lib/shortcuts";
import { KeyCaps } from "./key-caps";

const setOpen = (isListOpen: boolean) => useShortcutStore.setState({ isListOpen });

export function ShortcutsDialog() {
  const { shortcuts, isListOpen } = useShortcutStore();
  useShortcut({ keys: "?", label: "This list", group: "Everywhere" }, () => setOpen(true));

  const groups = new Map<string, Shortcut[]>();
  for (const shortcut of shortcuts.values()) {
    const group = groups.get(shortcut.group) ?? [];
    if (!group.some((one) => one.keys === shortcut.keys)) group.push(shortcut);
    groups.set(shortcut.group, group);
  }

  return (
    <Dialog open={isListOpen} onOpenChange={setOpen}>
      <DialogContent className="max-w-2xl">
        <DialogHeader>
          <DialogTitle>Keyboard shortcuts</DialogTitle>
          <DialogDescription>Those of this screen. Single letters are off while you type.</DialogDescription>
        </DialogHeader>
        <div className="grid gap-x-8 gap-y-4 md:grid-cols-2">
          {[...groups].map(([name, list]) => (
            <section key={name}>
              <h3 className="mb-1 font-medium text-faint text-meta">{name}</h3>
              <dl>
                {list.map(({ keys, label }) => (
                  <div key={keys} className="flex min-h-7 items-center justify-between gap-4">
                    <dt>{label}</dt>
                    <dd>
                      <KeyCaps keys={keys} className="max-md:inline-flex" />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </DialogContent>
    </Dialog>
  );
}
