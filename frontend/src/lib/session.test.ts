import { http } from "msw";
import { expect, it, vi } from "vitest";
import { client } from "@/client/client.gen";
import { getMe, listProjects, login } from "@/client/sdk.gen";
import { testQueryClient } from "@/testing/render";
import { problemResponse, server } from "@/testing/server";
import { safeTarget, signInPath, watchSession } from "./session";

const api = (path: string) => `${window.location.origin}/api/v1${path}`;
const navigate = vi.fn();
const queryClient = testQueryClient();
client.instance.interceptors.response.clear();
watchSession(queryClient, navigate);

it("an ended session leads to sign-in, keeps the target and forgets what was cached", async () => {
  window.history.replaceState(null, "", "/projects/p1/library?kind=Style");
  queryClient.setQueryData(["x"], "private");
  server.use(http.get(api("/projects"), () => problemResponse(401, "auth.not_signed_in", "Sign in.")));
  await Promise.all([listProjects(), listProjects()]);
  expect(navigate).toHaveBeenCalledExactlyOnceWith("/sign-in?next=%2Fprojects%2Fp1%2Flibrary%3Fkind%3DStyle");
  await vi.waitFor(() => expect(queryClient.getQueryData(["x"])).toBeUndefined());
});

it("a wrong password does not navigate", async () => {
  navigate.mockClear();
  window.history.replaceState(null, "", "/projects");
  server.use(http.post(api("/auth/login"), () => problemResponse(401, "auth.wrong_credentials", "No.")));
  await login({ body: { email: "a@b.de", password: "x" } });
  expect(navigate).not.toHaveBeenCalled();
});

it("on the sign-in page a 401 does not lead to itself", async () => {
  navigate.mockClear();
  window.history.replaceState(null, "", "/sign-in?next=%2Fprojects");
  server.use(http.get(api("/auth/me"), () => problemResponse(401, "auth.not_signed_in", "Sign in.")));
  await getMe();
  expect(navigate).not.toHaveBeenCalled();
});

it.each([
  ["/projects/1?kind=Style", "/projects/1?kind=Style"],
  [null, "/projects"],
  ["", "/projects"],
  ["https://elsewhere.example", "/projects"],
  ["//elsewhere.example", "/projects"],
  ["/\\elsewhere.example", "/projects"],
])("sign-in returns from %s to %s", (next, expected) => {
  expect(safeTarget(next)).toBe(expected);
});

it("the start page needs no target", () => {
  expect(signInPath("/")).toBe("/sign-in");
});
