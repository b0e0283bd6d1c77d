import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { useState } from "react";
import { expect, it } from "vitest";
import type { SceneRead } from "@/client/types.gen";
import { renderPart } from "@/testing/render";
import { problemResponse, server } from "@/testing/server";
import { shot } from "@/testing/shot";
import { BreakdownDialog } from "./breakdown-dialog";

const api = (path: string) => `${window.location.origin}/api/v1${path}`;
const SCENES = ["s1", "s2"].map((id, at) => ({ id, number: String(at + 1) })) as SceneRead[];
const system = http.get(api("/system"), () =>
  HttpResponse.json({ llm: { state: "unreachable", base_url: "", model: "llama3", models: [] } }),
);

function Part() {
  const [isOpen, setIsOpen] = useState(true);
  return isOpen && <BreakdownDialog projectId="p" scenes={SCENES} onClose={() => setIsOpen(false)} />;
}

it("several scenes are one run, counted when it is done, which Undo reverts", async () => {
  const calls: unknown[] = [];
  const shots = [shot("a", { run_id: "r" }), shot("b", { run_id: "old" }), shot("c", { run_id: "r" })];
  server.use(
    system,
    http.post(api("/projects/p/breakdowns"), async ({ request }) => {
      calls.push(await request.json());
      return HttpResponse.json({ job_id: "j" }, { status: 202 });
    }),
    http.get(api("/jobs/j"), () => HttpResponse.json({ status: "succeeded", result: { run_id: "r" } })),
    http.get(api("/projects/p/shots"), () => HttpResponse.json({ items: shots, total: 3 })),
    http.post(api("/breakdown-runs/r/revert"), () => {
      calls.push("revert");
      return HttpResponse.json({});
    }),
  );
  const { user } = renderPart(<Part />);
  expect(screen.getByRole("heading", { name: "Break 2 scenes down again" })).toBeVisible();
  await user.type(screen.getByRole("textbox", { name: "Shots to aim at in each scene" }), "3{Enter}");
  expect(await screen.findByText("2 shots in 2 scenes")).toBeVisible();
  expect(screen.queryByRole("dialog")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Undo" }));
  expect(await screen.findByText("The shots are as they were before")).toBeVisible();
  expect(calls).toEqual([
    { scene_ids: ["s1", "s2"], engine: "auto", target_shots: 3, replace_edited: false },
    "revert",
  ]);
});

it("a breakdown that is refused leaves the question open", async () => {
  server.use(
    system,
    http.post(api("/projects/p/breakdowns"), () => problemResponse(409, "x", "An import is under way.")),
  );
  const { user } = renderPart(<Part />);
  await user.type(screen.getByRole("textbox"), "none{Enter}");
  expect(screen.getByText(/A whole number from 1 to 100/)).toBeVisible();
  await user.clear(screen.getByRole("textbox"));
  await user.click(screen.getByRole("button", { name: "Break down" }));
  expect(await screen.findByText("Could not break 2 scenes down.")).toBeVisible();
  await waitFor(() => expect(screen.getByText("An import is under way.")).toBeVisible());
  expect(screen.getByRole("dialog")).toBeVisible();
});
