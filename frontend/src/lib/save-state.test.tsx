import { type QueryClient, useMutation } from "@tanstack/react-query";
import { act, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { SaveIndicator } from "@/components/shell/save-indicator";
import { renderPart, testQueryClient } from "@/testing/render";

let client: QueryClient;
let finish: { resolve: () => void; reject: (error: Error) => void };

function Saver({ isSave }: { isSave?: boolean }) {
  const { mutate } = useMutation({
    meta: { isSave },
    mutationFn: () =>
      new Promise<void>((resolve, reject) => {
        finish = { resolve, reject };
      }),
  });
  return (
    <button type="button" onClick={() => mutate()}>
      Save
    </button>
  );
}

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const click = () => act(() => screen.getByText("Save").click());
const says = () => screen.getByRole("status").textContent;

function show(isSave?: boolean) {
  renderPart(
    <>
      <SaveIndicator />
      <Saver isSave={isSave} />
    </>,
    { queryClient: client },
  );
}

beforeEach(() => {
  vi.useFakeTimers();
  client = testQueryClient();
});
afterEach(() => {
  client.clear();
  vi.useRealTimers();
});

it("says Saving only when it takes long, then when it was saved", async () => {
  show();
  click();
  await pass(300);
  expect(says()).not.toContain("Saving…");
  await pass(200);
  expect(says()).toContain("Saving…");
  finish.resolve();
  await pass(1);
  expect(says()).toMatch(/Saved \d\d:\d\d/);
});

it("says Not saved until a later save succeeds", async () => {
  show();
  click();
  await pass(1);
  finish.reject(new Error("refused"));
  await pass(1);
  expect(says()).toContain("Not saved");
  click();
  await pass(1);
  finish.resolve();
  await pass(1);
  expect(says()).toMatch(/Saved \d\d:\d\d/);
});

it("passes over what saves nothing", async () => {
  show(false);
  click();
  await pass(500);
  expect(says()).not.toContain("Saving…");
});
