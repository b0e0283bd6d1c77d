/** The query client, its retry rules, and filters that find cached queries by the domain they show. */
import { QueryClient, type QueryFilters, type QueryKey } from "@tanstack/react-query";
import { z } from "zod";
import { isPassing, toProblem } from "./problem";

/** The domains, as the API tags its routes and its events. */
export type Tag =
  | "projects"
  | "assets"
  | "scripts"
  | "scenes"
  | "shots"
  | "jobs"
  | "exports"
  | "llm"
  | "auth"
  | "system";

declare module "@tanstack/react-query" {
  interface Register {
    /** `isSave: false` keeps a mutation that saves nothing (sign-in, a check) out of the status bar. */
    mutationMeta: { isSave?: boolean };
  }
}

const MAX_RETRIES = 2;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Events say when something changed; this only bounds a missed one.
        staleTime: 60_000,
        retry: (count, error) => {
          const problem = toProblem(error);
          return count < MAX_RETRIES && isPassing(problem) && problem.status !== 429;
        },
        retryDelay: (count) => 500 * 2 ** count,
      },
      mutations: { retry: false },
    },
  });
}

const keySchema = z.tuple([
  z.looseObject({
    tags: z.array(z.string()).optional(),
    path: z.looseObject({ project_id: z.string().optional() }).optional(),
    query: z.looseObject({ project_id: z.string().optional() }).optional(),
  }),
]);

/**
 * Filters for cached queries whose OpenAPI tag is one of `tags`, whatever their parameters.
 * With a project, queries of another project are left alone; those that name none match.
 */
export function tagged(tags: Tag | readonly Tag[], projectId?: string | null): QueryFilters {
  const wanted: readonly string[] = typeof tags === "string" ? [tags] : tags;
  return { predicate: ({ queryKey }) => matches(queryKey, wanted, projectId) };
}

function matches(queryKey: QueryKey, wanted: readonly string[], projectId?: string | null): boolean {
  const parsed = keySchema.safeParse(queryKey);
  if (!parsed.success) return false;
  const [{ tags, path, query }] = parsed.data;
  if (!tags?.some((tag) => wanted.includes(tag))) return false;
  const keyProject = path?.project_id ?? query?.project_id;
  return !projectId || !keyProject || keyProject === projectId;
}
