import type { QueryClient } from "@tanstack/react-query";
import { screen, waitFor } from "@testing-library/react";
import { delay, HttpResponse, http } from "msw";
import { beforeEach, expect, it } from "vitest";
import {
  getProjectQueryKey,
  listProjectsQueryKey,
  updateProjectMutation,
} from "@/client/@tanstack/react-query.gen";
import type { ProjectPage, ProjectRead } from "@/client/types.gen";
import { renderPart, testQueryClient } from "@/testing/render";
import { problemResponse, server } from "@/testing/server";
import { patch, removeItem, replaceItem, useOptimisticMutation } from "./optimistic";

const URL = `${window.location.origin}/api/v1/projects/p1`;
const pageKey = listProjectsQueryKey();
const oneKey = getProjectQueryKey({ path: { project_id: "p1" } });
let client: QueryClient;

const nameInPage = () => client.getQueryData<ProjectPage>(pageKey)?.items[0]?.name;
const nameAlone = () => client.getQueryData<ProjectRead>(oneKey)?.name;

function Rename() {
  const rename = useOptimisticMutation({
    mutation: updateProjectMutation(),
    patches: ({ path, body }) => [
      patch<ProjectPage>({ queryKey: pageKey }, (page) =>
        replaceItem(page, path.project_id, { name: body.name ?? "" }),
      ),
      patch<ProjectRead>({ queryKey: oneKey }, (project) => ({ ...project, name: body.name ?? "" })),
    ],
    doing: ({ body }) => `rename it to “${body.name}”`,
  });
  return (
    <button
      type="button"
      onClick={() => rename.mutate({ path: { project_id: "p1" }, body: { name: "New" } })}
    >
      Rename
    </button>
  );
}

beforeEach(() => {
  client = testQueryClient();
  client.setDefaultOptions({ queries: { gcTime: Number.POSITIVE_INFINITY } });
  const project = { id: "p1", name: "Old" } as ProjectRead;
  client.setQueryData<ProjectPage>(pageKey, { items: [project], total: 1, limit: 50, offset: 0 });
  client.setQueryData<ProjectRead>(oneKey, project);
});

it("the change shows everywhere before the server has answered", async () => {
  server.use(
    http.patch(URL, async () => {
      await delay("infinite");
    }),
  );
  const { user } = renderPart(<Rename />, { queryClient: client });
  await user.click(screen.getByText("Rename"));
  await waitFor(() => expect(nameInPage()).toBe("New"));
  expect(nameAlone()).toBe("New");
});

it("a refusal puts everything back and says why", async () => {
  server.use(
    http.patch(URL, () => problemResponse(409, "projects.name_taken", "Another project has this name.")),
  );
  const { user } = renderPart(<Rename />, { queryClient: client });
  await user.click(screen.getByText("Rename"));
  expect(await screen.findByText("Could not rename it to “New”.")).toBeVisible();
  expect(screen.getByText("Another project has this name.")).toBeVisible();
  expect(nameInPage()).toBe("Old");
  expect(nameAlone()).toBe("Old");
  expect(screen.queryByText("Retry now")).toBeNull();
});

it("a failure that may pass offers to try again, and trying again saves", async () => {
  let answers = 0;
  server.use(
    http.patch(URL, () => {
      answers += 1;
      return answers === 1
        ? problemResponse(503, "core.busy", "Busy.")
        : HttpResponse.json({ id: "p1", name: "New" });
    }),
  );
  const { user } = renderPart(<Rename />, { queryClient: client });
  await user.click(screen.getByText("Rename"));
  await user.click(await screen.findByText("Retry now"));
  await waitFor(() => expect(nameInPage()).toBe("New"));
  expect(answers).toBe(2);
});

it("afterwards the patched queries are asked for again", async () => {
  server.use(http.patch(URL, () => HttpResponse.json({ id: "p1", name: "New" })));
  const { user } = renderPart(<Rename />, { queryClient: client });
  await user.click(screen.getByText("Rename"));
  await waitFor(() => expect(client.getQueryState(pageKey)?.isInvalidated).toBe(true));
});

it("a page keeps its total right when an item leaves it", () => {
  const page = { items: [{ id: "a" }, { id: "b" }], total: 7 };
  expect(removeItem(page, "a")).toEqual({ items: [{ id: "b" }], total: 6 });
  expect(removeItem(page, "z").total).toBe(7);
});
