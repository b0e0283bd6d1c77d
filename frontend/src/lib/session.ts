/** Sends a person whose session is over to sign-in, and back to where they were afterwards. */
import type { QueryClient } from "@tanstack/react-query";
import type { AxiosError } from "axios";
import { toast } from "sonner";
import { client } from "@/client/client.gen";
import { API_BASE } from "./env";
import { sentences } from "./format";
import { toProblem } from "./problem";

const LOGIN_URL = `${API_BASE}/auth/login`;

/** Where sign-in returns to; only paths of this page, never another site. */
export function safeTarget(next: string | null): string {
  return next?.startsWith("/") && !next.startsWith("//") && !next.startsWith("/\\") ? next : "/projects";
}

export function signInPath(from: string): string {
  return from === "/" || from.startsWith("/sign-in")
    ? "/sign-in"
    : `/sign-in?next=${encodeURIComponent(from)}`;
}

/** Installs the axios interceptors: 401 ends the session here, 403 is said in a toast. */
export function watchSession(
  queryClient: QueryClient,
  navigate: (path: string) => Promise<void> | void,
): void {
  let isLeaving = false;
  client.instance.interceptors.response.use(undefined, (error: AxiosError) => {
    const status = error.response?.status;
    // A wrong password is the sign-in form's to explain.
    if (status === 401 && !error.config?.url?.endsWith(LOGIN_URL)) {
      const here = window.location.pathname + window.location.search;
      if (!here.startsWith("/sign-in") && !isLeaving) {
        isLeaving = true;
        // Forgotten only when the screens that show it are gone: they would ask for it again.
        void Promise.resolve(navigate(signInPath(here))).finally(() => {
          queryClient.clear();
          isLeaving = false;
        });
      }
    } else if (status === 403) {
      const { detail, fix } = toProblem(error);
      toast.error("Not allowed", { id: "forbidden", description: sentences(detail, fix) });
    }
    return Promise.reject(error);
  });
}
