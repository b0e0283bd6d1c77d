/** The three toasts there are: a problem, a plain notice, and one that can undo. */
import { toast } from "sonner";
import { sentences } from "./format";
import { isPassing, toProblem } from "./problem";

const PROBLEM_MS = 10_000;
export const UNDO_MS = 8_000;

/** Says what could not be done, why, and what to do; `retry` is offered where trying again can help. */
export function toastProblem(error: unknown, what: string, retry?: () => void): void {
  const problem = toProblem(error);
  // The sign-in page says it already.
  if (problem.status === 401) return;
  toast.error(what, {
    // The same failure twice in a row is one toast.
    id: `${what} ${problem.code}`,
    description: sentences(problem.detail, problem.fix),
    duration: PROBLEM_MS,
    action: retry && isPassing(problem) ? { label: "Retry now", onClick: retry } : undefined,
  });
}

/** `onUndo` or, when the time is over or the toast is closed, `onKeep` is called: exactly one of them, once. */
export function toastUndo(what: string, onUndo: () => void, onKeep: () => void = () => {}): void {
  let isOver = false;
  const once = (action: () => void) => () => {
    if (isOver) return;
    isOver = true;
    action();
  };
  toast(what, {
    duration: UNDO_MS,
    action: { label: "Undo", onClick: once(onUndo) },
    onAutoClose: once(onKeep),
    onDismiss: once(onKeep),
  });
}
