import axios, { AxiosError, CanceledError } from "axios";
import { http } from "msw";
import { describe, expect, it } from "vitest";
import { problemResponse, server } from "@/testing/server";
import { isPassing, toProblem } from "./problem";

const URL = `${window.location.origin}/api/v1/thing`;

async function failure(): Promise<unknown> {
  return axios.get(URL).then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("toProblem", () => {
  it("keeps the words and the fix of a problem document", async () => {
    server.use(
      http.get(URL, () => problemResponse(415, "assets.not_an_image", "No picture.", { fix: "Send PNG." })),
    );
    expect(toProblem(await failure())).toMatchObject({
      status: 415,
      code: "assets.not_an_image",
      detail: "No picture.",
      fix: "Send PNG.",
      fields: [],
    });
  });

  it("names the refused fields of a 422 without the body prefix", async () => {
    const errors = [{ loc: ["body", "metadata", 0], msg: "Too long", type: "string_too_long" }];
    server.use(http.get(URL, () => problemResponse(422, "request.invalid", "Refused.", { errors })));
    expect(toProblem(await failure()).fields).toEqual([{ path: "metadata.0", message: "Too long" }]);
  });

  it("explains a proxy's page that is no problem document", async () => {
    server.use(http.get(URL, () => new Response("<html>Bad gateway</html>", { status: 502 })));
    expect(toProblem(await failure())).toMatchObject({
      status: 502,
      code: "http.502",
      detail: expect.stringContaining("not answering"),
    });
  });

  it("says that no answer came when the network is away", () => {
    expect(toProblem(new AxiosError("Network Error", "ERR_NETWORK"))).toMatchObject({
      status: 0,
      code: "network.unreachable",
    });
  });

  it("tells a cancelled request from a failed one", () => {
    expect(toProblem(new CanceledError()).code).toBe("network.cancelled");
  });

  it("takes anything thrown", () => {
    expect(toProblem(new TypeError("x is undefined")).detail).toBe("x is undefined");
    expect(toProblem("odd").detail).toBe("odd");
  });
});

describe("isPassing", () => {
  it.each([
    [0, "network.unreachable", true],
    [503, "core.busy", true],
    [429, "auth.throttled", true],
    [409, "assets.name_taken", false],
    [0, "page.error", false],
  ])("status %i %s: %s", (status, code, expected) => {
    expect(isPassing({ status, code, title: "", detail: "", fields: [] })).toBe(expected);
  });
});
