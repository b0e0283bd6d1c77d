import { screen } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, it } from "vitest";
import type { JobRead, RunRead } from "@/client/types.gen";
import { renderPart } from "@/testing/render";
import { problemResponse, server } from "@/testing/server";
import { RepliesDialog } from "./replies-dialog";
import { RunList } from "./run-list";

const api = (path: string) => `${window.location.origin}/api/v1${path}`;

const run: RunRead = {
  id: "r",
  project_id: "p",
  script_id: "s",
  job_id: "j",
  kind: "scene",
  engine: "ollama:llama3",
  label: "INT. LAMP ROOM - NIGHT",
  created_at: "2026-01-01T00:00:00Z",
  reverted_at: null,
};

it("a breakdown whose shots were worked on says which, and is reverted only when that is discarded", async () => {
  let current = run;
  const asked: unknown[] = [];
  server.use(
    http.get(api("/projects/p/breakdown-runs"), () => HttpResponse.json({ items: [current], total: 1 })),
    http.post(api("/breakdown-runs/r/revert"), async ({ request }) => {
      const body = (await request.json()) as { discard_edited: boolean };
      asked.push(body);
      if (!body.discard_edited)
        return problemResponse(409, "shots.edited_since", "1 of its shots were worked on since: 3A.");
      current = { ...run, reverted_at: "2026-01-02T00:00:00Z" };
      return HttpResponse.json(current);
    }),
  );
  const { user } = renderPart(<RunList projectId="p" />);
  await user.click(await screen.findByRole("button", { name: "Revert INT. LAMP ROOM - NIGHT" }));
  expect(await screen.findByText(/worked on since: 3A\. Nothing was changed\./)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Discard those and revert" }));
  expect(await screen.findByText(/^Reverted/)).toBeVisible();
  expect(asked).toEqual([{ discard_edited: false }, { discard_edited: true }]);
});

it("without a breakdown the list says what will show there", async () => {
  server.use(http.get(api("/projects/p/breakdown-runs"), () => HttpResponse.json({ items: [], total: 0 })));
  renderPart(<RunList projectId="p" />);
  expect(await screen.findByText(/No breakdown yet/)).toBeVisible();
});

const attempt = {
  raw: '{"shots": "none"}',
  error: "shots: Input should be a valid list",
  prompt_tokens: 812,
  output_tokens: 9,
  duration_seconds: 2,
  done_reason: "stop",
};

/** A run with these parts; the log of each by its id. */
function serveLogs(logs: Record<string, unknown[]>) {
  const items = Object.keys(logs).map((id) => ({ id, label: `Scene ${id}` }));
  server.use(
    http.get(api("/jobs"), () => HttpResponse.json({ items: items.slice(1), total: items.length - 1 })),
    http.get(api("/jobs/:id"), ({ params }) => {
      const id = String(params.id);
      return HttpResponse.json({ ...items.find((one) => one.id === id), log: logs[id] });
    }),
  );
  return renderPart(<RepliesDialog job={items[0] as JobRead} onClose={() => {}} />);
}

it("a refused reply of the model is shown word for word with the reason", async () => {
  serveLogs({ 1: [attempt, { ...attempt, raw: '{"shots": []}', error: null }] });
  expect(await screen.findByText('{"shots": "none"}')).toBeVisible();
  expect(screen.getByText("▲ Refused")).toBeVisible();
  expect(screen.getByText("shots: Input should be a valid list")).toBeVisible();
  expect(screen.getByText("● Accepted")).toBeVisible();
});

it("of a run in parts those that asked the model are shown, and no more", async () => {
  serveLogs({ 1: [], 2: [attempt], 3: [], 4: [attempt] });
  expect(await screen.findByText("Scene 2")).toBeVisible();
  expect(screen.getByText("Scene 4")).toBeVisible();
  expect(screen.queryByText("Scene 3")).toBeNull();
  expect(screen.queryByText(/was not asked/)).toBeNull();
});

it("a run that asked no model says so, once", async () => {
  serveLogs({ 1: [], 2: [], 3: [] });
  expect(await screen.findByText("The language model was not asked.")).toBeVisible();
});

it("replies that cannot be read say why", async () => {
  server.use(http.get(api("/jobs/1"), () => problemResponse(404, "jobs.not_found", "It is gone.")));
  server.use(http.get(api("/jobs"), () => HttpResponse.json({ items: [], total: 0 })));
  renderPart(<RepliesDialog job={{ id: "1", label: "Scene 1" } as JobRead} onClose={() => {}} />);
  expect(await screen.findByRole("alert")).toHaveTextContent("Could not read the replies. It is gone.");
});
