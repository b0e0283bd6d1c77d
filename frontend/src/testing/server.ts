/** The server that answers in tests; a test says what with `server.use(…)`. */
import { HttpResponse } from "msw";
import { setupServer } from "msw/node";

export const server = setupServer();

/** An RFC 9457 answer as the API gives it. */
export function problemResponse(
  status: number,
  code: string,
  detail: string,
  more: Record<string, unknown> = {},
) {
  return HttpResponse.json(
    { type: "about:blank", title: "Problem", status, code, detail, ...more },
    { status, headers: { "Content-Type": "application/problem+json" } },
  );
}
