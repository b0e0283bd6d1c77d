import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, it, vi } from "vitest";
import { getMeQueryKey } from "@/client/@tanstack/react-query.gen";
import { renderPart, testQueryClient } from "@/testing/render";
import { problemResponse, server } from "@/testing/server";
import { SignInForm } from "./sign-in-form";

const LOGIN = `${window.location.origin}/api/v1/auth/login`;
const ME = {
  id: "u1",
  email: "ada@example.com",
  name: "Ada",
  is_admin: false,
  created_at: "2026-01-01T00:00:00Z",
};

async function signIn(password = "secret") {
  const onSignedIn = vi.fn();
  const queryClient = testQueryClient();
  queryClient.setDefaultOptions({ queries: { gcTime: Number.POSITIVE_INFINITY } });
  const { user } = renderPart(<SignInForm onSignedIn={onSignedIn} />, { queryClient });
  await user.type(screen.getByLabelText("E-mail"), "ada@example.com");
  if (password) await user.type(screen.getByLabelText("Password"), password);
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  return { onSignedIn, queryClient };
}

it("sends both, remembers who it is and goes on", async () => {
  let sent: unknown;
  server.use(
    http.post(LOGIN, async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json(ME);
    }),
  );
  const { onSignedIn, queryClient } = await signIn();
  await waitFor(() => expect(onSignedIn).toHaveBeenCalledOnce());
  expect(sent).toEqual({ email: "ada@example.com", password: "secret" });
  expect(queryClient.getQueryData(getMeQueryKey())).toEqual(ME);
});

it("says that e-mail and password do not fit and returns to the password", async () => {
  server.use(
    http.post(LOGIN, () => problemResponse(401, "auth.wrong_credentials", "They do not belong together.")),
  );
  const { onSignedIn } = await signIn("wrong");
  expect(await screen.findByRole("alert")).toHaveTextContent("They do not belong together.");
  expect(screen.getByLabelText("Password")).toHaveFocus();
  expect(onSignedIn).not.toHaveBeenCalled();
});

it("says when to try again after too many attempts", async () => {
  server.use(
    http.post(LOGIN, () =>
      problemResponse(429, "auth.throttled", "Too many attempts.", { fix: "Wait 5 minutes." }),
    ),
  );
  await signIn("wrong");
  expect(await screen.findByRole("alert")).toHaveTextContent("Too many attempts. Wait 5 minutes.");
});

it("asks for a missing password without asking the server", async () => {
  await signIn("");
  expect(await screen.findByText("✕ Type your password.", { exact: false })).toBeVisible();
  expect(screen.getByLabelText("Password")).toHaveAttribute("aria-invalid", "true");
});
