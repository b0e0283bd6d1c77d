/** One way to save: paint the change at once, take it back with a message if the server refuses it. */
import {
  type DefaultError,
  type QueryClient,
  type QueryFilters,
  type QueryKey,
  type UseMutationOptions,
  type UseMutationResult,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { toastProblem } from "./toast";

/** One change to the cache: which queries hold the thing, and how their data looks afterwards. */
export interface Patch {
  filters: QueryFilters;
  update: (cached: unknown) => unknown;
}

/**
 * A typed `Patch`. `update` must not mutate what it is given; queries without data are left alone.
 * The filters must match only queries whose data is a `T` (use the generated `…QueryKey(…)`).
 */
export function patch<T>(filters: QueryFilters, update: (cached: T) => T): Patch {
  return { filters, update: (cached) => (cached === undefined ? cached : update(cached as T)) };
}

type Snapshot = [QueryKey, unknown][];

/** Cancels refetches under way, remembers what is cached, and applies the patches. */
export async function applyPatches(client: QueryClient, patches: Patch[]): Promise<Snapshot> {
  await Promise.all(patches.map(({ filters }) => client.cancelQueries(filters)));
  const snapshot: Snapshot = patches.flatMap(({ filters }) => client.getQueriesData(filters));
  for (const { filters, update } of patches) client.setQueriesData(filters, update);
  return snapshot;
}

/** Puts back what `applyPatches` remembered. */
export function rollBack(client: QueryClient, snapshot: Snapshot): void {
  for (const [key, data] of snapshot) client.setQueryData(key, data);
}

export interface OptimisticOptions<TData, TVariables> {
  /** The generated mutation, for example `updateAssetMutation()`. */
  mutation:
    | Pick<UseMutationOptions<TData, DefaultError, TVariables>, "mutationFn">
    | { mutationFn?: unknown };
  /** What the cache looks like once this is saved. */
  patches: (variables: TVariables) => Patch[];
  /** What could not be done, for the toast: `save “Mara”`, `delete shot 1A`. Begins with a verb. */
  doing: (variables: TVariables) => string;
  /** Queries to ask for again afterwards; those of the patches are always among them. */
  invalidates?: QueryFilters[];
  onSuccess?: (data: TData, variables: TVariables) => void;
}

/**
 * `useMutation` with cancel → snapshot → set, on error restore + toast (with Retry where trying again can help),
 * and on settled invalidate. While further saves of the same kind are under way, only the last one refetches,
 * so that an earlier answer never paints over a later edit.
 *
 *   const rename = useOptimisticMutation({
 *     mutation: updateAssetMutation(),
 *     patches: ({ path, body }) => [
 *       patch<AssetPage>(tagged("assets"), (page) => replaceItem(page, path.asset_id, body)),
 *     ],
 *     doing: ({ body }) => `rename to “${body.name}”`,
 *   });
 *   rename.mutate({ path: { asset_id }, body: { name } });
 */
export function useOptimisticMutation<TData, TVariables>(
  options: OptimisticOptions<TData, TVariables> & {
    mutation: UseMutationOptions<TData, never, TVariables> | UseMutationOptions<TData, Error, TVariables>;
  },
): UseMutationResult<TData, Error, TVariables, Snapshot> {
  const client = useQueryClient();
  const { mutation, patches, doing, invalidates = [], onSuccess } = options;
  const result: UseMutationResult<TData, Error, TVariables, Snapshot> = useMutation({
    mutationKey: ["optimistic"],
    mutationFn: mutation.mutationFn as UseMutationOptions<TData, Error, TVariables>["mutationFn"],
    onMutate: (variables) => applyPatches(client, patches(variables)),
    onError: (error, variables, snapshot) => {
      if (snapshot) rollBack(client, snapshot);
      toastProblem(error, `Could not ${doing(variables)}.`, () => result.mutate(variables));
    },
    onSuccess: (data, variables) => onSuccess?.(data, variables),
    onSettled: async (_data, _error, variables) => {
      if (client.isMutating({ mutationKey: ["optimistic"] }) > 1) return;
      const filters = [...patches(variables).map((one) => one.filters), ...invalidates];
      await Promise.all(filters.map((one) => client.invalidateQueries(one)));
    },
  });
  return result;
}

/** A page with the item of that id changed; the same page when it is not on it. */
export function replaceItem<T extends { id: string }, P extends { items: T[] }>(
  page: P & { items: T[] },
  id: string,
  change: Partial<T>,
): P {
  return { ...page, items: page.items.map((item) => (item.id === id ? { ...item, ...change } : item)) };
}

/** A page without the item of that id. */
export function removeItem<P extends { items: { id: string }[]; total: number }>(page: P, id: string): P {
  const items = page.items.filter((item) => item.id !== id);
  return { ...page, items, total: page.total - (page.items.length - items.length) };
}
