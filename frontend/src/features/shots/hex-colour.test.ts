import { expect, it } from "vitest";
import { longHex } from "./hex-colour";

it("spells a short colour out and leaves a long one", () => {
  expect(longHex(" #fff")).toBe("#ffffff");
  expect(longHex("#1aB")).toBe("#11aaBB");
  expect(longHex("#0e1013 ")).toBe("#0e1013");
});
