import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { Suspense } from "react";
import { beforeEach, expect, it, vi } from "vitest";
import type { AssetRead } from "@/client/types.gen";
import { renderPart } from "@/testing/render";
import { problemResponse, server } from "@/testing/server";
import { LibraryView } from "./library-view";
import { useHiddenAssets } from "./use-asset-actions";

const api = (path: string) => `${window.location.origin}/api/v1${path}`;

function asset(id: string, part: Partial<AssetRead>): AssetRead {
  return {
    id,
    project_id: "p",
    name: id,
    type: "Character",
    url: `http://s3.example/${id}.png?signature=1`,
    thumbnail_url: `http://s3.example/${id}.webp?signature=1`,
    metadata: {},
    mime_type: "image/png",
    width: 800,
    height: 600,
    size_bytes: 120_000,
    shot_count: 0,
    created_at: "2026-01-01T00:00:00Z",
    ...part,
  };
}

let items: AssetRead[];

beforeEach(() => {
  useHiddenAssets.setState({ hidden: new Set() });
  items = [
    asset("a1", { name: "Mara", shot_count: 9, metadata: { caption: "Weathered, sixty", hair: "grey" } }),
    asset("a2", { name: "Lamp room", type: "Location" }),
    asset("a3", { name: "Brass radio", type: "Object" }),
  ];
  server.use(
    http.get(api("/assets"), () => HttpResponse.json({ items, total: items.length, limit: 500, offset: 0 })),
    http.get(api("/system"), () => HttpResponse.json({ limits: { image_bytes: 1_000 }, llm: {} })),
  );
});

async function open(path = "/") {
  const view = renderPart(
    <Suspense>
      <LibraryView projectId="p" />
    </Suspense>,
    { path },
  );
  await screen.findByRole("tab", { name: /All/ });
  return view;
}

const tiles = () => [...document.querySelectorAll("[data-asset] [title]")].map((tile) => tile.textContent);

it("counts and filters by kind", async () => {
  const { user } = await open();
  expect(tiles()).toEqual(["Mara", "Lamp room", "Brass radio"]);
  expect(screen.getByRole("tab", { name: "Props 1" })).toBeVisible();
  await user.click(screen.getByRole("tab", { name: "Locations 1" }));
  expect(tiles()).toEqual(["Lamp room"]);
  await user.click(screen.getByRole("tab", { name: "Styles 0" }));
  expect(screen.getByText("No styles here")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Show all 3" }));
  expect(tiles()).toHaveLength(3);
});

it("finds by name and by description", async () => {
  const { user } = await open();
  await user.type(screen.getByLabelText("Search the library"), "WEATHERED");
  await waitFor(() => expect(tiles()).toEqual(["Mara"]));
});

it("a refused rename goes back with a message", async () => {
  server.use(
    http.patch(api("/assets/a1"), () => problemResponse(409, "assets.name_taken", "The name is taken.")),
  );
  const { user } = await open("/?asset=a1");
  const field = screen.getByLabelText("Name of the ingredient");
  await user.clear(field);
  await user.type(field, "Nora{Enter}");
  expect(await screen.findByText("Could not rename it to “Nora”.")).toBeVisible();
  expect(tiles()[0]).toBe("Mara");
  expect(screen.getByLabelText("Name of the ingredient")).toHaveValue("Mara");
});

it("sends only the changed words of the description", async () => {
  const sent = vi.fn();
  server.use(
    http.patch(api("/assets/a1"), async ({ request }) => {
      sent(await request.json());
      return HttpResponse.json(items[0]);
    }),
  );
  const { user } = await open("/?asset=a1");
  const field = screen.getByLabelText("Description");
  await user.clear(field);
  await user.type(field, "Tall");
  await user.tab();
  await waitFor(() => expect(sent).toHaveBeenCalledWith({ metadata: { caption: "Tall" } }));
  expect(sent).toHaveBeenCalledOnce();
});

it("deleting says what becomes of the shots, and Undo brings it back without a request", async () => {
  const { user } = await open("/?asset=a1");
  await user.click(screen.getByRole("button", { name: "Delete" }));
  expect(tiles()).toEqual(["Lamp room", "Brass radio"]);
  expect(await screen.findByText("Deleted “Mara”. 9 slots will be empty.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(tiles()[0]).toBe("Mara"));
});

it("dropped files show what was refused and why, and the rest is sent", async () => {
  server.use(
    http.post(api("/assets/upload"), async () => {
      const added = asset("a4", { name: "Old sailor" });
      items = [...items, added];
      return HttpResponse.json(added, { status: 201 });
    }),
  );
  await open();
  const files = [
    new File(["x"], "character-old-sailor.png", { type: "image/png" }),
    new File(["x"], "script.pdf", { type: "application/pdf" }),
    new File(["x".repeat(2_000)], "huge.png", { type: "image/png" }),
    new File(["x"], "IMG_1.png", { type: "image/png" }),
  ];
  // The size limit comes from the server.
  await waitFor(() => expect(screen.getByLabelText("Pictures to add")).toBeInTheDocument());
  fireEvent.change(screen.getByLabelText("Pictures to add"), { target: { files } });
  const tray = await screen.findByRole("region", { name: "Uploads" });
  expect(await within(tray).findByText(/neither PNG nor JPEG/)).toBeVisible();
  expect(within(tray).getByText(/a picture may have/)).toBeVisible();
  expect(within(tray).getByText("Which kind?")).toBeVisible();
  await waitFor(() => expect(within(tray).getByRole("status")).toHaveTextContent("1 of 1 picture added"));
  await waitFor(() => expect(tiles()).toContain("Old sailor"));
});
