import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, it } from "vitest";
import type { JobRead } from "@/client/types.gen";
import { renderPart } from "@/testing/render";
import { problemResponse, server } from "@/testing/server";
import { JobsButton } from "./jobs-button";

const api = (path: string) => `${window.location.origin}/api/v1${path}`;

function job(id: string, part: Partial<JobRead>): JobRead {
  return {
    id,
    kind: "scripts.parse",
    label: "Lighthouse.fountain",
    status: "running",
    progress: { done: 0, total: 0 },
    error: null,
    result: null,
    project_id: "p",
    parent_id: null,
    subject_id: null,
    attempts: 1,
    created_at: "2026-01-01T00:00:00Z",
    started_at: "2026-01-01T00:00:00Z",
    finished_at: null,
    ...part,
  };
}

function serve(active: JobRead[], finished: JobRead[]) {
  server.use(
    http.get(api("/jobs"), ({ request }) => {
      const items = new URL(request.url).searchParams.get("state") === "active" ? active : finished;
      return HttpResponse.json({ items, total: items.length, limit: 100, offset: 0 });
    }),
  );
}

it("the button counts what is under way, the list shows how far it is", async () => {
  serve([job("a", { progress: { done: 30, total: 120 } })], []);
  const { user } = renderPart(<JobsButton projectId="p" />);
  await user.click(await screen.findByRole("button", { name: "1 run under way" }));
  const bar = await screen.findByRole("progressbar", { name: "Lighthouse.fountain: 30 of 120" });
  expect(bar).toHaveAttribute("aria-valuenow", "25");
  expect(screen.getByText(/Import of a screenplay · 30 of 120/)).toBeVisible();
});

it("a failed run says why and what to do, and can be retried", async () => {
  const error = { code: "llm.timeout", detail: "Ollama took too long.", fix: "Use a smaller model." };
  serve([], [job("f", { kind: "shots.generate_flow", label: "Shot 2A", status: "failed", error })]);
  let retried = 0;
  server.use(
    http.post(api("/jobs/f/retry"), () => {
      retried += 1;
      return HttpResponse.json(job("f", {}), { status: 202 });
    }),
  );
  const { user } = renderPart(<JobsButton projectId="p" />);
  await user.click(await screen.findByRole("button", { name: "Runs" }));
  expect(await screen.findByText(/Ollama took too long/)).toBeVisible();
  expect(screen.getByText("Use a smaller model.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Retry Shot 2A" }));
  await waitFor(() => expect(retried).toBe(1));
});

it("a run that cannot be cancelled any more says so", async () => {
  serve([job("a", { label: "Shot 1A" })], []);
  server.use(
    http.post(api("/jobs/a/cancel"), () => problemResponse(409, "jobs.has_ended", "It has ended already.")),
  );
  const { user } = renderPart(<JobsButton projectId="p" />);
  await user.click(await screen.findByRole("button", { name: "1 run under way" }));
  await user.click(await screen.findByRole("button", { name: "Cancel Shot 1A" }));
  expect(await screen.findByText("It has ended already.")).toBeVisible();
});

it("a project in which nothing has run says what will show here", async () => {
  serve([], []);
  const { user } = renderPart(<JobsButton projectId="p" />);
  await user.click(await screen.findByRole("button", { name: "Runs" }));
  expect(await screen.findByText(/Nothing has run yet/)).toBeVisible();
});
