import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, it } from "vitest";
import type { BinnedScene } from "@/client/types.gen";
import { renderPart } from "@/testing/render";
import { problemResponse, server } from "@/testing/server";
import { SceneBin } from "./scene-bin";

const api = (path: string) => `${window.location.origin}/api/v1${path}`;

let items: BinnedScene[];
let deleted = 0;

beforeEach(() => {
  deleted = 0;
  items = [
    {
      id: "b",
      number: "3",
      slugline: "INT. KITCHEN - MORNING",
      raw_content: null,
      after_slugline: "EXT. GALLERY - NIGHT",
      shot_count: 4,
      ready_count: 2,
      binned_at: "2026-01-01T00:00:00Z",
    },
  ];
  server.use(
    http.get(api("/projects/p/bin"), () => HttpResponse.json({ items, total: items.length })),
    http.post(api("/scenes/b/restore"), () => {
      items = [];
      return HttpResponse.json({ id: "b", number: "3" });
    }),
    http.delete(api("/scenes/b"), () => {
      deleted += 1;
      items = [];
      return new HttpResponse(null, { status: 204 });
    }),
  );
});

it("a scene in the bin says what is in it and comes back", async () => {
  const { user } = renderPart(<SceneBin projectId="p" />);
  await user.click(await screen.findByRole("button", { name: "Bin, 1 scene" }));
  expect(screen.getByText(/4 shots · 2 with a document · stood behind EXT. GALLERY - NIGHT/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: /^Restore scene 3/ }));
  expect(await screen.findByText("The bin is empty.")).toBeVisible();
  expect(screen.getByText("Scene 3 is back, with its shots")).toBeVisible();
});

it("a scene is deleted for good only after the question is answered", async () => {
  const { user } = renderPart(<SceneBin projectId="p" />);
  await user.click(await screen.findByRole("button", { name: "Bin, 1 scene" }));
  await user.click(screen.getByRole("button", { name: /^Delete scene 3.*for good$/ }));
  expect(screen.getByText(/Deleted with it: 4 shots, with all documents/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Keep it in the bin" }));
  expect(deleted).toBe(0);
  await user.click(screen.getByRole("button", { name: /^Delete scene 3.*for good$/ }));
  await user.click(screen.getByRole("button", { name: "Delete for good" }));
  expect(await screen.findByText("The bin is empty.")).toBeVisible();
  expect(deleted).toBe(1);
});

it("an empty bin takes no room", async () => {
  items = [];
  const { queryClient } = renderPart(<SceneBin projectId="p" />);
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
  expect(screen.queryByRole("button")).toBeNull();
});

it("a bin that cannot be read names no number, and can be read again", async () => {
  let isDown = true;
  server.use(
    http.get(api("/projects/p/bin"), () =>
      isDown ? problemResponse(409, "x", "Not now.") : HttpResponse.json({ items, total: items.length }),
    ),
  );
  const { user } = renderPart(<SceneBin projectId="p" />);
  await user.click(await screen.findByRole("button", { name: "Bin" }));
  expect(screen.getByRole("alert")).toHaveTextContent("Could not read the bin. Not now.");
  isDown = false;
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("button", { name: /^Restore scene 3/ })).toBeVisible();
});
