/** Before every test file: jest-dom, the browser parts jsdom lacks, and no unexpected request or console error. */
import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import { client } from "@/client/client.gen";
import { server } from "./server";

class ResizeObserverStub implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}

window.ResizeObserver ??= ResizeObserverStub;
window.matchMedia ??= (query: string) =>
  ({
    // jsdom has no layout: a wide desktop.
    matches: query.includes(">="),
    media: query,
    addEventListener: () => {},
    removeEventListener: () => {},
  }) as unknown as MediaQueryList;
Element.prototype.scrollIntoView ??= () => {};
Element.prototype.hasPointerCapture ??= () => false;
Element.prototype.setPointerCapture ??= () => {};
Element.prototype.releasePointerCapture ??= () => {};

// Without layout every element lies at 0,0, and the handle of a resizable panel would take every click.
const layoutRect = Element.prototype.getBoundingClientRect;
Element.prototype.getBoundingClientRect = function rect() {
  return this.getAttribute("role") === "separator"
    ? new DOMRect(10_000, 10_000, 1, 1)
    : layoutRect.call(this);
};

// MSW matches absolute addresses; the page's own are relative to its origin.
client.setConfig({ baseURL: window.location.origin });

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
beforeEach(() => {
  // React reports a lost ref, a missing key or an update outside act() only here.
  vi.spyOn(console, "error").mockImplementation((...args: unknown[]) => {
    throw new Error(`console.error: ${args.map(String).join(" ")}`);
  });
});
afterEach(() => {
  cleanup();
  server.resetHandlers();
  localStorage.clear();
});
afterAll(() => server.close());
