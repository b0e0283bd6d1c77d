import { expect, it } from "vitest";
import { estimateRest, formatDuration, formatRunningTime } from "./estimate";

it("durations are said in the two largest units", () => {
  expect(formatDuration(0.42)).toBe("0.4 s");
  expect(formatDuration(59.6)).toBe("1 min");
  expect(formatDuration(200)).toBe("3 min 20 s");
  expect(formatDuration(3840)).toBe("1 h 4 min");
});

it("running time is written as on a breakdown sheet", () => {
  expect(formatRunningTime(32)).toBe("0:32");
  expect(formatRunningTime(3725)).toBe("1:02:05");
});

it("the rest is estimated from what is done, once enough is known", () => {
  expect(estimateRest(1, 100, 0, 10_000)).toBeNull();
  expect(estimateRest(10, 20, 0, 20_000)).toBe("about 20 s left");
  expect(estimateRest(189, 192, 0, 20_000)).toBe("a few seconds left");
  expect(estimateRest(20, 20, 0, 20_000)).toBeNull();
});
