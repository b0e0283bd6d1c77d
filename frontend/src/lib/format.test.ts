import { describe, expect, it } from "vitest";
import { formatBytes, formatPages, formatWhen, parseTime, plural, sentences } from "./format";

describe("times", () => {
  const now = new Date(2026, 5, 15, 12, 0);
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

  it("a time without a zone is UTC", () => {
    expect(parseTime("2026-01-01T10:00:00").toISOString()).toBe("2026-01-01T10:00:00.000Z");
    expect(parseTime("2026-01-01T10:00:00+02:00").toISOString()).toBe("2026-01-01T08:00:00.000Z");
  });

  it("grows coarser with age", () => {
    expect(formatWhen(ago(0), now)).toBe("just now");
    expect(formatWhen(ago(12), now)).toBe("12 min ago");
    expect(formatWhen(ago(150), now)).toBe("09:30");
    expect(formatWhen(ago(60 * 24 * 400), now)).toContain("2025");
  });
});

it("sizes", () => {
  expect(formatBytes(200)).toBe("1 kB");
  expect(formatBytes(820_400)).toBe("820 kB");
  expect(formatBytes(6_200_000)).toBe("6.2 MB");
  expect(formatBytes(5_200_000_000)).toBe("5.2 GB");
});

it("counts", () => {
  expect(plural(1, "shot")).toBe("1 shot");
  expect(plural(0, "shot")).toBe("0 shots");
  expect(plural(2, "entry", "entries")).toBe("2 entries");
});

it("sentences get their full stops and empty ones are passed over", () => {
  expect(sentences("It failed", null, "Try again.", "", false)).toBe("It failed. Try again.");
  expect(sentences(undefined)).toBe("");
});

it("pages are counted in eighths", () => {
  expect([1, 8, 11, 776].map(formatPages)).toEqual(["1/8 pp", "1 pp", "1 3/8 pp", "97 pp"]);
});
