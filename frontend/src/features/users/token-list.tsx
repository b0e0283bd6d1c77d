/** API tokens: made, shown once, revoked. */
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import {
  createTokenMutation,
  listTokensOptions,
  listTokensQueryKey,
  revokeTokenMutation,
} from "@/client/@tanstack/react-query.gen";
import type { NewToken } from "@/client/types.gen";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { formatWhen, parseTime } from "@/lib/format";
import { toastProblem } from "@/lib/toast";
import { TokenSecret } from "./token-secret";

export function TokenList() {
  const queryClient = useQueryClient();
  const {
    data: { items: tokens },
  } = useSuspenseQuery(listTokensOptions());
  const [name, setName] = useState("");
  const [created, setCreated] = useState<NewToken>();
  const refresh = () => queryClient.invalidateQueries({ queryKey: listTokensQueryKey() });
  const create = useMutation({
    ...createTokenMutation(),
    onSuccess: (token) => {
      setName("");
      setCreated(token);
      void refresh();
    },
    onError: (error) => toastProblem(error, "Could not make the token."),
  });
  const revoke = useMutation({
    ...revokeTokenMutation(),
    onSuccess: (_data, { path }) => {
      if (created?.id === path.token_id) setCreated(undefined);
      void refresh();
    },
    onError: (error) => toastProblem(error, "Could not revoke the token. It still works."),
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) create.mutate({ body: { name: name.trim() } });
  };

  return (
    <div className="grid gap-3">
      <form className="flex gap-2" onSubmit={submit}>
        <Input
          aria-label="Name of the new token"
          placeholder="For example: render farm"
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" variant="outline" disabled={!name.trim() || create.isPending}>
          Make token
        </Button>
      </form>
      {created && <TokenSecret token={created.token} onDone={() => setCreated(undefined)} />}
      {tokens.length > 0 && (
        <ul className="rounded-lg border">
          {tokens.map((token) => (
            <li
              key={token.id}
              className="flex min-h-10 items-center gap-3 border-b px-3 last:border-b-0 max-md:min-h-14"
            >
              <div className="min-w-0 flex-1 md:flex md:items-center md:gap-3">
                <p className="flex-1 truncate font-medium">{token.name}</p>
                <p className="whitespace-nowrap text-meta text-muted-foreground">
                  {token.last_used_at ? `Used ${formatWhen(parseTime(token.last_used_at))}` : "Not used yet"}
                </p>
              </div>
              <Button variant="ghost" onClick={() => revoke.mutate({ path: { token_id: token.id } })}>
                Revoke<span className="sr-only"> {token.name}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
