/** The library of a project: filter, grid, inspector, and a drop zone over all of it. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { ImagePlus, Images, SearchX } from "lucide-react";
import { useDeferredValue, useMemo, useRef, useState } from "react";
import { useDropzone } from "react-dropzone";
import { useSearchParams } from "react-router";
import { getSystemOptions } from "@/client/@tanstack/react-query.gen";
import type { AssetRead, AssetType } from "@/client/types.gen";
import { EmptyState } from "@/components/empty-state";
import { InspectorSplit } from "@/components/inspector-split";
import { Button } from "@/components/ui/button";
import { useCommands } from "@/lib/commands";
import { KINDS, libraryOptions, toKind } from "@/lib/ingredients";
import { useShortcut } from "@/lib/shortcuts";
import { AssetGrid } from "./asset-grid";
import { AssetInspector } from "./asset-inspector";
import { LibraryToolbar } from "./library-toolbar";
import { captionOf } from "./metadata";
import { refusalOf } from "./refusals";
import { UploadTray } from "./upload-tray";
import { useAssetActions, useHiddenAssets } from "./use-asset-actions";
import { useUploads } from "./use-uploads";

const ACCEPT = { "image/png": [".png"], "image/jpeg": [".jpg", ".jpeg"] };
const DEFAULT_MAX_BYTES = 20 * 1024 * 1024;

export function LibraryView({ projectId }: { projectId: string }) {
  const { data: page } = useSuspenseQuery(libraryOptions(projectId));
  const { data: system } = useQuery(getSystemOptions());
  const hidden = useHiddenAssets((state) => state.hidden);
  const [params, setParams] = useSearchParams();
  const [search, setSearch] = useState("");
  const searchText = useDeferredValue(search);
  const searchRef = useRef<HTMLInputElement>(null);
  const { add, refuse } = useUploads();
  const actions = useAssetActions(projectId);

  const kind = toKind(params.get("kind"));
  const assets = useMemo(() => page.items.filter((asset) => !hidden.has(asset.id)), [page.items, hidden]);
  const shown = useMemo(
    () => assets.filter((asset) => isFound(asset, kind, searchText)),
    [assets, kind, searchText],
  );
  const selected = assets.find((asset) => asset.id === params.get("asset"));

  const setParam = (name: "kind" | "asset", value: string | undefined) =>
    setParams(
      (before) => {
        if (value) before.set(name, value);
        else before.delete(name);
        return before;
      },
      { replace: true },
    );

  const maxSize = system?.limits.image_bytes ?? DEFAULT_MAX_BYTES;
  const { getRootProps, getInputProps, isDragActive, open } = useDropzone({
    accept: ACCEPT,
    maxSize,
    noClick: true,
    noKeyboard: true,
    onDrop: (accepted, rejected) => {
      if (accepted.length > 0) add(projectId, accepted, kind);
      for (const rejection of rejected) refuse(projectId, rejection.file, refusalOf(rejection, maxSize));
    },
  });

  useShortcut({ keys: "a", label: "Add pictures", group: "Library" }, open);
  useShortcut({ keys: "/", label: "Search", group: "Library" }, () => searchRef.current?.focus());
  useShortcut(
    { keys: "]", label: "Close the inspector", group: "Library" },
    () => setParam("asset", undefined),
    selected !== undefined,
  );
  useCommands(
    useMemo(
      () => [{ group: "Library", label: "Add pictures", icon: ImagePlus, keys: "a", run: open }],
      [open],
    ),
  );

  return (
    <div
      {...getRootProps({
        className: "relative flex min-h-0 flex-1 flex-col outline-none",
        tabIndex: undefined,
      })}
    >
      <input {...getInputProps({ "aria-label": "Pictures to add" })} />
      <InspectorSplit
        title={selected ? KINDS[selected.type].label : ""}
        onClose={() => setParam("asset", undefined)}
        inspector={
          selected ? (
            <AssetInspector
              asset={selected}
              onUpdate={(change) => actions.update(selected, change)}
              onDelete={() => actions.remove(selected)}
            />
          ) : null
        }
      >
        <LibraryToolbar
          assets={assets}
          kind={kind}
          onKind={(next) => setParam("kind", next)}
          search={search}
          onSearch={setSearch}
          searchRef={searchRef}
          onAdd={open}
        />
        <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
          {shown.length > 0 ? (
            <AssetGrid assets={shown} selectedId={selected?.id} onSelect={(id) => setParam("asset", id)} />
          ) : assets.length === 0 ? (
            <EmptyState
              icon={Images}
              title="Your ingredients"
              text="Drop pictures of characters, locations, props and styles here; a shot takes up to three of them."
            >
              <Button variant="outline" onClick={open}>
                <ImagePlus /> Choose pictures
              </Button>
            </EmptyState>
          ) : (
            <EmptyState
              icon={SearchX}
              title={kind ? `No ${KINDS[kind].plural.toLowerCase()} here` : "Nothing found"}
              text={
                search
                  ? `Nothing here is called “${search}”.`
                  : "Drop pictures here to add them as this kind."
              }
            >
              <Button
                variant="outline"
                onClick={() => {
                  setSearch("");
                  setParam("kind", undefined);
                }}
              >
                Show all {assets.length}
              </Button>
            </EmptyState>
          )}
        </div>
        <UploadTray projectId={projectId} />
      </InspectorSplit>
      {isDragActive && <DropHint kind={kind} />}
    </div>
  );
}

function DropHint({ kind }: { kind: AssetType | undefined }) {
  return (
    <div className="pointer-events-none absolute inset-2 z-40 flex items-center justify-center rounded-lg border-2 border-primary border-dashed bg-background/90">
      <p className="font-semibold text-page">
        Drop to add {kind ? `as ${KINDS[kind].plural.toLowerCase()}` : "to the library"}
      </p>
    </div>
  );
}

function isFound(asset: AssetRead, kind: AssetType | undefined, text: string): boolean {
  if (kind && asset.type !== kind) return false;
  const wanted = text.trim().toLowerCase();
  return `${asset.name} ${captionOf(asset)}`.toLowerCase().includes(wanted);
}
