/** The rules of this tree that no other tool checks. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "src");
const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path) && !path.startsWith("client/"))
  .map((path): [string, string] => [`./${path}`, readFileSync(join(root, path), "utf8")]);
const code = files.filter(([path]) => !path.includes(".test."));

const importsOf = (text: string) =>
  [...text.matchAll(/(?:from|import\()\s*"([^"]+)"/g)].map((match) => match[1] ?? "");

it("finds the sources", () => {
  expect(files.length).toBeGreaterThan(50);
});

describe("imports", () => {
  it.each(files.filter(([path]) => path.startsWith("./features/")))(
    "%s imports no other feature",
    (path, text) => {
      const own = path.split("/")[2];
      const others = importsOf(text)
        .filter((name) => name.startsWith("@/features/"))
        .filter((name) => name.split("/")[2] !== own);
      const climbing = importsOf(text).filter((name) => name.startsWith("../"));
      expect([...others, ...climbing]).toEqual([]);
    },
  );

  it.each(code.filter(([path]) => /^\.\/(lib|components)\//.test(path)))(
    "%s knows no feature and no route",
    (_path, text) => {
      expect(importsOf(text).filter((name) => /^@\/(features|routes)\//.test(name))).toEqual([]);
    },
  );
});

it("a component has at most 200 lines", () => {
  const long = code
    .filter(([path]) => path.endsWith(".tsx") && !path.startsWith("./components/ui/"))
    .filter(([, text]) => text.split("\n").length > 201)
    .map(([path]) => path);
  expect(long).toEqual([]);
});

it("no file is a barrel", () => {
  expect(files.map(([path]) => path).filter((path) => /\/index\.tsx?$/.test(path))).toEqual([]);
});

it("colours come from the tokens in index.css only", () => {
  const painted = code
    .filter(([, text]) => /["'\s[](#[0-9a-f]{3,8}|rgba?\(|hsla?\()/i.test(text))
    .map(([path]) => path);
  expect(painted).toEqual([]);
});

it("type comes from the scale in index.css only", () => {
  const odd = code
    .filter(([, text]) => /\btext-(xs|sm|base|lg|xl|\dxl)\b|\btext-\[\d/.test(text))
    .map(([path]) => path);
  expect(odd).toEqual([]);
});
