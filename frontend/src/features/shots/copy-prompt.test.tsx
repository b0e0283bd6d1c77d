import { screen } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, it } from "vitest";
import { renderPart } from "@/testing/render";
import { problemResponse, server } from "@/testing/server";
import { shot } from "@/testing/shot";
import { copyPrompt } from "./copy-prompt";
import { api } from "./fixtures";

const DOCUMENT = { veo_json_payload: { action: { description: "Rain." } } };

function open(part: Parameters<typeof shot>[1]) {
  return renderPart(
    <button type="button" onClick={() => copyPrompt(shot("a", part))}>
      Copy prompt
    </button>,
  );
}

it("the prompt is on the clipboard, and what the rules warn of is said", async () => {
  server.use(
    http.get(api("/shots/a/prompt"), () =>
      HttpResponse.json({
        prompt: "Wide shot. Rain.",
        negative_prompt: "",
        tokens: 5,
        findings: [
          { id: "PF13", level: "warning", message: "The line is too long.", fix: null, pointer: null },
          { id: "PF03", level: "info", message: "Flow offers sizes at download.", fix: null, pointer: null },
        ],
      }),
    ),
  );
  const { user } = open(DOCUMENT);
  await user.click(screen.getByRole("button", { name: "Copy prompt" }));
  expect(await screen.findByText("Copied the prompt of 1A ✓")).toBeVisible();
  expect(screen.getByText("The line is too long.")).toBeVisible();
  expect(screen.queryByText(/Flow offers/)).toBeNull();
  expect(await navigator.clipboard.readText()).toBe("Wide shot. Rain.");
});

it("without a document it says what to do first", async () => {
  const { user } = open({ veo_json_payload: null });
  await user.click(screen.getByRole("button", { name: "Copy prompt" }));
  expect(await screen.findByText("Generate it first: F.")).toBeVisible();
});

it("a refusal of the server is told", async () => {
  server.use(
    http.get(api("/shots/a/prompt"), () =>
      problemResponse(404, "shots.not_found", "There is no shot with this id."),
    ),
  );
  const { user } = open(DOCUMENT);
  await user.click(screen.getByRole("button", { name: "Copy prompt" }));
  expect(await screen.findByText(/There is no shot with this id/)).toBeVisible();
});
