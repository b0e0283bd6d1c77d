import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { Suspense } from "react";
import { expect, it } from "vitest";
import type {
  DoctorCheck,
  DoctorReport,
  JobRead,
  LlmSettingsRead,
  LlmSettingsUpdate,
  SystemRead,
} from "@/client/types.gen";
import { renderPart } from "@/testing/render";
import { problemResponse, server } from "@/testing/server";
import { LlmSettings } from "./llm-settings";

const api = (path: string) => `${window.location.origin}/api/v1${path}`;

const plain = <T,>(value: T) => ({ value, default: value, is_overridden: false });

const SETTINGS: LlmSettingsRead = {
  base_url: plain("http://127.0.0.1:11434"),
  model: { value: "qwen3:8b", default: "llama3", is_overridden: true },
  assembly_model: plain(""),
  vision_model: plain("llava"),
  temperature: plain(0.2),
  timeout_seconds: plain(180),
  connect_timeout_seconds: plain(2),
  max_parallel: plain(1),
  max_context_tokens: plain(8192),
  keep_alive: plain("5m"),
  updated_at: "2026-01-01T00:00:00Z",
};

const SYSTEM: SystemRead = {
  version: "1",
  llm: {
    state: "unreachable",
    base_url: "http://127.0.0.1:11434",
    model: "qwen3:8b",
    vision_model: "llava",
    has_vision: false,
    models: ["qwen3:8b", "gemma4"],
    detail: null,
    fix: null,
  },
  limits: { image_bytes: 1, image_pixels: 1, script_bytes: 1 } as SystemRead["limits"],
};

const check = (part: Partial<DoctorCheck>): DoctorCheck => ({
  id: "tcp",
  title: "Port is open",
  status: "ok",
  detail: "It takes connections.",
  milliseconds: 12,
  fix: null,
  mend: null,
  ...part,
});

const job = (part: Partial<JobRead>): JobRead => ({
  id: "j",
  kind: "llm.pull",
  label: "gemma4:latest",
  status: "running",
  progress: { done: 3_100_000_000, total: 5_200_000_000 },
  error: null,
  result: null,
  project_id: null,
  parent_id: null,
  subject_id: null,
  attempts: 1,
  created_at: "2026-01-01T00:00:00Z",
  started_at: "2026-01-01T00:00:00Z",
  finished_at: null,
  ...part,
});

interface World {
  isAdmin?: boolean;
  settings?: LlmSettingsRead;
  jobs?: JobRead[];
}

async function open({ isAdmin = true, settings = SETTINGS, jobs = [] }: World = {}) {
  const sent: LlmSettingsUpdate[] = [];
  const me = { id: "u", email: "a@b.c", name: "Ada", is_admin: isAdmin, created_at: "2026-01-01T00:00:00Z" };
  server.use(
    http.get(api("/auth/me"), () => HttpResponse.json(me)),
    http.get(api("/system"), () => HttpResponse.json(SYSTEM)),
    http.get(api("/llm/settings"), () => HttpResponse.json(settings)),
    http.get(api("/jobs"), ({ request }) => {
      expect(new URL(request.url).searchParams.get("kind")).toBe("llm.pull");
      return HttpResponse.json({ items: jobs, total: jobs.length, limit: 5, offset: 0 });
    }),
    http.patch(api("/llm/settings"), async ({ request }) => {
      sent.push((await request.json()) as LlmSettingsUpdate);
      return HttpResponse.json(settings);
    }),
  );
  const { user } = renderPart(
    <Suspense>
      <LlmSettings />
    </Suspense>,
  );
  await screen.findByLabelText("Address of Ollama");
  return { user, sent };
}

const answerDoctor = (checks: DoctorCheck[], status: DoctorReport["status"]) =>
  server.use(
    http.post(api("/llm/doctor"), () =>
      HttpResponse.json({ status, base_url: SETTINGS.base_url.value, checks, milliseconds: 3100 }),
    ),
  );

it("each setting says whether it is the default or set here, and what the default is", async () => {
  await open();
  expect(screen.getByLabelText("Address of Ollama")).toHaveAccessibleDescription(/Default$/);
  expect(screen.getByLabelText("Model for breakdown")).toHaveAccessibleDescription(
    /Set here\. Default: llama3/,
  );
  expect(screen.getByLabelText("Model for documents")).toHaveAttribute("placeholder", "qwen3:8b");
});

it("sends only what was changed, numbers as numbers", async () => {
  const { user, sent } = await open();
  expect(screen.getByRole("button", { name: "Save" })).toBeDisabled();
  const parallel = screen.getByLabelText("Parallel requests");
  await user.clear(parallel);
  await user.type(parallel, "3");
  await user.type(screen.getByLabelText("Model for documents"), "gemma4");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(sent).toEqual([{ max_parallel: 3, assembly_model: "gemma4" }]));
});

it("a reset sends null, and only where something is set here", async () => {
  const { user, sent } = await open();
  const resets = screen.getAllByRole("button", { name: /^Reset/ });
  expect(resets.map((button) => button.textContent)).toEqual(["Reset Model for breakdown"]);
  await user.click(resets[0] as HTMLElement);
  await waitFor(() => expect(sent).toEqual([{ model: null }]));
});

it("what the server refuses is said at its field, and what was typed stays", async () => {
  const { user } = await open();
  const message = "The path /api does not belong to the address. Write http://gpu:11434.";
  server.use(
    http.patch(api("/llm/settings"), () =>
      problemResponse(422, "llm.bad_address", "The path /api does not belong to the address.", {
        errors: [{ loc: ["body", "base_url"], msg: message, type: "value_error" }],
      }),
    ),
  );
  const address = screen.getByLabelText("Address of Ollama");
  await user.clear(address);
  await user.type(address, "http://gpu:11434/api{Enter}");
  expect(await screen.findByText(`✕ ${message}`)).toBeVisible();
  expect(address).toBeInvalid();
  expect(address).toHaveValue("http://gpu:11434/api");
});

it("a number that is none is refused before it is sent", async () => {
  const { user, sent } = await open();
  await user.clear(screen.getByLabelText("Temperature"));
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("✕ Give a number.")).toBeVisible();
  expect(sent).toEqual([]);
});

it("who is no administrator reads everything, changes nothing, and reads why", async () => {
  answerDoctor(
    [check({ id: "model_breakdown", status: "failed", mend: "ollama pull x", fix: "Pull it." })],
    "failed",
  );
  const { user } = await open({ isAdmin: false, jobs: [job({ status: "failed" })] });
  expect(screen.getByText(/an administrator of this installation may change these/)).toBeVisible();
  expect(screen.getByLabelText("Address of Ollama")).toHaveAttribute("readonly");
  await user.click(screen.getByRole("button", { name: /Run the doctor/ }));
  expect(await screen.findByText("ollama pull x")).toBeVisible();
  for (const name of [/^Save/, /^Reset/, /^Pull/, /^Retry/])
    expect(screen.queryByRole("button", { name })).not.toBeInTheDocument();
});

it("the doctor shows each check with its time, the mend to copy, and what was skipped in one line", async () => {
  const { user } = await open();
  answerDoctor(
    [
      check({ id: "dns", title: "Name is known" }),
      check({ status: "failed", detail: "Nothing listens.", fix: "Start Ollama.", mend: "ollama serve" }),
      check({ id: "http", title: "Answers HTTP", status: "skipped", milliseconds: null }),
      check({ id: "tags", title: "Lists its models", status: "skipped", milliseconds: null }),
    ],
    "failed",
  );
  await user.keyboard("r");
  expect(await screen.findByText(/Something is in the way\. 3\.1 s in all/)).toBeVisible();
  const row = screen.getByText("Port is open").closest("li") as HTMLElement;
  expect(within(row).getByText("Failed")).toBeVisible();
  expect(within(row).getByText("12 ms")).toBeVisible();
  expect(within(row).getByText("Start Ollama.")).toBeVisible();
  expect(screen.getByText(/2 skipped.*Answers HTTP, Lists its models/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: /Copy the mend of “Port is open”/ }));
  expect(await screen.findByText("Copied ✓")).toBeVisible();
  expect(await navigator.clipboard.readText()).toBe("ollama serve");
});

it("without a language model it says that everything else works", async () => {
  await open();
  expect(await screen.findByText(/Off now/)).toBeVisible();
  expect(screen.getByText(/Import, shots, slots and export all work/)).toBeVisible();
});

it("a doctor that cannot be asked says so", async () => {
  const { user } = await open();
  server.use(
    http.post(api("/llm/doctor"), () => problemResponse(503, "database.unavailable", "It is away.")),
  );
  await user.click(screen.getByRole("button", { name: /Run the doctor/ }));
  expect(await screen.findByText("The doctor could not be asked.")).toBeVisible();
});

it("a missing model can be pulled from the doctor's row", async () => {
  const pulled: unknown[] = [];
  const { user } = await open();
  answerDoctor(
    [check({ id: "model_breakdown", status: "failed", fix: "Pull it.", mend: "ollama pull gemma4" })],
    "failed",
  );
  server.use(
    http.post(api("/llm/pull"), async ({ request }) => {
      pulled.push(await request.json());
      return HttpResponse.json(job({}), { status: 202 });
    }),
  );
  await user.click(screen.getByRole("button", { name: /Run the doctor/ }));
  await user.click(await screen.findByRole("button", { name: "Pull gemma4" }));
  await waitFor(() => expect(pulled).toEqual([{ model: "gemma4" }]));
});

it("a download shows how many bytes of how many, and can be cancelled", async () => {
  const { user } = await open({ jobs: [job({})] });
  const bar = await screen.findByRole("progressbar", { name: "Download of gemma4:latest" });
  expect(Number(bar.getAttribute("aria-valuenow"))).toBeCloseTo(59.6, 0);
  expect(screen.getByText("3.1 GB of 5.2 GB")).toBeVisible();
  let cancelled = 0;
  server.use(
    http.post(api("/jobs/j/cancel"), () => {
      cancelled += 1;
      return HttpResponse.json(job({ status: "cancelling" }), { status: 202 });
    }),
  );
  await user.click(screen.getByRole("button", { name: "Cancel the download of gemma4:latest" }));
  await waitFor(() => expect(cancelled).toBe(1));
});

it("a download that failed says why and what to do", async () => {
  const error = { code: "llm.pull_failed", detail: "Ollama could not download it.", fix: "Check the name." };
  await open({ jobs: [job({ status: "failed", error })] });
  expect(await screen.findByText("Ollama could not download it. Check the name.")).toBeVisible();
  expect(screen.getByRole("button", { name: /Retry/ })).toBeVisible();
});
