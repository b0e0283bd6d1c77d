/** Sign-in; leads back to the address that asked for it. */
import { useNavigate, useSearchParams } from "react-router";
import { Wordmark } from "@/components/shell/wordmark";
import { SignInForm } from "@/features/users/sign-in-form";
import { safeTarget } from "@/lib/session";

export function Component() {
  const navigate = useNavigate();
  const [search] = useSearchParams();
  return (
    <main className="flex h-dvh items-center justify-center p-6">
      <div className="grid w-full max-w-80 gap-6">
        <div className="grid gap-1">
          <h1>
            <Wordmark className="text-wordmark" />
          </h1>
          <p className="text-muted-foreground">From screenplay to shots that Google Flow accepts.</p>
        </div>
        <SignInForm onSignedIn={() => navigate(safeTarget(search.get("next")), { replace: true })} />
      </div>
    </main>
  );
}
