/** Who is signed in, and the way out. */
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { BookOpen, CircleUser, Keyboard, LogOut, Settings } from "lucide-react";
import { useNavigate } from "react-router";
import { getMeOptions, logoutMutation } from "@/client/@tanstack/react-query.gen";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { API_DOCS_URL } from "@/lib/env";
import { useShortcutStore } from "@/lib/shortcuts";
import { toastProblem } from "@/lib/toast";

export function UserMenu() {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { data: me } = useSuspenseQuery(getMeOptions());
  const logout = useMutation({
    ...logoutMutation(),
    meta: { isSave: false },
    onSuccess: async () => {
      await navigate("/sign-in");
      queryClient.clear();
    },
    onError: (error) => toastProblem(error, "Could not sign out."),
  });

  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label={`Account of ${me.name}`}>
          <CircleUser />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuLabel>
          <div className="font-medium text-body text-foreground">{me.name}</div>
          {me.email}
        </DropdownMenuLabel>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => navigate("/settings")}>
          <Settings /> Settings
        </DropdownMenuItem>
        <DropdownMenuItem
          className="max-md:hidden"
          onSelect={() => useShortcutStore.setState({ isListOpen: true })}
        >
          <Keyboard /> Keyboard shortcuts
        </DropdownMenuItem>
        <DropdownMenuItem asChild>
          <a href={API_DOCS_URL} target="_blank" rel="noreferrer">
            <BookOpen /> API documentation
          </a>
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => logout.mutate({})}>
          <LogOut /> Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
