/** E-mail and password; says plainly when they are wrong or tried too often. */

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleAlert } from "lucide-react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { getMeQueryKey, loginMutation } from "@/client/@tanstack/react-query.gen";
import { Field } from "@/components/field";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { sentences } from "@/lib/format";
import { toProblem } from "@/lib/problem";

const schema = z.object({
  email: z.email("This is no e-mail address."),
  password: z.string().min(1, "Type your password."),
});

export function SignInForm({ onSignedIn }: { onSignedIn: () => void }) {
  const queryClient = useQueryClient();
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { email: "", password: "" } });
  const login = useMutation({
    ...loginMutation(),
    meta: { isSave: false },
    onSuccess: (me) => {
      queryClient.setQueryData(getMeQueryKey(), me);
      onSignedIn();
    },
    onError: (error) => {
      if (toProblem(error).status === 401) form.setFocus("password", { shouldSelect: true });
    },
  });
  const problem = login.error ? toProblem(login.error) : undefined;
  const { errors } = form.formState;

  return (
    <form noValidate className="grid gap-4" onSubmit={form.handleSubmit((body) => login.mutate({ body }))}>
      <Field label="E-mail" error={errors.email?.message}>
        <Input
          type="email"
          autoComplete="username"
          autoFocus
          className="h-9 max-md:h-11"
          {...form.register("email")}
        />
      </Field>
      <Field label="Password" error={errors.password?.message}>
        <Input
          type="password"
          autoComplete="current-password"
          className="h-9 max-md:h-11"
          {...form.register("password")}
        />
      </Field>
      {problem && (
        <p role="alert" className="flex gap-2">
          <CircleAlert className="mt-0.5 size-4 shrink-0 text-destructive" aria-hidden />
          <span>{sentences(problem.detail, problem.fix)}</span>
        </p>
      )}
      <Button type="submit" size="lg" disabled={login.isPending}>
        {login.isPending ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}
