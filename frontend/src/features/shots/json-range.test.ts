import { expect, it } from "vitest";
import { lineAt, rangeOf } from "./json-range";

const text = `{
  "shot": { "size": "wide", "note": "a } in \\"text\\"" },
  "audio": { "dialogue": [ { "line": "Hello" }, { "line": "Too long" } ] },
  "request": { "duration_seconds": 7 }
}`;
const textAt = (...path: string[]) => {
  const range = rangeOf(text, path);
  return range && text.slice(range.offset, range.offset + range.length);
};

it("a field is found at its value", () => {
  expect(textAt("shot", "size")).toBe('"wide"');
  expect(textAt("request", "duration_seconds")).toBe("7");
});

it("an entry of a list is found by its index", () => {
  expect(textAt("audio", "dialogue", "1", "line")).toBe('"Too long"');
});

it("brackets and quotes inside a text do not lead astray", () => {
  expect(textAt("shot", "note")).toBe('"a } in \\"text\\""');
});

it("a field that is missing is shown at the object that lacks it", () => {
  const range = rangeOf(text, ["request", "mode"]);
  expect(range).toEqual({ offset: text.indexOf('{ "duration'), length: 1 });
  expect(lineAt(text, range?.offset ?? 0)).toBe(4);
});

it("a text that breaks off gives no endless search", () => {
  expect(rangeOf('{ "shot": { "size": "wi', ["shot", "angle"])).not.toBeUndefined();
  expect(rangeOf("", ["shot"])).toBeNull();
});
