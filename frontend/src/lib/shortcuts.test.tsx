import { act, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ShortcutsDialog } from "@/components/shortcuts-dialog";
import { renderPart } from "@/testing/render";
import { usePreferences } from "./preferences";
import { isLetterShortcut, keyCaps, useShortcut } from "./shortcuts";

const run = vi.fn();

function Part({ keys }: { keys: string }) {
  useShortcut({ keys, label: "Do it", group: "Part" }, run);
  return <input aria-label="text" />;
}

beforeEach(() => {
  run.mockClear();
  usePreferences.setState({ hasLetterKeys: true });
});

describe("a bare letter", () => {
  it("works, but not while typing", async () => {
    const { user } = renderPart(<Part keys="n" />);
    await user.keyboard("n");
    expect(run).toHaveBeenCalledOnce();
    await user.type(screen.getByLabelText("text"), "n");
    expect(run).toHaveBeenCalledOnce();
  });

  it("can be turned off", async () => {
    const { user } = renderPart(<Part keys="n" />);
    act(() => usePreferences.setState({ hasLetterKeys: false }));
    await user.keyboard("n");
    expect(run).not.toHaveBeenCalled();
  });
});

it("a sequence needs both keys", async () => {
  const { user } = renderPart(<Part keys="g>l" />);
  await user.keyboard("l");
  expect(run).not.toHaveBeenCalled();
  await user.keyboard("gl");
  expect(run).toHaveBeenCalledOnce();
});

it("a shortcut with a modifier works while typing and with letters off", async () => {
  usePreferences.setState({ hasLetterKeys: false });
  const { user } = renderPart(<Part keys="mod+k" />);
  await user.type(screen.getByLabelText("text"), "{Control>}k{/Control}");
  expect(run).toHaveBeenCalledOnce();
});

it("? lists what works now, and nothing else runs while the list is open", async () => {
  const { user } = renderPart(
    <>
      <Part keys="n" />
      <ShortcutsDialog />
    </>,
  );
  await user.keyboard("?");
  expect(await screen.findByText("Do it")).toBeVisible();
  await user.keyboard("n");
  expect(run).not.toHaveBeenCalled();
});

it.each([
  ["n", true],
  ["g>l", true],
  ["shift+n", true],
  ["?", true],
  ["mod+k", false],
  ["escape", false],
  ["down", false],
])("%s is made of bare letters: %s", (keys, expected) => {
  expect(isLetterShortcut(keys)).toBe(expected);
});

it("draws its caps", () => {
  expect(keyCaps("g>l")).toEqual(["G", "L"]);
  expect(keyCaps("mod+shift+z")).toEqual(["Ctrl", "⇧", "Z"]);
  expect(keyCaps("j, down")).toEqual(["J"]);
});
