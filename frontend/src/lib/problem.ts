/** Turns whatever a failed request throws into one RFC 9457 problem a person can read. */
import { isAxiosError, isCancel } from "axios";
import { z } from "zod";

const problemSchema = z.looseObject({
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string(),
  fix: z.string().nullish(),
  errors: z
    .array(z.object({ loc: z.array(z.union([z.string(), z.number()])), msg: z.string(), type: z.string() }))
    .nullish(),
});

/** `status` 0 means that no answer came. `code` is stable; `detail` and `fix` are for people. */
export interface AppProblem {
  status: number;
  code: string;
  title: string;
  detail: string;
  fix?: string;
  /** Refused fields of a 422: the dotted path without the `body` prefix, and what is wrong with it. */
  fields: { path: string; message: string }[];
}

const UNREACHABLE: AppProblem = {
  status: 0,
  code: "network.unreachable",
  title: "Server unreachable",
  detail: "The server did not answer.",
  fix: "Check that it is running and that you are online, then try again.",
  fields: [],
};

const WITHOUT_PROBLEM: Record<number, Pick<AppProblem, "title" | "detail" | "fix">> = {
  413: {
    title: "Too large",
    detail: "The server refuses a file of this size.",
    fix: "Send a smaller file.",
  },
  502: {
    title: "Server starting",
    detail: "The server is not answering yet.",
    fix: "Try again in a few seconds.",
  },
  503: { title: "Server busy", detail: "The server cannot answer now.", fix: "Try again in a few seconds." },
  504: {
    title: "Server slow",
    detail: "The server took too long to answer.",
    fix: "Try again in a few seconds.",
  },
};

/** Maps any thrown value. Never throws itself. */
export function toProblem(error: unknown): AppProblem {
  if (isCancel(error)) {
    return { status: 0, code: "network.cancelled", title: "Cancelled", detail: "Cancelled.", fields: [] };
  }
  if (isAxiosError(error)) {
    if (!error.response) return UNREACHABLE;
    const { status } = error.response;
    const parsed = problemSchema.safeParse(error.response.data);
    if (parsed.success) {
      const { title, code, detail, fix, errors } = parsed.data;
      const fields = (errors ?? []).map((field) => ({
        path: field.loc.filter((part, index) => !(index === 0 && part === "body")).join("."),
        message: field.msg,
      }));
      return { status, code, title, detail, fix: fix ?? undefined, fields };
    }
    const known = WITHOUT_PROBLEM[status];
    return {
      status,
      code: `http.${status}`,
      title: known?.title ?? "Request failed",
      detail: known?.detail ?? `The server answered with status ${status}.`,
      fix: known?.fix,
      fields: [],
    };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return { status: 0, code: "page.error", title: "Something broke on this page", detail, fields: [] };
}

/** Whether the same request may succeed later without the person changing anything. */
export function isPassing(problem: AppProblem): boolean {
  return (
    problem.code === UNREACHABLE.code ||
    problem.status === 429 ||
    (problem.status >= 500 && problem.status !== 501)
  );
}
