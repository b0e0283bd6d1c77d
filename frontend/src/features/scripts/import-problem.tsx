/** Why a screenplay was not taken, where it was given. */
import type { AppProblem } from "@/lib/problem";

interface ImportProblemProps {
  problem: AppProblem;
  /** What was not done. */
  what?: string;
}

export function ImportProblem({ problem, what = "Not imported" }: ImportProblemProps) {
  return (
    <div role="alert" className="rounded-md border border-destructive px-3 py-2">
      <p className="font-medium">
        <span aria-hidden className="text-destructive">
          ✕
        </span>{" "}
        {what}: {problem.detail}
      </p>
      <p className="text-muted-foreground">
        {problem.fix} {problem.status === 0 ? "" : "This changed nothing in the project."}
      </p>
      {problem.fields.map(({ path, message }) => (
        <p key={path} className="text-muted-foreground">
          {path}: {message}
        </p>
      ))}
    </div>
  );
}
